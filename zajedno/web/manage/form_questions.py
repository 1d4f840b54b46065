"""The questions of a form as a table that an administrator reads, and what its languages lack."""

from collections.abc import Iterable, Iterator, Mapping

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from zajedno.forms.logic.book import TRANSLATABLE, Book, Line, code, parted
from zajedno.kernel.labels import label
from zajedno.web.shared.pieces import Cell, Column, Table, Tag

KINDS = {
    "select_one": gettext_lazy("One of"),
    "select_multiple": gettext_lazy("Any of"),
    "integer": gettext_lazy("Whole number"),
    "decimal": gettext_lazy("Number"),
    "text": gettext_lazy("Text"),
    "date": gettext_lazy("Date"),
    "time": gettext_lazy("Time of day"),
    "range": gettext_lazy("Number in a range"),
    "note": gettext_lazy("Note, nothing to answer"),
    "calculate": gettext_lazy("Reckoned by the form"),
    "acknowledge": gettext_lazy("To be confirmed"),
    "geopoint": gettext_lazy("Place"),
    "image": gettext_lazy("Picture"),
    "begin_group": gettext_lazy("Group"),
    "begin_repeat": gettext_lazy("Repeated group"),
}
SHOWN = 6  # choices, or places, named in a cell


def questions(book: Book) -> Table:
    """A row of the survey a line, without the ends of groups."""
    columns = [
        Column(_("Question")), Column(_("Name")), Column(_("Kind")), Column(_("Asked when")), Column(_("Check")),
    ]  # fmt: skip
    choices = _choices(book)
    lines = [line for line in book.leaf("survey").lines if not line["type"].startswith("end")]
    rows = [
        [
            Cell(_said(line, "label") or line["name"], small=_said(line, "hint")),
            line["name"],
            _kind(line, choices),
            Cell(line["relevant"], lang="en" if line["relevant"] else ""),
            Cell(line["constraint"], small=_said(line, "constraint_message")),
        ]
        for line in lines
    ]
    return Table("questions", _("Questions"), columns, rows)


def _said(line: Line, base: str) -> str:
    """A text of a row in the language in use, else in one that is there."""
    texts = {code(language): text for (one, language), text in _parted(line.cells) if one == base and language}
    return label(texts) if texts else line[base]


def _parted(cells: Mapping[str, str]) -> Iterator[tuple[tuple[str, str], str]]:
    return ((parted(column), text) for column, text in cells.items())


def _choices(book: Book) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in book.leaf("choices").lines:
        found.setdefault(line["list_name"], []).append(_said(line, "label") or line["name"])
    return found


def _kind(line: Line, choices: Mapping[str, list[str]]) -> Cell:
    words = line["type"].split()
    kind = "_".join(words[:2]) if words[:1] == ["begin"] else words[0] if words else ""
    said = _few(choices.get(words[1], ())) if len(words) > 1 and kind.startswith("select") else ""
    required = Tag(_("Must be answered"), "info") if line["required"] in ("yes", "true", "true()", "TRUE") else None
    return Cell(KINDS.get(kind, line["type"]), tag=required, small=said)


def _few(texts: Iterable[str]) -> str:
    texts = list(texts)
    more = len(texts) - SHOWN
    few = ", ".join(texts[:SHOWN])
    return _("%(some)s and %(number)s more") % {"some": few, "number": more} if more > 0 else few


def languages(book: Book) -> Table:
    """The platform's languages and the form's own: which are complete, and where a text is missing."""
    known = {code(one): one for one in book.languages()}
    called = {key: Cell(name, lang=key) for key, name in settings.LANGUAGES}
    rows = [[called.get(key, known.get(key)), *_stands(book, known.get(key))] for key in {**known, **called}]
    return Table(
        "languages", _("Languages"), [Column(_("Language")), Column(_("State")), Column(_("Missing texts"))], rows
    )


def _stands(book: Book, language: str | None) -> list[Cell | str]:
    if language is None:
        return [Cell(tag=Tag(_("Not in the form"), "off")), ""]
    places = list(missing(book, language))
    if not places:
        return [Cell(tag=Tag(_("Complete"), "done")), ""]
    count = len(places)
    return [Cell(tag=Tag(ngettext("%d text missing", "%d texts missing", count) % count, "wait")), _few(places)]


def missing(book: Book, language: str) -> Iterator[str]:
    """Places such as "survey 4 hint" that have a text in some language but none in this one."""
    for name in ("survey", "choices"):
        for line in book.leaf(name).lines:
            there = {(base, one) for (base, one), _text in _parted(line.cells) if base in TRANSLATABLE}
            for base in dict.fromkeys(base for base, _one in there):
                if (base, language) not in there:
                    yield f"{name} {line.number} {base}"
