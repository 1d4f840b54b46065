"""Cells of the sheets that offices keep of children: what stands in one, and the national number as it was meant."""

import re
from dataclasses import dataclass
from datetime import date

from zajedno.kernel.national_numbers import Verdict, pad_jmbg, read_jmbg
from zajedno.kernel.script import fold
from zajedno.kernel.spreadsheets import Cell, Problem, gettext_noop, sayings

_NOTHING = frozenset({"", "nema", "n a", "nepoznato", "nepoznat", "x", "bez", "0", "nije poznato", "null", "none"})

sayings(
    {
        "number_bad_format": gettext_noop(
            "The national number holds something else than digits. The child is taken without it."
        ),
        "number_bad_length": gettext_noop("The national number has not 13 digits. The child is taken without it."),
        "number_bad_date": gettext_noop(
            "The national number holds no possible birth date. The child is taken without it."
        ),
        "number_bad_checksum": gettext_noop(
            "The national number is mistyped: its last digit does not fit. The child is taken without it."
        ),
        "number_rounded": gettext_noop(
            "The spreadsheet has rounded the national number and lost digits. The child is taken without it."
        ),
        "looks_like_note": gettext_noop("This looks like a note or a total under the table, not like a row of it."),
    }
)


@dataclass(frozen=True, slots=True)
class National:
    """A national number that a cell holds: 13 digits and what they say, or why it cannot be taken."""

    text: str = ""
    born: date | None = None
    sex: str = ""
    problem: Problem | None = None


def text_of(value: Cell) -> str:
    """The cell as one line; strokes and dots alone are nothing."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = " ".join(str(value).split())
    return "" if text.strip("-–—/.?* ") == "" else text


def is_blank(value: Cell) -> bool:
    """Does it say nothing, also in words?"""
    return value is None or (isinstance(value, str) and (fold(value) in _NOTHING or not text_of(value)))


def read_national(value: Cell, today: date) -> National:
    """The national number of a cell: a spreadsheet may have made a decimal of it, dropped its zero or rounded it."""
    if is_blank(value):
        return National()
    whole = isinstance(value, int | float) and not isinstance(value, bool)
    text = str(int(value)) if whole and value == int(value) else str(value)  # type: ignore[arg-type]
    if not whole and "E" not in text.upper():
        text = re.sub(r"[-.]", "", re.sub(r"[.,]0+$", "", text.strip("'’` ")))
    text = pad_jmbg(text)
    reading = read_jmbg(text, today=today)
    if reading.verdict is Verdict.VALID:
        return National("".join(text.split()), reading.dob, reading.sex)
    rounded = "E+" in text.upper() or (whole and text.endswith("00000000"))
    code = "rounded" if rounded else reading.verdict.value
    return National(problem=Problem(f"number_{code}", "national_number"))
