"""What is wrong with a row: a code and a column, kept without values, said in the reader's language when shown."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

_sentences: dict[str, str] = {}


def gettext_noop(message: str) -> str:
    """Mark a sentence for the catalogue; plain logic may not know Django, the page translates."""
    return message


def sayings(sentences: Mapping[str, str]) -> None:
    """A room's logic says here which sentence (English, marked by `gettext_noop`) belongs to each of its codes."""
    _sentences.update(sentences)


def all_sayings() -> dict[str, str]:
    """Every code known and its English sentence."""
    return dict(_sentences)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing about one column of a row. Holds no value of the row: it may be stored and logged."""

    code: str
    column: str = ""

    def sentence(self, translate: Callable[[str], str] = str) -> str:
        """The sentence, translated by the function given (`gettext` on a page)."""
        return translate(_sentences[self.code])


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that cannot be taken as it is, and all the reasons why."""

    number: int
    problems: tuple[Problem, ...]

    def reason(self, translate: Callable[[str], str] = str) -> str:
        """All reasons in one line, for the error workbook."""
        return " ".join(problem.sentence(translate) for problem in self.problems)


sayings(
    {
        "date_unreadable": gettext_noop("The date cannot be read. Write day, month and year, such as 5. 6. 2015."),
        "date_impossible": gettext_noop("There is no such day in the calendar."),
        "day_missing": gettext_noop("The day is missing: only a month or a year is given."),
        "date_future": gettext_noop("The date is in the future."),
        "date_too_old": gettext_noop("The date is too long ago to be right."),
    }
)
