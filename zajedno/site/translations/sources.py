"""Every text of the code that is to be translated, found without gettext's tools: Python by its syntax tree, templates
by what Django makes of them for such tools."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from zajedno.site.folders import PACKAGE

# Function to what its first arguments are; `gettext_noop` is our own in plain logic, Django's elsewhere.
_SHAPES: dict[str, tuple[str, ...]] = {
    "_": ("text",),
    "gettext": ("text",),
    "gettext_lazy": ("text",),
    "gettext_noop": ("text",),
    "ngettext": ("text", "plural"),
    "ngettext_lazy": ("text", "plural"),
    "pgettext": ("context", "text"),
    "pgettext_lazy": ("context", "text"),
    "npgettext": ("context", "text", "plural"),
    "npgettext_lazy": ("context", "text", "plural"),
}


@dataclass(frozen=True, slots=True)
class Text:
    """One text: the English sentence, its plural and its context, as the catalogues key it."""

    text: str
    plural: str = ""
    context: str = ""
    python: bool = field(default=False, compare=False)


def texts(folder: Path = PACKAGE) -> dict[Text, list[str]]:
    """Each text with the files it stands in, paths relative to `folder`, in order."""
    found: dict[Text, list[str]] = {}
    for path in sorted([*folder.rglob("*.py"), *folder.rglob("*.html"), *folder.rglob("*.txt")]):
        place = path.relative_to(folder).as_posix()
        if "/static/" in place or "/site/translations/" in f"/{place}":
            continue
        for text in of_file(path):
            places = found.setdefault(text, [])
            if place not in places:
                places.append(place)
    return found


def of_file(path: Path) -> Iterator[Text]:
    """The texts of a Python file or a template."""
    source = path.read_text("utf-8")
    yield from of_python(source) if path.suffix == ".py" else of_template(source)


def of_python(source: str) -> Iterator[Text]:
    """Texts given as constants to one of the translating functions."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and (shape := _SHAPES.get(_name(node.func))):
            parts = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            if len(parts) >= len(shape):
                yield Text(**dict(zip(shape, parts, strict=False)), python=True)


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Name):
        return function.id
    return function.attr if isinstance(function, ast.Attribute) else ""


def of_template(source: str) -> Iterator[Text]:
    """Texts of `{% translate %}`, `{% blocktranslate %}` and `_("…")`, in any tag or filter."""
    from django.utils.translation.template import templatize

    made = templatize(source)
    for start in _calls(made):
        yield from of_python(start)


def _calls(made: str) -> Iterator[str]:
    """The calls in the text Django makes, which is not wholly Python: each is read until it parses."""
    at = 0
    while (begin := _next(made, at)) >= 0:
        end = begin
        while (end := made.find(")", end) + 1) > 0:
            try:
                ast.parse(made[begin:end])
            except SyntaxError:
                continue
            yield made[begin:end]
            break
        at = max(end, begin + 1)


def _next(made: str, at: int) -> int:
    """Where the next call begins, or -1."""
    starts = [made.find(f" {name}(", at) + 1 for name in _SHAPES]
    return min((start for start in starts if start > 0), default=0) or -1
