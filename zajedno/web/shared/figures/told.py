"""What an indicator is, in the language in use; and where its figures come from. The only door to the room `figures`:
whatever is shown here is made of `Figure`s and of this."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from zajedno.figures import queries
from zajedno.figures.logic.figure import Figure
from zajedno.kernel.labels import label


@dataclass(frozen=True)
class Told:
    """An indicator as it is defined: `kind` share, rate, count, median, mean or money; `better` higher, lower, neither."""

    code: str
    name: str
    kind: str = "share"
    unit: str = ""
    per: int = 100
    better: str = "neither"
    definition: str = ""
    numerator: str = ""
    denominator: str = ""
    method: int = 1
    source: str = ""
    owner: str = ""
    room: str = ""
    verified: bool = True
    by: tuple[str, ...] = ()
    target: Decimal | None = None
    small_below: int = 0

    @property
    def is_share(self) -> bool:
        return self.kind == "share"


def told(code: str) -> Told | None:
    """None where nobody defined it."""
    row = queries.definition(code)
    return _told(row) if row is not None else None


def all_told() -> dict[str, Told]:
    return {row.code: _told(row) for row in queries.definitions()}


def figures(indicator: str, places: Sequence[str], periods: Sequence[str], by: Sequence[str] = ("",)) -> list[Figure]:
    return queries.figures(indicator, places, periods, by)


def released(country: str) -> Mapping[str, list[str]]:
    """Codes of indicators, each with its periods, the newest first."""
    return queries.indicators_released(country)


def _told(row: Any) -> Told:
    words = row.words
    name = {key: label(words.get(key, {})) for key in ("name", "definition", "numerator", "denominator")}
    target = words.get("target")
    return Told(
        code=row.code,
        method=row.method,
        kind=words["kind"],
        unit=words["unit"],
        per=words["per"],
        better=words["better"],
        source=words["source"],
        owner=words["owner"],
        room=words["room"],
        verified=words["verified"],
        by=tuple(words["by"]),
        target=None if target is None else Decimal(str(target)),
        small_below=words["small_below"],
        **name,
    )
