"""Which school year, half-year and class a text speaks of: titles of sheets, names of files, cells."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from zajedno.kernel.script import fold

HALVES = (1, 2)
# "2025/26", "2025-2026", "2025./26." — two years that follow each other.
_YEARS = re.compile(r"(?<!\d)(20\d\d)\.?\s*[/\-–—_]+\s*(?:20)?(\d\d)(?!\d)")
_ROMAN = dict(
    zip(["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"], range(1, 13), strict=True)
)
_ORDINALS = dict(zip(["prv", "drug", "trec", "cetvrt", "pet", "sest", "sedm", "osm"], range(1, 9), strict=True))
_ORDINAL = re.compile(rf"({'|'.join(_ORDINALS)})(?:i|a|o|e|u|og|oga|om|oj|im|em|eg)")
_PERIOD = r"(?:polug\w*|pol|felev\w*|half|term|semestr?\w*|gjysm\w*)"
# "prvo polugodiste", "1 polugodiste", and turned "polugodiste prvo"; "prvo i drugo polugodiste" names both.
_HALF = tuple(
    re.compile(rf"\b(?:{names})(?: i \w+)? {_PERIOD}\b|\b{_PERIOD} (?:{plain}\b|(?:{number})$)")
    for names, plain, number in (
        (r"i|1|prv\w+|first|elso|pare", "prvo", "i|1"),
        (r"ii|2|drug\w+|second|masodik|dyte", "drugo", "ii|2"),
    )
)
_GRADE, _SECTION = r"(?P<grade>[ivx]{1,4}|1[0-2]|[1-9])", r"(?P<section>\d{1,2}|[a-z])"
_CLASS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\brazred\w* i od\w*elje?nj\w* {_GRADE} ?{_SECTION}\b",
        rf"\brazred\w* {_GRADE} od\w*elje?nj\w* {_SECTION}\b",
        rf"\b{_GRADE} razred\w* od\w*elje?nj\w* {_SECTION}\b",
        rf"\b(?:od\w*elje?nj\w*|razred\w*|osztaly\w*|klas\w*|class) {_GRADE} ?{_SECTION}\b",
        rf"\b{_GRADE} ?{_SECTION} (?:od\w*elje?nj\w*|razred\w*|osztaly\w*|klas\w*|class)\b",
    )
)
_ROMAN_AND_LETTER = re.compile(r"([ivx]{1,4})([a-hj-uwyz])")
_LEFT_OUT = re.compile(r"^(?:od\w*elje?nj\w*|razred\w*|grupa|osztaly\w*|klas\w*|class)$")


class Class(NamedTuple):
    """A class as schools name it: grade 5, section 2. A group without a grade has its whole name for a section."""

    grade: int
    section: str

    def later(self, years: int) -> "Class":
        """The same class that many years on."""
        return Class(self.grade + years, self.section) if self.grade else self

    def fits(self, other: "Class") -> bool:
        """May they be one? A class of which only the grade is said fits each of that grade."""
        return self.grade == other.grade and (self.section == other.section or not (self.section and other.section))


def year_told(texts: Iterable[str]) -> int | None:
    """The year in which the school year begins that is named first."""
    for text in texts:
        for first, second in _YEARS.findall(text):
            if (int(first) + 1) % 100 == int(second):
                return int(first)
    return None


def half_told(texts: Iterable[str]) -> int | None:
    """1 or 2, from the first text that names one half-year and not the other."""
    for text in texts:
        found = [half for half, pattern in zip(HALVES, _HALF, strict=True) if pattern.search(fold(text))]
        if len(found) == 1:
            return found[0]
    return None


def class_told(texts: Iterable[str]) -> Class | None:
    """The class that is named first beside a word for it: "одељење V-2", "5/2 razred"."""
    for text in texts:
        folded = fold(text)
        for pattern in _CLASS:
            if (found := pattern.search(folded)) and (grade := _grade(found["grade"])):
                return Class(grade, found["section"].lstrip("0"))
    return None


def read_class(text: str) -> Class | None:
    """Of a cell: "V-2", "5/2", "5.2", "V2", "пети 2", "5а", "52" are grade and section; "5" is a grade; other words are
    the name of a group."""
    words = [part for word in fold(text).split() if not _LEFT_OUT.match(word) for part in _parts(word)]
    if not words:
        return None
    grade = _grade(words[0])
    if not grade or len(words) > 2:
        return Class(0, " ".join(words))
    return Class(grade, words[1].lstrip("0") if len(words) == 2 else "")


def _parts(word: str) -> list[str]:
    """Both "v2" and "5a" are two words, and so is "52": no school has fifty grades."""
    if re.fullmatch(r"[1-9]\d", word) and int(word) > max(_ROMAN.values()):
        return [*word]
    if roman := _ROMAN_AND_LETTER.fullmatch(word):
        return [*roman.groups()]
    return re.findall(r"\d+|[a-z]+", word)


def _grade(word: str) -> int:
    """0 when it is none."""
    if word.isdigit():
        return int(word) if 1 <= int(word) <= max(_ROMAN.values()) else 0
    found = _ORDINAL.fullmatch(word)
    return _ORDINALS[found[1]] if found else _ROMAN.get(word, 0)
