"""What a phone sends is kept once: given to its child where everything fits, else held until a person decides.

Nothing that arrived is ever lost, and nothing is attached to a child without a code, a tie and, where needed, consent.
"""

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.children.actions.assessment import take_in
from zajedno.children.actions.notice import tell_of_held
from zajedno.children.enums import Held
from zajedno.children.models import Assessment, Child, Submission, SubmissionFile
from zajedno.children.queries.child import visible_to
from zajedno.children.queries.field_code import meant
from zajedno.children.queries.submission import Opened, day_of, find_held, form_of, key_for, opened, sheet_of
from zajedno.children.rules import TAKE_HELD
from zajedno.forms.logic.field import Arrived, read
from zajedno.forms.queries.form import Loaded
from zajedno.kernel import clock, sealed
from zajedno.kernel.actor import Actor
from zajedno.kernel.pictures import bare, media_type
from zajedno.kernel.refusal import NotFound, NotPermitted, Overtaken, Refused
from zajedno.kernel.verbs import ask

if TYPE_CHECKING:
    from zajedno.places.models import Device

logger = logging.getLogger(__name__)
RECEIVED, OPENED, FILE_READ = "children.receive_submission", "children.read_held", "children.read_field_file"


@dataclass(frozen=True, slots=True)
class Sent:
    """A file beside a sheet. Only pictures are kept (`kernel.pictures.KINDS`). `name`: at most 200 signs."""

    name: str
    content: bytes


@transaction.atomic
def receive(*, by: Actor, device: "Device", xml: bytes, files: Sequence[Sent] = ()) -> Submission | None:
    """Keep a sheet and its pictures. Sent again, only pictures that are new are added; None: it is known elsewhere.

    `by` sits at the device's post alone. Raises BadSubmission for what no phone would send.
    """
    arrived = read(xml)
    row = _known(arrived) or _first(by, device, arrived, xml)
    if row is not None:
        _keep(by, row, files)
    return row


def _known(arrived: Arrived) -> Submission | None:
    """Locked: who gives it to a child just now seals its pictures anew."""
    return Submission.objects.select_for_update().filter(instance=arrived.instance).first()


def _first(by: Actor, device: "Device", arrived: Arrived, xml: bytes) -> Submission | None:
    """Held until it fits: so that it is there whatever happens next, and whoever sends it at the same time waits."""
    row = Submission(
        instance=arrived.instance, device=device, organisation=device.post.organisation_id, form=arrived.form[:80],
        form_version=arrived.version[:40], received_on=clock.now(), held=Held.FORM,
    )  # fmt: skip
    row.content = sealed.seal(xml, row.bound_to())
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        return _known(arrived)
    row.held = _settle(by, row, arrived)
    row.save(update_fields=["held", "content", "assessment"])
    detail = {"form": row.form, "held": str(row.held), "device": str(device.uuid)}
    audit.record(by=by, verb=RECEIVED, about=row, organisation=row.organisation, detail=detail)
    if row.held:
        tell_of_held(by, row.organisation)
    return row


def _settle(by: Actor, row: Submission, arrived: Arrived) -> str:
    """Give the sheet to its child; or why not."""
    form = form_of(arrived)
    if form is None:
        return Held.FORM
    code = meant(row.device, arrived.code)
    if code is None:
        return Held.CODE
    child = visible_to(by).filter(pk=code.child_id).first()
    if child is None:
        return Held.TIE
    try:
        _give(by, row, arrived, form, child)
    except (NotPermitted, NotFound):
        return Held.TIE
    except Refused as refusal:
        return Held.CONSENT if refusal.code == "consent" else Held.ANSWERS
    except Exception:
        # a form whose score breaks, a file whose key is gone: the sheet must not be lost with it
        logger.exception("a submission could not be taken in")
        return Held.ANSWERS
    return ""


