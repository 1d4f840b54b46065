"""What a register says of a child, and the keys it is compared by: alike in both scripts and neighbouring spellings."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from zajedno.kernel.national_numbers import bare, pad_jmbg, read_jmbg
from zajedno.kernel.script import fold, loose

USUAL = 4
"""A given name that stands in so many entries is a name, not a slip of the pen."""
TOO_MANY_NUMBERS, TOO_MANY_DAYS = 50, 1000
"""A number in more entries is a filler; a birth date in more (1 January) finds no pairs by itself."""
_BRACKETS = re.compile(r"[(\[/][^)\]/]*[)\]/]?")  # a father's name in the column of family names
_STREET = frozenset(["ul", "ulica", "bb", "br", "broj", "utca", "rruga"])
_TOWN = frozenset(["opstina", "opcina", "grad", "kozseg", "komuna"])


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of one register; what is not known is empty. `key` is unique among those compared.

    `sex` M or F; `number` the national one as typed, also when wrong; `parent` the mother, or whom the register names.
    """

    key: str
    given_name: str
    family_name: str
    sex: str = ""
    birth_date: date | None = None
    number: str = ""
    parent: str = ""
    municipality: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Keys:
    """An entry as it is compared: loosened names (`script.loose`), days as YYYYMMDD, None for what is not known.

    `day` is `birth` to look for pairs by. `number` is no filler (000…); `number_ok`: its check digit fits;
    `number_fits`: and it says the birth and sex that the row says.
    """

    given: str | None
    given_written: str
    given_words: list[str]
    given_usual: bool
    family: str | None
    family_words: list[str]
    sex: str | None
    birth: str | None
    day: str | None
    number: str | None
    number_ok: bool
    number_fits: bool
    number_birth: str | None
    parent: str | None
    municipality: str | None
    street: str | None
    house: str | None


def keys_of(entries: Sequence[Entry]) -> list[Keys]:
    """The keys of each entry. Which names are usual, and what stands in too many, is counted among these entries."""
    keys = [_keys(entry) for entry in entries]
    names, numbers, days = (Counter(getattr(one, part) for one in keys) for part in ("given", "number", "day"))
    return [
        replace(
            one,
            given_usual=names[one.given] >= USUAL,
            number=one.number if numbers[one.number] <= TOO_MANY_NUMBERS else None,
            day=one.day if days[one.day] <= TOO_MANY_DAYS else None,
        )
        for one in keys
    ]


def _keys(entry: Entry) -> Keys:
    given, family = _words(entry.given_name), _words(_BRACKETS.sub(" ", entry.family_name)) or _words(entry.family_name)
    number = bare(pad_jmbg(entry.number))
    read = read_jmbg(number)
    born = entry.birth_date or read.dob
    fits = read.valid and read.dob == born and entry.sex in ("", read.sex)
    address = _words(entry.address, _STREET)
    return Keys(
        given="".join(given) or None,
        given_written=fold(entry.given_name).replace("dj", "d"),
        given_words=given,
        given_usual=False,
        family="".join(family) or None,
        family_words=family,
        sex=entry.sex or (read.sex if fits else "") or None,
        birth=_day(born),
        day=_day(born),
        number=None if _is_filler(number) else number,
        number_ok=read.valid,
        number_fits=fits,
        number_birth=_day(read.dob),
        parent="".join(_words(entry.parent)[:1]) or None,
        municipality="".join(_words(entry.municipality, _TOWN)) or None,
        street="".join(word for word in address if not word[0].isdigit() and len(word) > 1) or None,
        house=next((word for word in address if word[0].isdigit()), None),
    )


def _words(text: str, without: frozenset[str] = frozenset()) -> list[str]:
    return [word for word in loose(text).split() if word not in without]


def _day(day: date | None) -> str | None:
    return day.strftime("%Y%m%d").zfill(8) if day else None


def _is_filler(number: str) -> bool:
    """Typed because the programme asks for a number: nothing, 0000000000000, 9999999999999, 1234567890123."""
    return len(set(number)) < 3 or number in "12345678901234567890"
