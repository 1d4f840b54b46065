"""A referral that another system sends waits apart. Nothing is written about any child until somebody of the receiver
has said whom it is about; from then on it is a referral of this house, along its own procedure."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.access.actions import audit, outbox
from zajedno.casework.actions.arrival_case import refer
from zajedno.casework.enums import ArrivalState
from zajedno.casework.logic.fhir.check import Problem
from zajedno.casework.logic.fhir.read import RULE, Arriving, Unreadable, read
from zajedno.casework.models import Arrival, Case
from zajedno.casework.queries.arrival import Opened, codes, find
from zajedno.casework.queries.receivers import can_receive
from zajedno.casework.rules import OPEN_CASE, RECEIVE
from zajedno.children.actions.child import register
from zajedno.children.actions.entering import GuardianDetails
from zajedno.children.queries.child import find as find_child
from zajedno.kernel import clock, sealed
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound, Overtaken, Refused
from zajedno.kernel.verbs import ask
from zajedno.places.queries.organisation import by_code, by_ids
from zajedno.places.queries.post import carrying
from zajedno.procedures.queries.definition import current

if TYPE_CHECKING:
    from zajedno.children.models import Child
    from zajedno.places.models import Organisation

SENT, READ = "casework.send_arrival", "casework.read_arrival"
URGENT = ("urgent", "asap", "stat")


@transaction.atomic
def receive(*, by: Actor, content: Mapping[str, Any]) -> tuple[Arrival, bool]:
    """Keep a referral that a system sends in the name of `by`, and whether it is new. Raises NotPermitted, or
    Unreadable: then nothing was kept."""
    ask(by, OPEN_CASE)
    says = read(content, codes(), by.today)
    sender, receiver = _sender(by, says), _receiver(by, says)
    if receiver.pk == sender.pk:
        raise _refused("performer", "to_oneself")
    try:
        current(codes().procedure, receiver.territory.country_id)
    except NotFound:
        raise _refused("performer", "no_procedure") from None
    number = sealed.blind(says.number, "arrival")
    row = Arrival(
        number=number, sender=sender, receiver=receiver, sent_by=by.account, sent_on=clock.now(),
        urgent=says.priority in URGENT,
    )  # fmt: skip
    row.content = sealed.seal(json.dumps(content).encode(), row.bound_to())
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        return Arrival.objects.select_related("sender", "receiver").get(sender=sender, number=number), False
    audit.record(by=by, verb=SENT, about=row, organisation=sender.pk, detail={"receiver": receiver.pk})
    tell_receivers(
        row, "arrival", gettext_lazy("A referral has come in to Zajedno"),
        gettext_lazy("A referral was sent to your institution from another system. Log in and look at “My work”."),
    )  # fmt: skip
    return row, True


def _refused(field: str, said: str) -> Unreadable:
    return Unreadable([Problem(f"ServiceRequest.{field}", RULE, said)])


def _sender(by: Actor, says: Arriving) -> "Organisation":
    """Where `by` may begin a case; the one that the referral names, where there are several."""
    own = by_ids(by.organisations_for(OPEN_CASE.key))
    chosen = [one for one in own.values() if says.requester in ("", one.code)]
    if len(chosen) != 1:
        raise _refused("requester", "requester")
    return chosen[0]


def _receiver(by: Actor, says: Arriving) -> "Organisation":
    """An institution at work, where somebody receives. One that does not and none at all are answered alike."""
    found = by_code(says.receiver)
    if found is None or not can_receive(found, by.today):
        raise _refused("performer", "receiver")
    return found


def tell_receivers(row: Arrival, key: str, subject: Promise, body: Promise) -> None:
    """A letter to each who receives there; it says where to look, never of whom."""
    posts = carrying(RECEIVE.key, clock.today()).filter(organisation=row.receiver_id).select_related("account")
    accounts = {f"{key}-{row.uuid}-{post.account_id}": post.account for post in posts}
    outbox.write_each(to=accounts, subject=subject, body=body)


@transaction.atomic
def open_arrival(*, by: Actor, uuid: UUID) -> Opened:
    """A waiting referral to read; that somebody did stands in the trail."""
    ask(by, RECEIVE)
    row = find(by, uuid)
    if row.content is None:
        raise NotFound("")  # it was decided on
    audit.record(by=by, verb=READ, about=row, organisation=row.receiver_id)
    return Opened(row, _says(row))


def _says(row: Arrival) -> Arriving:
    """As it stood on the day it came."""
    return read(json.loads(sealed.unseal(row.content or b"", row.bound_to())), codes(), clock.day_of(row.sent_on))


@transaction.atomic
def take_in(*, by: Actor, uuid: UUID, child: UUID | None, distinct: bool = False, clause: str = "") -> Case:
    """Say whom it is about: a child that the actor sees, or (None) one that the receiver registers now. The referral
    then stands on the desk as any other, to be accepted or declined. `clause`: under which of several.

    Raises what the verbs inside raise (LikelySame unless `distinct`, Refused, NotPermitted); then nothing was written.
    """
    row = _undecided(by, uuid)
    says, receiver, sender = _says(row), row.receiver, row.sender
    found = find_child(by, child) if child else _registered(by, receiver, says, distinct)
    case = refer(
        by=by, row=row, says=says, child=found, sender=sender, receiver=receiver, codes=codes(), clause=clause
    )  # fmt: skip
    row.case = case
    _decide(by, row, ArrivalState.TAKEN)
    return case


def _registered(by: Actor, receiver: "Organisation", says: Arriving, distinct: bool) -> "Child":
    giver = says.giver
    return register(
        by=by, organisation=receiver, given_name=says.given_name, family_name=says.family_name,
        birth_date=says.birth_date, sex=says.sex, address=says.address, numbers=dict(says.numbers),
        guardians=[GuardianDetails(kind=giver.kind, name=giver.name, represents=True, phone=giver.phone)],
        confirm_distinct=distinct,
    )  # fmt: skip


@transaction.atomic
def turn_down(*, by: Actor, uuid: UUID, reason: str) -> Arrival:
    """Say no before it became a case of anybody. The reason goes to the sender; what was sent is not kept."""
    row = _undecided(by, uuid)
    if not reason.strip():
        raise Refused(_("Write why you turn it down."), "reason")
    row.reason = " ".join(reason.split())[:250]
    _decide(by, row, ArrivalState.TURNED_DOWN)
    return row


def _undecided(by: Actor, uuid: UUID) -> Arrival:
    """Locked; whoever comes second is told that it was decided meanwhile."""
    ask(by, RECEIVE)
    row = find(by, uuid, lock=True)
    if row.state != ArrivalState.WAITING:
        raise Overtaken(_("Somebody else has decided on this referral."), "decided")
    return row


def _decide(by: Actor, row: Arrival, state: ArrivalState) -> None:
    row.state, row.content, row.decided_by, row.decided_on = state, None, by.account, clock.now()
    row.save(update_fields=["state", "content", "case", "reason", "decided_by", "decided_on"])
    detail = {"state": str(state)}
    audit.record(by=by, verb=RECEIVE.key, about=row, organisation=row.receiver_id, detail=detail)
