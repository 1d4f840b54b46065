"""Budgets: those of my institution, one with its lines, what is entered in a line, and the request to the council."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zajedno.kernel.actor import Actor
from zajedno.kernel.documents import WORD_TYPE, Rendering, letter_languages, render_pdf, render_word
from zajedno.kernel.refusal import NotFound, NotPermitted
from zajedno.kernel.spreadsheets import write_workbook
from zajedno.places.queries.organisation import names
from zajedno.places.queries.territory import of_organisation
from zajedno.programmes.actions import budget as actions
from zajedno.programmes.queries import budget as queries
from zajedno.programmes.queries.funding import grants_for
from zajedno.programmes.queries.need import needs
from zajedno.programmes.rules import KEEP_BUDGET
from zajedno.web.network import money_words as words
from zajedno.web.network.frame import network_page, sections, show
from zajedno.web.network.money_forms import Begin, Line
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.language import COMPLETE
from zajedno.web.shared.pieces import Link
from zajedno.web.shared.request import sent
from zajedno.web.shared.uploads import MEDIA_TYPES, saved

HERE = f"{words.HOME}budgets/"
REQUEST = settings.PACKS_DIR / "common" / "letters" / "budget-request.typ"


def way(*more: Link) -> list[Link]:
    return words.way(Link(_("Budgets"), HERE), *more)


def link(row: Any) -> Link:
    return Link(f"{row.territory} {row}", f"{HERE}{row.uuid}/")


@network_page
def listed(request: HttpRequest, by: Actor) -> HttpResponse:
    table = words.budgets_table(queries.sheets(by), HERE)
    may = by.may(KEEP_BUDGET.key)
    context = {"title": _("Budgets"), "nav": sections("money"), "crumbs": words.way(), "tables": [table]}
    return show(request, "money", {**context, "go": Link(_("Begin a budget"), f"{HERE}new/") if may else None})


@network_page
def new(request: HttpRequest, by: Actor) -> HttpResponse:
    keepers = by.organisations_for(KEEP_BUDGET.key)
    if not keepers:
        raise NotPermitted(_("Money is planned by the coordinator of a network."))
    places = of_organisation(keepers)
    first = {"year": by.today.year + 1, "currency": words.currency_of(keepers)}
    form = Begin(sent(request), places=places, keepers=names(set(keepers)), initial=first)
    made: list[Any] = []

    def act() -> None:
        said = {name: form.cleaned_data[name] for name in ("year", "currency")}
        made.append(actions.begin(by=by, organisation=form.keeper(), territory=form.place(), **said))

    if form.is_valid() and attempt(form, act):
        messages.success(request, _("The budget is begun. Name its lines."))
        return redirect(f"{HERE}{made[0].uuid}/")
    context = {"form": form, "title": _("Begin a budget"), "go": _("Begin"), "cancel": HERE, "crumbs": way()}
    return show(request, "act", context)


@network_page
def one(request: HttpRequest, by: Actor, budget: UUID) -> HttpResponse:
    row = queries.find(by, budget)
    here = f"{HERE}{budget}/"
    papers = {"pdf": _("Request (PDF)"), "docx": _("Request (Word)"), "xlsx": _("Excel")}
    more = [Link(text, f"{here}request.{ending}") for ending, text in papers.items()]
    context = {
        "title": link(row).text, "nav": sections("money"), "crumbs": way(), "more": more,
        "tables": [words.budget_table(queries.sheet(row), here)], "go": Link(_("Add a line"), f"{here}new/"),
    }  # fmt: skip
    return show(request, "money", context)


@network_page
def add_line(request: HttpRequest, by: Actor, budget: UUID) -> HttpResponse:
    row = queries.find(by, budget)
    form = Line(
        request.POST if request.method == "POST" else None,
        figures=_figures(row),
        grants=grants_for(by, row),
        codes=queries.codes(row.territory.country_id, row.year),
    )
    if form.is_valid() and attempt(form, lambda: actions.add_line(by=by, budget=row, named=form.named())):
        messages.success(request, _("The line is added. Enter its plan."))
        return redirect(f"{HERE}{budget}/")
    note = _("A star marks codes that nobody has yet checked in the regulation.")
    context = {"form": form, "title": _("Add a line"), "go": _("Add"), "note": note, "cancel": f"{HERE}{budget}/"}
    return show(request, "act", {**context, "crumbs": way(link(row))})


def _figures(row: Any) -> dict[str, Any]:
    """Released needs of the place and year, in the currency of the budget, by their ids."""
    found: dict[str, Any] = {}
    names = words.called(row.territory.country_id)
    for need in needs([row.territory_id], row.year):
        if need.edition.unit == row.currency:
            for line in (*need.lines, need.whole):
                if line.figure is not None and line.figure.value is not None:
                    text = names.get(line.code, line.code) or _("All together")
                    found[str(line.figure.uuid)] = (f"{text}: {words.said(line.values[0])}", line.figure)
    return found


@network_page
def paper(request: HttpRequest, by: Actor, budget: UUID, ending: str) -> HttpResponse:
    """The request to the council: the budget's lines and the need they answer, the same rows as on the page."""
    row = queries.find(by, budget)
    sheet = queries.sheet(row)
    name = f"budget-{row.year}.{ending}"
    if ending == "xlsx":
        book = write_workbook(words.budget_heads(), words.budget_rows(sheet), str(row))
        return saved(book, MEDIA_TYPES["xlsx"], name)
    if ending not in ("pdf", "docx"):
        raise NotFound("")
    language = get_language() or "en"
    language = language if language in letter_languages(REQUEST, COMPLETE) else "en"
    about = Rendering(language, link(row).text, str(row.organisation), by.today)
    data = _content(row, sheet)
    if ending == "docx":
        return saved(render_word(REQUEST.with_suffix(".docx"), data, about), WORD_TYPE, name)
    return saved(render_pdf(REQUEST, data, about).content, MEDIA_TYPES["pdf"], name)


def _content(row: Any, sheet: Any) -> dict[str, Any]:
    names = words.called(row.territory.country_id)
    found = [one for one in needs([row.territory_id], row.year) if one.edition.unit == row.currency]
    return {
        "place": str(row.territory), "year": str(row.year), "organisation": str(row.organisation),
        "need_heads": words.need_heads(_("Measure")),
        "need": [line for one in found for line in words.need_rows(one, one.lines, names)],
        "edition": found[0].edition.number if found else "–",
        "budget_heads": words.budget_heads(), "budget": words.budget_rows(sheet), "asked": str(sheet.revised),
    }  # fmt: skip
