"""What is wrong with rows of the survey and of the choices, apart from expressions."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from zajedno.forms.logic.book import Book, code, parted
from zajedno.forms.logic.checking.fault import Fault, near
from zajedno.forms.logic.checking.outline import Outline, Row
from zajedno.forms.logic.compile import is_reckoned
from zajedno.forms.logic.parts import Bind, Question
from zajedno.forms.logic.types import written
from zajedno.forms.logic.vocabulary import (
    APPEARANCES,
    ONLY_FOR,
    PARAMETERS,
    QUIET,
    REFUSED_APPEARANCES,
    SELECTS,
    TEXTS,
)

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_TYPED = {"integer": "int", "decimal": "decimal", "range": "decimal"}


@dataclass(frozen=True, slots=True)
class Tongues:
    """Languages in which nothing may be missing: their columns' names by code. `default`: that of a plain column."""

    demanded: Mapping[str, str]
    default: str

    @classmethod
    def of(cls, book: Book, languages: Collection[str]) -> "Tongues":
        """`languages` by code or name."""
        names = {code(name): name for name in book.languages()}
        default = code(book.settings.get("default_language", ""))
        return cls({code(one): names.get(code(one), one) for one in languages}, default)

    def missing(self, sheet: str, number: int, name: str, columns: Collection[str]) -> Iterator[Fault]:
        """A fault for each language in which a text is missing that stands in `columns`, if in any."""
        given = {code(parted(column)[1]) or self.default for column in columns}
        for key, language in self.demanded.items() if columns else ():
            if key not in given:
                yield Fault(sheet, number, f"{name}::{language}", "text_missing", {"language": language})


def in_rows(book: Book, outlined: Outline, tongues: Tongues) -> Iterator[Fault]:
    """Cells that mean nothing in their row, parameters, appearances, defaults, labels."""
    for row in outlined.rows:
        for column, allowed in ONLY_FOR.items():
            yield from _useless(row, column, allowed)
        for message in ("constraint", "required"):
            if not row.line[message]:
                for column in _written(row, f"{message}_message"):
                    yield Fault("survey", row.line.number, column, "message_useless", {"name": message})
        yield from _parameters(row)
        yield from _appearance(row)
        yield from _default(book, row)
        yield from _labels(row, tongues)
        if row.type == "calculate" and not (row.line["calculation"] or row.line["default"]):
            yield Fault("survey", row.line.number, "calculation", "calculation_missing")


def _written(row: Row, name: str) -> list[str]:
    """The columns of a name, in whatever language, in which the row says something."""
    return [column for column in row.line.cells if parted(column)[0] == name]


def _useless(row: Row, column: str, allowed: Collection[str]) -> Iterator[Fault]:
    if row.type in allowed:
        return
    for one in _written(row, column):
        if row.line[one].lower() not in ("no", "false", "false()"):
            yield Fault("survey", row.line.number, one, "cell_useless", {"name": column, "type": row.type})


def _parameters(row: Row) -> Iterator[Fault]:
    cell = row.line["parameters"]
    if not cell or row.type not in PARAMETERS:
        return
    given: dict[str, str] = {}
    for word in cell.replace(",", " ").replace(";", " ").split():
        name, mark, value = word.partition("=")
        if not mark or not value:
            yield Fault("survey", row.line.number, "parameters", "parameter_wrong")
            return
        given[name] = value
        if name not in PARAMETERS[row.type]:
            params = {"value": name, "type": row.type, **near(name, PARAMETERS[row.type])}
            yield Fault("survey", row.line.number, "parameters", "parameter_unknown", params)
    wrong = [name for name, value in given.items() if name != "allow-mock-accuracy" and not _NUMBER.fullmatch(value)]
    for name in wrong:
        yield Fault("survey", row.line.number, "parameters", "parameter_number", {"value": name})
    if row.type == "range" and not wrong:
        yield from _range(row, given)


def _range(row: Row, given: dict[str, str]) -> Iterator[Fault]:
    bounds = {name: Decimal(given.get(name, usual)) for name, usual in (("start", "1"), ("end", "10"), ("step", "1"))}
    width = abs(bounds["end"] - bounds["start"])
    if width == 0 or bounds["step"] <= 0 or bounds["step"] > width:
        yield Fault("survey", row.line.number, "parameters", "range_wrong")


def _appearance(row: Row) -> Iterator[Fault]:
    for word in row.line["appearance"].split():
        if word in APPEARANCES:
            continue
        refused = word.partition("(")[0].partition(":")[0] in REFUSED_APPEARANCES
        params = {"value": word, **({} if refused else near(word, APPEARANCES))}
        code_ = "appearance_refused" if refused else "appearance_unknown"
        yield Fault("survey", row.line.number, "appearance", code_, params)


def _default(book: Book, row: Row) -> Iterator[Fault]:
    default = row.line["default"]
    if not default or row.type in QUIET or is_reckoned(default, row.type):
        return
    bind = Bind(type=_TYPED.get(row.type, "string"))
    question = Question(row.path, row.name, bind, {}, {}, (), row.type)
    fits = written(question, default) is not None
    if row.type in SELECTS:
        names = {line["name"] for line in book.leaf("choices").lines if line["list_name"] == row.list}
        if not names:
            return
        fits = {default} <= names if row.type == "select_one" else set(default.split()) <= names
    if not fits:
        yield Fault("survey", row.line.number, "default", "default_wrong", {"value": default})


def _labels(row: Row, tongues: Tongues) -> Iterator[Fault]:
    if row.type not in QUIET and not row.type.startswith("begin_") and not _written(row, "label"):
        yield Fault("survey", row.line.number, "label", "label_missing")
        return
    for name in TEXTS:
        yield from tongues.missing("survey", row.line.number, name, _written(row, name))


def in_choices(book: Book, outlined: Outline, tongues: Tongues) -> Iterator[Fault]:
    """Choices without list or name, twice, with blanks where several may be chosen, without a label."""
    several = {row.list for row in outlined.rows if row.type == "select_multiple"}
    seen: dict[tuple[str, str], int] = {}
    for line in book.leaf("choices").lines:
        list_name, name = line["list_name"], line["name"]
        if not list_name:
            yield Fault("choices", line.number, "list_name", "choice_list_missing")
        if not name:
            yield Fault("choices", line.number, "name", "choice_name_missing")
        elif (list_name, name) in seen:
            params = {"value": name, "other": str(seen[list_name, name])}
            yield Fault("choices", line.number, "name", "choice_twice", params)
        elif len(name.split()) > 1 and list_name in several:
            yield Fault("choices", line.number, "name", "choice_name_blank", {"value": name})
        seen.setdefault((list_name, name), line.number)
        labels = [column for column in line.cells if parted(column)[0] == "label"]
        if not labels:
            yield Fault("choices", line.number, "label", "label_missing")
        yield from tongues.missing("choices", line.number, "label", labels)
