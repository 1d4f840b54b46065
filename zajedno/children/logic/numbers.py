"""Numbers of children as they are kept and compared."""

import re

from zajedno.kernel.national_numbers import bare, pad_jmbg, read_jmbg, read_job

_ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])")


def national(text: str) -> str:
    """A valid national number in 13 digits (with the zero a spreadsheet took away), or nothing."""
    number = bare(pad_jmbg(text))
    return number if read_jmbg(number).valid else ""


def education(text: str) -> str:
    return read_job(text) or ""


def passport(text: str) -> str:
    """Capitals and digits, without blanks, dots and hyphens."""
    return re.sub(r"[\s.\-/]", "", text).upper()


def local(text: str) -> str:
    """A number of an institution's own register: capitals, without blanks and leading zeros ("00 12" is "12")."""
    return _ZEROS.sub("", bare(text).upper())


BY_KIND = {"national": national, "education": education, "passport": passport, "local": local}
