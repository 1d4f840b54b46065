"""Shares of people with 95 % confidence intervals, also of weighted answers. Shares stand between 0 and 1."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

Z = 1.959963984540054  # two-sided 95 %


@dataclass(frozen=True, slots=True)
class Share:
    """`of`: how many it rests on, for weighted answers the effective number. Of none, everything is None."""

    of: float
    value: float | None
    low: float | None = None
    high: float | None = None


def wilson(value: float, of: float) -> Share:
    """A share with Wilson's score interval (1927): inside 0 and 1 also where the share is 0, 1 or of few."""
    if of <= 0:
        return Share(0, None)
    square = Z * Z / of
    middle = (value + square / 2) / (1 + square)
    half = Z / (1 + square) * sqrt(value * (1 - value) / of + square / (4 * of))
    return Share(of, value, max(0.0, middle - half), min(1.0, middle + half))


def counted(some: int, of: int) -> Share:
    return wilson(some / of, of) if of else Share(0, None)


def difference(before: Share, after: Share) -> Share:
    """After less before, by Newcombe's interval (1998, method 10) for two independent shares. `of`: the smaller."""
    of = min(before.of, after.of)
    if before.value is None or after.value is None:
        return Share(of, None)
    change = after.value - before.value
    down = sqrt((after.value - (after.low or 0)) ** 2 + ((before.high or 0) - before.value) ** 2)
    up = sqrt(((after.high or 0) - after.value) ** 2 + (before.value - (before.low or 0)) ** 2)
    return Share(of, change, change - down, change + up)


def weighted(yes: Sequence[bool], weights: Sequence[float]) -> Share:
    """A weighted share; its interval rests on the effective number of answers."""
    if not sum(weights):
        return Share(0, None)
    return wilson(sum(w for one, w in zip(yes, weights, strict=True) if one) / sum(weights), effective(weights))


def effective(weights: Sequence[float]) -> float:
    """Kish's effective sample size: (Σw)² / Σw². Equal weights give their number."""
    return sum(weights) ** 2 / sum(w * w for w in weights) if any(weights) else 0


def raked(
    people: Sequence[Mapping[str, str]], margins: Mapping[str, Mapping[str, float]], rounds: int = 50
) -> list[float]:
    """Weights, one a person, mean 1, under which the answers to each question of `margins` stand as in the population.

    margins: share by answer, by question. Who did not answer it, or answers what the population does not list, keeps
    the weight for that question; answers that nobody gave are left out (Deming and Stephan, 1940).
    """
    weights = [1.0] * len(people)
    for _round in range(rounds):
        for question, shares in margins.items():
            weights = _fitted(weights, [person.get(question, "") for person in people], shares)
    mean = sum(weights) / len(weights) if weights else 1
    return [weight / mean for weight in weights]


def _fitted(weights: Sequence[float], answers: Sequence[str], shares: Mapping[str, float]) -> list[float]:
    have: dict[str, float] = {}
    for weight, answer in zip(weights, answers, strict=True):
        if answer in shares:
            have[answer] = have.get(answer, 0) + weight
    all_have, all_want = sum(have.values()), sum(shares[answer] for answer in have)
    factor = {answer: shares[answer] / all_want * all_have / weight for answer, weight in have.items() if all_want}
    return [weight * factor.get(answer, 1) for weight, answer in zip(weights, answers, strict=True)]
