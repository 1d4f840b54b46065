"""Who is missing: children known here, as released, beside who lives there and who was born there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from zajedno.figures.queries import newest, table
from zajedno.kernel.actor import Actor
from zajedno.places.enums import Sector
from zajedno.places.queries import population
from zajedno.places.queries.organisation import organisations
from zajedno.places.queries.territory import children, of_organisation

if TYPE_CHECKING:
    from zajedno.figures.models import Edition
    from zajedno.places.models import Territory

KNOWN, REACHED = "known_children", "reached"  # keys of indicators
BANDS = {"0-6": (0, 6), "7-14": (7, 14), "15-18": (15, 18)}  # ages reached in the year of the figures


@dataclass(frozen=True)
class Line:
    """An age group, or a year of birth. `living`: the denominator; `known` and of them `at_school`: None where there
    are none, or fewer than five."""

    name: str
    living: int | None
    known: int | None
    at_school: int | None

    @property
    def share(self) -> float | None:
        """Known of a hundred."""
        return 100 * self.known / self.living if self.known is not None and self.living else None


@dataclass(frozen=True)
class Missing:
    """`year` and `source` of the denominator: None and empty where none is given. `unheard`: settlements and schools of
    which fewer than five children are known, or none."""

    place: "Territory"
    edition: "Edition | None"
    year: int | None
    source: str
    ages: list[Line]
    births: list[Line]
    unheard: list[tuple[str, str]]


def places(by: Actor) -> "list[Territory]":
    """Where the actor's institutions work."""
    return of_organisation({seat.organisation for seat in by.seats})


def missing(place: "Territory", today: date) -> Missing:
    period = str(today.year)
    edition = next(iter(newest(KNOWN, [place.pk], period)), None)
    cells = {} if edition is None else {cell: one.count for cell, one in table(edition).items()}
    years = {year: population.counts(place, year) for year in population.years(place)}
    aged = next((year for year, told in years.items() if any((band, "all") in told for band in BANDS)), None)
    living = years[aged] if aged else {}
    return Missing(
        place=place,
        edition=edition,
        year=aged,
        source=population.source(place, aged) if aged else "",
        ages=[_line(cells, band, living.get((band, "all")), _born(band, today.year)) for band in BANDS],
        births=[_line(cells, str(year), born, [str(year)]) for year, born in _births(years)],
        unheard=_unheard(place, today),
    )


def _born(band: str, year: int) -> list[str]:
    """The words under which an age group is told: its years of birth, and itself."""
    first, last = BANDS[band]
    return [*(str(year - age) for age in range(first, last + 1)), band]


def _births(years: Mapping[int, Mapping[tuple[str, str], int]]) -> list[tuple[int, int]]:
    return [(year, told["births", "all"]) for year, told in years.items() if ("births", "all") in told]


def _line(cells: dict[tuple[str, ...], int | None], name: str, living: int | None, born: list[str]) -> Line:
    return Line(name, living, _sum(cells, born, ""), _sum(cells, born, "in"))


def _sum(cells: dict[tuple[str, ...], int | None], born: list[str], school: str) -> int | None:
    """Of whole pools that were told."""
    told = [count for word in born if (count := cells.get((word, school))) is not None]
    return sum(told) if told else None


def _unheard(place: "Territory", today: date) -> list[tuple[str, str]]:
    """(kind, name) of each; that there are fewer than five tells neither of nobody nor of anybody."""
    heard = {cell for one in newest(REACHED, [place.pk], str(today.year)) for cell in table(one)}
    found = {
        "settlement": [one for one in children(place) if one.kind == "settlement"],
        "school": organisations(territory=place, sector=Sector.EDUCATION, working_on=today),
    }
    return [(kind, str(one)) for kind, rows in found.items() for one in rows if (kind, str(one.pk)) not in heard]
