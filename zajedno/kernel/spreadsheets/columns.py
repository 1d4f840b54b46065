"""Which column is which: headings matched to fields by folded names, in any order, script and language."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from zajedno.kernel.script import fold

_NOT_WORD = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Matches:
    """`columns`: field -> column from 0. `unmatched`: headings that no field took."""

    columns: dict[str, int]
    unmatched: tuple[str, ...]


@lru_cache(maxsize=4096)
def heading(text: str) -> str:
    """A heading as words to compare: one script, small letters, no signs; dj and đ alike."""
    return _NOT_WORD.sub(" ", fold(text)).strip().replace("dj", "d")


def match_columns(header: Sequence[str], fields: Mapping[str, Sequence[str]]) -> Matches:
    """Fields found in a header. `fields`: field -> its headings; the exact heading wins over a likeness.

    A heading of two rows comes as "over / under"; both together are tried first, then the lower, then the
    upper.
    """
    taken: dict[str, int] = {}
    known = {field: [heading(name) for name in (field, *names)] for field, names in fields.items()}
    for how in (_same_whole, _same_below, _same_above, _abbreviated, _contained):
        for column, name in enumerate(header):
            if name and column not in taken.values():
                field = _best(name, known, taken, how)
                if field:
                    taken[field] = column
    left = tuple(name for column, name in enumerate(header) if name and column not in taken.values())
    return Matches(taken, left)


def _best(
    name: str, known: Mapping[str, list[str]], taken: Mapping[str, int], how: Callable[[str, str], bool]
) -> str | None:
    """The free field whose longest heading is like `name`."""
    free = ((field, other) for field, names in known.items() if field not in taken for other in names)
    likes = [(len(other), field) for field, other in free if how(name, other)]
    return max(likes, key=lambda like: like[0])[1] if likes else None


def _same_whole(name: str, other: str) -> bool:
    return heading(name) == other


def _same_below(name: str, other: str) -> bool:
    return " / " in name and heading(name.rpartition(" / ")[2]) == other


def _same_above(name: str, other: str) -> bool:
    return " / " in name and heading(name.partition(" / ")[0]) == other


def _abbreviated(name: str, other: str) -> bool:
    """`дат. рођ.` for `datum rodjenja`: word by word, each at least two letters."""
    short, full = heading(name).split(), other.split()
    return len(short) == len(full) and all(len(a) > 1 and b.startswith(a) for a, b in zip(short, full, strict=True))


def _contained(name: str, other: str) -> bool:
    """`датум пријема захтева` for `datum prijema`: all words, in order; one short word alone is too little."""
    return len(other) > 3 and f" {other} " in f" {heading(name)} "
