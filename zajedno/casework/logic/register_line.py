"""One line of the register as it stands here, and whether a row that comes in says the same."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from zajedno.casework.logic.register import RegisterRow
from zajedno.kernel.script import fold
from zajedno.kernel.spreadsheets import gettext_noop, sayings
from zajedno.procedures.logic.definition import Definition, MoveRule

sayings(
    {
        "number_taken": gettext_noop("Another case of the commission already has this registry number."),
        "case_differs": gettext_noop(
            "This case is already here, but with another status, date or measures. Change it here, not by import."
        ),
        "details_differ": gettext_noop(
            "This case is already here. What else this row says differently (parent, address, institution) "
            "is not taken."
        ),
        "row_twice": gettext_noop("The same row stands in the file before."),
        "number_too_long": gettext_noop("The registry number is longer than 60 characters."),
        "name_too_long": gettext_noop("The name is longer than 120 characters."),
        "child_same_number": gettext_noop("A child with this national number is already registered."),
        "child_same_name": gettext_noop("A child of this name and date of birth is already registered."),
        "child_contradicts": gettext_noop(
            "A child who shares the number, or the name and date of birth, is registered with other data."
        ),
        "child_repeats": gettext_noop(
            "The commission knows this child from an earlier request. This is a further one."
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Line:
    """A case as the register has it. `measures` are keys of coded measures or the words of others."""

    number: str
    received: date
    given: str
    family: str
    born: date | None
    step: str
    parent: str = ""
    address: str = ""
    initiator: str = ""
    initiator_name: str = ""
    institution: str = ""
    sitting: date | None = None
    opinion: date | None = None
    measures: tuple[str, ...] = ()


def line_of(row: RegisterRow) -> Line:
    """The line that a row would become."""
    return Line(
        number=row.number, received=row.received, given=row.child.given_name, family=row.child.family_name,
        born=row.child.birth_date, step=row.step, parent=row.child.parent, address=row.child.address,
        initiator=row.initiator, initiator_name=row.initiator_name, institution=row.child.institution,
        sitting=row.sitting, opinion=row.opinion, measures=tuple(one.key or one.text for one in row.measures),
    )  # fmt: skip


def digest_text(line: Line) -> str:
    """All that a line says, folded: equal for the same row in either script. For a keyed hash, not for storage."""
    return "\n".join(
        (
            _text(line.number), _day(line.received), *_names(line), _day(line.born), line.step, _text(line.parent),
            _text(line.address), line.initiator, _text(line.initiator_name), _text(line.institution),
            _day(line.sitting), _day(line.opinion), *_folded(line.measures),
        )
    )  # fmt: skip


def compare(coming: Line, here: Line) -> str:
    """What a row with the number of a case that is here is: "" the same, or the code of what is in its way."""
    same_child = _names(coming) == _names(here) and coming.born == here.born
    if not same_child or coming.received != here.received:
        return "number_taken"
    course = (coming.step, coming.sitting, coming.opinion, _folded(coming.measures))
    if course != (here.step, here.sitting, here.opinion, _folded(here.measures)):
        return "case_differs"
    return "" if digest_text(coming) == digest_text(here) else "details_differ"


def child_key(given: str, family: str, born: date | None) -> str:
    """Equal for two children of the same names, in either order, and birth date: the rule that the database keeps."""
    first, second = sorted((fold(given), fold(family)))
    return f"{_day(born)}|{first}|{second}"


def path_to(definition: Definition, step: str) -> list[MoveRule]:
    """The shortest way of moves from the first step to `step`: what must have happened, at least, to be there."""
    ways: dict[str, list[MoveRule]] = {definition.first: []}
    ahead = [definition.first]
    for here in ahead:
        for move in definition.moves:
            if here in move.from_steps and move.to_step and move.to_step not in ways:
                ways[move.to_step] = [*ways[here], move]
                ahead.append(move.to_step)
    return ways[step]


def opened_to(path: Iterable[MoveRule], part: str) -> list[str]:
    """Fields of the child's file that a part may see after these moves."""
    opened: dict[str, tuple[str, ...]] = {}
    for move in path:
        opened = {field: until for field, until in opened.items() if move.key not in until}
        opened |= {field: tie.until for tie in move.ties if tie.part == part for field in tie.fields}
    return sorted(opened)


def _names(line: Line) -> list[str]:
    return sorted((fold(line.given), fold(line.family)))


def _folded(words: Iterable[str]) -> list[str]:
    return sorted(_text(word) for word in words)


def _text(text: str) -> str:
    return fold(text.replace("_", " "))


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
