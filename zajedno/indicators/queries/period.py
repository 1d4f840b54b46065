"""Counts of a period, on PostgreSQL, under the statistics role: expressions of `logic/facts` as its SQL."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection

from zajedno.children.queries.functioning import difficulties
from zajedno.children.queries.risk import indices
from zajedno.exchange.queries.told import changes, takings
from zajedno.figures.logic.partition import Counted
from zajedno.indicators.logic.definition import Indicator
from zajedno.indicators.logic.span import Span
from zajedno.kernel.fence import WORKER, acting
from zajedno.networks.queries.told import closed_rounds

HUNDRED = Decimal(100)
Prepared = Mapping[str, str]  # by table, its rows as JSON: written once, laid out for every indicator


@dataclass(frozen=True, slots=True)
class Complete:
    """How many institutions of each place are expected to have sent something, and how many did."""

    expected: Mapping[str, int]
    reported: Mapping[str, int]


def prepared(spans: Collection[Span]) -> Prepared:
    """What other rooms reckon already, as they say it, for these periods; nothing is opened where none is asked for."""
    if not spans:
        return {}
    with acting(WORKER):
        since = min(span.first for span in spans)
        return as_told({
            "prepared_rounds": closed_rounds(), "prepared_waves": changes(), "prepared_takings": takings(),
            "prepared_functioning": difficulties(), "prepared_risk": indices(since),
        })  # fmt: skip


def as_told(rows: Mapping[str, Iterable[tuple[Any, ...]]]) -> Prepared:
    """Each row with the names of its columns."""
    from zajedno.indicators.logic.facts.tables import PREPARED

    return {
        name: json.dumps([dict(zip(PREPARED[name], row, strict=True)) for row in found], cls=DjangoJSONEncoder)
        for name, found in rows.items()
    }


def lay_out(told: Prepared) -> None:
    """Put it beside the tables, until the transaction ends."""
    from zajedno.indicators.logic.facts.tables import PREPARED

    with connection.cursor() as cursor:
        for name in PREPARED:
            cursor.execute("select set_config(%s, %s, true)", [f"app.{name}", told.get(name, "")])


def counted(what: Indicator, span: Span, country: str) -> list[Counted]:
    """Blocks of an indicator in a country and period, as `figures` wants them."""
    from zajedno.indicators.logic.facts.compile import POSTGRES, statement

    sums: dict[tuple[str, str, str, str], tuple[int, int, int]] = {}
    rows = _rows(statement(what.code, span, country, what.outcomes, what.by, POSTGRES))
    for place, outcome, axis, word, *numbers in rows:
        key = (place, said(what, outcome), axis, told_as(what, axis, word))
        was = sums.get(key, (0, 0, 0))
        sums[key] = (was[0] + numbers[0], was[1] + numbers[1], was[2] + numbers[2])
    return [_counted(what, key, *numbers) for key, numbers in sorted(sums.items())]


def complete(what: Indicator, span: Span, country: str) -> Complete:
    rows = _rows(_completeness(what.room, what.reports, country, span))
    return Complete({row[0]: row[1] for row in rows}, {row[0]: row[2] for row in rows if row[2]})


@lru_cache(maxsize=512)
def _completeness(room: str, kinds: tuple[str, ...], country: str, span: Span) -> str:
    from zajedno.indicators.logic.facts.compile import POSTGRES, sql
    from zajedno.indicators.logic.facts.sent import completeness

    return sql(completeness(room, kinds, country, span), POSTGRES)


def said(what: Indicator, outcome: str) -> str:
    """Of a share: is it what is counted?"""
    if what.kind != "share":
        return outcome
    return "yes" if outcome == what.outcomes[0] else "no"


def told_as(what: Indicator, axis: str, word: str) -> str:
    """The word that the indicator has for it: 0-6 for 0-2 and 3-6 where no finer population is published."""
    words = what.divisions.get(axis, (word,))
    if word in words:
        return word
    return next((one for one in words if one == "0-6" and word in ("0-2", "3-6")), words[-1])


def _counted(what: Indicator, key: tuple[str, str, str, str], children: int, events: int, value: int) -> Counted:
    place, outcome, axis, word = key
    many: dict[str, dict[str, Any]] = {
        "children": {"children": children},
        "events": {"children": children, "events": events},
        "people": {"children": events},
        "work": {"events": events, "value": Decimal(value) / HUNDRED},
    }
    return Counted(place=place, outcome=outcome, by=axis, word=word, **many[what.counts])


def _rows(sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        # Everything is counted once, so hashes are right; where few rows are expected and many come, loops never end.
        cursor.execute("set local work_mem = '64MB'; set local enable_nestloop = off")
        cursor.execute(sql)
        return cursor.fetchall()
