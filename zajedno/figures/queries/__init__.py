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
from zajedno.figures.queries.target import (
    aim_of,
    aims,
    all_targets,
    find_target,
    in_force,
    in_force_at,
    may_set,
    targets,
)

__all__ = [
    "aim_of", "aims", "all_targets", "came_late", "definition", "definitions", "editions", "figures",
    "figures_of_many", "find_target", "in_force", "in_force_at", "indicators_released", "is_late", "last_change",
    "may_set", "named", "newest", "periods", "table", "targets", "values",
]  # fmt: skip
