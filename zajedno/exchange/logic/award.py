"""Champions: lines that name categories and criteria, the jury's sum, and a child who cannot be nominated."""

import re
from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal

from zajedno.kernel.script import CYRILLIC, fold

CENT = Decimal("0.01")
_WEIGHT = re.compile(r"=\s*(\d{1,3})\s*$")
_AGE = re.compile(r"\b(?:1[0-7]|[1-9]) ?(?:god(?:ina|ine)?|g|years? old|year old)\b(?! (?:iskustva|rada|staza|prakse))")
_CHILD = frozenset({
    "ucenik", "ucenica", "djak", "djakinja", "dete", "dijete", "decak", "djecak", "devojcica", "djevojcica", "malisan",
    "predskolac", "predskolka", "pupil", "child", "boy", "girl", "schoolboy", "schoolgirl",
})  # fmt: skip


class Unreadable(Exception):
    """A line without a name, or with a weight out of 1 to 100; `line` counts from 1."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def labels(line: str) -> dict[str, str]:
    """`Ефекат | Efekat | Effect`: Serbian, Bosnian, English. One name alone is Serbian, or Bosnian when in Latin.

    >>> labels("Effect")
    {'bs': 'Effect'}
    """
    parts = [part.strip() for part in line.split("|")][:3]
    if len(parts) == 1:
        return {"sr" if re.search(CYRILLIC, parts[0]) else "bs": parts[0]} if parts[0] else {}
    return {language: part for language, part in zip(("sr", "bs", "en"), parts, strict=False) if part}


def named(text: str) -> list[tuple[dict[str, str], int]]:
    """A line each: labels, and the weight written at its end as `= 3` (1 where none is). Raises Unreadable."""
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        weight = _WEIGHT.search(line)
        texts, share = labels(_WEIGHT.sub("", line)), int(weight.group(1)) if weight else 1
        if not texts or not 1 <= share <= 100:
            raise Unreadable(number)
        found.append((texts, share))
    return found


def mean(ballots: Iterable[Mapping[int, int]], weights: Mapping[int, int]) -> Decimal | None:
    """What a jury came to, 0 to 10: each juror's weighted mean (criterion: value), and the mean of those.

    A mean and not a plain sum, because who is in a conflict does not score, so nominations have juries of different
    sizes. A ballot that leaves a criterion out does not count. None without ballots.
    """
    whole = [
        Decimal(sum(ballot[key] * weight for key, weight in weights.items())) / sum(weights.values())
        for ballot in ballots
        if ballot.keys() >= weights.keys()
    ]
    return (sum(whole, Decimal()) / len(whole)).quantize(CENT, ROUND_HALF_UP) if whole else None


def reads_as_child(nominee: str, role: str) -> bool:
    """Is a person called a pupil or a child, or said to be younger than 18? Catches what is written plainly."""
    name, does = fold(nominee), fold(role)
    return bool(_CHILD & {*name.split(), *does.split()[:1]}) or bool(_AGE.search(f"{name} {does}"))
