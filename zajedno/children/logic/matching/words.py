"""A pair in words: field by field what agrees, nearly agrees, differs or is not said. Holds no value of any entry."""

from dataclasses import dataclass
from enum import StrEnum

from zajedno.children.logic.matching.fields import FIELDS
from zajedno.children.logic.matching.pairs import Pair
from zajedno.kernel.spreadsheets import Problem, gettext_noop, sayings


class Kind(StrEnum):
    AGREES = "agrees"
    NEARLY = "nearly"
    DIFFERS = "differs"
    UNSAID = "unsaid"


@dataclass(frozen=True, slots=True)
class Said:
    """One field of a pair. `words.sentence(gettext)` is the sentence for the person who decides."""

    field: str
    kind: Kind
    words: Problem


_KINDS = {
    "same": Kind.AGREES,
    "sounds_same": Kind.AGREES,
    "differs": Kind.DIFFERS,
    "alike": Kind.DIFFERS,
    "alike_and_both_usual": Kind.DIFFERS,
    "alike_with_own_numbers": Kind.DIFFERS,
    "half_swapped": Kind.DIFFERS,
    "same_but_born_otherwise": Kind.DIFFERS,
    "other_but_row_says_otherwise": Kind.DIFFERS,
    "street": Kind.DIFFERS,
    "unsaid": Kind.UNSAID,
}

_SENTENCES = {
    "given_name": {
        "same": gettext_noop("The given names are the same."),
        "sounds_same": gettext_noop("The given names are the same, spelled in different ways."),
        "swapped": gettext_noop("Given and family name stand in each other's place."),
        "half_swapped": gettext_noop("One's given name stands as the other's family name; the rest differs."),
        "part": gettext_noop("The given names have a part in common."),
        "alike_with_own_numbers": gettext_noop(
            "The given names are alike, but each has a national number of its own: this may be a twin."
        ),
        "alike_and_both_usual": gettext_noop("The given names are alike, but both are usual names."),
        "nearly": gettext_noop("The given names differ by one slip."),
        "nearly_short": gettext_noop("The given names differ by one letter, and they are short."),
        "two_off": gettext_noop("The given names differ by two slips."),
        "alike": gettext_noop("The given names are alike, but not the same."),
        "differs": gettext_noop("The given names differ."),
        "unsaid": gettext_noop("A given name is missing."),
    },
    "family_name": {
        "same": gettext_noop("The family names are the same."),
        "swapped": gettext_noop("The family name stands in the place of the given name."),
        "half_swapped": gettext_noop("The family names differ; one may stand in the place of a given name."),
        "part": gettext_noop("The family names have a part in common: one may be a double name."),
        "nearly": gettext_noop("The family names differ by one slip."),
        "two_off": gettext_noop("The family names differ by two slips."),
        "differs": gettext_noop("The family names differ."),
        "unsaid": gettext_noop("A family name is missing."),
    },
    "sex": {
        "same": gettext_noop("The sex is the same."),
        "differs": gettext_noop("The sex differs."),
        "unsaid": gettext_noop("The sex is missing."),
    },
    "birth_date": {
        "same": gettext_noop("The dates of birth are the same."),
        "day_and_month_swapped": gettext_noop("Day and month of birth stand in each other's place."),
        "only_year_known": gettext_noop("The year of birth is the same; 1 January may stand for an unknown day."),
        "year_off": gettext_noop("Day and month of birth are the same; the year differs by one."),
        "one_digit_off": gettext_noop("The dates of birth differ by one digit."),
        "by_number": gettext_noop("The dates of birth differ, but one agrees with the other's national number."),
        "two_parts": gettext_noop("Two of day, month and year of birth are the same."),
        "differs": gettext_noop("The dates of birth differ."),
        "unsaid": gettext_noop("A date of birth is missing."),
    },
    "number": {
        "same": gettext_noop("The national numbers are the same and fit both entries."),
        "same_but_born_otherwise": gettext_noop(
            "The national numbers are the same, but the dates of birth are not: a sibling's number may have been typed."
        ),
        "same_but_row_says_otherwise": gettext_noop(
            "The national numbers are the same, but do not fit the birth date or sex of an entry."
        ),
        "nearly": gettext_noop("The national numbers differ by a slip, and one of them is not valid."),
        "other_but_row_says_otherwise": gettext_noop(
            "The national numbers differ, but one does not fit its own entry."
        ),
        "differs": gettext_noop("Each entry has a valid national number of its own."),
        "unsaid": gettext_noop("A national number is missing."),
    },
    "parent": {
        "same": gettext_noop("The parent's names are the same."),
        "nearly": gettext_noop("The parent's names differ by one slip."),
        "differs": gettext_noop("The parent's names differ."),
        "unsaid": gettext_noop("A parent's name is missing."),
    },
    "municipality": {
        "same": gettext_noop("The municipality is the same."),
        "differs": gettext_noop("The municipalities differ: the family may have moved."),
        "unsaid": gettext_noop("A municipality is missing."),
    },
    "address": {
        "same": gettext_noop("The address is the same."),
        "street": gettext_noop("The street is the same, the house is another."),
        "differs": gettext_noop("The addresses differ: the family may have moved."),
        "unsaid": gettext_noop("An address is missing."),
    },
}
sayings({f"match_{field}_{level}": text for field, levels in _SENTENCES.items() for level, text in levels.items()})


def explain(pair: Pair) -> tuple[Said, ...]:
    """Each field of `FIELDS` in its order."""
    return tuple(
        Said(field, _KINDS.get(level, Kind.NEARLY), Problem(f"match_{field}_{level}", field))
        for field, level in ((field, pair.levels[field]) for field in FIELDS)
    )
