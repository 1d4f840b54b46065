"""What is reckoned is released: nobody's act, under the statistics role."""

from zajedno.figures.actions import Counted, release
from zajedno.indicators import queries
from zajedno.kernel.fence import STATISTICS, acting

COST, UNPRICED = "cost_of_need", "unpriced_need"


def release_cost(*, territory: int, year: int) -> int:
    """The tables of a place and year: a currency each, and what has no price. How many were new."""
    with acting(STATISTICS):
        found = [(COST, unit, cells) for unit, cells in queries.cost_of_need(territory, year).items()]
        tables = [*found, (UNPRICED, "", queries.unpriced(territory, year))]
        made = [
            release(
                indicator=indicator, territory=territory, period=str(year), unit=unit,
                axes=queries.AXES if indicator == COST else queries.AXES[:1],
                cells={cell: Counted(one.value, one.children) for cell, one in cells.items()},
            )
            for indicator, unit, cells in tables
            if cells
        ]  # fmt: skip
    return sum(one is not None for one in made)


def release_all(*, year: int) -> int:
    """This year's tables and the next one's, of every place where anybody has a plan."""
    with acting(STATISTICS):
        places = queries.places()
    return sum(release_cost(territory=place, year=one) for place in places for one in (year, year + 1))
