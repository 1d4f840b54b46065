"""A form as it will be filled in, on one page, to be tried by whoever decides on it. Nothing of it is kept."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zajedno.forms.logic.sheet import Sheet
from zajedno.forms.queries import office
from zajedno.forms.queries.form import loaded
from zajedno.kernel.labels import label
from zajedno.web.manage import form_shown
from zajedno.web.manage.forms import find
from zajedno.web.manage.frame import FORMS, actor, manage_page, show
from zajedno.web.shared.pieces import Link
from zajedno.web.shared.sheets.page_form import PageForm, put
from zajedno.web.shared.sheets.pages import items, on_page, pages
from zajedno.web.shared.sheets.paper import as_pdf
from zajedno.web.shared.sheets.reading import empty_paper


@manage_page(*FORMS)
def tried(request: HttpRequest, country: str, key: str, number: int) -> HttpResponse:
    """Every page of the form, given what was answered: skips, choices, reckonings and checks work as they will."""
    by, found = actor(request), find(actor(request), country, key)
    version = office.version_of(found, number)
    form = loaded(version.pk)
    sheet = Sheet(form.form, today=by.today, language=get_language() or "en")
    judged = request.method == "POST"
    for page in pages(sheet) if judged else ():
        put(sheet, items(sheet, page), request.POST)
    problems = sheet.problems() if judged else []
    shown = [
        {"title": page.title, "form": PageForm(items(sheet, page), on_page(problems, page), judged=judged)}
        for page in pages(sheet)
    ]
    context = {
        "heading": office.title(version),
        "number": version.number,
        "notices": [label(texts) for texts in form.facts.notices],
        "pages": shown,
        "up": Link(office.title(version), form_shown.address(found.form, f"{number}/")),
    }
    return show(request, "forms", "form_preview.html", context)


@manage_page(*FORMS)
def paper(request: HttpRequest, country: str, key: str, number: int) -> HttpResponse:
    """The version on paper, to be filled in by hand. Every question is on it, whatever it depends on."""
    by = actor(request)
    form = loaded(office.version_of(find(by, country, key), number).pk)
    parts = empty_paper(form.form, get_language() or "en")
    data = {"facts": [[_("Day"), ""]], "findings": [], "parts": parts, "organisation": "", "signed": False}
    return as_pdf(form, data, by.today)
