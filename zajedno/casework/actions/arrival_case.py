"""A referral that came from another system becomes a case: begun and sent in the name of who sent it, by the moves that
`packs/common/fhir.toml` names, with every need of the procedure asked for as always."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from zajedno.casework.actions.case import open_case
from zajedno.casework.actions.move import move_case
from zajedno.casework.actions.note import write_note
from zajedno.casework.enums import Heard, Initiator
from zajedno.casework.logic.fhir.codes import Codes
from zajedno.casework.logic.fhir.read import Arriving, Giver
from zajedno.casework.models import Arrival, Case
from zajedno.casework.queries import case as cases
from zajedno.casework.queries.arrival import takes_clause
from zajedno.casework.rules import OPEN_CASE, RECEIVE
from zajedno.children.actions.consent import record
from zajedno.children.actions.guardian import add
from zajedno.children.actions.tie import change_fields, end_tie, write_tie
from zajedno.children.enums import Field
from zajedno.children.queries.family import guardians
from zajedno.kernel.actor import Actor
from zajedno.kernel.fence import RUNTIME, acting
from zajedno.kernel.refusal import Refused
from zajedno.kernel.script import fold
from zajedno.places.queries.actor import actor_for
from zajedno.procedures.logic.check_clause import CLAUSE
from zajedno.procedures.logic.definition import Definition
from zajedno.procedures.logic.needs import named
from zajedno.procedures.queries.definition import current

if TYPE_CHECKING:
    from zajedno.children.models import Child, Consent, Guardian
    from zajedno.places.models import Organisation

# What who sent it reads afterwards: how its referral stands. Of the file here it learns nothing, also where somebody
# took the child for another.
SENDER_READS = (Field.REQUEST, Field.REPORTS)


def refer(
    *, by: Actor, row: Arrival, says: Arriving, child: "Child", sender: "Organisation", receiver: "Organisation",
    codes: Codes, clause: str = "",
) -> Case:  # fmt: skip
    """The case, sent to the receiver. Within the transaction of who takes it in. `clause`: where several fit."""
    definition = current(codes.procedure, receiver.territory.country_id).definition
    other = _sender(by, row)
    consent = _consent(by, says, child, [sender, receiver], definition.purpose)
    door = write_tie(
        by=by, verb=RECEIVE, child=child, organisation=sender, purpose=definition.purpose, fields=[Field.REQUEST],
        consent=consent, reason=_("A referral that it sent from its own system"),
    )  # fmt: skip
    with acting(RUNTIME, row.sent_by):  # what who sent it has asked for by sending it
        case = open_case(
            by=other, child=child, keeper=sender, procedure=definition.key, initiator=Initiator.INSTITUTION,
            initiated_by=sender,
        )  # fmt: skip
        _narrow(other, case)
        file = cases.find(other, case.uuid)
        day = min(says.given_on, by.today)
        told = _("The parent was told and agreed, as the system that sent the referral says.")
        write_note(by=other, file=file, kind=Heard.INFORMED, text=told, happened_on=day)
        for move in codes.sends:
            given = _given(definition, move, says, receiver) | _clause(definition, move, clause)
            seen = cases.find(other, case.uuid).case.moves_made
            move_case(by=other, uuid=case.uuid, move=move, seen=seen, given=given)
    end_tie(by=by, verb=RECEIVE, tie=door)
    return case


def _sender(by: Actor, row: Arrival) -> Actor:
    """Who sent it, at the institution for which they did, if they still work there."""
    whole = actor_for(row.sent_by, by.today)
    other = replace(whole, seats=tuple(seat for seat in whole.seats if seat.organisation == row.sender_id))
    if not other.may(OPEN_CASE.key):
        raise Refused(
            _("Who sent this referral no longer works at that institution. Ask it to send the referral again."), "left"
        )
    return other


def _consent(by: Actor, says: Arriving, child: "Child", to: "list[Organisation]", purpose: str) -> "Consent":
    return record(
        by=by, child=child, purpose=purpose, recipients=to, giver=_guardian(by, says.giver, child),
        given_on=says.given_on, until=says.until, proof=_("Consent sent with the referral from another system"),
    )  # fmt: skip


def _guardian(by: Actor, giver: Giver, child: "Child") -> "Guardian":
    """The one of that name who represents the child; else the sender's word for a new one."""
    known = guardians(child).filter(represents=True)
    same = next((one for one in known if sorted(fold(one.name).split()) == sorted(fold(giver.name).split())), None)
    return same or add(by=by, child=child, kind=giver.kind, name=giver.name, represents=True, phone=giver.phone)


def _narrow(other: Actor, case: Case) -> None:
    for part in case.participants.select_related("tie").filter(key=case.organisation_id):
        part.tie.child = case.child
        change_fields(by=other, verb=OPEN_CASE, tie=part.tie, fields=SENDER_READS)


def _given(definition: Definition, move: str, says: Arriving, receiver: "Organisation") -> dict[str, Any]:
    """What the move asks for: the institution that was chosen, and the words."""
    words = "\n".join(filter(None, (says.asked, says.words)))
    asks = definition.move[move].asks
    return {name: receiver if named(name)[0] == "part" else words for name in asks}


def _clause(definition: Definition, move: str, clause: str) -> dict[str, Any]:
    return {CLAUSE: clause} if clause and takes_clause(definition, move) else {}
