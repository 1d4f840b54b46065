"""Functions about texts, choices and truth."""

import math
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from uuid import uuid4

from zajedno.forms.logic.values import Value, number, numbers, text, texts, truth, words

LONGEST = 10_000
"""Most characters a pattern is tried on."""
_WHOLE = re.compile(r"\s*([-+]?[0-9]+)")


def selected(chosen: Value, one: Value) -> bool:
    """Is a choice among those chosen? Nothing is chosen where nothing is."""
    return text(one).strip(" \t\r\n") in (words(chosen) or [""])


def selected_at(chosen: Value, at: Value) -> str:
    names, index = words(chosen), _whole(at)
    return names[index] if index is not None and 0 <= index < len(names) else ""


def count_selected(chosen: Value) -> float:
    return float(len(words(chosen)))


def if_(condition: Value, then: Value, otherwise: Value) -> Value:
    return then if truth(condition) else otherwise


def coalesce(first: Value, second: Value) -> str:
    return text(first) or text(second)


def checklist(least: Value, most: Value, *conditions: Value) -> bool:
    """Do at least so many hold, and at most so many (-1: any number)?"""
    return _between(least, most, (1.0 for value in conditions for one in _each(value) if truth(one)))


def weighted_checklist(least: Value, most: Value, *pairs: Value) -> bool:
    """The same, each condition followed by its weight; with more weights than conditions it is false."""
    weighed: list[float | None] = []
    for condition, weight in zip(pairs[::2], pairs[1::2], strict=False):
        held = _each(condition)
        for at, heavy in enumerate(numbers(weight)):
            if at >= len(held) or truth(held[at]):
                weighed.append(heavy if at < len(held) else None)
    return _between(least, most, weighed)


def _between(least: Value, most: Value, weights: Iterable[float | None]) -> bool:
    low, high = number(least), number(most)
    if high == -1:
        high = math.inf
        if low < 1:
            return True
    held = 0.0
    for weight in weights:
        if weight is None or held + weight > high:
            return False
        held += weight
    return held >= low


def _each(value: Value) -> Sequence[Value]:
    return texts(value) if isinstance(value, list) else [value]


def boolean_from_string(value: Value) -> bool:
    return text(value) in ("1", "true")


def regex(value: Value, pattern: Value) -> bool:
    """Whether the pattern is found; phones demand that it covers all, so forms write ^…$."""
    found = compiled(text(pattern))
    return found is not None and len(text(value)) <= LONGEST and found.search(text(value)) is not None


@lru_cache(maxsize=512)
def compiled(pattern: str) -> re.Pattern[str] | None:
    """The pattern, $ meaning the very end; None when it is none."""
    try:
        return re.compile(re.sub(r"(?<!\\)((?:\\\\)*)\$$", r"\1\\Z", pattern), re.ASCII)
    except (re.error, OverflowError, RecursionError):
        return None


def contains(value: Value, part: Value) -> bool:
    return text(part) in text(value)


def starts_with(value: Value, part: Value) -> bool:
    return text(value).startswith(text(part))


def ends_with(value: Value, part: Value) -> bool:
    return text(value).endswith(text(part))


def substr(value: Value, start: Value, end: Value | None = None) -> str:
    written, first = text(value), _whole(start)
    last = len(written) if end is None else _whole(end)
    if first is None or last is None:
        return ""
    at = [min(max(0, one + len(written) if one < 0 else one), len(written)) for one in (first, last)]
    return written[at[0] : at[1]]


def substring(value: Value, start: Value, length: Value | None = None) -> str:
    """As in XPath 1.0: characters from position `start` (1 is the first), `length` of them, both rounded."""
    begin = _rounded(start)
    end = math.inf if length is None else begin + _rounded(length)
    return "".join(one for at, one in enumerate(text(value), 1) if begin <= at < end)


def substring_before(value: Value, part: Value) -> str:
    before, found, _after = text(value).partition(text(part)) if text(part) else ("", "", "")
    return before if found else ""


def substring_after(value: Value, part: Value) -> str:
    return text(value).partition(text(part))[2] if text(part) else text(value)


def translate(value: Value, old: Value, new: Value) -> str:
    table: dict[int, str] = {}
    letters = text(new)
    for at, letter in enumerate(text(old)):
        table.setdefault(ord(letter), letters[at] if at < len(letters) else "")
    return text(value).translate(table)


def concat(*values: Value) -> str:
    return "".join(one for value in values for one in texts(value))


def join(between: Value, *values: Value) -> str:
    return text(between).join(one for value in values for one in texts(value))


def uuid(length: Value | None = None) -> str:
    """Made anew at each call: `check` lets it stand only where it is kept (in once(), as a default)."""
    made = str(uuid4())
    if length is None:
        return made
    wanted = number(length)
    return "".join(str(uuid4()) for _ in range(int(wanted) // 36 + 1))[: int(wanted)] if 0 < wanted < 10_000 else ""


def _whole(value: Value) -> int | None:
    found = _WHOLE.match(text(value))
    return int(found[1]) if found else None


def _rounded(value: Value) -> float:
    one = number(value)
    return one if math.isnan(one) or math.isinf(one) else math.floor(one + 0.5)
