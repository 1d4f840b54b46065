"""What was done and said, and what came by paper."""

import hashlib
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.casework.actions.participant import ask_in
from zajedno.casework.actions.reading import note_reading
from zajedno.casework.enums import Heard, PaperKind
from zajedno.casework.models import Note, Paper
from zajedno.casework.queries.case import CaseFile
from zajedno.casework.queries.note import papers_of, seals_open
from zajedno.casework.rules import ATTACH_PAPER, REPORT_FOLLOW_UP, WRITE_NOTE
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor, Seat
from zajedno.kernel.refusal import NotFound, NotPermitted, Refused


@dataclass(frozen=True)
class Sent:
    """A file as it came in. `web` has checked its type and size."""

    name: str
    media_type: str
    content: bytes

    @property
    def digest(self) -> bytes:
        return hashlib.sha256(self.content).digest()


def note_written(*, by: Actor, file: CaseFile, kind: str, text: str, happened_on: date, seal: str = "") -> Note:
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


write_note = transaction.atomic(note_written)  # an act of its own, not a step inside another


@transaction.atomic
def attach_paper(*, by: Actor, file: CaseFile, kind: str, name: str, media_type: str, content: bytes) -> Paper:
    """Keep a file, sealed. `web` has checked its type and size; who sees that it is there already attaches it once."""
    seat = ask_in(file, by, ATTACH_PAPER)
    sent = Sent(name, media_type, content)
    if papers_of(file).filter(sha256=sent.digest).exists():
        raise Refused(_("This file is already attached."), "twice")
    return _kept(by, file, sent, kind, seat)


def paper_given(*, by: Actor, file: CaseFile, given: "str | Sent", seat: Seat) -> Paper:
    """The paper that a move takes: one of the case (by uuid), or a new file, which needs no further permission than the
    move. The same file as one that is there is that one."""
    rows = papers_of(file)
    if isinstance(given, Sent):
        return rows.filter(sha256=given.digest).first() or _kept(by, file, given, PaperKind.OTHER, seat)
    found = next((row for row in rows.defer("sealed") if str(row.uuid) == given), None)
    if found is None:
        raise Refused(_("Choose a paper of this case, or send a file."), "paper")
    return found


def _kept(by: Actor, file: CaseFile, sent: Sent, kind: str, seat: Seat) -> Paper:
    paper = Paper(
        case=file.case, kind=PaperKind(kind), name=sent.name[:200], media_type=sent.media_type, size=len(sent.content),
        sha256=sent.digest, added_by=by.account, added_on=clock.now(),
    )  # fmt: skip
    paper.bytes_inside = sent.content
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
