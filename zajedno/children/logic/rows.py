"""A row of a register of children, read into one child or refused with the reasons; and who may be the same child."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from zajedno.children.logic.cells import National, is_blank, read_national, text_of
from zajedno.children.logic.names import Name, read_name
from zajedno.kernel.script import fold
from zajedno.kernel.spreadsheets import Cell, Problem, RefusedRow, gettext_noop, read_day, sayings

_MALE = frozenset(["m", "muski", "musko", "male", "boy", "decak", "djecak", "ferfi", "fiu", "mashkull", "1"])
_FEMALE = frozenset(
    ["f", "z", "zenski", "zensko", "female", "girl", "devojcica", "djevojcica", "no", "lany", "femer", "2"]
)
_URBAN = frozenset(
    ["urban", "u", "gradsko", "gradska", "gradsko naselje", "grad", "varos", "varosi", "qytet", "town", "city"]
)
_RURAL = frozenset(
    ["rural", "ostalo", "ostala", "ostalo naselje", "selo", "seosko", "seosko naselje", "falu", "kozseg", "fshat",
     "village"]
)  # fmt: skip

sayings(
    {
        "nothing_to_know_by": gettext_noop(
            "Neither a date of birth nor a valid national number: this child cannot be told from others of that name."
        ),
        "birth_from_number": gettext_noop("The date of birth is missing; it is taken from the national number."),
        "birth_date_not_read": gettext_noop(
            "The date of birth cannot be read; the one in the national number is taken. Check it."
        ),
        "number_and_birth_differ": gettext_noop(
            "The date of birth and the one in the national number differ. Check both."
        ),
        "number_and_sex_differ": gettext_noop("The sex and the one in the national number differ. Check both."),
        "sex_unreadable": gettext_noop("The sex cannot be read. It is left empty."),
        "settlement_unreadable": gettext_noop("The kind of settlement cannot be read. It is left empty."),
    }
)


@dataclass(frozen=True, slots=True)
class ChildRow:
    """One child of a register, ready to be registered. `national_number` is valid or empty; warnings for a person."""

    given_name: str
    family_name: str
    birth_date: date
    sex: str = ""
    national_number: str = ""
    record: str = ""
    parent: str = ""
    municipality: str = ""
    address: str = ""
    institution: str = ""
    school_class: str = ""
    settlement: str = ""
    warnings: tuple[Problem, ...] = ()


def read_child_row(raw: Mapping[str, Cell], today: date, number: int = 0) -> ChildRow | RefusedRow:
    """The child in a row (field of `columns.CHILD_COLUMNS` -> cell) of row `number`, or all reasons why there is none.

    A wrong national number does not cost the child its row: it is left out, with a warning.
    """
    name = name_in(raw)
    filled = [value for value in raw.values() if value is not None]
    if len(filled) == 1 and len(raw) > 3:
        return RefusedRow(number, (Problem("looks_like_note"),))
    identity = read_national(raw.get("national_number"), today)
    born, sex, warnings, faults = _who(raw, identity, today)
    missing = [problem for problem in name.problems if problem.code.endswith("_missing")]
    if missing or born is None:
        return RefusedRow(number, (*missing, *faults))
    settlement = settlement_of(raw.get("settlement"))
    unread = [Problem("settlement_unreadable", "settlement")] if settlement is None else []
    notes = (*(problem for problem in name.problems if problem not in missing), *warnings, *unread)
    return ChildRow(
        given_name=name.given,
        family_name=name.family,
        birth_date=born,
        sex=sex,
        national_number=identity.text,
        record=text_of(raw.get("record")),
        parent=text_of(raw.get("parent")) or name.parent,
        municipality=text_of(raw.get("municipality")),
        address=text_of(raw.get("address")),
        institution=text_of(raw.get("institution")),
        school_class=text_of(raw.get("class")),
        settlement=settlement or "",
        warnings=notes,
    )


def name_in(raw: Mapping[str, Cell]) -> Name:
    """The name in a row, whichever columns it stands in."""
    first = text_of(raw.get("full_name_family_first"))
    return read_name(
        text_of(raw.get("given_name")),
        text_of(raw.get("family_name")),
        first or text_of(raw.get("full_name")),
        family_first=bool(first),
    )


def _who(
    raw: Mapping[str, Cell], identity: National, today: date
) -> tuple[date | None, str, list[Problem], list[Problem]]:
    """Birth date, sex, warnings, and the faults when there is no birth date."""
    written = raw.get("birth_date")
    day, fault = read_day(None if is_blank(written) else written, today, "birth_date")
    warnings = [identity.problem] if identity.problem else []
    sex = sex_of(raw.get("sex"))
    if sex is None:
        warnings.append(Problem("sex_unreadable", "sex"))
    elif sex and identity.sex and sex != identity.sex:
        warnings.append(Problem("number_and_sex_differ", "sex"))
    if day and identity.born and day != identity.born:
        warnings.append(Problem("number_and_birth_differ", "birth_date"))
    if day is None and identity.born:
        day = identity.born
        warnings.append(Problem("birth_date_not_read" if fault else "birth_from_number", "birth_date"))
    faults = [fault or Problem("nothing_to_know_by", "birth_date"), *warnings] if day is None else []
    return day, sex or identity.sex, warnings, faults


def sex_of(value: Cell) -> str | None:
    """M, F, empty when nothing is said, None when it cannot be read."""
    if is_blank(value) or value == "-":
        return ""
    word = fold(text_of(value))
    if word in _MALE:
        return "M"
    return "F" if word in _FEMALE else None


def settlement_of(value: Cell) -> str | None:
    """Urban, rural, empty when nothing is said, None when it cannot be read."""
    if is_blank(value) or value == "-":
        return ""
    word = fold(text_of(value))
    if word in _URBAN:
        return "urban"
    return "rural" if word in _RURAL else None


class Person(Protocol):
    """What is needed to tell whether two may be the same child."""

    @property
    def given_name(self) -> str: ...
    @property
    def family_name(self) -> str: ...
    @property
    def birth_date(self) -> date | None: ...
    @property
    def national_number(self) -> str: ...


def likeness_keys(child: Person) -> frozenset[str]:
    """Keys of which two children that may be the same share one: the number, or the day of birth with the folded name.

    The words of the name are sorted, so that swapped names meet. Keys hold personal data: for memory, not for storage.
    """
    keys = set()
    if child.national_number:
        keys.add(f"number:{child.national_number}")
    if child.birth_date:
        words = sorted(fold(f"{child.given_name} {child.family_name}").split())
        keys.add(f"name:{child.birth_date.isoformat()}:{' '.join(words)}")
    return frozenset(keys)


def same_child(a: Person, b: Person) -> str:
    """Why `a` and `b` may be the same child: "number", "name" or "". A proposal for a person, never a fact."""
    shared = likeness_keys(a) & likeness_keys(b)
    return min((key.split(":")[0] for key in shared), key=("number", "name").index, default="")
