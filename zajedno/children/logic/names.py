"""Names as people enter them: one column or two, capitals, a father's name in brackets, given and family names swapped.

Nothing is transliterated or corrected here: only blanks, capitals and the place of each part.
"""

import re
from dataclasses import dataclass, replace

from zajedno.kernel.script import fold
from zajedno.kernel.spreadsheets import Problem, gettext_noop, sayings

_BRACKETS = re.compile(r"\s*[(\[/]\s*([^)\]/]+?)\s*[)\]/]\s*")
_UNKNOWN = frozenset(
    [
        "nn",
        "n n",
        "nepoznat",
        "nepoznata",
        "nepoznato",
        "bez imena",
        "nema",
        "x",
        "xx",
        "xxx",
        "unknown",
        "ismeretlen",
        "i panjohur",
    ]
)

sayings(
    {
        "given_name_missing": gettext_noop("The given name is missing."),
        "family_name_missing": gettext_noop("The family name is missing."),
        "name_has_digits": gettext_noop("There are digits in the name. Check it."),
        "names_swapped": gettext_noop("Given and family name look swapped. They are kept as they stand; check them."),
        "name_order": gettext_noop(
            "Given and family name stand in one column; check that they were told apart rightly."
        ),
        "name_capitals": gettext_noop(
            "The name was written in capitals; it is taken with a capital first letter only."
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Name:
    """`parent`: a name found in brackets, which registers use for the father."""

    given: str = ""
    family: str = ""
    parent: str = ""
    problems: tuple[Problem, ...] = ()


def read_name(given: str, family: str, full: str = "", *, family_first: bool = False) -> Name:
    """The name from two columns or, when those are empty, from one; missing parts are problems too."""
    (given, in_given), (family, in_family), (full, in_full) = _bracketed(given), _bracketed(family), _bracketed(full)
    notes = []
    if full and not (given and family):
        given, family, sure = _split(full, family_first)
        if not sure:
            notes.append(Problem("name_order", "full_name"))
    elif _looks_family(given) and not _looks_family(family) and len(fold(given)) > 4 and family:
        notes.append(Problem("names_swapped", "given_name"))
    name = Name(_known(given), _known(family), in_family or in_given or in_full)
    if any(_capitals(part) for part in (name.given, name.family)):
        notes.append(Problem("name_capitals", "given_name"))
        name = replace(name, given=proper(name.given), family=proper(name.family), parent=proper(name.parent))
    if re.search(r"\d", name.given + name.family):
        notes.append(Problem("name_has_digits", "given_name"))
    if not name.given:
        notes.append(Problem("given_name_missing", "given_name"))
    if not name.family:
        notes.append(Problem("family_name_missing", "family_name"))
    return replace(name, problems=tuple(notes))


def proper(name: str) -> str:
    """Words in capitals with a capital first letter only, also after a hyphen; other words as they stand."""
    return re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize() if _capitals(word[0]) else word[0], name)


def _capitals(text: str) -> bool:
    return len(text) > 1 and text.isupper()


def _bracketed(text: str) -> tuple[str, str]:
    """The text without what stands in brackets, and that."""
    text = " ".join(text.split())
    found = _BRACKETS.search(text)
    if not found:
        return text.strip(" ,;"), ""
    rest = f"{text[: found.start()]} | {text[found.end() :]}".strip(" |")
    return rest, found.group(1)


def _split(full: str, family_first: bool) -> tuple[str, str, bool]:
    """Given and family name out of one text, and whether that is sure: two words in the order the heading promises.

    A comma or brackets in the middle mean that the family name stands first.
    """
    if " | " in full or "," in full:
        family, _between, given = full.replace(" | ", ",").partition(",")
        return given.strip(), family.strip(), True
    words = full.split()
    if len(words) < 2:
        return full, "", True
    promised = family_first
    if _looks_family(words[0]) != _looks_family(words[-1]):
        family_first = _looks_family(words[0])
    sure = len(words) == 2 and family_first == promised
    return (" ".join(words[1:]), words[0], sure) if family_first else (" ".join(words[:-1]), words[-1], sure)


def _looks_family(name: str) -> bool:
    """Ends as most family names of the region do; said only of one word of some length."""
    key = fold(name)
    return len(key) > 4 and key.endswith(("ic", "ski", "cki"))


def _known(name: str) -> str:
    name = name.replace(" | ", " ").strip(" .,-;")
    return "" if fold(name) in _UNKNOWN or not re.search(r"[^\W\d_]", name) else name
