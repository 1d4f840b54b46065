"""Worked examples: a few invented rows for each indicator, and what somebody counted from them by hand.

Everybody lives in Subotica (80438) unless said; the school year is 2025/26, the year 2025. Children: 1 a girl of nine
(in a village; file 9 is hers too), 2 a boy of thirteen, 3 a girl of five, both in the town, 4 a boy of three who has no
residence here, 5 in a village of Ada (70017), sixteen, nobody wrote whether a girl or a boy, 6 of Jajce in the other
country.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from zajedno.indicators.logic.facts.tables import PREPARED, TABLES
from zajedno.indicators.logic.span import Span, named

Rows = Mapping[str, Iterable[tuple[Any, ...]]]
SCHOOL, COMMISSION, KINDERGARTEN, SCHOOL_ADA, COUNSELLING, TEAM, NETWORK, SECONDARY, JAJCE = range(11, 20)
PROCEDURES = [
    "additional-support", "assessment-fbih", "referral", "developmental-counselling", "early-development",
    "individual-education", "dropout-prevention", "transition", "violence-response", "violence-protocol",
]  # fmt: skip
(SUPPORT, FBIH, REFERRAL, EARLY, EARLY_BA, IOP, DROPOUT, PASSAGE, VIOLENCE, PROTOCOL) = range(1, 11)

BASE: Rows = {
    "places_country": [("RS", "RSD"), ("BA", "BAM")],
    "places_territory": [
        (1, "RS", None, "country", "RS"), (2, "RS", 1, "city", "80438"), (3, "RS", 2, "settlement", "80438-1"),
        (4, "RS", 1, "municipality", "70017"), (5, "BA", None, "country", "BA"),
        (6, "BA", 5, "municipality", "ba-jajce"),
    ],
    "places_organisation": [
        (SCHOOL, "primary_school", 2), (COMMISSION, "intersectoral_commission", 2), (KINDERGARTEN, "kindergarten", 2),
        (SCHOOL_ADA, "primary_school", 4), (COUNSELLING, "developmental_counselling", 2), (TEAM, "protection_team", 2),
        (NETWORK, "inclusion_network", 2), (SECONDARY, "secondary_school", 2), (JAJCE, "referral_team", 6),
    ],
    "children_child": [
        (1, "2016-05-04", "F", 3, SCHOOL, "rural"), (2, "2012-03-01", "M", 2, SCHOOL, "urban"),
        (3, "2020-02-29", "F", 2, KINDERGARTEN, "urban"), (4, "2022-07-15", "M", None, COUNSELLING, ""),
        (5, "2009-12-31", "", 4, SCHOOL_ADA, "rural"), (6, "2019-01-01", "F", 6, JAJCE, "urban"),
        (9, "2016-05-04", "F", 2, SCHOOL_ADA, ""),
    ],
    "children_alias": [(9, 1, "confirmed"), (2, 3, "proposed")],
    "procedures_definition": [(at, "procedure", key) for at, key in enumerate(PROCEDURES, 1)],
    "procedures_version": [(at, at) for at, _key in enumerate(PROCEDURES, 1)],
}  # fmt: skip


@dataclass(frozen=True)
class Example:
    """`says`: in words. `told`: by place and outcome (and axis and word) children, events and, where one is, the value
    in hundredths."""

    code: str
    says: str
    told: Mapping[tuple[str, ...], tuple[int, ...]]
    rows: Rows
    period: str = "2025"
    country: str = "RS"
    axes: tuple[str, ...] = ()

    @property
    def span(self) -> Span:
        return named(self.period)


@dataclass
class Case:
    """A case with what was done in it: `Case(1, SUPPORT, child=1, at=COMMISSION).did("submit", "2025-03-01")`."""

    id: int
    version: int
    child: int
    at: int
    closed: str | None = None
    outcome: str = ""
    received: str = "2019-01-01"
    moves: list[tuple[str, str, str]] = field(default_factory=list)
    clocks: list[tuple[str, str, str, str | None]] = field(default_factory=list)

    def did(self, move: str, day: str, to: str = "") -> "Case":
        self.moves.append((move, day, to))
        return self

    def clock(self, key: str, started: str, due: str, stopped: str | None = None) -> "Case":
        self.clocks.append((key, started, due, stopped))
        return self


def worked(*cases: Case, **others: Iterable[tuple[Any, ...]]) -> Rows:
    moves = [(one.id, *move) for one in cases for move in one.moves]
    return {
        "casework_case": [
            (one.id, one.version, one.child, one.at, one.received, one.closed, one.outcome) for one in cases
        ],
        "casework_move": [(number, *move) for number, move in enumerate(moves, 1)],
        "casework_clock": [(one.id, *clock) for one in cases for clock in one.clocks],
        **others,
    }


def measure(number: int, case: int, child: int, at: int = COMMISSION, **said: Any) -> tuple[Any, ...]:
    usual = {"state": "planned", "unmet": "", "code": "transport", "currency": "RSD"}
    row = {"id": number, "case_id": case, "child_id": child, "at_id": at} | usual | said
    return tuple(row.get(name) for name in TABLES["casework_measure"])


def gone(child: int, at: int, since: str = "2025-09-01", until: str | None = None) -> tuple[Any, ...]:
    return (child, at, int(since[:4]), since, until)


def thread(number: int) -> UUID:
    return UUID(int=number)


def columns(name: str) -> dict[str, str]:
    return dict({**TABLES, **PREPARED}[name])


def typed(value: Any, kind: str) -> Any:
    if value is None:
        return None
    if kind == "date":
        return date.fromisoformat(value)
    if kind.startswith("timestamp"):
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    return Decimal(value) if kind.startswith("decimal") else value


def world(rows: Rows) -> dict[str, list[tuple[Any, ...]]]:
    """Every table, empty ones too, its values typed."""
    found = {}
    for name in {**TABLES, **PREPARED}:
        kinds = list(columns(name).values())
        given = [*BASE.get(name, ()), *rows.get(name, ())]
        found[name] = [tuple(typed(one, kind) for one, kind in zip(row, kinds, strict=True)) for row in given]
    return found
