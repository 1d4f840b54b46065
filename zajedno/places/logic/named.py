"""Which of the known things a name means: an institution, a measure, a service, written a little otherwise than here.

Abbreviations are opened (ОШ, DZ, CSR), endings of cases left away, the own place may stand there or not, a slip of the
finger is forgiven. Several that fit are all given back: nobody is chosen for the person who wrote it.
"""

import re
from collections.abc import Hashable, Iterable, Sequence
from typing import Generic, TypeVar

from zajedno.kernel.script import fold
from zajedno.places.logic.nearness import distance
from zajedno.places.logic.resolver import allowed_steps

SHORT = {
    "os": "osnovna skola", "ss": "srednja skola", "pu": "predskolska ustanova", "dv": "djecji vrtic",
    "dz": "dom zdravlja", "ob": "opsta bolnica", "kbc": "klinicko bolnicki centar", "ju": "", "jzu": "",
    "jpu": "predskolska ustanova", "csr": "centar za socijalni rad", "czsr": "centar za socijalni rad",
    "csz": "centar za socijalnu zastitu", "cmz": "centar za mentalno zdravlje", "ou": "opstinska uprava",
    "gu": "gradska uprava", "ps": "policijska stanica", "nvo": "udruzenje",
    "ug": "udruzenje", "udruga": "udruzenje", "nsz": "nacionalna sluzba za zaposljavanje", "su": "skolska uprava",
    "irk": "interresorna komisija", "opcina": "opstina", "opcinska": "opstinska",
}  # fmt: skip
IGNORED = frozenset(
    ("za", "i", "u", "na", "o", "of", "the", "for", "and", "grad", "grada", "opstina", "opstine", "gradjana", "d")
)
_ENDING = re.compile(r"(?<=[a-z]{4})(?:og|om|oj|im|ih|eg|em|[aeiou])$")
_CUT = re.compile(r"(\w{3,})\.")
_ASIDE = re.compile(r"\([^)]*\)")
Key = TypeVar("Key", bound=Hashable)
LEAST = 3  # letters of a word by which a part of a name is known


def words(text: str) -> list[str]:
    """The words that tell, without their endings; a shortened one keeps its point."""
    cut = {fold(word) for word in _CUT.findall(text)}
    found = [part for word in fold(text).split() for part in SHORT.get(word, word).split()]
    return [f"{word}." if word in cut else _ENDING.sub("", word) for word in found if word not in IGNORED]


def _like(one: str, other: str) -> bool:
    if one == other or (one.endswith(".") and other.startswith(one[:-1])):
        return True
    steps = min(allowed_steps(one), allowed_steps(other))
    return bool(steps) and one[0] == other[0] and distance(one, other) <= steps


class Names(Generic[Key]):
    """`find` says whom a text means. `part`: is it enough when every word written is one of the name's?"""

    def __init__(self, *, part: bool = False) -> None:
        self.part = part
        self.exact: dict[str, set[Key]] = {}
        self.known: list[tuple[Key, list[str], list[str]]] = []
        self.asked: dict[str, set[Key]] = {}  # a list names the same things again and again

    def add(self, key: Key, names: Iterable[str], place: Sequence[str] = ()) -> None:
        """`place`: names of where it is, which may be written with it or not."""
        self.asked.clear()
        around = [word for name in place for word in words(name)]
        for name in filter(None, names):
            for written in {name, _ASIDE.sub(" ", name)}:
                self.exact.setdefault(fold(written), set()).add(key)
                if told := words(written):
                    self.known.append((key, told, around))

    def find(self, text: str) -> set[Key]:
        """One: it is meant. Several: any of them may be. None: nobody here is called so."""
        if text not in self.asked:
            self.asked[text] = self._find(text)
        return set(self.asked[text])

    def _find(self, text: str) -> set[Key]:
        if found := self.exact.get(fold(text), set()) or self.exact.get(fold(_ASIDE.sub(" ", text)), set()):
            return found
        said = words(text) or words(_ASIDE.sub(" ", text))
        if not said:
            return set()
        for fits in (self._same, self._near, *([self._part] if self.part else [])):
            if near := {key for key, told, around in self.known if fits(said, told, around)}:
                return near
        return set()

    @staticmethod
    def _same(said: list[str], told: list[str], around: list[str]) -> bool:
        own, here = set(said) - set(around), set(told) - set(around)
        return own == here and bool(own) and set(said) <= set(told) | set(around)

    @staticmethod
    def _near(said: list[str], told: list[str], around: list[str]) -> bool:
        left = _unmatched(said, told)
        if left is None:
            said = [word for word in said if not any(_like(word, place) for place in around)]
            left = _unmatched(said, told) if said else None
        return left is not None and all(any(_like(word, place) for place in around) for word in left)

    @staticmethod
    def _part(said: list[str], told: list[str], around: list[str]) -> bool:
        return max(map(len, said)) > LEAST and _unmatched(said, told) is not None


def _unmatched(said: list[str], told: list[str]) -> list[str] | None:
    """Words of a name that nobody wrote; None when one was written that is not in it."""
    left = list(told)
    for word in said:
        found = next((other for other in sorted(left, key=lambda one: one != word) if _like(word, other)), None)
        if found is None:
            return None
        left.remove(found)
    return left
