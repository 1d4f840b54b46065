"""Released figures for a report: of places and periods, with what their indicators and places are called."""

from collections.abc import Sequence
from typing import Any

from zajedno.figures import queries
from zajedno.figures.logic.figure import Figure, Said
from zajedno.kernel.labels import label
from zajedno.places.queries.territory import by_code


def figures(codes: Sequence[str], places: Sequence[str], periods: Sequence[str]) -> list[Figure]:
    """Of each indicator, place and period; ABSENT where nothing is released."""
    find: Any = getattr(queries, "figures", None)
    if find is None:
        return [Figure(code, place, period, Said.ABSENT) for code in codes for place in places for period in periods]
    return [one for code in codes for one in find(code, places, periods)]


def names(found: Sequence[Figure]) -> dict[str, str]:
    """What the indicators and places of these figures are called, in the language in use."""
    known: Any = getattr(queries, "definitions", list)()
    titles = {one.code: label(one.words.get("name", {})) for one in known}
    places = {code: by_code(code) for code in {one.place for one in found}}
    return {code: titles.get(code, code) for code in {one.indicator for one in found}} | {
        code: str(place) for code, place in places.items() if place is not None
    }


def periods(code: str, country: str) -> list[str]:
    """For which an indicator is released in a country, the newest first."""
    known: Any = getattr(queries, "indicators_released", lambda _country: {})
    found: list[str] = known(country).get(code, [])
    return found
