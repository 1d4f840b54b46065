"""Numbers that states give: JMBG/JMB (person), JOB (pupil), municipality code, PIB (body). Arithmetic only.

A number that reads well is well formed, not proof that it was issued. Never log one.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Verdict(StrEnum):
    """In the order in which faults are named."""

    BAD_FORMAT = "bad_format"
    BAD_LENGTH = "bad_length"
    BAD_DATE = "bad_date"
    BAD_CHECKSUM = "bad_checksum"
    VALID = "valid"


REASONS = {
    Verdict.BAD_FORMAT: "the number holds something else than the digits 0 to 9",
    Verdict.BAD_LENGTH: "the number has not 13 digits",
    Verdict.BAD_DATE: "the first seven digits are no date of birth",
    Verdict.BAD_CHECKSUM: "the last digit does not fit the others",
    Verdict.VALID: "",
}

# By the first digit of the two-digit region. 0 and 6: foreigners and naturalised. 70 is Serbia's consular register.
_COUNTRY = dict(zip("0123456789", ["foreign", "BA", "ME", "HR", "MK", "SI", "foreign", "RS", "RS", "RS"], strict=True))
_JMBG_WEIGHTS = (7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a national number says. All but `verdict` are empty unless it is valid.

    `sex` is "M" or "F"; `region` the two digits; `country` RS, BA, ME, HR, MK, SI or "foreign".
    """

    verdict: Verdict
    dob: date | None = None
    sex: str = ""
    region: str = ""
    country: str = ""

    @property
    def valid(self) -> bool:
        return self.verdict is Verdict.VALID


def bare(text: str) -> str:
    """The number without blanks, which offices put inside it; what else stands there stays."""
    return "".join(text.split())


def read_jmbg(text: str, *, today: date | None = None) -> Reading:
    """Read a 13-digit national number DDMMYYYRRBBBK; blanks are passed over, letters and full-width digits are not.

    The check digit is 11 - (weighted sum mod 11), where 10 and 11 give 0. With `today` a number that fits, but of
    somebody born later, is a bad date; where it does not fit, a mistyped year is better called a bad checksum.
    """
    number = bare(text)
    if not re.fullmatch("[0-9]*", number):
        return Reading(Verdict.BAD_FORMAT)
    if len(number) != 13:
        return Reading(Verdict.BAD_LENGTH)
    dob = _birth(number)
    if dob is None:
        return Reading(Verdict.BAD_DATE)
    if number[12] != _check_digit(number[:12], _JMBG_WEIGHTS):
        return Reading(Verdict.BAD_CHECKSUM)
    if today is not None and dob > today:
        return Reading(Verdict.BAD_DATE)
    sex = "M" if number[9] < "5" else "F"
    return Reading(Verdict.VALID, dob, sex, number[7:9], _COUNTRY[number[7]])


def pad_jmbg(text: str) -> str:
    """The number as a spreadsheet should have kept it: `101006500006`, `101006500006.0` and `1.01006500006E+11` get
    their zero back, but only where the result is valid; else the text as it came."""
    number = bare(text)
    if match := re.fullmatch(r"([0-9])[.,]([0-9]{9,12})[eE]\+?(1[0-3])", number):
        number = (match[1] + match[2]).ljust(int(match[3]) + 1, "0")
    number = re.sub(r"[.,]0+$", "", number)
    if len(number) == 12:
        number = "0" + number
    return number if read_jmbg(number).valid else text


def read_job(text: str) -> str | None:
    """A pupil's JOB in capitals without blanks, or None. Sixteen letters and digits; no check rule is public
    (Pravilnik 81/2019, verified as to form only)."""
    number = bare(text).upper()
    return number if re.fullmatch("[0-9A-Z]{16}", number) else None


def read_municipality_code(text: str) -> str | None:
    """A Serbian five-digit municipality code (RZS), or None when its fifth digit does not fit.

    Weights 5 4 3 2 modulo 11; the rule was derived from all 198 codes of the register and is tested on them.
    """
    number = bare(text)
    if not re.fullmatch("[0-9]{5}", number) or number[4] != _check_digit(number[:4], (5, 4, 3, 2)):
        return None
    return number


def read_pib(text: str) -> str | None:
    """A Serbian tax number of a body (nine digits, ISO 7064 MOD 11,10), or None."""
    number = bare(text)
    if not re.fullmatch("[1-9][0-9]{8}", number):
        return None
    rest = 10
    for digit in number[:8]:
        rest = ((rest + int(digit)) % 10 or 10) * 2 % 11
    return number if (11 - rest) % 10 == int(number[8]) else None


def _birth(number: str) -> date | None:
    """The date in the first seven digits; the year has three: 006 is 2006, 992 is 1992, from 800 on it is 1800."""
    year = int(number[4:7])
    try:
        return date(year + (1000 if year >= 800 else 2000), int(number[2:4]), int(number[:2]))
    except ValueError:
        return None


def _check_digit(digits: str, weights: tuple[int, ...]) -> str:
    rest = 11 - sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11
    return str(rest if rest < 10 else 0)
