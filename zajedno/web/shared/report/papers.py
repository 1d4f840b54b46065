"""A report as it is printed: one content for page, PDF and Word, kept as data with its edition."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils.translation import override

from zajedno.access.actions.report import Papers
from zajedno.figures.logic.figure import Figure
from zajedno.kernel.documents import Rendering, letter_languages, letter_texts, render_pdf, render_word
from zajedno.kernel.spreadsheets import write_workbook
from zajedno.web.shared.dates import day
from zajedno.web.shared.figures import tables
from zajedno.web.shared.language import COMPLETE
from zajedno.web.shared.report import figure_words
from zajedno.web.shared.report.sections import Printed, Section

PAPER = settings.PACKS_DIR / "common" / "letters" / "report.typ"
SERBIAN = ("sr", "sr-latn")  # one language, of which the script is chosen
INTRODUCTION, CONCLUSION = "introduction", "conclusion"  # what is written before and after the sections
Names = Callable[[Sequence[Figure]], Mapping[str, str]]


def language_of(usual: str, script: str = "") -> str:
    """Of the office's papers; of Serbian in the script asked for; English where words are missing."""
    code = script if usual in SERBIAN and script in SERBIAN else usual
    return code if code in letter_languages(PAPER, COMPLETE) else "en"


def words(language: str) -> dict[str, str]:
    return letter_texts(PAPER, language)


@dataclass(frozen=True)
class Draft:
    """What would be issued now. `title`, `head` and `place` stand on top of the paper; `written` is the author's, by
    section; `sections` are made in the language of the paper, when they are asked for."""

    title: str
    head: str
    place: str
    author: str
    language: str
    on: date
    make: Callable[[], Sequence[Section]]
    names: Names
    written: Mapping[str, str] = field(default_factory=dict)
    issues: bool = True  # or only printed: then nothing is said of an issue

    @cached_property
    def t(self) -> dict[str, str]:
        return words(self.language)

    @cached_property
    def sections(self) -> Sequence[Section]:
        with override(self.language):
            return self.make()

    @cached_property
    def figures(self) -> list[Figure]:
        return [figure for section in self.sections for figure in section.figures]

    @cached_property
    def called(self) -> Mapping[str, str]:
        with override(self.language):
            return self.names(self.figures)

    def content(self, edition: int = 0, reason: str = "") -> dict[str, Any]:
        """What the templates print. `edition` 0: not issued."""
        draft = "" if edition or not self.issues else self.t["draft"]
        with override(self.language):
            return {
                "title": self.title, "head": self.head, "place": self.place, "on": day(self.on), "reason": reason,
                "edition": str(edition or ""), "draft": draft, "introduction": self._said(INTRODUCTION),
                "conclusion": self._said(CONCLUSION), "sections": [self._printed(one) for one in self.sections],
            }  # fmt: skip

    def _said(self, section: str) -> list[str]:
        return [part for part in self.written.get(section, "").splitlines() if part.strip()]

    def _printed(self, section: Section) -> dict[str, Any]:
        """A table that is called as its section is not called so twice."""
        counted = figure_words.table(section.title, section.figures, self.called)
        found = [*([counted] if counted else []), *section.tables]
        lines = [self.t["nothing"]] if section.is_empty else list(section.lines)
        return {
            "title": section.title, "comment": self._said(section.key), "lines": lines,
            "facts": [list(pair) for pair in section.facts],
            "tables": [_table(one, "" if one.caption == section.title else one.caption) for one in found],
        }  # fmt: skip

    def _about(self) -> Rendering:
        return Rendering(self.language, f"{self.head}: {self.title}", self.author, self.on)

    def pdf(self, content: Mapping[str, Any]) -> bytes:
        return render_pdf(PAPER, content, self._about()).content

    def word(self, content: Mapping[str, Any]) -> bytes:
        return render_word(PAPER.with_suffix(".docx"), content, self._about())

    def papers(self, edition: int, reason: str = "") -> Papers:
        """All of an edition; its figures stay as they are said today."""
        content = self.content(edition, reason)
        kept = {"figures": [figure_words.as_data(one) for one in self.figures], "names": dict(self.called)}
        return Papers(self.pdf(content), self.word(content), {"content": content, "language": self.language, **kept})


def _table(table: Printed, caption: str) -> dict[str, Any]:
    numeric = [str(at) for at in table.numeric]
    rows = [list(row) for row in table.rows]
    return {"caption": caption, "heads": list(table.heads), "body": rows, "numeric": numeric}


def workbook(figures: Sequence[Figure], names: Mapping[str, str], language: str) -> bytes:
    """The figures of a report, one in a row."""
    with override(language):
        return write_workbook(tables.heads(), tables.file_rows(figures, names))


def kept_figures(said: Mapping[str, Any]) -> list[Figure]:
    """The figures of an edition as they stood when it was issued."""
    return [figure_words.from_data(row) for row in said.get("figures", ())]
