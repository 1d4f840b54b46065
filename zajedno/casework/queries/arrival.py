"""Referrals that other systems sent: what waits for an institution, and how the sender's stand."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from zajedno.casework.enums import ArrivalState
from zajedno.casework.logic.fhir.codes import Codes, load
from zajedno.casework.logic.fhir.read import Arriving
from zajedno.casework.models import Arrival, Case
from zajedno.casework.rules import OPEN_CASE, RECEIVE
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.networks.queries.clause import fitting
from zajedno.procedures.logic.check_clause import CLAUSE
from zajedno.procedures.logic.definition import Definition
from zajedno.procedures.queries.definition import current

if TYPE_CHECKING:
    from zajedno.networks.models import Clause


@dataclass(frozen=True)
class Opened:
    """What a waiting referral says."""

    row: Arrival
    says: Arriving


def codes() -> Codes:
    return load(settings.PACKS_DIR)


def waiting(by: Actor) -> QuerySet[Arrival]:
    """What waits in the institutions where the actor receives: urgent ones first, then the oldest."""
    rows = Arrival.objects.filter(receiver__in=by.organisations_for(RECEIVE.key), state=ArrivalState.WAITING)
    return rows.select_related("sender", "receiver").defer("content").order_by("-urgent", "sent_on", "id")


def find(by: Actor, uuid: UUID, *, lock: bool = False) -> Arrival:
    """One that came to an institution where the actor receives; NotFound for another's as for none."""
    rows = Arrival.objects.filter(receiver__in=by.organisations_for(RECEIVE.key), uuid=uuid)
    row = rows.select_for_update().first() if lock else rows.select_related("sender", "receiver").first()
    if row is None:
        raise NotFound("")
    return row


def takes_clause(definition: Definition, move: str) -> bool:
    """May a clause be chosen with that move?"""
    rule = definition.move[move]
    return CLAUSE in (*rule.asks, *rule.may_give)


def clauses(row: Arrival, today: date) -> "list[Clause]":
    """Under which of them it may be taken in, the usual one first; none where the procedure asks for none."""
    known = codes()
    definition = current(known.procedure, row.receiver.territory.country_id).definition
    if not any(takes_clause(definition, move) for move in known.sends):
        return []
    return fitting(
        procedure=definition.key, purpose=definition.purpose, giver=row.sender, receiver=row.receiver, day=today
    )  # fmt: skip


def sent(by: Actor, uuid: UUID) -> Arrival:
    """One that the actor's institution sent; NotFound for another's as for none."""
    rows = Arrival.objects.filter(sender__in=by.organisations_for(OPEN_CASE.key), uuid=uuid)
    row = rows.select_related("sender", "receiver").defer("content").first()
    if row is None:
        raise NotFound("")
    return row


def task_of(row: Arrival) -> dict[str, Any]:
    """How it stands, as a Task of FHIR: nothing in it tells whom it is about."""
    known = codes()
    system = known.systems["organisation"]
    step = Case.objects.filter(pk=row.case_id).values_list("step", flat=True).first() if row.case_id else None
    status = known.said("step", step) if step else known.said("arrival", row.state)
    changed = row.decided_on or row.sent_on
    return {
        "resourceType": "Task",
        "id": str(row.uuid),
        "status": status,
        **({"statusReason": {"text": row.reason}} if row.reason else {}),
        "intent": "order",
        "priority": "urgent" if row.urgent else "routine",
        "authoredOn": row.sent_on.isoformat(timespec="seconds"),
        "lastModified": changed.isoformat(timespec="seconds"),
        "requester": {"identifier": {"system": system, "value": row.sender.code}},
        "owner": {"identifier": {"system": system, "value": row.receiver.code}},
    }
