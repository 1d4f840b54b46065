"""Figures with the words of their indicators and places, as one table from which every format is written.

What may not be told is taken away here, once: a withheld figure has no number in any column of any format.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any

from zajedno.figures.logic.figure import Figure, Said
from zajedno.kernel.labels import Labels, label

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
KEY = ("indicator", "place", "period", "by", "word")
NUMBERS = ("value", "low", "high", "numerator", "denominator")
Value = str | int | bool | date | Decimal | None


@dataclass(frozen=True)
class Meaning:
    """What an indicator is and how it is counted, in every language it is written in."""

    code: str
    name: Labels
    definition: Labels = field(default_factory=dict)
    numerator: Labels = field(default_factory=dict)
    denominator: Labels = field(default_factory=dict)
    kind: str = ""
    unit: str = ""
    per: int = 100
    source: str = ""
    verified: bool = False


@dataclass(frozen=True)
class Column:
    """`kind`: of the data type in words of CSVW."""

    name: str
    title: str
    kind: str = "string"


COLUMNS = (
    Column("indicator", "Code of the indicator"), Column("indicator_name", "Indicator"),
    Column("place", "Code of the place"), Column("place_name", "Place"), Column("period", "Period"),
    Column("by", "Divided by"), Column("word", "Part"), Column("said", "What is told"),
    Column("value", "Value", "decimal"), Column("low", "At least", "decimal"), Column("high", "At most", "decimal"),
    Column("unit", "Unit"), Column("numerator", "Counted", "decimal"), Column("denominator", "Of how many", "decimal"),
    Column("denominator_year", "Year of those people", "integer"),
    Column("left_out", "Places left out, as it is not published how many live there", "integer"),
    Column("reported", "Institutions that reported", "integer"), Column("expected", "Institutions asked", "integer"),
    Column("edition", "Edition"), Column("released", "Released on", "date"), Column("method", "Method", "integer"),
    Column("reason", "Why this edition"), Column("small", "So few that one person moves it", "boolean"),
)  # fmt: skip


@dataclass(frozen=True)
class Table:
    """`places`: names by code. `language`: of the names and of the title; `site`: where its CSV lies."""

    figures: tuple[Figure, ...]
    meanings: Mapping[str, Meaning]
    places: Mapping[str, Labels]
    title: str = "Figures"
    language: str = "en"
    made_on: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    site: str = ""
    publisher: str = "Zajedno"

    @classmethod
    def of(cls, figures: Iterable[Figure], meanings: Iterable[Meaning], **about: Any) -> "Table":
        """In the order of the key; ValueError when two figures say the same thing of the same place."""
        told = sorted(map(only_told, figures), key=key)
        for one, other in pairwise(told):
            if key(one) == key(other):
                raise ValueError(f"two figures for {key(one)}")
        return cls(tuple(told), {one.code: one for one in meanings}, **about)

    def rows(self) -> Iterator[dict[str, Value]]:
        """A row for each figure, by the names of COLUMNS."""
        for one in self.figures:
            yield {
                "indicator": one.indicator, "indicator_name": self.indicator(one.indicator), "place": one.place,
                "place_name": self.place(one.place), "period": one.period, "by": one.by, "word": one.word,
                "said": one.said.value, "value": one.value, "low": one.low, "high": one.high, "unit": one.unit,
                "numerator": one.top, "denominator": one.bottom, "denominator_year": one.bottom_year,
                "left_out": one.left_out, "reported": one.reported, "expected": one.expected,
                "edition": one.edition, "released": one.released_on, "method": one.method, "reason": one.reason,
                "small": one.is_small,
            }  # fmt: skip

    def indicator(self, code: str) -> str:
        found = self.meanings.get(code)
        return label(found.name, self.language) if found else code

    def place(self, code: str) -> str:
        return label(self.places.get(code, {}), self.language) or code

    def used(self) -> list[Meaning]:
        """Of the indicators that stand in it, in their order."""
        codes = dict.fromkeys(one.indicator for one in self.figures)
        return [self.meanings.get(code) or Meaning(code, {"en": code}) for code in codes]


def key(one: Figure) -> tuple[str, ...]:
    return one.indicator, one.place, one.period, one.by, one.word


def only_told(one: Figure) -> Figure:
    """Without what its `said` does not let be told, whatever it was made with."""
    match one.said:
        case Said.EXACT:
            return replace(one, low=None, high=None)
        case Said.BETWEEN:
            return replace(one, value=None, top=None, bottom=None, bottom_year=None)
        case _:
            return replace(
                one, value=None, low=None, high=None, top=None, bottom=None, bottom_year=None, is_small=False
            )


def plain(number: Decimal) -> int | float:
    """As JSON has numbers: figures have far fewer digits than the fifteen that a double keeps."""
    return int(number) if number == number.to_integral_value() else float(number)


def written(number: Decimal) -> str:
    """Without an exponent and without zeros at the end."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
