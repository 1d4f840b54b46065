"""In which order the places of a form are settled, so that each comes after what it depends on."""

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter


class Circular(Exception):
    """`paths` depend on one another in a circle, the first one standing at both ends."""

    def __init__(self, paths: list[str]) -> None:
        super().__init__(paths)
        self.paths = paths


def settled_order(reads: Mapping[str, Iterable[str]]) -> tuple[tuple[str, ...], dict[str, frozenset[str]]]:
    """Paths in order, and for each the paths that read it. `reads`: what each path reads.

    A place may read itself: what it had before, or the same question in another turn of its repeat.
    """
    sorter: TopologicalSorter[str] = TopologicalSorter()
    readers: dict[str, set[str]] = {path: set() for path in reads}
    for path, read in reads.items():
        before = [one for one in dict.fromkeys(read) if one in reads and one != path]
        sorter.add(path, *before)
        for one in before:
            readers[one].add(path)
    try:
        order = tuple(sorter.static_order())
    except CycleError as error:
        raise Circular(list(reversed(error.args[1]))) from error
    return order, {path: frozenset(found) for path, found in readers.items()}
