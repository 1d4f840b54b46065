"""Marks, means and counts of lessons as schools write them into a cell; None where nothing is said."""

import re
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from zajedno.children.logic.cells import text_of
from zajedno.kernel.script import fold
from zajedno.kernel.spreadsheets import Cell, gettext_noop, sayings

sayings(
    {
        "mark_unreadable": gettext_noop("One of the marks cannot be read: a mark is 1 to 5, or the word for it."),
        "mean_unreadable": gettext_noop("The mean of the marks cannot be read: it is a number from 1 to 5."),
        "count_unreadable": gettext_noop("The number of lessons cannot be read: write a whole number."),
        "count_too_large": gettext_noop("That many lessons are not held in a half-year."),
        "negatives_unreadable": gettext_noop("The number of negative marks cannot be read: write a whole number."),
    }
)

NEGATIVE, BEST = 1, 5
HUNDREDTH = Decimal("0.01")
MOST_LESSONS = 2000  # of a half-year; more is another number that strayed into the column
MOST_MARKS = 40
MOST_OF_COLUMN = 0.8  # of its filled cells
_WORDS = {
    1: ("nedovoljan", "nedovoljna", "nedovoljno", "elegtelen", "pamjaftueshem"),
    2: ("dovoljan", "dovoljna", "dovoljno", "elegseges", "mjaftueshem"),
    3: ("dobar", "dobra", "dobro", "kozepes", "mire"),
    4: ("vrlo dobar", "vrlo dobra", "vrlodobar", "vrlo dobro", "jo", "shume mire"),
    5: ("odlican", "odlicna", "odlicno", "jeles", "shkelqyeshem"),
}
_MARK_OF = {word: mark for mark, words in _WORDS.items() for word in words}
_UNGRADED = frozenset(["neocenjen", "neocenjena", "neocijenjen", "neocijenjena", "oslobodjen", "oslobodjena", "n", "x"])
_UNITS = frozenset(["", "h", "c", "cas", "casa", "casova", "sat", "sata", "sati", "ora", "ore"])
_COUNT = re.compile(r"(\d+)(?:[.,]0+)?\s*([^\W\d_]*)\.?")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


class Unreadable(ValueError):
    """Holds the code of the reason."""


def read_mark(value: Cell) -> int | None:
    """5, "5", "одличан", "nedovoljan (1)"; None when there is no mark. Raises `Unreadable`."""
    text = text_of(value)
    words = fold(text)
    if not text or words in _UNGRADED or words == "0":
        return None
    digits, name = re.sub(r"[^\d ]", "", words).split(), " ".join(re.sub(r"\d", "", words).split())
    said = {int(one) for one in digits} | ({_MARK_OF[name]} if name in _MARK_OF else set())
    if len(said) != 1 or (name and name not in _MARK_OF) or re.search(r"\d[.,]\d", text):
        raise Unreadable("mark_unreadable")
    mark = said.pop()
    if not NEGATIVE <= mark <= BEST:
        raise Unreadable("mark_unreadable")
    return mark


def are_marks(cells: Iterable[Cell]) -> bool:
    """Do the cells of a column look like marks in a subject? A slip may be among them; a column in which 0 stands often
    is a count."""
    filled = [cell for cell in cells if text_of(cell)]
    marks = sum(map(_is_mark, filled))
    ungraded = sum(fold(text_of(cell)) in _UNGRADED for cell in filled)
    return marks > 0 and marks + ungraded >= MOST_OF_COLUMN * len(filled)


def _is_mark(value: Cell) -> bool:
    try:
        return read_mark(value) is not None
    except Unreadable:
        return False


def mean_of(marks: Sequence[int]) -> Decimal | None:
    """To a hundredth, half up."""
    return (Decimal(sum(marks)) / len(marks)).quantize(HUNDREDTH, ROUND_HALF_UP) if marks else None


def read_mean(value: Cell) -> Decimal | None:
    """4.56, "4,56", "врло добар (4,12)"; a word alone is no number, and 0 stands where a pupil has none."""
    found = _NUMBER.findall(text_of(value))
    if not found:
        return None
    mean = Decimal(found[0].replace(",", "."))
    if len(found) > 1 or (mean and not NEGATIVE <= mean <= BEST):
        raise Unreadable("mean_unreadable")
    return mean.quantize(HUNDREDTH, ROUND_HALF_UP) if mean else None


def read_lessons(value: Cell) -> int | None:
    """12, 12.0, "12 h", "12 часова". Raises `Unreadable` for what is no count of lessons."""
    return _count(value, MOST_LESSONS, ("count_unreadable", "count_too_large"))


def read_negatives(value: Cell) -> int | None:
    return _count(value, MOST_MARKS, ("negatives_unreadable", "negatives_unreadable"))


def _count(value: Cell, most: int, codes: tuple[str, str]) -> int | None:
    if isinstance(value, bool) or (isinstance(value, float) and not value.is_integer()):
        raise Unreadable(codes[0])
    text = text_of(value)
    if not text:
        return None
    found = _COUNT.fullmatch(text)
    if not found or fold(found[2]) not in _UNITS:
        raise Unreadable(codes[0])
    if int(found[1]) > most:
        raise Unreadable(codes[1])
    return int(found[1])
