"""Referrals that other systems sent: what waits for an institution, and how the sender's stand."""

from dataclasses import dataclass
from typing import Any
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
