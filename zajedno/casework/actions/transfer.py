"""Handing a case over: offered by who keeps it, accepted or rejected by who receives it, taken back until then.

From the offer on the receiver may read; who keeps the case changes with acceptance alone. Clocks go on all the while.
"""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.access.queries.account import by_ids
from zajedno.casework.actions import notices
from zajedno.casework.actions.given import AUTOMATIC, next_number
from zajedno.casework.actions.line import add_line, seen_as
from zajedno.casework.actions.participant import hand_over, join, let_go
from zajedno.casework.enums import Afterwards, SittingState, TransferState
from zajedno.casework.logic.passing import ACCEPTED, FORMER, OFFERED, REJECTED, TO, WITHDRAWN
from zajedno.casework.models import Case, Transfer
from zajedno.casework.queries.case import CaseFile, alike, find
from zajedno.casework.queries.needs import consent_for, is_set_aside
from zajedno.casework.queries.receivers import person_can_receive
from zajedno.casework.queries.transfer import answering, offer_of, takers
from zajedno.casework.rules import MOVE_CASE, RECEIVE, RECEIVE_FOR, TRANSFER
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor, Seat
from zajedno.kernel.refusal import NotPermitted, Overtaken, Refused
from zajedno.kernel.verbs import Verb, ask
from zajedno.places.queries.post import carrying
from zajedno.procedures.queries.definition import purposes

if TYPE_CHECKING:
    from zajedno.access.models import Account
    from zajedno.places.models import Organisation


@transaction.atomic
def offer_transfer(
    *,
    by: Actor,
    uuid: UUID,
    receiver: "Organisation",
    message: str,
    seen: int,
    afterwards: str = Afterwards.READ,
    person: "Account | None" = None,
) -> Transfer:
    """Offer a case to an institution, or to one `person` there; they may read it at once.

    `seen` is `moves_made` of the page. Raises NotFound, NotPermitted, Overtaken or Refused: what stands in the way.
    """
    file = find(by, uuid, lock=True)
    seat = ask(by, TRANSFER, file.case.organisation_id)
    seen_as(file, seen)
    _may_be_offered(file)
    _may_take(file, receiver, person)
    if not message.strip():
        raise Refused(_("Write why you hand the case over."), "message")
    _ask_consent(file, receiver)
    row = Transfer.objects.create(
        case=file.case, sender_id=file.case.organisation_id, receiver=receiver, person=person,
        afterwards=Afterwards(afterwards), offered_by=by.account, offered_on=clock.now(),
    )  # fmt: skip
    kept = (one for one in file.participants if one.key == row.sender_id and one.part == file.definition.keeper)
    fields = {field for one in kept for field in one.tie.fields}
    join(by=by, verb=TRANSFER, case=file.case, part=TO, purpose=file.definition.purpose, fields=fields,
         organisation=receiver)  # fmt: skip
    _note(by, file.case, row, OFFERED, seat, message)
    _tell(row, receiver.pk, RECEIVE.key, _("A case was offered to you in Zajedno"),
          _("An institution would like to hand a case over to you. Log in and look at “My work”."))  # fmt: skip
    return row


@transaction.atomic
def accept_transfer(*, by: Actor, uuid: UUID, number: str = AUTOMATIC) -> Transfer:
    """Take a case over: from now on the receiver keeps it. `number`: its own for a case that is registered, or the next
    one of its series; the sender's stays with the transfer."""
    file, row, seat, verb = _to_answer(by, uuid)
    case, keeper = file.case, file.definition.keeper
    same = alike(by, case.child_id, row.receiver_id, file.definition.key)
    if same.exclude(pk=case.pk).exists():
        raise Refused(_("This child already has an open case of this procedure here. Open that one."), "open_already")
    row.number_before = case.number
    case.organisation_id = row.receiver_id
    case.number = _number(by, case, number) if case.number else ""
    try:
        with transaction.atomic():
            case.save(update_fields=["organisation", "number"])
    except IntegrityError:
        raise Refused(_("This number is already taken by another case of yours."), "number_taken") from None
    former = FORMER if row.afterwards == Afterwards.READ else ""
    hand_over(by=by, verb=verb, case=case, part=keeper, key=row.sender_id, to=former)
    hand_over(by=by, verb=verb, case=case, part=TO, key=row.receiver_id, to=keeper)
    _decide(by, row, TransferState.ACCEPTED)
    _note(by, case, row, ACCEPTED, seat)
    _tell(
        row, row.sender_id, TRANSFER.key, _("A case was taken over in Zajedno"),
        _("The institution to which you offered a case has taken it over. Log in and look at “My work”."),
    )  # fmt: skip
    return row


@transaction.atomic
def reject_transfer(*, by: Actor, uuid: UUID, reason: str) -> Transfer:
    """Say no, with the reason. The file closes to the receiver at once, except where another tie holds it open."""
    file, row, seat, verb = _to_answer(by, uuid)
    if not reason.strip():
        raise Refused(_("Write why you do not take the case over."), "reason")
    _decide(by, row, TransferState.REJECTED)
    _note(by, file.case, row, REJECTED, seat, reason)
    _tell(row, row.sender_id, TRANSFER.key, _("A case was not taken over in Zajedno"),
          _("The institution to which you offered a case has not taken it over. Log in and read why."))  # fmt: skip
    let_go(by=by, verb=verb, case=file.case, parts={TO})  # last: afterwards the receiver may write nothing more
    return row


