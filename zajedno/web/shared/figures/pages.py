"""The pages of a board: all indicators of a place, one of them, and what is taken out."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zajedno.figures.logic.figure import Figure
from zajedno.figures.logic.period import year_before
from zajedno.kernel.clock import today
from zajedno.kernel.refusal import NotFound
from zajedno.places.queries.territory import units
from zajedno.web.shared.figures import board as boards
from zajedno.web.shared.figures import files, naming, sentences, tables, targets
from zajedno.web.shared.figures import told as source
from zajedno.web.shared.figures.board import Board, Choice
from zajedno.web.shared.figures.counted import counted
from zajedno.web.shared.figures.dashboard import charts
from zajedno.web.shared.figures.kept import drawn, kept
from zajedno.web.shared.figures.shown import Shown
from zajedno.web.shared.figures.told import Told
from zajedno.web.shared.guards import answer
from zajedno.web.shared.pieces import Cell, Column, Link, Table

if TYPE_CHECKING:
    from zajedno.places.models import Territory

Show = Callable[[HttpRequest, str, Mapping[str, Any]], HttpResponse]


def plainly(request: HttpRequest, template: str, context: Mapping[str, Any]) -> HttpResponse:
    """A page of a desk behind log-in."""
    return answer(request, f"figures/{template}.html", context)


def overview(
    request: HttpRequest, board: Board, more: Sequence[tuple[Shown, Sequence[Link]]] = (), show: Show = plainly
) -> HttpResponse:  # fmt: skip
    """The newest figure of each indicator. `more`: charts of the desk's own below, with their files."""
    choice = boards.chosen(board, request.GET, [])
    known = _known(board, choice.place)
    title = _("Figures: %(place)s") % {"place": choice.place.name}
    context = {
        "title": title, "chooser": _chooser(board, choice, []), "more": more,
        "choice": choice, "lines": _table(board, known, choice, title) if known else "",
        "nothing": boards.nothing_yet(today()), "targets": board.targets,
    }  # fmt: skip
    return show(request, "overview", {**board.frame, **context})


def _table(board: Board, known: Sequence[tuple[Told, list[str]]], choice: Choice, title: str) -> str:
    columns = [
        Column(_("Indicator")), Column(_("Period")), Column(pgettext("statistics", "Figure"), numeric=True),
        Column(_("A year before"), numeric=True), Column(_("Target"), numeric=True),
        Column(_("Reported"), numeric=True),
    ]  # fmt: skip

    def made() -> dict[str, Any]:
        return {"table": Table("indicators", title, columns, _lines(board, known, choice), caption_hidden=True)}

    return drawn(board, "lines", (known, choice.place.code), made)


def _chooser(board: Board, choice: Choice, periods: Sequence[str], axes: Sequence[str] = ()) -> str:
    def made() -> dict[str, Any]:
        form = boards.choosing(board, choice, periods, axes)
        if not periods:
            form.fields.pop("among", None)
        return {"chooser": form}

    return drawn(board, "chosen", (choice.query(), periods, axes), made)


def one(request: HttpRequest, board: Board, code: str, show: Show = plainly) -> HttpResponse:
    """An indicator with its charts."""
    told, periods = _find(board, code)
    choice = boards.chosen(board, request.GET, periods, told.axes)
    told, now, is_late = kept(board, (told, choice.query()), lambda: _read(board, told, choice))
    context = {
        "title": told.name, "told": told, "choice": choice, "figure": now, "nothing": boards.nothing_yet(today()),
        "value": naming.value(now), "beside": naming.beside(now), "complete": naming.complete(now),
        "without": naming.without(now),
        "counted": counted(told, now, is_late), "chooser": _chooser(board, choice, periods, told.axes),
        "charts": _drawn(board, told, choice, periods), "behind": board.behind(now),
        "target": targets.facts(told), "target_links": targets.links(board, told, choice.place),
        "crumbs": [*board.crumbs, Link(_("Figures"), f"{board.home}?place={choice.place.code}")],
    }  # fmt: skip
    return show(request, "one", {**board.frame, **context})


def _read(board: Board, told: Told, choice: Choice) -> tuple[Told, Figure, bool]:
    """The indicator with the target of the place, its figure, and whether much came late."""
    now = source.figures(told.code, [choice.place.code], [choice.period])[0]
    return source.of_place([told], choice.place)[0], now, source.is_late(told.code, board.country, choice.period)


def _drawn(board: Board, told: Told, choice: Choice, periods: Sequence[str]) -> str:
    def made() -> dict[str, Any]:
        home, query = f"{board.home}{told.code}/", choice.query()
        shown = charts(board, told, choice, periods)
        return {"charts": [(chart, files.links(chart, home, query)) for chart in shown]}

    return drawn(board, "charts", (told, choice.query(), periods), made)


def taken(request: HttpRequest, board: Board, code: str, chart: str, ending: str) -> HttpResponse:
    """A chart as a file. The same chart as on the page, from the same figures."""
    told, periods = _find(board, code)
    choice = boards.chosen(board, request.GET, periods, told.axes)
    told = source.of_place([told], choice.place)[0]
    shown = next((one for one in charts(board, told, choice, periods) if one.key == chart), None)
    if shown is None:
        raise NotFound("")
    names = {place.code: place.name for place in (*units(board.country), *board.by_code.values())}
    return files.given(shown, ending, names, f"{code}-{choice.place.code}-{choice.period}".replace("/", "-").lower())


def _known(board: Board, place: "Territory") -> list[tuple[Told, list[str]]]:
    """Indicators that have an edition here and a definition, with their periods."""
    definitions, released = source.all_told(), source.released(board.country)
    found = [told for code, told in definitions.items() if released.get(code) and board.shows(told)]
    aimed = kept(board, ("known", found, place.code), lambda: source.of_place(found, place))
    return [(told, list(released[told.code])) for told in aimed]


def _find(board: Board, code: str) -> tuple[Told, list[str]]:
    told = source.told(code)
    periods = list(source.released(board.country).get(code, ()))
    if told is None or not periods or not board.shows(told):
        raise NotFound("")
    return told, periods


def _lines(board: Board, known: Sequence[tuple[Told, list[str]]], choice: Choice) -> list[list[Any]]:
    """The newest period of each indicator, and the year before it."""
    asked = {one for _told, periods in known for one in (periods[0], year_before(periods[0]))}
    found = source.figures_of_many([told.code for told, _periods in known], [choice.place.code], sorted(asked))
    by_key = {(one.indicator, one.period): one for one in found}
    return [
        _line(board, told, choice, by_key[told.code, periods[0]], by_key[told.code, year_before(periods[0])])
        for told, periods in known
    ]


def _line(board: Board, told: Told, choice: Choice, now: Figure, then: Figure) -> list[Any]:
    about = " ".join(sentences.said(told, now, then)[1:])
    return [
        Cell(told.name, f"{board.home}{told.code}/?place={choice.place.code}", small=about), now.period,
        tables.value_cell(now), naming.value(then), naming.aim(told) or "–", naming.complete(now) or "–",
    ]  # fmt: skip
