"""The words of a commission's register, from the pack: headings, states, initiators, measures."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from zajedno.children.logic.columns import CHILD_COLUMNS
from zajedno.kernel.script import fold

_ITEM = re.compile(r"[\n;•▪●·]|(?:^|(?<=\s))[-–*](?=\s)|,(?![^(]*\))")
_NUMBERING = re.compile(r"^\s*(\d{1,2}[.)]|[a-zA-Zа-ш]\))\s+|^[\s\-–*]+")
_NOT = frozenset({"nije", "nisu", "ne", "not", "no", "nem", "nuk", "bez"})


@dataclass(frozen=True, slots=True)
class PlannedText:
    """A measure as the register has it; `key` of the coded measure, or empty for free text."""

    text: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """Which procedure the register is of, and its steps: with an opinion, ended, and by what dates alone tell."""

    procedure: str
    decided: frozenset[str]
    ended: frozenset[str]
    by_opinion: str
    by_past_sitting: str
    by_coming_sitting: str
    by_nothing: str


@dataclass(frozen=True)
class Words:
    """Folded words of a pack's `register.toml` and `measures.toml`. Build it by `load_words`."""

    course: Course
    columns: Mapping[str, tuple[str, ...]]
    statuses: Mapping[str, str]
    initiators: Mapping[str, str]
    measures: Mapping[str, str]
    steps: frozenset[str] = field(default_factory=frozenset)

    def step(self, text: str) -> str:
        """Step for a word of the register, "open" when only the dates can tell, "" when the word is not known."""
        return _find(text, self.statuses)

    def initiator(self, text: str) -> str:
        """`parent`, `institution` or ""."""
        return _find(text, self.initiators)

    def planned(self, text: str) -> tuple[PlannedText, ...]:
        """The measures in a cell, which parts them by line ends, semicolons, bullets or commas outside brackets."""
        parts = [_NUMBERING.sub("", part).strip(" .,") for part in _ITEM.split(text) if part]
        return tuple(PlannedText(part, _find(part, self.measures)) for part in parts if fold(part))


def load_words(pack: Path) -> Words:
    """The words of the pack in folder `pack`. Raises OSError, tomllib.TOMLDecodeError."""
    register = tomllib.loads((pack / "register.toml").read_text(encoding="utf-8"))
    measures = tomllib.loads((pack / "measures.toml").read_text(encoding="utf-8"))["measure"]
    labels = {fold(text): entry["key"] for entry in measures for text in entry["labels"].values()}
    child = {name: names for name, names in CHILD_COLUMNS.items() if name != "record"}
    course: dict[str, Any] = register["course"]
    return Words(
        course=Course(**course | {name: frozenset(course[name]) for name in ("decided", "ended")}),
        columns={**{name: tuple(names) for name, names in register["columns"].items()}, **child},
        statuses=_folded(register["statuses"]),
        initiators=_folded(register["initiators"]),
        measures={**labels, **_folded(register["measures"])},
        steps=frozenset(register["statuses"]) - {"open"},
    )


def _folded(words: Mapping[str, list[str]]) -> dict[str, str]:
    return {fold(text): key for key, texts in words.items() for text in texts}


def _find(text: str, words: Mapping[str, str]) -> str:
    """The key of the same words, else of the longest that stand in the text, else of the only one it abbreviates."""
    key = fold(text)
    if not key or key in words:
        return words.get(key, "")
    short = key.split()
    inside = max((known for known in words if f" {known} " in f" {key} "), key=len, default="")
    if _NOT & set(short) - set(inside.split()):
        return ""  # "mišljenje nije doneto" says the opposite of the words that stand in it
    if inside:
        return words[inside]
    begun = {words[known] for known in words if _abbreviates(short, known.split())}
    return begun.pop() if len(begun) == 1 else ""


def _abbreviates(short: list[str], full: list[str]) -> bool:
    same_length = len(short) == len(full)
    return same_length and all(len(a) > 2 and b.startswith(a) for a, b in zip(short, full, strict=True))
