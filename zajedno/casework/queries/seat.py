"""From which of their posts somebody acts in a case."""

from collections.abc import Collection

from zajedno.casework.queries.case import CaseFile
from zajedno.kernel.actor import Seat
from zajedno.kernel.verbs import Verb, ask


def seat_for(file: CaseFile, verb: Verb, parts: Collection[str] = ()) -> Seat:
    """A post with the verb at an institution that takes part, in one of `parts` when they are named; else any with
    the verb. Refused when there is none."""
    first = ask(file.by, verb)
    return next((seat for seat in file.by.seats_for(verb.key) if _plays(file, seat, parts)), first)


def _plays(file: CaseFile, seat: Seat, parts: Collection[str]) -> bool:
    here = {row.part for row in file.participants if row.key == seat.organisation}
    if not parts:
        return bool(here)
    rules = (file.definition.part[key] for key in parts if key in file.definition.part)
    return any(one.of in here and seat.role == one.role if one.kind == "post" else one.key in here for one in rules)
