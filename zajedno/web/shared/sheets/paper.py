"""A form on paper: empty, to be filled in by hand, or as it was sent."""

from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import get_language

from zajedno.forms.queries.form import Loaded
from zajedno.kernel.documents import Rendering, render_pdf
from zajedno.web.shared.sheets.reading import empty_paper

PAPER = settings.PACKS_DIR / "common" / "letters" / "sheet.typ"


def empty_pdf(form: Loaded, facts: list[list[str]], on: date, organisation: str = "", **more: Any) -> HttpResponse:
    """To be filled in by hand: every question is on it, whatever it depends on. `facts`: labels with what stands
    beside them."""
    parts = empty_paper(form.form, get_language() or "en")
    return as_pdf(form, {"facts": facts, "parts": parts, "organisation": organisation, **more}, on)


def as_pdf(form: Loaded, data: dict[str, Any], on: date) -> HttpResponse:
    """`data` of `sheet.typ`: facts, parts, organisation, perhaps findings and signed; with what every form has: title,
    notices, source."""
    language = get_language() or "en"
    title = form.title()
    rest = {"title": title, "notices": form.facts.sentences, "findings": [], "signed": False,
            "source": form.facts.source.get("text", ""), "footer": f"{form.key} · {form.number}"}  # fmt: skip
    pdf = render_pdf(PAPER, {**rest, **data}, Rendering(language, title, data["organisation"] or title, on))
    response = HttpResponse(pdf.content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{form.key}.pdf"'
    return response
