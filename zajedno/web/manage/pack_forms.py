"""Forms of packs: the files of each, what a text of it says against the one before, loading."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zajedno.forms.logic.book import Book, Leaf
from zajedno.kernel.actor import Actor
from zajedno.procedures.logic.difference import canonical, difference
from zajedno.procedures.logic.reading import read_toml

if TYPE_CHECKING:
    from zajedno.web.manage.packs import Change, Pack

ENDING = ".xlsform.md"
NAMING = ("name", "list_name")  # columns that are in the name of a line already


@dataclass(frozen=True)
class PackForm:
    """`KEY.xlsform.md`, with its facts in `KEY.toml` and its worked examples in `KEY.examples.csv` beside it."""

    path: Path

    @property
    def key(self) -> str:
        return self.path.name.removesuffix(ENDING)

    @cached_property
    def book(self) -> Book:
        return Book.from_markdown(self.path.read_text(encoding="utf-8"))

    @cached_property
    def facts(self) -> dict[str, Any]:
        """Tables of the file beside it; empty when it is missing or is no TOML (which the check reports)."""
        path = self.beside(".toml")
        return canonical(read_toml(path.read_text(encoding="utf-8"))[0]) if path.is_file() else {}

    def beside(self, ending: str) -> Path:
        return self.path.with_name(self.key + ending)


def forms_in(folder: Path) -> list[PackForm]:
    return sorted(map(PackForm, folder.glob(f"*{ENDING}")), key=lambda form: form.key)


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """Lines a person reads before loading or approving: `survey reads › constraint: . < 9 → . < 99`.

    Both are {"book": as it is stored, "facts": …}, empty for a form that was not there. A row is known by its
    question or choice; where those were only moved, one line says so.
    """
    before, after = _said(old), _said(new)
    moved = [f"  {name}: the order changed" for name in after if _is_moved(before.get(name), after[name])]
    return [*difference(before, after), *moved]


def _said(content: Mapping[str, Any]) -> dict[str, Any]:
    if not content:
        return {}
    sheets = Book.from_json(content["book"]).sheets
    return {name: list(_rows(leaf)) for name, leaf in sheets.items() if leaf.lines} | {"facts": content["facts"]}


def _rows(leaf: Leaf) -> Iterator[dict[str, str]]:
    """Cells of each row, under the name that the row has for people."""
    opened: list[str] = []
    seen: Counter[str] = Counter()
    for line in leaf.lines:
        kind = line["type"].replace(" ", "_")
        if kind.startswith("begin_"):
            opened.append(line["name"])
        name = f"end of {opened.pop()}" if kind.startswith("end_") and opened else line["name"]
        name = " ".join(filter(None, (line["list_name"], name))) or f"row {line.number}"
        seen[name] += 1
        key = name if seen[name] == 1 else f"{name} ({seen[name]})"
        yield {"key": key} | {column: text for column, text in line.cells.items() if column not in NAMING}


def _is_moved(old: Sequence[Mapping[str, str]] | None, new: Any) -> bool:
    """Do rows that were there before stand in another order? Facts are no rows."""
    if not old or not isinstance(new, list):
        return False
    before, after = [row["key"] for row in old], [row["key"] for row in new]
    return [key for key in before if key in after] != [key for key in after if key in before]


def changes(packs: "Sequence[Pack]") -> "list[Change]":
    """What loading the forms would change. Writes nothing; a form that was retired here is left out."""
    from zajedno.forms.queries.office import last
    from zajedno.web.manage.packs import Change

    found = []
    for pack in packs:
        for form in pack.forms:
            old = last(form.key, pack.country)
            if old and (old.form.retired_on or old.digest == form.book.digest(form.facts)):
                continue
            said = {"book": old.book, "facts": old.facts} if old else {}
            lines = differences(said, {"book": form.book.to_json(), "facts": form.facts})
            found.append(Change(pack.key, f"form {form.key}", old.number + 1 if old else 1, lines))
    return found


def load(packs: "Sequence[Pack]", by: Actor | None, progress: Callable[[str], None]) -> "list[Change]":
    """A new version of each form that changed."""
    from zajedno.forms.actions.load import load_form

    found = changes(packs)
    wanted = {(change.pack, change.part) for change in found}
    for pack in packs:
        for form in pack.forms:
            if (pack.key, f"form {form.key}") in wanted:
                loaded = load_form(form.book, form.facts, by=by, key=form.key, country=pack.country)
                progress(f"{pack.key}: form {form.key}, version {loaded.version.number}")
    return found
