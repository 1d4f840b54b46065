"""Released figures for a report: of places and periods, with what their indicators and places are called."""

from collections.abc import Sequence

from zajedno.figures import queries
from zajedno.figures.logic.figure import Figure
from zajedno.kernel.labels import label
from zajedno.places.queries.territory import by_code


def figures(codes: Sequence[str], places: Sequence[str], periods: Sequence[str]) -> list[Figure]:
    """Of each indicator, place and period; ABSENT where nothing is released."""
    return queries.figures_of_many(codes, places, periods)


def periods(code: str, country: str) -> list[str]:
    """For which an indicator is released in a country, the newest first."""
    return queries.indicators_released(country).get(code, [])


def names(found: Sequence[Figure]) -> dict[str, str]:
    """What the indicators and places of these figures are called, in the language in use."""
    codes = {one.indicator for one in found}
    titles = {one.code: label(one.words.get("name", {})) for one in queries.definitions() if one.code in codes}
    places = {code: by_code(code) for code in {one.place for one in found}}
    return {code: titles.get(code) or code for code in codes} | {
        code: str(place) for code, place in places.items() if place is not None
    }
