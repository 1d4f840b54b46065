"""The texts of an XForm in all its languages, with the answers that stand in them."""

from typing import Any

from zajedno.forms.logic.book import code
from zajedno.forms.logic.expressions import expression
from zajedno.forms.logic.namespaces import XF
from zajedno.forms.logic.parts import Part, Texts

_UNTRANSLATED = "-"  # what pyxform writes where a language has no text


class Itext:
    """`languages`: codes, the default one first."""

    def __init__(self, model: Any) -> None:
        translations = model.findall(f"{XF}itext/{XF}translation")
        translations.sort(key=lambda one: one.get("default") is None)
        self.languages = tuple(dict.fromkeys(code(one.get("lang")) for one in translations))
        self._texts: dict[str, dict[str, Any]] = {}
        for one in translations:
            for text in one:
                self._texts.setdefault(text.get("id"), {})[code(one.get("lang"))] = text

    def of(self, key: str, path: str) -> Texts:
        """The text of an id in every language that has it; answers in it are seen from `path`."""
        found = {}
        for language, text in self._texts.get(key, {}).items():
            value = next((one for one in text if one.get("form") is None), None)
            parts = () if value is None else _parts(value, path)
            if parts and parts != (_UNTRANSLATED,):
                found[language] = parts
        return found

    def message(self, source: str | None, path: str) -> Texts:
        """What a bind's attribute says: a reference to a text, or the words themselves."""
        if not source:
            return {}
        return self._referred(source, path) if source.startswith("jr:itext(") else {"": (source,)}

    def element(self, element: Any, path: str) -> Texts:
        """What a label or hint says."""
        if ref := element.get("ref"):
            return self._referred(ref, path)
        return {"": parts} if (parts := _parts(element, path)) else {}

    def _referred(self, source: str, path: str) -> Texts:
        return self.of(source.removeprefix("jr:itext(").removesuffix(")").strip("'\""), path)


def _parts(element: Any, path: str) -> tuple[Part, ...]:
    """Words and `<output value>`."""
    parts: list[Part] = [element.text or ""]
    for output in element:
        parts += [expression(output.get("value"), path), output.tail or ""]
    return tuple(part for part in parts if part != "")
