"""A model package as text: its file in a pack with every mistake in it, lines that people write, and fidelity."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from zajedno.exchange.logic.award import labels
from zajedno.kernel.script import fold
from zajedno.procedures.logic.difference import digest
from zajedno.procedures.logic.reading import Mistake, Reader, file_reader, unique

LISTS = ("core", "adaptable", "conditions", "indicators", "tools")
FIELDS = ("summary", *LISTS, "cost", "sources")  # what a version says
WORDS = ("summary", "cost")  # by language; the others are lists
KINDS = ("form", "procedure", "letter")
LONGEST_KEY = 60
WEIGHT = {"yes": 2, "partly": 1, "no": 0}


def check(text: str, *, key: str, tools: Mapping[str, Collection[str]]) -> list[Mistake]:
    """Every mistake in a model's file. `key`: name of the file; `tools`: keys that packs have, by kind."""
    reader = file_reader(text, key)
    if not reader.table:
        return reader.mistakes
    for name in ("titles", "summary", "cost"):
        reader.labels(name)
    for name in LISTS:
        keys = []
        for part in reader.each(name):
            keys.append(part.key())
            part.labels()
            if name == "tools":
                kind = part.choice("kind", KINDS)
                if keys[-1] not in tools.get(kind, ()):
                    part.complain(f"no pack has the {kind} “{keys[-1]}”.")
            part.done()
        unique(keys, name, "", reader.mistakes)
        if name == "core" and not keys:
            reader.complain("[[core]] names no component, so nothing would make it this model.")
    _sources(reader)
    reader.done()
    return reader.mistakes


def _sources(reader: Reader) -> None:
    rows = list(reader.each("sources"))
    if not rows:
        reader.complain("[[sources]] must say where the facts come from.")
    for row in rows:
        row.text("text")
        row.text("url", "")
        if not row.flag("verified") and not row.labels("note", needed=False):
            row.complain("It is not verified, so `note` must say what is unsure.")
        row.done()


def content_of(said: Mapping[str, Any]) -> dict[str, Any]:
    """What a version says, with its digest."""
    found: dict[str, Any] = {name: said.get(name) or ({} if name in WORDS else []) for name in FIELDS}
    return found | {"digest": digest(found)}


def parts(text: str, known: Sequence[Mapping[str, Any]] = ()) -> list[dict[str, Any]]:
    """A line each, `Мрежа | Mreža | Network`. A part that is `known` under one of these names keeps its key, so that
    fidelity can be compared between versions; others get one from their name. Empty lines count for nothing."""
    keys = {fold(name): part["key"] for part in known for name in part["labels"].values()}
    found: dict[str, dict[str, Any]] = {}
    for line in text.splitlines():
        texts = labels(line)
        if texts:
            names = [fold(name) for name in texts.values()]
            key = next((keys[name] for name in names if name in keys), slug(names[-1]))
            found[_free(key, found)] = {"labels": texts}
    return [{"key": key, **part} for key, part in found.items()]


def slug(name: str) -> str:
    """
    >>> slug("Мрежа за инклузију")
    'mreza-za-inkluziju'
    """
    return re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[: LONGEST_KEY - 3].strip("-") or "part"


def _free(key: str, taken: Collection[str]) -> str:
    number = 1
    while (found := f"{key}-{number}" if number > 1 else key) in taken:
        number += 1
    return found


def lines(parts: Sequence[Mapping[str, Any]]) -> str:
    """What `parts` would read again."""
    return "\n".join(" | ".join(part["labels"].get(language, "") for language in ("sr", "bs", "en")) for part in parts)


def fidelity(core: Sequence[str], said: Mapping[str, str]) -> int | None:
    """How much of a model is there, in percent: `yes` whole, `partly` half. None until every core part is judged.

    >>> fidelity(["body", "plan"], {"body": "yes", "plan": "partly"})
    75
    """
    if not core or not set(core) <= set(said):
        return None
    return round(100 * sum(WEIGHT[said[key]] for key in core) / (2 * len(core)))


def unmet(conditions: Sequence[Mapping[str, Any]], answers: Mapping[str, bool]) -> list[Mapping[str, Any]]:
    """The conditions that are answered with no, in the order of the model."""
    return [part for part in conditions if answers.get(part["key"]) is False]


def unanswered(conditions: Sequence[Mapping[str, Any]], answers: Mapping[str, bool]) -> list[Mapping[str, Any]]:
    return [part for part in conditions if part["key"] not in answers]
