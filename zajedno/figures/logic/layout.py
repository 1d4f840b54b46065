"""Which places and blocks a table tells together, as an edition keeps it."""

from collections.abc import Mapping
from typing import Any

from zajedno.figures.logic.partition import Table
from zajedno.figures.logic.pools import Cell, Told


def kept(table: Table) -> dict[str, Any]:
    return {
        "rests": {name: list(places) for name, places in table.rests.items()},
        "groups": [[*key, list(names)] for key, names in table.groups.items()],
        "left": sorted(table.left),
        "slack": table.slack,
    }


def table_of(layout: Mapping[str, Any], told: Mapping[Cell, Told], *, is_first: bool) -> Table:
    """Back again."""
    return Table(
        told=dict(told),
        rests={name: tuple(places) for name, places in layout["rests"].items()},
        groups={(name, outcome, axis): tuple(names) for name, outcome, axis, names in layout["groups"]},
        left=tuple(layout["left"]),
        slack=layout["slack"],
        is_first=is_first,
    )
