"""Under which clause of an agreement somebody sees a file."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from zajedno.casework.models import Case, Participant
from zajedno.casework.queries.case import CaseFile
from zajedno.networks.queries.clause import by_uuids, in_force_for
from zajedno.procedures.logic.definition import MoveRule

if TYPE_CHECKING:
    from zajedno.children.models import Tie
    from zajedno.networks.models import Clause
    from zajedno.places.models import Organisation


def of_ties(ties: "Iterable[Tie]") -> "dict[int, Clause]":
    """The clause under which each tie was given, by the tie's id, with its agreement; for ties that rest on one."""
    known = {tie.pk: tie.clause for tie in ties if tie.clause}
    found = by_uuids(known.values()) if known else {}
    return {pk: found[uuid] for pk, uuid in known.items() if uuid in found}


def standing(case: Case, today: date, **narrowed: object) -> Participant | None:
    """Who takes part today under a clause, the newest first."""
    rows = case.participants.filter(Q(until=None) | Q(until__gte=today), clause__isnull=False, **narrowed)
    return rows.select_related("tie", "clause__agreement", "giver").order_by("-tie__pk").first()


def newest(case: Case, today: date) -> "Clause | None":
    """The clause on which the case rests today, if on any."""
    row = standing(case, today)
    return row.clause if row else None


def giver_of(file: CaseFile, rule: MoveRule) -> "Organisation":
    """The institution that shows the file by a move: whose part makes it, else who keeps the case."""
    made = {file.definition.part[part].of or part for part in rule.by if part in file.parts}
    for row in file.participants:
        if row.part in made and row.tie.organisation:
            return row.tie.organisation
    return file.case.organisation


def offered(file: CaseFile) -> "list[Clause]":
    """Clauses in force for the procedure under which an institution of the actor, or who keeps the case, may give."""
    givers = {row.key for row in file.participants if row.key > 0 and row.key in file.by.keys}
    return list(in_force_for(file.definition.key, file.by.today, givers={*givers, file.case.organisation_id}))
