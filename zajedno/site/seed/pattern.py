"""A case as the verbs write it, with holes where each child, place, person and day goes. Plain: it is sent to another
process."""

from dataclasses import dataclass, field

from zajedno.procedures.logic.definition import DeadlineRule

Cell = tuple[object, ...]  # what stands in a column: a word for its kind, then what the kind needs

AS_IS = "as is"  # text, the same in every case
OWN = "own"  # table, place: the id of a row of this case
CHILD, GUARDIAN = "child", "guardian"
OFFICE = "office"  # place among `offices`
PERSON, POST = "person", "post"  # place among `people`
MINUS = "minus"  # cell: an account as a key of ties
DAY, MOMENT = "day", "moment"  # place among `days`, days later; of a moment also the time of day
UUID, BYTES = "uuid", "bytes"
SEALED = "sealed"  # plain bytes, what they are bound to beside the row
NUMBER = "number"  # series, place among `days`: the registry number
ADDRESS = "address"  # of a parent who logs in
NUMBERED = "numbered"  # text with {} where the registry number goes
CLAUSE, CLAUSE_UUID = "clause", "clause uuid"  # of the procedure named
DUE, DUE_AT, PAUSES, MISSED, REMINDED = "due", "due at", "pauses", "missed", "reminded"  # of the clock in the row
ACL, DUE_ON, DUE_KEY = "acl", "due on", "due key"  # what triggers keep in the row of a case
NULL = r"\N"


@dataclass(frozen=True, slots=True)
class Office:
    """An institution of the pattern: the first of its kind in the place, the second …; `kinds` may stand in for it."""

    kind: str
    place: int
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """Who holds a post there: the first of that role and seat, the second …"""

    office: int
    role: str
    seat: str
    place: int


@dataclass(frozen=True, slots=True)
class ClockRow:
    """A clock with everything that its day is reckoned from; days are places among `days`, None: not yet."""

    case: int
    rule: DeadlineRule
    started: int
    stopped: int | None
    paused: int | None
    pauses: tuple[tuple[int, int, str], ...]


@dataclass(frozen=True, slots=True)
class Row:
    table: str
    place: int  # among the rows of the table
    cells: tuple[Cell, ...]
    clock: ClockRow | None = None


@dataclass(frozen=True)
class Pattern:
    """`country`, `within`: codes of territories where it may happen, none for anywhere in the country."""

    procedure: str
    step: str
    ended: bool
    within: tuple[str, ...]
    days: tuple[int, ...]  # of the telling: something happened on each, the first is the opening
    offices: tuple[Office, ...]
    opener: int  # place of the office that began it
    people: tuple[Person, ...]
    rows: tuple[Row, ...]
    ties: tuple[tuple[Cell, int, Cell], ...] = ()  # key, place of the day it begins, last day
    parts: tuple[tuple[int, int], ...] = ()  # place of a case, of the tie behind a part in it
    columns: dict[str, tuple[str, ...]] = field(default_factory=dict, compare=False)
    parents: bool = False  # a parent comes to the family desk

    @property
    def lasts(self) -> int:
        return self.days[-1] - self.days[0]

    def many(self, table: str) -> int:
        return sum(row.table == table for row in self.rows)
