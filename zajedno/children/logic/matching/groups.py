"""Entries of one child together: what speaks for and against is added up over all of them, not pair by pair.

A sibling's number typed into one row ties that row to the sibling's; its own other rows hold it back.
"""

import heapq
from collections import defaultdict
from collections.abc import Iterable

UNSEEN = -1.5
"""Bits for two entries that no block brought together."""

Tie = tuple[int, int, float]


def groups(ties: Iterable[Tie]) -> list[list[int]]:
    """Groups of two and more, from (entry, other, weight in bits; above 0 speaks for one child), each pair once.

    The two groups whose entries speak most for each other in sum are joined first, until none does.
    """
    weights: dict[int, dict[int, float]] = defaultdict(dict)
    for one, other, weight in _within_reach(list(ties)):
        weights[one][other] = weights[other][one] = weight
    members = {one: [one] for one in weights}
    waiting = [(-weight, one, other) for one in weights for other, weight in weights[one].items() if weight > 0]
    heapq.heapify(waiting)
    while waiting:
        weight, one, other = heapq.heappop(waiting)
        if weights.get(one, {}).get(other) == -weight:
            for third, joined in _join(one, other, members, weights):
                if joined > 0:
                    heapq.heappush(waiting, (-joined, one, third))
    return [sorted(group) for group in members.values() if len(group) > 1]


def _join(
    one: int, other: int, members: dict[int, list[int]], weights: dict[int, dict[int, float]]
) -> list[tuple[int, float]]:
    """`other` goes into `one`; the new weights between it and every third group."""
    mine, theirs = weights[one], weights.pop(other)
    del mine[other], theirs[one]
    changed = []
    for third in {**mine, **theirs}:
        size = len(members[third])
        joined = mine.get(third, UNSEEN * size * len(members[one]))
        joined += theirs.get(third, UNSEEN * size * len(members[other]))
        weights[third].pop(other, None)
        mine[third] = weights[third][one] = joined
        changed.append((third, joined))
    members[one] += members.pop(other)
    return changed


def _within_reach(ties: list[Tie]) -> list[Tie]:
    """Only ties between entries that a chain of positive ones connects: the rest can join nothing."""
    root: dict[int, int] = {}

    def find(one: int) -> int:
        while root.setdefault(one, one) != one:
            root[one] = one = root[root[one]]
        return one

    for one, other, weight in ties:
        if weight > 0:
            root[find(one)] = find(other)
    return [tie for tie in ties if tie[0] in root and tie[1] in root and find(tie[0]) == find(tie[1])]
