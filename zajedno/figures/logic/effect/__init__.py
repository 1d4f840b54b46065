"""Did it work? Before and after of one place on released figures, and no claim where they do not allow one."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from zajedno.figures.logic.effect.difference import (
    FEWEST_PLACES,
    LEVEL,
    Found,
    before_the_start,
    difference,
    moved_as_far,
)
from zajedno.figures.logic.effect.panel import Panel, alike, panel, told
from zajedno.figures.logic.effect.periods import parted
from zajedno.figures.logic.effect.question import HIGHER, LOWER, RATES, Effect, Method, Question, Reason, Verdict
from zajedno.figures.logic.effect.series import LONG_AFTER, LONG_BEFORE, break_before, series
from zajedno.figures.logic.figure import Figure, Said

FEWEST_BEFORE, FEWEST_AFTER = 3, 2  # periods

__all__ = ["Effect", "Method", "Question", "Reason", "Verdict", "did_it_work"]


def did_it_work(question: Question, figures: Iterable[Figure]) -> Effect:
    """`figures`: whole ones of the indicator, of the place and of all that might be compared with it."""
    if (why := _never(question)) is not None:
        return _silent(why)
    assert question.began is not None  # else `_never` has said so
    every = _alike_counted(figures)
    known = told(every)
    own = known.get(question.place, {})
    before, after = parted(own, question.opened, question.began)
    dates: dict[str, Any] = {"before": tuple(before), "after": tuple(after)}
    if (why := _short(question, every, before, after)) is not None:
        return replace(_silent(why), **dates)
    whole = panel(known, question.place, before, after)
    near = alike(whole, question.also)
    if len(near.places) > FEWEST_PLACES:
        found = _answered(question, Method.COMPARISON, near, difference, before_the_start, moved_as_far)
        return replace(found, **dates, places=tuple(sorted(near.places[1:])))
    if len(before) >= LONG_BEFORE and len(after) >= LONG_AFTER:
        return replace(_answered(question, Method.SERIES, near, series, break_before, None), **dates)
    return replace(_silent(Reason.FEW_PLACES), **dates, places=tuple(sorted(near.places[1:])))


def _alike_counted(figures: Iterable[Figure]) -> list[Figure]:
    """Those that were counted in the newest way: what was counted otherwise before is no comparison."""
    every = [one for one in figures if one.said != Said.ABSENT]
    newest = max((one.method for one in every), default=1)
    return [one for one in every if one.method == newest]


def _never(question: Question) -> Reason | None:
    """What forbids an answer whatever the figures say."""
    if question.began is None:
        return Reason.NOT_BEGUN
    if question.kind not in RATES:
        return Reason.NOT_A_RATE
    if question.better not in (HIGHER, LOWER):
        return Reason.NO_DIRECTION
    return Reason.SEVERAL if question.several else None


def _short(question: Question, every: list[Figure], before: list[str], after: list[str]) -> Reason | None:
    if len(before) >= FEWEST_BEFORE and len(after) >= FEWEST_AFTER:
        return None
    assert question.began is not None
    there = {one.period for one in every if one.place == question.place and not one.by}
    all_before, all_after = parted(there, question.opened, question.began)
    if len(all_before) < FEWEST_BEFORE:
        return Reason.FEW_BEFORE
    return Reason.FEW_AFTER if len(all_after) < FEWEST_AFTER else Reason.WITHHELD


def _answered(
    question: Question, method: Method, near: Panel, measured: Callable[[Panel], Found],
    earlier: Callable[[Panel], Reason | None], as_far: Callable[[Panel, float], bool] | None,
) -> Effect:  # fmt: skip
    if (why := earlier(near)) is not None:
        return replace(_silent(why), method=method)
    found = measured(near)
    said = Effect(Verdict.NO_CHANGE, None, method, found.estimate, found.low, found.high, min(found.chance, 1.0))
    if found.low <= 0 <= found.high or found.chance > LEVEL:
        is_open = found.low <= 0 <= found.high and not found.sure_low <= 0 <= found.sure_high
        return replace(_silent(Reason.TOO_WIDE), method=method) if is_open else said
    if as_far is not None and as_far(near, found.estimate):
        return replace(_silent(Reason.NOT_PARALLEL), method=method)
    is_better = (found.estimate > 0) == (question.better == HIGHER)
    return replace(said, verdict=Verdict.WORKED if is_better else Verdict.WORSE)


def _silent(why: Reason) -> Effect:
    return Effect(Verdict.CANNOT_SAY, why)
