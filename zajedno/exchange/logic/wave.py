"""Waves: cells of quotas, lines that an organiser writes, codes of invitations, and what a change is in words."""

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

STRATA = ("age_group", "sex", "settlement")  # questions of the form that quotas and weights rest on
Allowed = Mapping[str, Sequence[str]]  # question: its answers

_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # without what looks like something else
_LENGTH = 12
_LINE = re.compile(r"(?P<name>[^=]+)=\s*(?P<number>\d+(?:[.,]\d+)?)\s*%?")


class Unreadable(Exception):
    """A line that says nothing known; `line` counts from 1, 0: all together do not fit."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def cell(answers: Mapping[str, str]) -> str:
    """`18-29 f town`; "" where any of the three is not answered.

    >>> cell({"age_group": "18-29", "sex": "f", "settlement": "town"})
    '18-29 f town'
    """
    parts = [answers.get(question, "") for question in STRATA]
    return " ".join(parts) if all(parts) else ""


def read_quotas(text: str, allowed: Allowed) -> dict[str, int]:
    """`18-29 f town = 40`, a line each: the most answers of a cell. Raises Unreadable."""
    found: dict[str, int] = {}
    for number, words, value in _lines(text):
        fits = len(words) == len(STRATA) and all(
            word in allowed[question] for word, question in zip(words, STRATA, strict=True)
        )
        key = " ".join(words)
        if not fits or key in found or value != int(value):
            raise Unreadable(number)
        found[key] = int(value)
    return found


def read_margins(text: str, allowed: Allowed) -> dict[str, dict[str, float]]:
    """`sex f = 51`, a line each, in percent; those of a question make 100. Raises Unreadable."""
    found: dict[str, dict[str, float]] = {}
    for number, words, value in _lines(text):
        question, answer = (*words, "", "")[:2]
        if len(words) != 2 or answer not in allowed.get(question, ()) or answer in found.get(question, {}):
            raise Unreadable(number)
        found.setdefault(question, {})[answer] = float(value) / 100
    if any(abs(sum(shares.values()) - 1) > 0.005 for shares in found.values()):
        raise Unreadable(0)
    return found


def _lines(text: str) -> list[tuple[int, list[str], Decimal]]:
    rows = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        found = _LINE.fullmatch(line.strip())
        if found is None:
            raise Unreadable(number)
        rows.append((number, found["name"].split(), Decimal(found["number"].replace(",", "."))))
    return rows


def new_code() -> str:
    """60 bits, easy to read and to copy: `7KQ2-M9XD-4HTB`."""
    drawn = "".join(secrets.choice(_ALPHABET) for _place in range(_LENGTH))
    return "-".join(drawn[start : start + 4] for start in range(0, _LENGTH, 4))


def bare(code: str) -> str:
    """A code as it was typed, without what people add to it."""
    return re.sub(r"[^0-9A-Z]", "", code.upper())


@dataclass(frozen=True, slots=True)
class Change:
    """Of 100 people so many more (below zero: fewer); `low` and `high` hold the true change 19 times in 20."""

    value: int
    low: int
    high: int

    @property
    def is_sure(self) -> bool:
        """Zero does not lie between them, also not after rounding."""
        return self.low > 0 or self.high < 0


def change(value: Decimal, low: Decimal, high: Decimal) -> Change:
    """Percentage points as whole people of a hundred."""
    return Change(*(int(one.quantize(Decimal(1), ROUND_HALF_UP)) for one in (value, low, high)))
