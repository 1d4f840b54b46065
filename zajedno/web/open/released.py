"""Released figures as one table: what pages, files and the API are all made from, so that they agree."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from zajedno.figures import queries
from zajedno.figures.logic.figure import Figure, Said
from zajedno.figures.logic.formats.table import Meaning, Table
from zajedno.places.queries.level import at_level, names_of

if TYPE_CHECKING:
    from zajedno.figures.models import Definition


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
    """The whole and, where asked, its parts; `absent`: also where nothing was reckoned. A few queries, whatever is
    asked."""
    released = queries.indicators_released(choice.country)
    indicators = [choice.indicator] if choice.indicator else sorted(released)
    known = {code: _periods(released.get(code, []), choice.period) for code in indicators}
    places = [choice.place] if choice.place else [one.code for one in at_level(choice.country, choice.level)]
    periods = sorted({period for each in known.values() for period in each}, reverse=True)
    by = ["", choice.by] if choice.by else [""]
    figures = queries.figures_of_many(indicators, places, periods, by) if places and periods else []
    return [one for one in figures if one.period in known[one.indicator] and (absent or one.said is not Said.ABSENT)]


def _periods(known: list[str], asked: str) -> list[str]:
    return [period for period in known if asked in ("", period)]


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


def axes(indicator: str) -> list[str]:
    """By which an indicator is divided."""
    row = queries.definition(indicator)
    return list(row.by) if row is not None else []
