"""What is reckoned is released: nobody's act, under the statistics role."""

from datetime import date
from typing import Any

from zajedno.figures.actions import release, release_many
from zajedno.figures.logic.pools import apart, together
from zajedno.indicators.logic.ages import by_band, is_ageless
from zajedno.indicators.queries import table as queries
from zajedno.kernel.fence import STATISTICS, acting

COST, UNPRICED, KNOWN, REACHED = "cost_of_need", "unpriced_need", "known_children", "reached"
# Few children of a payer are told with all payers; still few, with all measures of their stage: stages always add up.
COST_LEVELS = (apart, together(1), together(0, 1), together(0, 1, 2))
UNPRICED_LEVELS = (apart, together(0), together(0, 1))


def release_cost(*, territory: int, year: int) -> int:
    """The tables of a place and year: a currency each, and what has no price. How many were new."""
    about: dict[str, Any] = {"territory": territory, "period": str(year)}
    with acting(STATISTICS):
        made = [
            release(indicator=COST, unit=unit, axes=queries.AXES, leaves=leaves, levels=COST_LEVELS, **about)
            for unit, leaves in queries.cost_of_need(territory, year).items()
        ]
        bare = queries.unpriced(territory, year)
        made.append(
            release(indicator=UNPRICED, axes=("measure", "stage"), leaves=bare, levels=UNPRICED_LEVELS, **about)
        )
    return sum(one is not None for one in made)


def release_known(*, territory: int, today: date) -> int:
    """Who is known of a municipality, and from which settlements and schools there are enough to say so."""
    about: dict[str, Any] = {"territory": territory, "period": str(today.year)}
    ages = by_band(today.year)
    levels = (apart, ages, lambda cell: together(1)(ages(cell)))  # few of an age group stay untold: no sum needs them
    with acting(STATISTICS):
        found, reached = queries.known(territory, today), queries.reached(territory, today)
        made = [
            release(indicator=KNOWN, axes=("born", "school"), leaves=found, levels=levels, before=str(today.year - 1),
                    stays=is_ageless, **about),
            release_many(indicator=REACHED, axes=("kind", "which"), cells=reached, **about),
        ]  # fmt: skip
    return sum(one is not None for one in made)


def release_all(*, today: date) -> int:
    """This year's tables and the next one's, of every place where anybody has a plan or is known."""
    with acting(STATISTICS):
        places, units = queries.places(), queries.units(today)
    costs = sum(release_cost(territory=place, year=one) for place in places for one in (today.year, today.year + 1))
    return costs + sum(release_known(territory=unit, today=today) for unit in units)
