"""A closed period is released once, and corrected with a reason."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction

from zajedno.figures.logic.closing import last_day
from zajedno.figures.logic.correction import correct
from zajedno.figures.logic.kinds import Line
from zajedno.figures.logic.layout import kept, table_of
from zajedno.figures.logic.partition import Above, Counted, Divisions, Table, Tally, partition
from zajedno.figures.logic.people import AGES, known_of, left_out, people
from zajedno.figures.logic.pools import FEWEST, Told
from zajedno.figures.logic.reading import Key
from zajedno.figures.logic.release import Rules, check, lines, most_events, outcomes_of, plain_lines
from zajedno.figures.models import Definition, Edition, Late, Reading, Value
from zajedno.kernel import clock
from zajedno.places.queries.population import children_of
from zajedno.places.queries.territory import at_work, by_code, lying

AXES = ("place", "outcome", "by", "word")
Sent = int | Mapping[str, int] | None  # institutions: of the country, or of each place


@dataclass(slots=True)
class _Draft:
    """What is written together: an edition, its values, and what it says of each territory."""

    edition: Edition
    rules: Rules
    lines: Mapping[Key, Line]
    values: list[Value] = field(default_factory=list)
    is_impersonal: bool = False


@transaction.atomic
def release_period(
    *,
    indicator: str,
    country: str,
    period: str,
    counted: Iterable[Counted],
    divisions: Divisions,
    method: int = 1,
    reported: Sent = None,
    expected: Sent = None,
    reason: str = "",
    places: Iterable[str] | None = None,
    where_it_works: bool = False,
    whole_is_known: bool = False,
) -> Edition | None:
    """The edition, or None where there is nothing new to tell. After the first it is a correction and needs a `reason`.

    `divisions`: each axis with all its words in order, `unknown` too where it may be. `places`: the units that take
    part, if not all of the country; who does must not depend on children. What is counted elsewhere is the country's;
    in a rate it is left out, as is every place of which nobody published how many live there.
    `where_it_works`: counted where institutions are, so that nobody is where none reported, as everybody can read.
    `whole_is_known`: a share of a whole whose words are told elsewhere too (all pupils, girls and boys).
    """
    closed_on = last_day(period)
    if closed_on >= clock.today():
        raise ValueError(f"{period} is not over")
    last = _last(indicator, country, period)
    if last is not None and not reason.strip():
        return None
    what, rows = Definition.objects.get(code=indicator, method=method), list(counted)
    if what.kind == "money" and not what.is_impersonal:
        raise ValueError("money of children is told by `release`, which knows prices")
    above = _above(country, rows, places, last, what)
    rules = _rules(what, divisions, above, (country, closed_on.year), last)
    rows = list(_taking_part(rows, rules.above, country))
    rules = replace(rules, outcomes=outcomes_of(what.kind, what.bands, rows), each=most_events(rows))
    check(rows, rules, adds_up=not what.is_impersonal)
    turn = last.turn + 1 if last else 1
    edition = Edition(
        indicator=indicator, territory=by_code(country), period=period, axes=list(AXES), number=str(turn), turn=turn,
        method=method, reason=reason.strip() if last else "", released_on=clock.today(), closed_on=closed_on,
        reported=_all(reported), expected=_all(expected),
    )  # fmt: skip
    known = {"silent": _silent(reported, rules.above) if where_it_works else set(), "whole_is_known": whole_is_known}
    draft = _impersonal(edition, rows, rules) if what.is_impersonal else _protected(edition, rows, rules, last, known)
    if draft is None or (last is not None and _same(last, draft)):
        return None
    _write(draft, _by_territory(reported, above), _by_territory(expected, above))
    return edition


@transaction.atomic
def notice_late(*, indicator: str, country: str, period: str, counted: Iterable[Counted]) -> bool:
    """Note that FEWEST children or more came after the newest edition. Fewer are not noted, nor ever how many; those
    in no sum of the edition are taken to have been as many as they may have been.
    """
    last = _last(indicator, country, period)
    if last is None:
        return False
    there = dict.fromkeys(last.layout["places"], ())
    then, now = _table(last), sum(one.children for one in _taking_part(counted, there, country) if not one.by)
    if now - then.slack - sum(then.told[block].children for block in then.blocks()) < FEWEST:
        return False
    return Late.objects.get_or_create(edition=last, defaults={"noticed_on": clock.today()})[1]


def _last(indicator: str, country: str, period: str) -> Edition | None:
    rows = Edition.objects.filter(indicator=indicator, territory__code=country, period=period, turn__gte=1)
    return rows.order_by("-turn").first()


def _above(
    country: str, rows: Iterable[Counted], places: Iterable[str] | None, last: Edition | None, what: Definition
) -> Above:
    """Who takes part: as is said, whoever did before, and the country for whatever lies elsewhere. Only what is of no
    person may take part because it was counted: else one child in a village would be told of by the list of places."""
    paths = lying(country)
    some = {country, *(at_work(country) if places is None else places)}
    if last is not None:
        some |= set(last.layout.get("places", ()))
    if what.is_impersonal:
        some |= {one.place for one in rows}
    if unknown := (some | {one.place for one in rows}) - set(paths):
        raise ValueError(f"no such territory in {country}: {sorted(unknown)}")
    return {place: paths[place] or (place,) for place in some}


def _rules(
    what: Definition, divisions: Divisions, above: Above, of: tuple[str, int], last: Edition | None
) -> Rules:  # fmt: skip
    """Without what is read from the rows. `of`: country and year."""
    rules = Rules(what.kind, (), divisions, above, what.per)
    if what.kind != "rate":
        return rules
    bands = what.population or list(AGES)
    year, known = children_of(of[0], bands, of[1])
    kept = dict(known_of(known, above, bands))
    before = last.layout.get("places", ()) if last else ()  # who took part stays, or could be subtracted
    kept |= {place: above[place] for place in before}
    return replace(rules, above=kept, people=people(known, kept, bands), year=year, without=left_out(above, kept))


def _taking_part(rows: Iterable[Counted], above: Above, country: str) -> Iterator[Counted]:
    """What is counted elsewhere is the country's; where that takes no part itself it is left out."""
    for one in rows:
        if one.place in above:
            yield one
        elif country in above:
            yield replace(one, place=country)


