"""Released figures as one table: what pages, files and the API are all made from, so that they agree."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from zajedno.figures import queries
from zajedno.figures.logic.figure import Figure, Said
from zajedno.figures.logic.formats.table import Meaning, Table
from zajedno.places.queries.level import LEVELS, at_level, names_of

if TYPE_CHECKING:
    from zajedno.figures.models import Definition

AXES = ("sex", "age", "difficulty", "settlement")


@dataclass(frozen=True)
class Choice:
    """What is asked of the figures: empty is all there is. `level` of places, or one `place` of any level."""

    country: str
    indicator: str = ""
    period: str = ""
    level: str = "municipality"
    by: str = ""
    place: str = ""


def meanings() -> list[Meaning]:
    """Of every indicator that is defined, in the order of codes."""
    return [meaning(one) for one in queries.definitions()]


def meaning(row: "Definition") -> Meaning:
    words = row.words
    return Meaning(
        row.code, words.get("name", {}), words.get("definition", {}), words.get("numerator", {}),
        words.get("denominator", {}), row.kind, row.unit, row.per, row.source, row.verified,
    )  # fmt: skip


def found(choice: Choice, *, absent: bool = False) -> list[Figure]:
    """The whole and, where asked, its parts; `absent`: also where nothing was reckoned."""
    released = queries.indicators_released(choice.country)
    indicators = [choice.indicator] if choice.indicator else sorted(released)
    places = [choice.place] if choice.place else [one.code for one in at_level(choice.country, choice.level)]
    by = ["", choice.by] if choice.by else [""]
    figures: list[Figure] = []
    for indicator in indicators:
        known = released.get(indicator, [])
        periods = [choice.period] if choice.period in known else [] if choice.period else known
        if periods and places:
            figures += queries.figures(indicator, places, periods, by)
    return figures if absent else [one for one in figures if one.said is not Said.ABSENT]


def table(figures: Iterable[Figure], title: str, language: str, site: str = "", publisher: str = "") -> Table:
    """Made on the day of the newest edition: the same figures are the same file, whenever they are fetched."""
    rows = list(figures)
    newest = max((one.released_on for one in rows if one.released_on), default=None)
    made_on = datetime.combine(newest, time(12), UTC) if newest else datetime(1970, 1, 1, tzinfo=UTC)
    names = names_of({one.place for one in rows})
    about = {"publisher": publisher} if publisher else {}
    return Table.of(
        rows, meanings(), places=names, title=title, language=language, made_on=made_on, site=site, **about
    )  # fmt: skip


def axes(indicator: str) -> Sequence[str]:
    """By which an indicator is divided, of those that are told."""
    row = queries.definition(indicator)
    return [axis for axis in AXES if row is not None and axis in row.by]


def is_level(text: str) -> bool:
    return text in LEVELS
