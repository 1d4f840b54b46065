"""Explains what is wrong in the facts beside a form."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zajedno.forms.logic.scores.contract import Facts
from zajedno.forms.logic.scores.registry import GROUP_SCORES, SCORES, group_score, score
from zajedno.procedures.logic.reading import Mistake, Reader, near

ABOUT = ("child", "network", "anyone")
NAMES = ("findings", "bands")
BROKEN = (
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    ArithmeticError,
    IndexError,
)  # what a score makes of bad facts


@dataclass(frozen=True, slots=True)
class Known:
    """What facts may name: purposes and parts of a child's file; the questions of the form, by their type."""

    purposes: Collection[str]
    parts: Collection[str]
    questions: Mapping[str, str]
    languages: Sequence[str]


def facts_mistakes(content: Mapping[str, Any], known: Known) -> list[Mistake]:
    """Every mistake in the tables of `KEY.toml`."""
    mistakes: list[Mistake] = []
    reader = Reader(content, "", mistakes, known.languages)
    about = reader.choice("about", ABOUT)
    parts = reader.words("parts")
    _unknown(reader, "part of a child's file", parts, known.parts)
    purpose = reader.text("purpose", None if about == "child" else "")
    _unknown(reader, "purpose", [purpose] if purpose else [], known.purposes)
    if about == "child" and not parts:
        reader.complain("`parts` must name at least one part of a child's file.")
    name = reader.text("score", "")
    _unknown(reader, "way of scoring", [name] if name else [], [*SCORES, *GROUP_SCORES])
    reader.flag("grid", False)
    day = reader.text("day", "")
    if day and known.questions.get(day) != "date":
        reader.complain(f"`day` is “{day}”; it must be a question of the form that asks for a date.")
    options = reader.one("score_options").table
    _source(reader.one("source"))
    for notice in reader.each("notices"):
        notice.labels()
        notice.flag("wording", False)  # is it about these questions, so that another wording does not take it over?
        notice.done()
    named = {kind: _names(reader, kind) for kind in NAMES}
    reader.done()
    if name and not mistakes:
        mistakes += _unnamed(name, options, named)
    return mistakes


def _unknown(reader: Reader, what: str, names: Sequence[str], allowed: Collection[str]) -> None:
    for name in names:
        if name not in allowed:
            reader.complain(f"The {what} “{name}” is not known{near(name, sorted(allowed))}")


def _source(source: Reader) -> None:
    for name in ("text", "licence"):
        source.text(name)
    source.flag("verified")
    source.text("note", "")
    source.raw("mapped")  # what own items stand for in a public instrument
    source.done()


def _names(reader: Reader, kind: str) -> Collection[str]:
    table = reader.one(kind)
    for key in table.table:
        table.labels(key)
    return set(table.table)


def _unnamed(name: str, options: Mapping[str, Any], named: Mapping[str, Collection[str]]) -> Iterator[Mistake]:
    """What the score says of a sheet without answers, and the bands it is given, must have names."""
    try:
        if name in SCORES:
            found = {one.key for one in score(name, {}, Facts(), options).findings}
        else:
            found = {one.key for one in group_score(name, [], options).figures}
    except BROKEN as error:
        yield Mistake("score_options", f"The way of scoring “{name}” cannot work with these: {error!s}.")
        return
    bands = options.get("bands")
    yield from unnamed(found, bands if isinstance(bands, dict) else (), named)


def unnamed(
    findings: Collection[str], bands: Collection[str], named: Mapping[str, Collection[str]]
) -> Iterator[Mistake]:
    for kind, keys in zip(NAMES, (findings, bands), strict=True):
        for key in keys:
            if key and key not in named[kind]:
                yield Mistake(kind, f"The score says “{key}”, which has no name: write [{kind}.{key}].")
