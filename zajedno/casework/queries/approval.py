"""What somebody asked for and another person decides: found from where cases stand, so that a decision ends it by
itself."""

from collections.abc import Iterable

from django.db.models import Q

from zajedno.casework.models import Case
from zajedno.casework.queries.case import CaseFile, Made, Standing, open_to
from zajedno.kernel.actor import Actor
from zajedno.procedures.logic.walk import moves_from
from zajedno.procedures.queries.definition import of_version

MOST = 25


def waiting_for(by: Actor, found: Iterable[Standing]) -> list[tuple[CaseFile, str]]:
    """Open cases in which the actor may decide on what another asked for, with that move; the oldest first. `found`:
    where the actor's open cases stand. A fixed number of queries, and none where no case waits for other eyes."""
    waiting = [one for one in found if not _decided_in(one.version).isdisjoint({one.step, *one.beside})]
    if not waiting:
        return []
    versions = {one.version for one in waiting}
    steps = sorted({step for version in versions for step in _decided_in(version)})
    # by their ids, and institutions apart: joined, the planner goes through every case of the country
    rows = Case.objects.filter(pk__in=list(open_to(by).values_list("pk", flat=True)))
    rows = rows.filter(Q(step__in=steps) | Q(beside__overlap=steps), version__in=versions)
    rows = rows.prefetch_related("organisation", "moves", "participants__tie").order_by("received_on", "id")
    files = ((file, _asked(file)) for file in (_read(CaseFile(row, by)) for row in rows[: 4 * MOST]))
    return [(file, asked) for file, asked in files if asked][:MOST]


def _decided_in(version: int) -> set[str]:
    """The steps from which somebody else decides."""
    return {step for move in of_version(version).moves if move.four_eyes for step in move.from_steps}


def _read(file: CaseFile) -> CaseFile:
    """With what was fetched for all of them at once."""
    today = file.by.today
    rows = [one for one in file.case.participants.all() if one.tie.since <= today]
    file.__dict__["participants"] = [one for one in rows if one.tie.until is None or one.tie.until >= today]
    file.__dict__["moves"] = moves = sorted(file.case.moves.all(), key=lambda one: one.position)
    file.__dict__["made"] = [Made(one.move, one.account, one.happened_on, one.moment) for one in moves]
    return file


def _asked(file: CaseFile) -> str:
    """The move that led here, when the actor may decide on it now; "" when there is nothing to decide."""
    decides = [one.move for one in moves_from(file.definition, file.state({})) if one.yours and not one.own]
    watched = {asked for move in decides for asked in move.four_eyes}
    led = next((row.move for row in reversed(file.moves) if row.from_step != row.to_step), "")
    return led if led in watched else ""
