"""The plaque of a champion as PDF, in the language of the page."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _

from zajedno.kernel.documents import Rendering, render_pdf
from zajedno.web.shared.papers import language_of

if TYPE_CHECKING:
    from zajedno.exchange.models import Honour

PAPER = settings.PACKS_DIR / "common" / "letters" / "plaque.typ"


def as_pdf(honour: "Honour") -> HttpResponse:
    """In English where the words of the plaque are not there in the language of the page."""
    language = language_of(PAPER)
    row, cycle = honour.nomination, honour.cycle
    data = {
        "organisation": str(cycle.organisation), "cycle": str(cycle), "name": row.name, "where": row.where,
        "citation": honour.praise, "number": f"{honour.plaque}/{honour.day:%Y}",
        "day": honour.day,
    }  # fmt: skip
    title = _("Plaque: %(name)s") % {"name": row.name}
    pdf = render_pdf(PAPER, data, Rendering(language, title, str(cycle.organisation), honour.day))
    response = HttpResponse(pdf.content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="plaque-{honour.slug}.pdf"'
    return response
