"""Which cells of a table of sums are withheld: those with few children, and those by which the few could be reckoned.

A cell is a tuple with a word for each axis and "" for the total over it. Every total with its parts is a line. A line
tells nothing when none of it is withheld, or so much of it that no sum of withheld cells has fewer than FEWEST children
behind it. Since a child may stand in two cells, a sum is only sure of the children of its largest cell.
"""

from collections.abc import Iterator, Mapping, Sequence

FEWEST = 5
Cell = tuple[str, ...]
Line = tuple[Cell, tuple[Cell, ...]]
_PRIME = 2**31 - 1


def withheld(children: Mapping[Cell, int], fewest: int = FEWEST) -> frozenset[Cell]:
    """Cells of the table that are not shown; `children` counts those behind each cell, totals too."""
    hidden = {cell for cell, count in children.items() if count < fewest}
    all_lines = lines(children)
    while True:
        more = next(_exposed(children, all_lines, hidden, fewest), None)
        if more is None and hidden:
            more = next(_reckoned(children, all_lines, hidden), None)
        if more is None:
            return frozenset(hidden)
        hidden.add(more)


def lines(cells: Mapping[Cell, int]) -> list[Line]:
    """Every total with its parts, over each axis."""
    found: dict[tuple[Cell, int], list[Cell]] = {}
    for cell in cells:
        for axis, word in enumerate(cell):
            if word:
                found.setdefault(((*cell[:axis], "", *cell[axis + 1 :]), axis), []).append(cell)
    return [(total, tuple(sorted(parts))) for (total, _axis), parts in sorted(found.items()) if total in cells]


def _exposed(children: Mapping[Cell, int], all_lines: Sequence[Line], hidden: set[Cell], fewest: int) -> Iterator[Cell]:
    """For each line that tells too much, the cell to be withheld as well: the smallest part, or else the total."""
    for total, parts in all_lines:
        gone = [cell for cell in parts if cell in hidden]
        if total in hidden:
            safe = bool(gone)
        else:
            safe = not gone or (len(gone) > 1 and max(children[cell] for cell in gone) >= fewest)
        if not safe:
            yield _next(children, total, parts, hidden)


def _next(children: Mapping[Cell, int], total: Cell, parts: Sequence[Cell], hidden: set[Cell]) -> Cell:
    left = [cell for cell in parts if cell not in hidden]
    return min(left, key=lambda cell: (children[cell], cell)) if left else total


def _reckoned(children: Mapping[Cell, int], all_lines: Sequence[Line], hidden: set[Cell]) -> Iterator[Cell]:
    """Several lines together may still tell a cell: then something beside it is withheld, where anything is left."""
    for cell in sorted(determined(all_lines, hidden)):
        for total, parts in all_lines:
            if cell in (total, *parts) and any(one not in hidden for one in (total, *parts)):
                yield _next(children, total, parts, hidden)


def determined(all_lines: Sequence[Line], hidden: set[Cell]) -> set[Cell]:
    """Withheld cells whose value follows from what is shown: the unknowns that the equations of the lines fix."""
    rows: dict[Cell, dict[Cell, int]] = {}  # by pivot
    for total, parts in all_lines:
        row = {cell: 1 for cell in parts if cell in hidden}
        if total in hidden:
            row[total] = _PRIME - 1
        _reduce(row, rows)
        if row:
            pivot = min(row)
            scale = pow(row[pivot], -1, _PRIME)
            row = {cell: factor * scale % _PRIME for cell, factor in row.items()}
            for other in rows.values():
                _subtract(other, row, other.get(pivot, 0))
            rows[pivot] = row
    return {pivot for pivot, row in rows.items() if len(row) == 1}


def _reduce(row: dict[Cell, int], rows: Mapping[Cell, dict[Cell, int]]) -> None:
    for pivot in [cell for cell in row if cell in rows]:
        _subtract(row, rows[pivot], row.get(pivot, 0))


def _subtract(row: dict[Cell, int], other: Mapping[Cell, int], times: int) -> None:
    """`row` less so many times `other`, in place; what comes to nothing is left out."""
    if not times:
        return
    for cell, factor in other.items():
        left = (row.get(cell, 0) - times * factor) % _PRIME
        if left:
            row[cell] = left
        else:
            row.pop(cell, None)