@transaction.atomic
def _give(by: Actor, row: Submission, arrived: Arrived, form: Loaded, child: Child) -> Assessment:
    day = day_of(arrived, clock.day_of(row.received_on))
    sheet = sheet_of(form, arrived, day)
    if sheet.unknown:
        raise Refused(_("There are answers to questions that this form does not have."), "answers")
    made = take_in(
        by=by, child=child, form=form, answers=sheet.answers(), instance=row.instance, day=day,
        filled_by=row.device.post.account_id,
    )  # fmt: skip
    row.assessment, row.content = made, None
    return made


def _keep(by: Actor, row: Submission, files: Sequence[Sent]) -> None:
    """Pictures by name, once; under the child's key when the sheet is given."""
    known = set(row.files.values_list("name", flat=True))
    new = {sent.name: sent for sent in files if sent.name not in known and media_type(sent.content)}
    if not new:
        return
    try:
        key = key_for(row)
    except sealed.BrokenSeal:
        raise NotPermitted(
            _("The child's file is not open here any more. Nothing was added to it."), "closed"
        ) from None
    for sent in new.values():
        picture = bare(sent.content)
        file = SubmissionFile(
            submission=row, name=sent.name, media_type=media_type(picture), size=len(picture), added_by=by.account,
            added_on=clock.now(), sha256=hashlib.sha256(picture).digest(),
        )  # fmt: skip
        file.content = sealed.seal(picture, file.bound_to(), key)
        file.save()
    audit.record(by=by, verb=RECEIVED, about=row, organisation=row.organisation, detail={"files": len(new)})


@transaction.atomic
def open_held(*, by: Actor, uuid: UUID | str) -> Opened:
    """A held submission to read; that somebody did stands in the trail."""
    ask(by, TAKE_HELD)
    row = find_held(by, uuid)
    audit.record(by=by, verb=OPENED, about=row, organisation=row.organisation, detail={"held": row.held})
    return opened(row)


@transaction.atomic
def give(*, by: Actor, submission: Submission, child: Child) -> Assessment:
    """Give a held submission to a child of the same institution, with all that a sheet needs: tie, consent, answers."""
    row = _undecided(by, submission)
    found = opened(row)
    if found.form is None:
        raise Refused(_("This version of the form is not known here, so it cannot be given to a child."), "form")
    there = replace(by, seats=tuple(seat for seat in by.seats if seat.organisation == row.organisation))
    made = _give(there, row, found.arrived, found.form, child)
    key = key_for(row)
    for file in row.files.all():
        file.content = sealed.seal(sealed.unseal(file.content, file.bound_to()), file.bound_to(), key)
        file.save(update_fields=["content"])
    _decide(by, row, "")
    return made


@transaction.atomic
def put_aside(*, by: Actor, submission: Submission, reason: str) -> None:
    """Not to be given to anybody, with a reason. It stays, and may still be given."""
    row = _undecided(by, submission)
    if not reason.strip():
        raise Refused(_("Say in a sentence why it is put aside."), "reason")
    row.reason = " ".join(reason.split())[:250]
    _decide(by, row, Held.REFUSED)


@transaction.atomic
def read_file(*, by: Actor, row: SubmissionFile) -> bytes:
    """A picture of a submission or assessment that the actor has found."""
    submission = row.submission
    audit.record(by=by, verb=FILE_READ, about=submission, organisation=submission.organisation)
    return sealed.unseal(row.content, row.bound_to(), key_for(submission))


def _undecided(by: Actor, submission: Submission) -> Submission:
    """Locked; whoever comes second is told that it was decided meanwhile."""
    ask(by, TAKE_HELD)
    row = Submission.objects.select_for_update(of=("self",)).filter(pk=find_held(by, submission.uuid).pk).first()
    if row is None or not row.held or row.content is None:
        raise Overtaken(_("Somebody else has decided on this submission."), "decided")
    return row


def _decide(by: Actor, row: Submission, held: str) -> None:
    row.held, row.decided_by, row.decided_on = held, by.account, clock.now()
    row.save(update_fields=["held", "content", "assessment", "reason", "decided_by", "decided_on"])
    detail = {"given": not held}
    audit.record(by=by, verb=TAKE_HELD.key, about=row, organisation=row.organisation, detail=detail)
