"""The rows that every fact gives, and the one expression that counts them.

A row: `place` (code of a unit of local self-government), `outcome`, the `case` if it is of one, `child` (one child
however many files, or none), `times` (how often it counts), `value` (in hundredths), and a word for each axis.
"""

from collections.abc import Sequence
from typing import Any

import ibis
import ibis.expr.types as ir

from zajedno.indicators.logic.facts.tables import table
from zajedno.indicators.logic.span import Span

UNKNOWN = "unknown"
AGES = (("0-2", 3), ("3-6", 7), ("7-14", 15), ("15-18", 19))  # word, and the years that one must not have completed
SETTLEMENTS = ("urban", "rural")
OF_CHILDREN = ("sex", "age", "difficulty", "settlement", "step")
OF_WORK = ("sector",)
ROWS = "counted_rows"
HOPS = 4  # from file to file of one child
SHAPE = {
    "country": "string", "outcome": "string", "case": "int64", "child": "int64", "unit": "int64",
    **dict.fromkeys((*OF_CHILDREN, *OF_WORK, "place"), "string"), "times": "int64", "value": "int64",
}  # fmt: skip


def units() -> ir.Table:
    """Each territory with the unit it is told under: of a settlement, what it lies in."""
    place = table("places_territory")
    above = place.view().select(unit="id", code="code", country="country_id")
    told = ibis.ifelse(place.kind == "settlement", place.parent_id, place.id)
    return place.select(territory=place.id, told=told).join(above, [("told", "unit")]).drop("told")


def persons(span: Span) -> ir.Table:
    """Each file of a child, with whose it is, where the child lives (else was registered), and its words."""
    child = table("children_child")
    at = table("places_organisation").select(at="id", seat="territory_id")
    one = child.left_join(_same(), [("id", "file")]).drop("file")
    one = one.mutate(child=ibis.coalesce(one.same, one.id)).join(at, [("registered_by_id", "at")])
    one = one.left_join(_functioning(span), [("child", "whose")])
    ages = [(one.birth_date > _day(span.years_before(years)), word) for word, years in AGES]
    return one.select(
        file="id",
        child="child",
        lives=ibis.coalesce(one.residence_id, one.seat),
        born="birth_date",
        sex=ibis.cases((one.sex == "F", "girl"), (one.sex == "M", "boy"), else_=UNKNOWN),
        age=ibis.cases(*ages, else_=UNKNOWN),  # older, or nobody wrote when it was born
        difficulty=ibis.coalesce(one.difficulty, _word(UNKNOWN)),
        settlement=ibis.ifelse(one.settlement.isin(SETTLEMENTS), one.settlement, _word(UNKNOWN)),
    )


def _same() -> ir.Table:
    """Files that are confirmed to be of a child with others: each with the oldest of them. People confirm any two, so
    what hangs together may be a chain or a star: each file takes the oldest that its neighbours know of, `HOPS` times.
    """
    pair = table("children_alias")
    pair = pair.filter(pair.state == "confirmed")
    there = pair.select(file="child_id", beside="same_as_id")
    back = pair.select(file="same_as_id", beside="child_id")
    both = ibis.union(there, back)
    oldest = both.group_by("file").agg(same=ibis.least(both.file.min(), both.beside.min()))
    for _ in range(HOPS - 1):
        known = oldest.select(via="file", told="same")
        row = both.join(known, [("beside", "via")])
        oldest = row.group_by("file").agg(same=ibis.least(row.file.min(), row.told.min()))
    return oldest


def _functioning(span: Span) -> ir.Table:
    """What was last found of each child until the end of the period, in whichever of its files."""
    found = table("prepared_functioning")
    found = found.filter(found.holds_on <= _day(span.last)).left_join(_same(), [("child_id", "file")])
    found = found.select("holds_on", "difficulty", whose=ibis.coalesce(found.same, found.child_id))
    newest = ibis.row_number().over(group_by="whose", order_by=[ibis.desc("holds_on"), "difficulty"])
    found = found.mutate(newest=newest)
    return found.filter(found.newest == 0).select("whose", "difficulty")


def of_children(events: ir.Table, span: Span, *, at: str) -> ir.Table:
    """Rows of children. `events` has `file`, `outcome` and, where wanted, `times`, `value`; `at`: the child lives there
    (`child`), or `organisation` of the event works there (`institution`)."""
    row = events.join(persons(span), "file")
    if at == "child":
        return _rows(row.mutate(place=row.lives))
    works = table("places_organisation").select(works="id", place="territory_id")
    return _rows(row.join(works, [("organisation", "works")]))


def of_work(events: ir.Table) -> ir.Table:
    """Rows of work in which no child is told of. `events` has `place`, `outcome`, and what else a row has."""
    return _rows(events.mutate(child=ibis.null("int64")))


def _rows(row: ir.Table) -> ir.Table:
    given: dict[str, Any] = {
        "times": ibis.literal(1, "int64"),
        "value": ibis.literal(0, "int64"),
        "case": ibis.null("int64"),
        **{axis: _word(UNKNOWN) for axis in (*OF_CHILDREN, *OF_WORK)},
    }
    row = row.mutate(**{name: default for name, default in given.items() if name not in row.columns})
    found = row.select("place", "outcome", "child", *given).join(units(), [("place", "territory")])
    return found.select(**{name: found["code" if name == "place" else name].cast(kind) for name, kind in SHAPE.items()})


def counted(country: str, outcomes: Sequence[str], axes: Sequence[str]) -> ir.Table:
    """Blocks of (place, outcome), then of (place, outcome, axis, word), of the rows that stand under `ROWS`.

    A child is one child at one of its events, however many it has, so that sums never count it twice."""
    rows = ibis.table(SHAPE, name=ROWS)
    rows = rows.filter(rows.country == country)
    number = ibis.cases(*((rows.outcome == outcome, at) for at, outcome in enumerate(outcomes)), else_=len(outcomes))
    words = [rows[axis] for axis in OF_CHILDREN]  # of two that are alike in all else: the same one every time
    order = [number, rows.unit, rows.times, rows.value, rows.case, *words]
    once = ibis.row_number().over(group_by=rows.child, order_by=order)
    rows = rows.mutate(once=once)
    rows = rows.mutate(once=ibis.ifelse(rows.child.notnull() & (rows.once == 0), 1, 0))
    parts = [_block(rows, "", _word("")), *(_block(rows, axis, rows[axis]) for axis in axes)]
    return parts[0] if len(parts) == 1 else ibis.union(*parts)


def _block(rows: ir.Table, axis: str, word: ir.Value) -> ir.Table:
    row = rows.mutate(axis=_word(axis), word=word)
    return row.group_by("place", "outcome", "axis", "word").agg(
        **{
            name: row[of].sum().cast("int64")
            for name, of in (("children", "once"), ("events", "times"), ("value", "value"))
        }
    )


def _word(word: str) -> ir.Value:
    return ibis.literal(word, "string")


def _day(day: Any) -> ir.Value:
    return ibis.literal(day, "date")
