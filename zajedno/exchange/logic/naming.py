"""Does a text give a child away? What looks like it is pointed at, and a person decides: names cannot be told surely.

Own rules, for both scripts: a national number; initials; a name after a word for a child; first and family name.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from zajedno.kernel.national_numbers import Verdict, read_jmbg
from zajedno.kernel.script import fold


class Sign(StrEnum):
    NUMBER = "number"
    INITIALS = "initials"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Suspicion:
    """`found` stands so in the text of `field`."""

    field: str
    sign: Sign
    found: str


_UP, _LOW = "A-ZČĆĐŠŽЀ-Я", "a-zčćđšžа-џ"
_WORD = f"[{_UP}][{_LOW}]+"
_NUMBER = re.compile(r"(?<!\d)\d(?:[ .-]?\d){12}(?!\d)")
# М. П., M.P. or M. P.-a; one letter alone is an abbreviation (ул., OŠ), and so are two in capitals without points.
_INITIALS = re.compile(rf"(?<![{_UP}{_LOW}.\d])(?:Dž|Lj|Nj|[{_UP}])\.[ \u00a0]?(?:Dž|Lj|Nj|[{_UP}])\.(?![ \u00a0]?\d)")
_PAIR = re.compile(rf"(?<![{_UP}{_LOW}])(?=({_WORD})[ \u00a0]({_WORD})(?![{_UP}{_LOW}]))")
# Up to two small words between, but none that leads to a place: ученик по имену …, not ученици из …
_PLACE = r"(?!(?:u|iz|na|od|sa|za|do|kod|in|of|from|at|у|из|на|од|са|за|до|код)[ \u00a0])"
_NEXT = re.compile(
    rf"(?<![{_UP}{_LOW}])(?=([{_UP}{_LOW}]+)[,:]?[ \u00a0]+(?:{_PLACE}[{_LOW}]{{1,8}}[ \u00a0]+){{0,2}}({_WORD}))"
)
_CHILD = re.compile(
    r"(dete|deteta|detetu|dijete|djeteta|djetetu|decak\w*|djecak\w*|devojcic\w*|djevojcic\w*|ucenik\w*|ucenic\w*"
    r"|djak\w*|sin\w{0,3}|kcerk\w*|cerk\w*|kci|mali|mala|malog|maloj|child|boy|girl|pupil|student|son|daughter)"
)  # folded
_FAMILY = re.compile(r"\w{2,}ic(a|u|em|om|ima)?")  # folded; wherever it stands
_SECOND = re.compile(r"\w{2,}(ski|cki|ov|ev|aj|ku|iq|qi|shi)(a|u|em|om)?")  # of places too, so only after a given name


def suspicions(texts: Mapping[str, str]) -> list[Suspicion]:
    """What may name a child, once each, field by field. Empty says nothing for sure."""
    return list(dict.fromkeys(one for key, text in texts.items() for one in _in(key, text)))


def _in(key: str, text: str) -> Iterator[Suspicion]:
    for found in _NUMBER.findall(text):
        if read_jmbg(re.sub(r"\D", "", found)).verdict in (Verdict.VALID, Verdict.BAD_CHECKSUM):
            yield Suspicion(key, Sign.NUMBER, found)
    for found in _INITIALS.findall(text):
        yield Suspicion(key, Sign.INITIALS, found)
    for word, name in _NEXT.findall(text):
        if _CHILD.fullmatch(fold(word)):
            yield Suspicion(key, Sign.NAME, name)
    for first, second in _PAIR.findall(text):
        if _FAMILY.fullmatch(fold(first)) or _FAMILY.fullmatch(fold(second)) or _SECOND.fullmatch(fold(second)):
            yield Suspicion(key, Sign.NAME, f"{first} {second}")
