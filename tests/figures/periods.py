"""Released periods of invented places, for tests."""

from collections.abc import Iterable, Mapping
from typing import Any

from tests.places import factories as places
from zajedno.figures.actions import define, release_period
from zajedno.figures.logic.partition import Counted
from zajedno.figures.models import Edition
from zajedno.kernel.fence import STATISTICS, acting

SEXES = {"sex": ("girl", "boy")}
DISTRICTS = {"RS-01": ("80438", "80012", "80276"), "RS-02": ("80209", "80373")}


def land() -> None:
    """Two districts of a country, with three municipalities and two."""
    places.country()
    for district, codes in DISTRICTS.items():
        above = places.territory(district, district, code=district, kind="district", is_unit=False)
        for code in codes:
            places.territory(f"Место {code}", f"Mesto {code}", code=code, kind="municipality", parent=above)


def defined(code: str = "K2", **fields: Any) -> None:
    row = {"code": code, "kind": "share", "unit": "%", "words": {"name": {"en": "Opinions in time"}}} | fields
    with acting(STATISTICS):
        define([row])


def counts(table: Mapping[tuple[str, str], Mapping[str, int]], axis: str = "sex") -> list[Counted]:
    """`{(place, outcome): {word: children}}`: the words, and the wholes they add up to."""
    return [
        row
        for (place, outcome), words in table.items()
        for row in (
            Counted(place, outcome, sum(words.values())),
            *(Counted(place, outcome, many, by=axis, word=word) for word, many in words.items()),
        )
    ]


def released(counted: Iterable[Counted], **fields: Any) -> Edition | None:
    about: dict[str, Any] = {
        "indicator": "K2", "country": "RS", "period": "2025", "divisions": SEXES, "reported": 17, "expected": 20,
    } | fields  # fmt: skip
    with acting(STATISTICS):
        return release_period(counted=counted, **about)
