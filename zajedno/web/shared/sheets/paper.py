"""A form on paper: empty, to be filled in by hand, or as it was sent."""

from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import get_language

from zajedno.forms.queries.form import Loaded
from zajedno.kernel.documents import Rendering, render_pdf
from zajedno.kernel.labels import label

PAPER = settings.PACKS_DIR / "common" / "letters" / "sheet.typ"


def as_pdf(form: Loaded, data: dict[str, Any], on: date) -> HttpResponse:
    """`data` of `sheet.typ` with what every form has: title, notices, source."""
    language = get_language() or "en"
    title = form.title()
    rest = {"title": title, "notices": [label(one) for one in form.facts.notices],
            "source": form.facts.source.get("text", ""), "footer": f"{form.key} · {form.number}"}  # fmt: skip
    pdf = render_pdf(PAPER, {**rest, **data}, Rendering(language, title, data["organisation"] or title, on))
    response = HttpResponse(pdf.content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{form.key}.pdf"'
    return response
