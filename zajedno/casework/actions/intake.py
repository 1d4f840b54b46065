"""Taking in a request at the counter: child, family, consent, case and submission, wholly or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zajedno.casework.actions.case import drop_draft, open_case
from zajedno.casework.actions.move import move_case
from zajedno.casework.actions.note import write_note
from zajedno.casework.enums import Heard, Initiator
from zajedno.casework.models import Case, DraftRequest
from zajedno.casework.queries import case as cases
from zajedno.children.actions import guardian
from zajedno.children.actions.child import register
from zajedno.children.actions.consent import record as record_consent
from zajedno.children.actions.enrolment import enrol
from zajedno.children.actions.entering import GuardianDetails
from zajedno.children.queries.child import find
from zajedno.children.queries.enrolment import current
from zajedno.children.queries.family import guardians
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import Refused
from zajedno.procedures.queries.definition import of_requests, of_version

if TYPE_CHECKING:
    from zajedno.children.models import Child, Guardian
    from zajedno.places.models import Organisation


@dataclass(frozen=True)
class Answer:
    """The parent's answer: given or refused, by whom (a guardian's uuid, or the place in `Intake.guardians`)."""

    answer: str
    giver: str
    given_on: date
    proof: str = ""


@dataclass(frozen=True)
class Intake:
    """What was written at the counter. `organisation` is the actor's own: it registers the child.

    `known` is an existing child the actor may see; otherwise `child` holds given_name, family_name, birth_date, sex,
    address, language. `informed` says how the parent was told; empty when that comes later.
    """

    organisation: "Organisation"
    initiator: str
    commission: "Organisation"
    received_on: date
    known: UUID | None = None
    child: Mapping[str, Any] = field(default_factory=dict)
    number: str = ""
    another_child: bool = False
    guardians: Sequence[GuardianDetails] = ()
    school: "Organisation | None" = None
    class_name: str = ""
    request: Mapping[str, Any] = field(default_factory=dict)
    informed: str = ""
    answer: Answer | None = None
    submit: bool = False


@transaction.atomic
def take_in(*, by: Actor, intake: Intake, draft: DraftRequest | None = None) -> Case:
    """Register what is new, open the case, submit it when asked to, and let go of the draft.

    Raises what the verbs inside raise (LikelySame, NotFound, Refused); then nothing at all was written.
    """
    child = find(by, intake.known) if intake.known else _register(by, intake)
    new = [
        guardian.add(
            by=by, child=child, kind=one.kind, name=one.name, represents=one.represents, phone=one.phone,
            email=one.email, address=one.address,
        )
        for one in intake.guardians
    ]  # fmt: skip
    if intake.school and not current(child, by.today).filter(organisation=intake.school).exists():
        enrol(by=by, child=child, organisation=intake.school, since=intake.received_on, class_name=intake.class_name)
    asked = of_requests(intake.commission.territory.country_id)
    case = open_case(
        by=by, child=child, keeper=intake.commission, procedure=asked.key, initiator=intake.initiator,
        initiated_by=intake.organisation if intake.initiator == Initiator.INSTITUTION else None,
        received_on=intake.received_on, request=intake.request,
    )  # fmt: skip
    _consent(by, intake, child, case, new)
    if intake.submit:
        given = {"happened_on": intake.received_on}
        move_case(by=by, uuid=case.uuid, move=asked.opening.submits, seen=case.moves_made, given=given)
    if draft is not None:
        drop_draft(by=by, draft=draft)
    return case


def _register(by: Actor, intake: Intake) -> "Child":
    numbers = {"national": intake.number} if intake.number else {}
    return register(
        by=by, organisation=intake.organisation, numbers=numbers, confirm_distinct=intake.another_child,
        residence=intake.commission.territory, **intake.child,
    )  # fmt: skip


def _consent(by: Actor, intake: Intake, child: "Child", case: Case, new: "list[Guardian]") -> None:
    """How the parent was told, and what they answered."""
    if intake.informed:
        file = cases.find(by, case.uuid)
        write_note(by=by, file=file, kind=Heard.INFORMED, text=intake.informed, happened_on=intake.received_on)
    if intake.answer is None:
        return
    chosen = intake.answer
    giver = new[int(chosen.giver)] if chosen.giver.isdecimal() and int(chosen.giver) < len(new) else None
    if giver is None and not chosen.giver.isdecimal():
        giver = guardians(child).filter(uuid=chosen.giver).first()
    if giver is None:
        raise Refused(_("Choose the parent or guardian who answered."), "no_giver")
    record_consent(
        by=by, child=child, purpose=of_version(case.version_id).purpose, recipients=[intake.commission],
        given_on=chosen.given_on, giver=giver, answer=chosen.answer, proof=chosen.proof,
    )  # fmt: skip
