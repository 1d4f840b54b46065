"""What is released, for everybody: nothing in it tells of a child."""

from zajedno.figures.queries.definition import definition, definitions
from zajedno.figures.queries.period import (
    came_late,
    editions,
    figures,
    figures_of_many,
    indicators_released,
    is_late,
    last_change,
)
from zajedno.figures.queries.table import named, newest, periods, table, values

__all__ = [
    "came_late", "definition", "definitions", "editions", "figures", "figures_of_many", "indicators_released",
    "is_late", "last_change", "named", "newest", "periods", "table", "values",
]  # fmt: skip
