"""What is reckoned: tables of cost and of who is known, counts of a period, and which cases stand behind one."""

from zajedno.indicators.queries.table import (
    AXES,
    bounds,
    cost_of_need,
    known,
    places,
    reached,
    units,
    unpriced,
)

__all__ = ["AXES", "bounds", "cost_of_need", "known", "places", "reached", "units", "unpriced"]
