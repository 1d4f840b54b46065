"""What somebody asked for and another person decides: found from where cases stand, so that a decision ends it by
itself."""

from collections.abc import Iterable

from zajedno.casework.queries.case import CaseFile, open_to
from zajedno.kernel.actor import Actor
from zajedno.procedures.logic.walk import moves_from
from zajedno.procedures.queries.definition import of_version

MOST = 25


def waiting_for(by: Actor, versions: Iterable[int]) -> list[tuple[CaseFile, str]]:
    """Open cases of these versions in which the actor may decide on what another asked for, with that move; the oldest
    first. Three queries, and none where no procedure wants other eyes."""
    watching = {one: definition.watched for one in versions if (definition := of_version(one)).watched}
    if not watching:
        return []
    rows = open_to(by).filter(version__in=watching, moves__move__in=set().union(*watching.values())).distinct()
    rows = (
        rows.prefetch_related("moves", "participants__tie").select_related("organisation").order_by("received_on", "id")
    )
    found = ((file, _asked(file)) for file in (_read(CaseFile(row, by)) for row in rows[: 4 * MOST]))
    return [(file, asked) for file, asked in found if asked][:MOST]


def _read(file: CaseFile) -> CaseFile:
    """With what was fetched for all of them at once."""
    today = file.by.today
    rows = [one for one in file.case.participants.all() if one.tie.since <= today]
    file.__dict__["participants"] = [one for one in rows if one.tie.until is None or one.tie.until >= today]
    file.__dict__["moves"] = sorted(file.case.moves.all(), key=lambda one: one.position)
    return file


def _asked(file: CaseFile) -> str:
    """The newest move on which the actor may decide now; "" when there is none."""
    decides = [one.move for one in moves_from(file.definition, file.state({})) if one.yours and not one.own]
    watched = {asked for move in decides for asked in move.four_eyes}
    return next((row.move for row in reversed(file.moves) if row.move in watched), "")
