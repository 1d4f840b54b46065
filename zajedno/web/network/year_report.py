"""The annual report of a body as plain texts: page, PDF and Word are all made from this, so that they agree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings

from zajedno.kernel.actor import Actor
from zajedno.kernel.documents import letter_languages, letter_texts
from zajedno.web.shared.language import COMPLETE
from zajedno.web.shared.pieces import Cell, Column, Row, Table, Tag

if TYPE_CHECKING:
    from zajedno.networks.models import Body

PAPER = settings.PACKS_DIR / "common" / "letters" / "body-year.typ"
SERBIAN = ("sr", "sr-latn")  # one language, of which the script is chosen
FEW = 5  # people of a programme; fewer are not told, for the report may be shown to everybody


@dataclass(frozen=True)
class Year:
    """What is asked for. `last`: the last day of the year, or today while it lasts: who sits in the body then."""

    body: "Body"
    number: int
    by: Actor
    t: Mapping[str, str]  # words of the paper in its language

    @property
    def first(self) -> date:
        return date(self.number, 1, 1)

    @property
    def last(self) -> date:
        return min(self.by.today, date(self.number, 12, 31))

    @property
    def keeper(self) -> int:
        assert self.body.organisation_id is not None
        return self.body.organisation_id


@dataclass(frozen=True)
class Printed:
    """A table of texts. `numeric`: places of columns aligned right."""

    caption: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    numeric: Sequence[int] = ()

    def table(self, name: str, *, caption_hidden: bool = False) -> Table:
        columns = [Column(one, numeric=at in self.numeric) for at, one in enumerate(self.heads)]
        return Table(name, self.caption, columns, self.rows, caption_hidden=caption_hidden)


@dataclass(frozen=True)
class Section:
    """`facts` are pairs, `lines` sentences; one without anything says so (`filled`)."""

    title: str
    facts: Sequence[tuple[str, str]] = ()
    lines: Sequence[str] = ()
    tables: Sequence[Printed] = field(default=())

    @property
    def is_empty(self) -> bool:
        return not (self.facts or self.lines or self.tables)


def language_of(row: "Body", script: str = "") -> str:
    """Of the body's papers; of Serbian in the script asked for."""
    code = script if row.language in SERBIAN and script in SERBIAN else row.language
    return code if code in letter_languages(PAPER, COMPLETE) else "en"


def words(language: str) -> dict[str, str]:
    return letter_texts(PAPER, language)


def printed(table: Table, *without: Any) -> Printed | None:
    """What a table of a page says, without the columns named; None of an empty one."""
    kept = [at for at, one in enumerate(table.columns) if str(one.title) not in set(map(str, without))]
    if not table.rows:
        return None
    return Printed(
        str(table.caption),
        [str(table.columns[at].title) for at in kept],
        [[said(row[at]) for at in kept] for row in table.rows],
        [place for place, at in enumerate(kept) if table.columns[at].numeric],
    )


def tables(*found: Printed | None) -> list[Printed]:
    return [one for one in found if one is not None]


def pairs(rows: Sequence[Row]) -> list[tuple[str, str]]:
    """Lines of a summary that say something."""
    return [(str(one.key), ", ".join(map(said, one.values))) for one in rows if one.values]


def said(value: Any) -> str:
    """A cell, a tag or a text in one line of words."""
    match value:
        case Cell():
            parts = [str(value.text), str(value.tag.text) if value.tag else "", str(value.small)]
            first, *rest = [one for one in parts if one] or [""]
            return f"{first} ({', '.join(rest)})" if rest else first
        case Tag():
            return str(value.text)
        case _:
            return str(value)


def few(year: Year, count: int | None) -> str:
    """People who took part: fewer than five, but some, are not told."""
    if count is None:
        return "–"
    return year.t["few"] if 0 < count < FEW else str(count)


def content(
    year: Year, sections: Sequence[Section], introduction: str, conclusion: str, *, edition: int
) -> dict[str, Any]:
    """What the templates print. `edition` 0: not issued."""
    return {
        "body": str(year.body), "territory": str(year.body.territory), "year": year.number, "on": year.by.today,
        "edition": str(edition or ""), "introduction": _paragraphs(introduction),
        "conclusion": _paragraphs(conclusion),
        "sections": [_printed(year, one) for one in sections],
    }  # fmt: skip


def _printed(year: Year, section: Section) -> dict[str, Any]:
    """A table that is called as its section is not called so twice."""
    found = [
        {"caption": "" if one.caption == section.title else one.caption, "heads": list(one.heads),
         "body": [list(row) for row in one.rows], "numeric": [str(at) for at in one.numeric]}
        for one in section.tables
    ]  # fmt: skip
    lines = [year.t["nothing"]] if section.is_empty else list(section.lines)
    facts = [list(pair) for pair in section.facts]
    return {"title": section.title, "facts": facts, "lines": lines, "tables": found}


def _paragraphs(text: str) -> list[str]:
    return [part for part in text.splitlines() if part.strip()]
