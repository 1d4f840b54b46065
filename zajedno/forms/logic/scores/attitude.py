"""Attitude survey: anonymous sheets, weighted to the population; shares of agreement and means; waves side by side.

Shares have 95 % confidence intervals on the effective number of answers (Kish), so they hold for people drawn by
chance; for whoever happened to answer they are a lower bound of what is uncertain. Few answers are not shown at all.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from zajedno.forms.logic.scores.answers import Answers, code
from zajedno.forms.logic.scores.group import Figure, GroupOutcome, rounded
from zajedno.forms.logic.scores.shares import Share, difference, effective, raked, weighted

SCALE = ("1", "2", "3", "4", "5")
CANNOT_SAY = ("9",)


def score(sheets: Sequence[Answers], options: Mapping[str, Any]) -> GroupOutcome:
    """`agree` (%) and `mean` (points, 1-5) of all items together, then of each item.

    options: `items`; `agree_from` (lowest answer that agrees); `least` (fewer sheets or answers show nothing);
    `margins` (share of the population by answer, by question; none: unweighted). Raises `Impossible`.
    """
    weights = raked(sheets, options.get("margins", {}))
    is_shown = len(sheets) >= options["least"]
    items = options["items"]
    of_all = _figures((), items, sheets, weights, options)
    of_items = [figure for item in items for figure in _figures((item,), [item], sheets, weights, options)]
    shown = (*of_all, *of_items) if is_shown else ()
    return GroupOutcome(shown, len(sheets), rounded(effective(weights)))


def compare(before: Sequence[Answers], after: Sequence[Answers], options: Mapping[str, Any]) -> GroupOutcome:
    """`change` of agreement from wave to wave in percentage points, of each item; `flagged`: zero is not in between."""
    if min(len(before), len(after)) < options["least"]:
        return GroupOutcome((), len(after))
    waves = [(sheets, raked(sheets, options.get("margins", {}))) for sheets in (before, after)]
    figures = []
    for item in options["items"]:
        then, now = (_agreement([item], sheets, weights, options)[0] for sheets, weights in waves)
        change = difference(then, now)
        is_change = change.low is not None and change.high is not None and not change.low <= 0 <= change.high
        figures.append(_shown("change", change, (item,), flagged=is_change))
    return GroupOutcome(tuple(figures), len(after))


def _figures(
    about: tuple[str, ...],
    items: Sequence[str],
    sheets: Sequence[Answers],
    weights: Sequence[float],
    options: Mapping[str, Any],
) -> list[Figure]:
    share, middle, count = _agreement(items, sheets, weights, options)
    return [_shown("agree", share, about, count), Figure("mean", rounded(middle), about, count, unit="points")]


def _agreement(
    items: Sequence[str], sheets: Sequence[Answers], weights: Sequence[float], options: Mapping[str, Any]
) -> tuple[Share, float | None, int]:
    """Of several items a person's own mean is what agrees or not, so that one person is one answer."""
    own = [_own_mean(items, sheet) for sheet in sheets]
    given = [(value, weight) for value, weight in zip(own, weights, strict=True) if value is not None]
    if len(given) < options["least"]:
        return Share(0, None), None, len(given)
    values, heavy = [value for value, _weight in given], [weight for _value, weight in given]
    share = weighted([value >= options["agree_from"] for value in values], heavy)
    return share, sum(value * weight for value, weight in given) / sum(heavy), len(given)


def _own_mean(items: Sequence[str], sheet: Answers) -> float | None:
    found = [int(answer) for item in items if (answer := code(sheet, item, SCALE, CANNOT_SAY))]
    return sum(found) / len(found) if found else None


def _shown(key: str, share: Share, about: tuple[str, ...], count: int | None = None, flagged: bool = False) -> Figure:
    value, low, high = (None if one is None else rounded(100 * one) for one in (share.value, share.low, share.high))
    return Figure(
        key, value, about, round(share.of) if count is None else count, low=low, high=high, unit="%", flagged=flagged
    )
