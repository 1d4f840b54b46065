"""What was done and said, and what came by paper."""

import hashlib
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.casework.actions.participant import ask_in
from zajedno.casework.actions.reading import note_reading
from zajedno.casework.enums import Heard, PaperKind
from zajedno.casework.models import Note, Paper
from zajedno.casework.queries.case import CaseFile
from zajedno.casework.queries.note import seals_open
from zajedno.casework.rules import ATTACH_PAPER, REPORT_FOLLOW_UP, WRITE_NOTE
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound, NotPermitted, Refused


@transaction.atomic
def write_note(*, by: Actor, file: CaseFile, kind: str, text: str, happened_on: date, seal: str = "") -> Note:
    """Write down that something happened. Notes are never changed; a mistake is corrected by another note.

    `seal`: a field of the child's file (Seal); such a note is a plain one, and only whom it is open to learns of it.
    """
    seat = ask_in(file, by, REPORT_FOLLOW_UP if kind == Heard.FOLLOW_UP else WRITE_NOTE)
    if seal and kind != Heard.NOTE:
        raise Refused(_("Only a plain note is kept under a seal. Choose “Note”."), "seal_kind")
    if seal and seal not in seals_open(file):
        raise NotPermitted(_("Your post does not write notes of this kind in this case."), "seal")
    if happened_on > by.today:
        raise Refused(_("That day lies in the future."), "future")
    if not text.strip():
        raise Refused(_("Write what happened."), "empty")
    note = Note(
        case=file.case, kind=kind, seal=seal, happened_on=happened_on, written_by=by.account,
        organisation_id=seat.organisation, written_on=clock.now(),
    )  # fmt: skip
    note.text = text.strip()
    note.save()
    audit.record(by=by, verb=WRITE_NOTE.key, about=file.case, organisation=seat.organisation, detail={"kind": kind})
    return note


@transaction.atomic
def attach_paper(*, by: Actor, file: CaseFile, kind: str, name: str, media_type: str, content: bytes) -> Paper:
    """Keep a file, sealed. `web` has checked its type and size; who sees that it is there already attaches it once."""
    seat = ask_in(file, by, ATTACH_PAPER)
    digest = hashlib.sha256(content).digest()
    there = file.case.papers.filter(sha256=digest, removed_on=None)
    if (there if "papers" in file.fields else there.filter(added_by=by.account)).exists():
        raise Refused(_("This file is already attached."), "twice")
    paper = Paper(
        case=file.case, kind=PaperKind(kind), name=name[:200], media_type=media_type, size=len(content), sha256=digest,
        added_by=by.account, added_on=clock.now(),
    )  # fmt: skip
    paper.bytes_inside = content
    paper.save()
    audit.record(by=by, verb=ATTACH_PAPER.key, about=file.case, organisation=seat.organisation, detail={"kind": kind})
    return paper


@transaction.atomic
def remove_paper(*, by: Actor, file: CaseFile, paper: Paper, reason: str) -> None:
    """Take a paper out of sight, with a reason; it stays until retention ends it."""
    ask_in(file, by, ATTACH_PAPER)
    if not reason.strip():
        raise Refused(_("Say why the paper is removed."), "empty")
    paper.removed_on, paper.removed_reason = clock.now(), reason.strip()[:250]
    paper.save(update_fields=["removed_on", "removed_reason"])
    audit.record(by=by, verb=ATTACH_PAPER.key, about=file.case, detail={"removed": str(paper.uuid)})


@transaction.atomic
def read_paper(*, by: Actor, file: CaseFile, uuid: str) -> tuple[Paper, bytes]:
    """The file as it was uploaded; reading it is recorded."""
    paper = file.case.papers.filter(uuid=uuid, removed_on=None).first() if "papers" in file.fields else None
    if paper is None:
        raise NotFound("")
    paper.case = file.case
    note_reading(by=by, file=file, verb="casework.read_paper", detail={"paper": str(paper.uuid)})
    return paper, paper.bytes_inside