@transaction.atomic
def withdraw_transfer(*, by: Actor, uuid: UUID, reason: str) -> Transfer:
    """Take the offer back while nobody has answered it; the receiver sees nothing from this moment."""
    file = find(by, uuid, lock=True)
    seat = ask(by, TRANSFER, file.case.organisation_id)
    row = _waiting(file)
    if not reason.strip():
        raise Refused(_("Write why you take the offer back."), "reason")
    _decide(by, row, TransferState.WITHDRAWN)
    _note(by, file.case, row, WITHDRAWN, seat, reason)
    let_go(by=by, verb=TRANSFER, case=file.case, parts={TO})
    return row


def end_with_case(by: Actor, file: CaseFile) -> None:
    """The case has ended: nobody waits for an answer, and who kept it before reads it no more."""
    if row := offer_of(file, lock=True):
        _decide(by, row, TransferState.WITHDRAWN)
    let_go(by=by, verb=MOVE_CASE, case=file.case, parts={TO, FORMER})


def _may_be_offered(file: CaseFile) -> None:
    if file.case.closed_on:
        raise Refused(_("The case is closed."), "closed")
    if offer_of(file):
        raise Refused(_("The case is offered already. Take that offer back first."), "offered_already")
    if file.case.agenda.filter(sitting__state=SittingState.PLANNED).exists():
        raise Refused(_("The case is on the agenda of a sitting. Hold the sitting first, or call it off."), "agenda")


def _may_take(file: CaseFile, receiver: "Organisation", person: "Account | None") -> None:
    """Of a kind that keeps such cases, in the country of the procedure, at work, with somebody who receives."""
    if receiver.pk == file.case.organisation_id:
        raise Refused(_("Choose another institution than the one that keeps the case."), "keeper")
    if not takers(file).filter(pk=receiver.pk).exists():
        raise Refused(_("This institution does not keep cases of this procedure. Choose another."), "receiver")
    if person and not person_can_receive(person.pk, file.by.today, receiver.pk):
        raise Refused(_("This person receives no cases at that institution. Choose another."), "person")


def _ask_consent(file: CaseFile, receiver: "Organisation") -> None:
    country = file.case.organisation.territory.country_id
    purpose = next((one for one in purposes(country) if one.key == file.definition.purpose), None)
    wants = purpose is not None and purpose.needs_consent
    if wants and consent_for(file, receiver.pk) is None and not is_set_aside(file, "consent"):
        raise Refused(_("Record the parent's consent to share with this institution first."), "consent")


def _waiting(file: CaseFile) -> Transfer:
    row = offer_of(file, lock=True)
    if row is None:
        raise Overtaken(_("The offer was answered or taken back in the meantime."), "no_offer")
    return row


def _to_answer(by: Actor, uuid: UUID) -> tuple[CaseFile, Transfer, Seat, Verb]:
    file = find(by, uuid, lock=True)
    receives = by.may(RECEIVE.key) or by.may(RECEIVE_FOR.key)
    seat = answering(by, row) if receives and (row := _waiting(file)) else None
    if seat is None:
        raise NotPermitted(_("Only who is offered the case answers, or who may do so for them."), "not_receiver")
    return file, row, seat, RECEIVE if RECEIVE.key in seat.verbs else RECEIVE_FOR


def _number(by: Actor, case: Case, number: str) -> str:
    chosen = number.strip()
    return next_number(case, by.today, take=True) if chosen in ("", AUTOMATIC) else chosen[:60]


def _decide(by: Actor, row: Transfer, state: TransferState) -> None:
    row.state, row.decided_by, row.decided_on = state, by.account, clock.now()
    row.save(update_fields=["state", "decided_by", "decided_on", "number_before"])


def _note(by: Actor, case: Case, row: Transfer, key: str, seat: Seat, text: str = "") -> None:
    """A line of the case's history, and the audit."""
    add_line(by=by, case=case, key=key, post=seat.post, text=text)
    detail = {"transfer": str(row.uuid), "state": str(row.state)}
    verb = TRANSFER if row.state in (TransferState.OFFERED, TransferState.WITHDRAWN) else RECEIVE
    audit.record(by=by, verb=verb.key, about=case, organisation=seat.organisation, detail=detail)


def _tell(row: Transfer, organisation: int, verb: str, subject: Promise, body: Promise) -> None:
    """Those who may act on it there, or the one person it was offered to."""
    posts = carrying(verb, clock.today()).filter(organisation=organisation).select_related("account")
    people = {post.account_id: post.account for post in posts}
    if organisation == row.receiver_id and row.person_id:
        people = by_ids([row.person_id])
    notices.write(row.case, people, f"transfer-{row.pk}-{row.state}", subject, body)
