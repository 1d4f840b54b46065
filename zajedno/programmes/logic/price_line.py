"""What a price list that comes in makes of the one that is here: the days of each price, without overlaps."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

DAY = timedelta(days=1)
NEW, SAME, ENDS = "new", "same", "ends"


@dataclass(frozen=True)
class Span:
    """A price of one thing. `row`: of the file, 0 for one that is here already (with its id)."""

    unit: str
    amount: Decimal
    currency: str
    payer: str
    since: date
    until: date | None = None
    row: int = 0
    id: int = 0

    def says(self) -> tuple[object, ...]:
        return self.unit.casefold(), self.amount, self.currency, self.payer, self.since

    def meets(self, other: "Span") -> bool:
        return not ((self.until and self.until < other.since) or (other.until and other.until < self.since))


@dataclass(frozen=True)
class Outcome:
    """`kind`: NEW, SAME, ENDS (the one that is here gets its last day), or empty with the span it meets. `ended`: the
    one before, which ends the day before this one begins."""

    kind: str
    span: Span
    meets: Span | None = None
    ended: Span | None = None


def put(line: list[Span], new: Span) -> Outcome:
    """What becomes of a row; `line` is changed as the price list would be."""
    for at, old in enumerate(line):
        if old.says() != new.says():
            continue
        if old.row:
            return Outcome("", new, old)
        if old.until == new.until or (new.until is None and old.until is not None and _followed(line, old)):
            return Outcome(SAME, old)
        if old.until is None and new.until is not None:
            line[at] = replace(old, until=new.until)
            return Outcome(ENDS, line[at])
    ended = next((old for old in line if old.until is None and old.since < new.since), None)
    rest = [replace(old, until=new.since - DAY) if old is ended else old for old in line]
    if met := next((old for old in rest if old.meets(new)), None):
        return Outcome("", new, met)
    line[:] = [*rest, new]
    return Outcome(NEW, new, None, ended)


def _followed(line: list[Span], old: Span) -> bool:
    """Was its last day only made by the price after it?"""
    return any(old.until is not None and other.since == old.until + DAY for other in line)
