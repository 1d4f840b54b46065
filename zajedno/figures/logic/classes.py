"""Classes of a map: a few steps with round ends, so that each holds about as many places as another."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

MOST = 5


def breaks(values: Sequence[Decimal], most: int = MOST) -> list[Decimal]:
    """Ends between classes, rising; [] where all fall into one. A value on an end is in the class above it.

    >>> [str(one) for one in breaks([Decimal(n) for n in range(1, 101)])]
    ['20', '40', '60', '80']
    """
    known = sorted(values)
    if len(set(known)) < 2:
        return []
    classes = min(most, len(set(known)))
    step = _step((known[-1] - known[0]) / (2 * classes))
    ends = {
        (known[len(known) * at // classes] / step).quantize(Decimal(1), ROUND_HALF_UP) * step
        for at in range(1, classes)
    }
    return sorted(_plain(end) for end in ends if known[0] < end <= known[-1])


def class_of(value: Decimal, ends: Sequence[Decimal]) -> int:
    """From 0."""
    return sum(value >= end for end in ends)


def bounds(values: Sequence[Decimal], ends: Sequence[Decimal]) -> list[tuple[Decimal, Decimal]]:
    """The smallest and largest value in each class, for the legend; an empty class shows its end."""
    found: list[tuple[Decimal, Decimal]] = []
    for number in range(len(ends) + 1):
        inside = [value for value in values if class_of(value, ends) == number]
        low = ends[number - 1] if number else min(values)
        found.append((min(inside, default=low), max(inside, default=low)))
    return found


def _step(width: Decimal) -> Decimal:
    """The largest of 1, 2, 5 times a power of ten that is no wider."""
    power = Decimal(10) ** (width.adjusted())
    return max((one * power for one in (1, 2, 5) if one * power <= width), default=power)


def _plain(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def steps(values: Sequence[Decimal]) -> list[Decimal]:
    """Of an axis on which all these stand, nought too: what became less may be below it.

    >>> [str(one) for one in steps([Decimal(-4), Decimal(6)])], [str(one) for one in steps([Decimal(87)])][-1]
    (['-4', '-2', '0', '2', '4', '6'], '100')
    """
    low, high = min([*values, Decimal(0)]), max([*values, Decimal(0)])
    found = ticks(max(high, -low))
    under = [-one for one in reversed(found[1:]) if one - found[1] < -low]
    return [*under, *(one for one in found if one - found[1] < high or not (one or under) or low == high)]


def ticks(top: Decimal, most: int = 5) -> list[Decimal]:
    """Round values from 0 to the first that is no less than `top`, at most `most` steps.

    >>> [str(one) for one in ticks(Decimal(87))]
    ['0', '20', '40', '60', '80', '100']
    """
    if top <= 0:
        return [Decimal(0), Decimal(1)]
    power = Decimal(10) ** (top / most).adjusted()
    step = next(one * power for one in (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
                if one * power * most >= top)  # fmt: skip
    found = [Decimal(0)]
    while found[-1] < top:
        found.append(_plain(found[-1] + step))
    return found
