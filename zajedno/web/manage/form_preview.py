"""A form as it will be filled in, on one page, to be tried by whoever decides on it. Nothing of it is kept."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zajedno.forms.logic.sheet import Sheet
from zajedno.forms.queries import office
from zajedno.forms.queries.form import loaded
from zajedno.web.manage import form_shown
from zajedno.web.manage.forms import find
from zajedno.web.manage.frame import FORMS, actor, manage_page, show
from zajedno.web.shared.pieces import Link
from zajedno.web.shared.sheets.page_form import PageForm, take
from zajedno.web.shared.sheets.pages import items, on_page, pages
from zajedno.web.shared.sheets.paper import empty_pdf


@manage_page(*FORMS)
def tried(request: HttpRequest, country: str, key: str, number: int) -> HttpResponse:
    """Every page of the form, given what was answered: skips, choices, reckonings and checks work as they will."""
    by, found = actor(request), find(actor(request), country, key)
    version = office.version_of(found, number)
    form = loaded(version.pk)
    sheet = Sheet(form.form, today=by.today, language=get_language() or "en")
    judged = request.method == "POST"
    for page in pages(sheet) if judged else ():
        take(sheet, partial(items, sheet, page), request.POST)
    problems = sheet.problems() if judged else []
    shown = [
        {"title": page.title, "form": PageForm(items(sheet, page), on_page(problems, page), judged=judged)}
        for page in pages(sheet)
    ]
    context = {
        "heading": office.title(version),
        "number": version.number,
        "notices": form.facts.sentences,
        "pages": shown,
        "up": Link(office.title(version), form_shown.address(found.form, f"{number}/")),
    }
    return show(request, "forms", "form_preview.html", context)


@manage_page(*FORMS)
def paper(request: HttpRequest, country: str, key: str, number: int) -> HttpResponse:
    """The version on paper, to be filled in by hand."""
    by = actor(request)
    form = loaded(office.version_of(find(by, country, key), number).pk)
    return empty_pdf(form, [[_("Day"), ""]], by.today)
