"""Amounts of money as lists of the region write them: 1.250,00 · 1250.00 РСД · KM 12,5 · 12 500 · 900 дин/дан."""

import re
from datetime import date, time, timedelta
from decimal import Decimal
from typing import NamedTuple

from zajedno.kernel.script import fold, latin
from zajedno.kernel.spreadsheets.problems import gettext_noop, sayings
from zajedno.kernel.spreadsheets.table import Cell

# Folded words, whole: Evropa is no euro, Marko no mark.
_WORDS = {
    "RSD": re.compile(r"rsd|din|dinar(a|e|i|u|ima)?"),
    "BAM": re.compile(r"bam|km|konvertibiln[a-z]+|mark(a|e|i|u|ama)|maraka"),
    "EUR": re.compile(r"eur(o|a|e|i|u|ima)?|evr(o|a|i|u|ima)"),
}
_NUMBER = re.compile(r"\d{1,3}(?:[ '’.,]\d{3})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)*")
_PER = re.compile(r"^\s*(?:/|\bpo\b|\bza\b|\bper\b|\bna\b)\s*(.+)$", re.IGNORECASE)
_NO_CENTS = re.compile(r"(?<=\d)[,.]?\s*[-–—=]+(?=\s|$|[^\s\d])")
_CURRENCY = re.compile(r"€|[^\W\d_]+\.?")
MOST = Decimal(10) ** 10


class Amount(NamedTuple):
    """What a cell says: an exact amount, its currency and unit where they stand in it; or the code of the problem."""

    amount: Decimal | None = None
    currency: str = ""
    unit: str = ""
    problem: str = ""


def currency_in(text: str) -> set[str]:
    """Currencies that are named in a text, by code, sign or word of either script."""
    found = {"EUR"} if "€" in text else set()
    for word in fold(text).split():
        found |= {code for code, known in _WORDS.items() if known.fullmatch(word)}
    return found


def read_price(value: Cell) -> Amount:
    """The price in a cell; nothing in it: nothing and no problem."""
    if value is None:
        return Amount()
    if isinstance(value, bool | date | time | timedelta):
        return Amount(problem="amount_unreadable")
    if isinstance(value, int | float):
        return _checked(Decimal(str(round(value, 8))))
    return _text(value)


def _text(value: str) -> Amount:
    text = _NO_CENTS.sub("", " ".join(value.split()))
    named = currency_in(text)
    numbers = list(_NUMBER.finditer(text))
    if len(numbers) != 1 or len(named) > 1:
        several = len(numbers) > 1 or len(named) > 1
        return Amount(problem="amount_many" if several else "amount_unreadable")
    number = numbers[0]
    if text[: number.start()].rstrip().endswith(("-", "−")):
        return Amount(problem="amount_negative")
    exact = _decimal(number[0])
    if exact is None:
        return Amount(problem="amount_doubtful")
    rest = _CURRENCY.sub(lambda word: "" if currency_in(word[0]) else word[0], text[number.end() :])
    per = _PER.match(latin(rest)) and _PER.match(rest.replace("по ", "po ").replace("за ", "za "))
    found = _checked(exact)
    return found._replace(currency=next(iter(named), ""), unit=per[1].strip(" .)") if per else "")


def _decimal(number: str) -> Decimal | None:
    """None for what may be read in two ways: 12,500 is twelve and a half, or twelve thousand and five hundred."""
    bare = re.sub(r"[ '’]", "", number)
    marks = [mark for mark in bare if mark in ".,"]
    whole, _, last = bare.rpartition(marks[-1]) if marks else (bare, "", "")
    if not marks:
        return Decimal(bare)
    if len(set(marks)) == 2:
        if marks.count(marks[-1]) > 1 or not _grouped(whole):
            return None
        return Decimal(f"{re.sub('[.,]', '', whole)}.{last}")
    if len(marks) > 1:
        return Decimal(re.sub("[.,]", "", bare)) if _grouped(bare) else None
    if len(last) == 3 and _grouped(bare) and not whole.startswith("0"):
        return Decimal(whole + last) if marks[0] == "." and bare == number else None
    return Decimal(f"{whole}.{last}")


def _grouped(number: str) -> bool:
    return re.fullmatch(r"\d{1,3}([.,]\d{3})*", number) is not None


def _checked(exact: Decimal) -> Amount:
    if exact < 0:
        return Amount(problem="amount_negative")
    if exact >= MOST:
        return Amount(problem="amount_large")
    cents = exact.quantize(Decimal("0.01"))
    return Amount(cents) if cents == exact else Amount(problem="amount_fine")


sayings(
    {
        "amount_unreadable": gettext_noop("Write the price as a number, such as 1.250,00."),
        "amount_many": gettext_noop("Write one price in one currency here."),
        "amount_negative": gettext_noop("A price is not below zero."),
        "amount_doubtful": gettext_noop("This may be read in two ways. Write the price as 1.250,00."),
        "amount_large": gettext_noop("This price is too large to be kept."),
        "amount_fine": gettext_noop("A price has at most two places after the comma."),
    }
)
