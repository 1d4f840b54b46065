"""Functions about numbers."""

import math
from collections.abc import Callable, Sequence
from random import SystemRandom

from zajedno.forms.logic.values import Value, number, numbers, texts, truth


def sum_(value: Value) -> float:
    return sum(found) if (found := numbers(value)) else math.nan


def least(*values: Value) -> float:
    return _extreme(min, values)


def most(*values: Value) -> float:
    return _extreme(max, values)


def _extreme(choose: Callable[[list[float]], float], values: Sequence[Value]) -> float:
    found = [one for value in values for one in numbers(value)]
    return choose(found) if found and not any(map(math.isnan, found)) else math.nan


def round_(value: Value, places: Value = 0.0) -> float:
    """Half away from nothing, to so many places after the point (before it when negative)."""
    one, decimals = number(value), number(places)
    if math.isnan(one) or math.isnan(decimals) or math.isinf(one):
        return one if not math.isnan(decimals) else math.nan
    try:
        shift = 10.0 ** int(decimals)
        return math.copysign(math.floor(abs(one) * shift + 0.5) / shift, one)
    except (OverflowError, ZeroDivisionError):
        return one if decimals > 0 else 0.0


def int_(value: Value) -> float:
    one = number(value)
    return one if math.isnan(one) or math.isinf(one) else float(math.trunc(one))


def reckoned(operation: Callable[..., float]) -> Callable[..., float]:
    """A function of mathematics that answers NaN where there is no number, infinity where it is too large."""

    def reckon(*values: Value) -> float:
        found = [number(value) for value in values]
        try:
            return math.nan if any(map(math.isnan, found)) else operation(*found)
        except OverflowError:
            return math.inf
        except (ValueError, ZeroDivisionError):
            return math.nan

    return reckon


def power(one: float, other: float) -> float:
    try:
        return math.inf if one == 0 and other < 0 else math.pow(one, other)
    except OverflowError:
        return -math.inf if one < 0 and other % 2 == 1 else math.inf


def log(operation: Callable[[float], float]) -> Callable[[float], float]:
    return lambda one: -math.inf if one == 0 else operation(one)


def whole(operation: Callable[[float], int]) -> Callable[[float], float]:
    return lambda one: one if math.isinf(one) else float(operation(one))


def random() -> float:
    """Made anew at each call: `check` lets it stand only where it is kept (in once(), as a default)."""
    return SystemRandom().random()


def equal(left: Value, right: Value) -> bool:
    """As XPath's =, days told by their number."""
    if isinstance(left, bool) or isinstance(right, bool):
        return truth(left) == truth(right)
    if isinstance(left, float) or isinstance(right, float):
        return any(one == other for one in numbers(left) for other in numbers(right))
    return any(one == other for one in texts(left) for other in texts(right))


def unequal(left: Value, right: Value) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return truth(left) != truth(right)
    if isinstance(left, float) or isinstance(right, float):
        return any(one != other for one in numbers(left) for other in numbers(right))
    return any(one != other for one in texts(left) for other in texts(right))


def compared(operation: Callable[[float, float], bool]) -> Callable[[Value, Value], bool]:
    def compare(left: Value, right: Value) -> bool:
        return any(operation(one, other) for one in numbers(left) for other in numbers(right))

    return compare
