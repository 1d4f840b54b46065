"""Numbers as people here write them: 1.234,56 (in English 1,234.56)."""

import re
from decimal import Decimal, InvalidOperation

from django.utils.translation import get_language

_THOUSANDS = re.compile(r"[+-]?\d{1,3}(\.\d{3})+")


def parse(text: str) -> Decimal:
    """A typed number. Spaces never matter. Raises ValueError when it is none.

    >>> parse("1.234,56"), parse("1 234,5"), parse("12.5")
    (Decimal('1234.56'), Decimal('1234.5'), Decimal('12.5'))
    """
    text = re.sub(r"[\s\u00a0\u202f']", "", text).replace("\u2212", "-")
    if (get_language() or "").startswith("en") and not re.search(r"\.\d{3},|,\d{1,2}$", text):
        text = text.replace(",", "")
    elif "," in text:
        whole, _comma, rest = text.rpartition(",")
        text = f"{whole.replace('.', '').replace(',', 'x')}.{rest}"
    elif _THOUSANDS.fullmatch(text):
        text = text.replace(".", "")
    if not re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", text):
        raise ValueError("not a number")
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise ValueError("not a number") from error
