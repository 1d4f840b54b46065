"""How well a score ranks people by what happened to them later: AUC, calibration, error rates by group.

These are figures for who looks after an instrument, computed on pupils whose outcome is known. They hold for the place
and years the pupils come from; on open data of other countries they show only that the machine works.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from zajedno.forms.logic.scores.shares import Share, counted


@dataclass(frozen=True, slots=True)
class Bin:
    """People between two scores: mean probability said and share of those it happened to."""

    low: float
    high: float
    expected: float
    observed: Share


@dataclass(frozen=True, slots=True)
class ErrorRates:
    """Of a group at a threshold. `false_alarms` of those it did not happen to, `missed` of those it did, `precision`:
    of those pointed at, whom it happened to. A group of whom nobody is so has shares of None."""

    group: Hashable
    count: int
    happened: int
    false_alarms: Share
    missed: Share
    precision: Share


def auc(scores: Sequence[float], happened: Sequence[bool]) -> float | None:
    """Chance that of two people, one it happened to and one not, the first has the higher score; a tie counts half.

    Rank statistic (Mann and Whitney, 1947). None where it happened to everybody or nobody.
    """
    positive = sum(happened)
    negative = len(happened) - positive
    if not positive or not negative:
        return None
    ranks = sum(rank for rank, was in zip(_ranks(scores), happened, strict=True) if was)
    return (ranks - positive * (positive + 1) / 2) / (positive * negative)


def _ranks(scores: Sequence[float]) -> list[float]:
    """From 1; equal scores share the mean of their ranks."""
    places: defaultdict[float, list[int]] = defaultdict(list)
    for place, index in enumerate(sorted(range(len(scores)), key=scores.__getitem__), start=1):
        places[scores[index]].append(place)
    return [sum(places[score]) / len(places[score]) for score in scores]


def brier(probabilities: Sequence[float], happened: Sequence[bool]) -> float | None:
    """Mean squared distance between what was said and what came (Brier, 1950): 0 is perfect; None of nobody."""
    squares = [(said - was) ** 2 for said, was in zip(probabilities, happened, strict=True)]
    return sum(squares) / len(squares) if squares else None


def calibration(probabilities: Sequence[float], happened: Sequence[bool], *, bins: int = 10) -> list[Bin]:
    """People in the order of what was said, in that many bins as equal as can be; equal probabilities stay together."""
    order = sorted(zip(probabilities, happened, strict=True), key=lambda one: one[0])
    found: list[Bin] = []
    start = 0
    for number in range(1, bins + 1):
        end = max(start, round(number * len(order) / bins))
        while start < end < len(order) and order[end][0] == order[end - 1][0]:
            end += 1
        if end > start:
            found.append(_bin(order[start:end]))
        start = end
    return found


def _bin(people: Sequence[tuple[float, bool]]) -> Bin:
    said = [probability for probability, _was in people]
    return Bin(said[0], said[-1], sum(said) / len(said), counted(sum(was for _said, was in people), len(people)))


def by_band(bands: Sequence[str], happened: Sequence[bool]) -> dict[str, Share]:
    """Share of those it happened to in each band: what a band of this score means where these people come from."""
    return {
        band: counted(sum(was for one, was in zip(bands, happened, strict=True) if one == band), bands.count(band))
        for band in dict.fromkeys(bands)
    }


def error_rates(
    scores: Sequence[float], happened: Sequence[bool], groups: Sequence[Hashable], *, threshold: float
) -> list[ErrorRates]:
    """Of each group, in order: what comes of pointing at everybody from the threshold on, with Wilson's intervals."""
    people: defaultdict[Hashable, list[tuple[bool, bool]]] = defaultdict(list)
    for score, was, group in zip(scores, happened, groups, strict=True):
        people[group].append((score >= threshold, was))
    return [_rates(group, people[group]) for group in sorted(people, key=str)]


def _rates(group: Hashable, people: Sequence[tuple[bool, bool]]) -> ErrorRates:
    def share(some: Callable[[bool, bool], bool], of: Callable[[bool, bool], bool]) -> Share:
        among = [one for one in people if of(*one)]
        return counted(sum(some(*one) for one in among), len(among))

    return ErrorRates(
        group,
        len(people),
        sum(was for _pointed, was in people),
        share(lambda pointed, _was: pointed, lambda _pointed, was: not was),
        share(lambda pointed, _was: not pointed, lambda _pointed, was: was),
        share(lambda _pointed, was: was, lambda pointed, _was: pointed),
    )
