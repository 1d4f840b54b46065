"""An extract is asked for, approved by another, given to its researcher alone, and taken back."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.access.queries.account import by_email
from zajedno.indicators.enums import Asked, FileKind
from zajedno.indicators.logic.extract.anonymous import FEWEST
from zajedno.indicators.models import Extract, ExtractFile
from zajedno.indicators.queries.extract import find
from zajedno.indicators.rules import APPROVE_EXTRACT, DOWNLOAD, REQUEST_EXTRACT
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound, NotPermitted, Overtaken, Refused
from zajedno.kernel.verbs import ask

LONGEST = 90  # days for which a file is kept
MOST_K = 100
HandOver = Callable[..., None]  # to a job, of `tasks.py`


@dataclass(frozen=True)
class Agreement:
    """What was signed with the institution. Without a first and a last day there is no extract."""

    number: str
    since: date | None
    until: date | None
    name: str
    media_type: str
    content: bytes


@transaction.atomic
def request_extract(
    *, by: Actor, country: str, purpose: str, researcher: str, institution: str, agreement: Agreement,
    columns: Sequence[str], years: tuple[int, int], expires_on: date, language: str, k: int = FEWEST,
) -> Extract:  # fmt: skip
    """`researcher`: the e-mail of an account. Nothing is made before another person approves."""
    seat = ask(by, REQUEST_EXTRACT)
    since, until = _agreed(by, agreement, expires_on)
    chosen = [one for one in Asked.values if one in columns]
    if not chosen or not purpose.strip() or not institution.strip():
        raise Refused(_("Say for what it is, for which institution, and which columns are needed."), "empty")
    if not FEWEST <= k <= MOST_K or not 2000 <= years[0] <= years[1] <= by.today.year:
        raise Refused(_("Choose years that have begun, and at least five children to a group."), "bounds")
    made = Extract.objects.create(
        country_id=country, purpose=purpose.strip(), researcher=_researcher(by, researcher), columns=chosen, k=k,
        institution=institution.strip(), agreement_number=agreement.number.strip(), agreement_from=since,
        agreement_until=until, year_from=years[0], year_until=years[1], language=language,
        expires_on=expires_on, requested_by=by.account, requested_on=clock.now(),
    )  # fmt: skip
    keep(made, FileKind.AGREEMENT, agreement.content, agreement.name, agreement.media_type, by.account)
    detail = {"columns": chosen, "k": k}
    audit.record(by=by, verb=REQUEST_EXTRACT.key, about=made, organisation=seat.organisation, detail=detail)
    return made


def _agreed(by: Actor, agreement: Agreement, expires_on: date) -> tuple[date, date]:
    """Its first and last day."""
    if not agreement.number.strip() or not agreement.content or agreement.since is None or agreement.until is None:
        raise Refused(_("An extract needs a signed agreement with its number, first and last day."), "agreement")
    if not agreement.since <= by.today <= agreement.until:
        raise Refused(_("The agreement is not in force today."), "not_in_force")
    if not by.today <= expires_on <= min(agreement.until, by.today + timedelta(days=LONGEST)):
        raise Refused(_("It is kept for ninety days at most, and not longer than the agreement holds."), "expires")
    return agreement.since, agreement.until


def _researcher(by: Actor, email: str) -> int:
    found = by_email(email)
    if found is None or not found.is_active:
        raise Refused(_("Nobody with this address has an account. Invite the researcher first, under People."), "who")
    if found.pk == by.account:
        raise Refused(_("Who asks for an extract does not receive it."), "own")
    return found.pk


def keep(extract: Extract, kind: str, content: bytes, name: str, media_type: str, account: int) -> ExtractFile:
    """A file of the extract, sealed."""
    row = ExtractFile(
        extract=extract, kind=kind, name=name[:200], media_type=media_type, size=len(content),
        sha256=hashlib.sha256(content).digest(), added_by=account, added_on=clock.now(),
    )  # fmt: skip
    row.plain = content
    row.save()
    return row


@transaction.atomic
def approve_extract(*, by: Actor, uuid: UUID, hand_over: HandOver) -> Extract:
    """By a second person, who has read purpose, columns and agreement. Then it is made."""
    seat = ask(by, APPROVE_EXTRACT)
    row = find(by, uuid, lock=True)
    if by.account in (row.requested_by, row.researcher):
        raise NotPermitted(_("A second person approves: not who asked, and not the researcher."), "same_person")
    if row.approved_on is not None or row.revoked_on is not None:
        raise Overtaken(_("This extract was approved or taken back already."))
    if not row.agreement_from <= by.today <= row.agreement_until or row.expires_on < by.today:
        raise Refused(_("The agreement is not in force today."), "not_in_force")
    row.approved_by, row.approved_on = by.account, clock.now()
    row.save(update_fields=["approved_by", "approved_on"])
    audit.record(by=by, verb=APPROVE_EXTRACT.key, about=row, organisation=seat.organisation)
    hand_over(uuid=str(row.uuid))
    return row


@transaction.atomic
def make_again(*, by: Actor, uuid: UUID, hand_over: HandOver) -> None:
    """What could not be made is tried once more."""
    ask(by, REQUEST_EXTRACT)
    row = find(by, uuid, lock=True)
    if row.approved_on is None or row.made_on is not None or row.revoked_on is not None:
        raise Overtaken(_("There is nothing to be made."))
    row.trouble = ""
    row.save(update_fields=["trouble"])
    audit.record(by=by, verb=REQUEST_EXTRACT.key, about=row, detail={"again": True})
    hand_over(uuid=str(row.uuid))


@transaction.atomic
def download(*, by: Actor, uuid: UUID) -> ExtractFile:
    """For the researcher alone, while the agreement is in force; each time it is written down."""
    row = find(by, uuid)
    if row.researcher != by.account:
        raise NotFound("")
    if row.revoked_on is not None or row.made_on is None:
        raise Refused(_("This extract is not given any more, or not made yet."), "not_there")
    if min(row.expires_on, row.agreement_until) < by.today or row.deleted_on is not None:
        raise Refused(_("This extract has expired; its file is deleted."), "expired")
    file = row.files.get(kind=FileKind.DATA)
    audit.record(by=by, verb=DOWNLOAD, about=row, detail={"sha256": bytes(file.sha256).hex()})
    return file


@transaction.atomic
def revoke_extract(*, by: Actor, uuid: UUID, hand_over: HandOver) -> Extract:
    """Nobody downloads it any more; the file is deleted at once."""
    seat = ask(by, REQUEST_EXTRACT)
    row = find(by, uuid, lock=True)
    if row.revoked_on is not None:
        raise Overtaken(_("This extract was taken back already."))
    row.revoked_by, row.revoked_on = by.account, clock.now()
    row.save(update_fields=["revoked_by", "revoked_on"])
    audit.record(by=by, verb=REQUEST_EXTRACT.key, about=row, organisation=seat.organisation, detail={"revoked": True})
    hand_over()
    return row
