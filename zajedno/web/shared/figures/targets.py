"""Targets of places on pages: of one indicator, and all of a place with how far each has come."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zajedno.figures.logic.figure import Figure, Said
from zajedno.figures.queries import aim_of
from zajedno.web.shared.dates import day
from zajedno.web.shared.figures import naming, sentences, tables
from zajedno.web.shared.figures import told as source
from zajedno.web.shared.figures.board import Board
from zajedno.web.shared.figures.told import Told
from zajedno.web.shared.pieces import Cell, Column, Link, Row, Table

if TYPE_CHECKING:
    from zajedno.figures.models import Target
    from zajedno.places.models import Territory


def facts(told: Told) -> list[Row]:
    """What the place, or one above it, has decided. Nothing where only the indicator's file gives a target."""
    aim = told.target
    if aim is None or not aim.place:
        return []
    read = [Link(_("Read it"), aim.link, _("where the target is decided"))] if aim.link else []
    rows = [
        Row(_("Target"), naming.aim(told)), Row(_("Baseline"), naming.baseline(told)),
        Row(_("Where it is decided"), aim.source, read),
    ]  # fmt: skip
    return [row for row in rows if row.values]


def links(board: Board, told: Told, place: "Territory") -> list[Link]:
    """What may be done with targets from the page of an indicator."""
    if not board.targets:
        return []
    own = told.target is not None and told.target.place == place.code
    text = _("Set another target") if own else _("Set a target")
    to_set = [Link(text, f"{board.targets}{told.code}/?place={place.code}")] if board.may_target(place) else []
    return [*to_set, Link(_("All targets"), board.targets)]


def held(board: Board, rows: Sequence["Target"]) -> Table:
    """Targets in force, each with the newest figure."""
    known = source.all_told()
    now = {(one.indicator, one.place): one for one in newest(rows)}
    several = len({row.territory_id for row in rows}) > 1
    columns = [
        Column(_("Indicator")), *([Column(_("Place"))] if several else []), Column(_("Target")),
        Column(_("Baseline")), Column(pgettext("statistics", "Figure")), Column(_("How far it has come")),
        Column(_("Where it is decided")), *([Column(_("Change"))] if _may_end(board, rows) else []),
    ]  # fmt: skip
    lines = [
        _line(board, row, _told(known, row), now.get((row.indicator, row.territory.code)), several=several,
              acts=_may_end(board, rows))
        for row in rows
    ]  # fmt: skip
    empty = _("No target is in force. One is set from the page of an indicator.")
    return Table("targets", _("Targets in force"), columns, lines, empty=empty)


def _may_end(board: Board, rows: Sequence["Target"]) -> bool:
    return any(board.may_target(row.territory) for row in rows)


def _line(
    board: Board, row: "Target", told: Told, now: Figure | None, *, several: bool, acts: bool
) -> list[Any]:  # fmt: skip
    place = row.territory
    href = f"{board.home}{row.indicator}/?place={place.code}" if board.home and now is not None else ""
    figure = Cell("–") if now is None else replace(tables.value_cell(now), small=now.period)
    decided = Cell(row.source, small=_("%(who)s, %(day)s") % {"who": row.organisation, "day": day(row.set_on)})
    end = Cell(_("End this target"), f"{board.targets}{row.uuid}/end/") if board.may_target(place) else Cell("")
    return [
        Cell(told.name, href), *([place.name] if several else []), naming.aim(told), naming.baseline(told) or "–",
        figure, _progress(told, now), decided, *([end] if acts else []),
    ]  # fmt: skip


def _progress(told: Told, now: Figure | None) -> str:
    if now is None or now.said == Said.ABSENT:
        return _("No figure is released yet.")
    return " ".join(sentences.progress(told, now))


def ended(rows: Sequence["Target"]) -> Table | None:
    """Those before, the last that ended first."""
    known = source.all_told()
    columns = [Column(_("Indicator")), Column(_("Place")), Column(_("Target")), Column(_("Where it is decided")),
               Column(_("Ended on")), Column(_("Why it ended"))]  # fmt: skip
    lines = []
    for row in rows:
        told = _told(known, row)
        why = row.ended_why or _("Another target followed.")
        lines.append([told.name, row.territory.name, naming.aim(told), row.source, day(row.ended_on), why])
    return Table("targets-ended", _("Targets that have ended"), columns, lines) if lines else None


def told_of(row: "Target") -> Told:
    return _told(source.all_told(), row)


def _told(known: dict[str, Told], row: "Target") -> Told:
    """An indicator that no pack names any more keeps its code for a name."""
    return replace(known.get(row.indicator) or Told(row.indicator, row.indicator), target=aim_of(row))


def printed_line(row: "Target") -> list[str]:
    """Of a report: without any figure."""
    told = told_of(row)
    return [told.name, naming.aim(told), naming.baseline(told) or "–", row.source]


def newest(rows: Sequence["Target"], until: str = "") -> list[Figure]:
    """Of each target: of the newest period that is released in its country, and begins in a year up to `until`."""
    periods = {
        (country, code): [one for one in known if not until or one[:4] <= until][:1]
        for country in {row.territory.country_id for row in rows}
        for code, known in source.released(country).items()
    }
    asked = {
        (row.indicator, row.territory.code, period)
        for row in rows for period in periods.get((row.territory.country_id, row.indicator), ())
    }  # fmt: skip
    codes, places, when = (sorted({one[at] for one in asked}) for at in range(3))
    found = source.figures_of_many(codes, places, when)
    return [one for one in found if (one.indicator, one.place, one.period) in asked]