def _silent(reported: Sent, above: Above) -> set[str]:
    return {place for place in above if not reported.get(place)} if isinstance(reported, Mapping) else set()


def _protected(
    edition: Edition, rows: Sequence[Counted], rules: Rules, last: Edition | None, known: dict[str, Any]
) -> _Draft:
    """`known`: by everybody, of places and of the whole."""
    tally = Tally(rows)
    if last is None:
        table = partition(tally, rules.outcomes, rules.divisions, rules.above, **known)
    else:
        table = correct(_table(last), tally, rules.outcomes, rules.divisions, rules.above, edition.number, **known)
    edition.layout = kept(table) | {"places": sorted(rules.above)}
    values = [
        Value(edition=edition, cell=list(cell), value=told.value, count=told.children)
        for cell, told in sorted(table.told.items())
    ]
    return _Draft(edition, rules, lines(table, rules), values)


def _table(edition: Edition) -> Table:
    rows = Value.objects.filter(edition=edition).values_list("cell", "value", "count")
    told = {tuple(cell): Told(value, count) for cell, value, count in rows if value is not None and count is not None}
    return table_of(edition.layout, told, is_first=edition.turn == 1)


def _impersonal(edition: Edition, rows: Sequence[Counted], rules: Rules) -> _Draft:
    edition.layout = {"places": sorted(rules.above)}
    values = [
        Value(edition=edition, cell=[one.place, one.outcome, one.by, one.word], is_impersonal=True,
              value=one.value if one.value is not None else one.children if one.events is None else one.events)
        for one in rows
    ]  # fmt: skip
    return _Draft(edition, rules, plain_lines(rows, rules), values, is_impersonal=True)


def _same(last: Edition, draft: _Draft) -> bool:
    was = {tuple(cell): value for cell, value in Value.objects.filter(edition=last).values_list("cell", "value")}
    return was == {tuple(one.cell): one.value for one in draft.values}


def _write(draft: _Draft, sent: Mapping[str, int], asked: Mapping[str, int]) -> None:
    draft.edition.save()
    Value.objects.bulk_create(draft.values, batch_size=2000)
    Reading.objects.bulk_create(
        (
            Reading(
                edition=draft.edition, place=place, by=by, word=word, said=one.said.value, value=one.value, low=one.low,
                high=one.high, top=one.top, bottom=one.bottom, count=one.count, is_impersonal=draft.is_impersonal,
                bottom_year=draft.rules.year, left_out=draft.rules.without.get(place), reported=sent.get(place),
                expected=asked.get(place),
            )
            for (place, by, word), one in sorted(draft.lines.items())
        ),
        batch_size=2000,
    )  # fmt: skip


def _all(sent: Sent) -> int | None:
    return sum(sent.values()) if isinstance(sent, Mapping) else sent


def _by_territory(sent: Sent, above: Above) -> dict[str, int]:
    """Of every territory; a bare number is of the country."""
    if not isinstance(sent, Mapping):
        return {} if sent is None else {path[-1]: sent for path in above.values()}
    found: dict[str, int] = {}
    for place, many in sent.items():
        for one in dict.fromkeys((place, *above.get(place, ()))):
            found[one] = found.get(one, 0) + many
    return found
