"""What every way of scoring is: answers of one sheet in, findings out; and, for files, rows of cells in and out.

A score is a screening or a summary; it proposes, people decide.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of whom a sheet is about, beside the answers. `sex`: F, M or empty; `on`: the day it holds for."""

    sex: str = ""
    born: date | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One result. `key` and `band` are named in every language by the form's facts (`[findings.KEY]`, `[bands.BAND]`).

    `value` None: could not be said. `flagged`: asks for attention; `doubtful`: outside what can be true, check the
    entry; `unit`: "z", "%", "points" or empty.
    """

    key: str
    value: Decimal | int | None
    unit: str = ""
    band: str = ""
    flagged: bool = False
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """All findings of a sheet, the summing one first; `missing` names questions needed and not answered."""

    findings: tuple[Finding, ...]
    missing: tuple[str, ...] = ()


class Score(Protocol):
    """Answers by question name (as XForms writes them: text, days as 2026-11-26, many choices with blanks between)."""

    def __call__(self, answers: Mapping[str, str], facts: Facts, options: Mapping[str, Any]) -> Outcome: ...


@dataclass(frozen=True, slots=True)
class Scored:
    """A row of a file: the cells added to it, and why it could not be scored (empty when it could)."""

    cells: Sequence[str]
    reason: str = ""


class FileScore(Protocol):
    """The same for a CSV file. `reads`: columns it must have; `may_read`: those it can do without; `adds`: columns
    written. Rows come some thousands at a time, cells in the order of `reads` then `may_read` ("" when absent)."""

    reads: Sequence[str]
    may_read: Sequence[str]
    adds: Sequence[str]

    def rows(self, rows: Sequence[Sequence[str]]) -> Sequence[Scored]: ...
