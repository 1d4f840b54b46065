"""Letters of a gathering: written, checked, looked at, and sent only by a person. A sent one never changes."""

from collections.abc import Iterator
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit, outbox
from zajedno.exchange.actions.gathering import locked
from zajedno.exchange.enums import Audience, ProposalState
from zajedno.exchange.logic.programme import fill, unknown
from zajedno.exchange.models import Gathering, Letter, Proposal
from zajedno.exchange.queries import registration as queries
from zajedno.exchange.rules import HOLD_EVENT
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound, Overtaken, Refused

IN_SUBJECT = ("event", "place", "first_day")  # a subject names nobody
PLACEHOLDERS = (*IN_SUBJECT, "name", "link")


@transaction.atomic
def write(
    *, by: Actor, gathering: Gathering, audience: str, subject: str, body: str, letter: UUID | None = None
) -> Letter:
    """A new letter, or (`letter`) one that waits, changed. It waits until `send`."""
    row = locked(by, gathering)
    if not subject.strip() or not body.strip():
        raise Refused(_("A letter has a subject and a text."), "empty")
    wrong = unknown(subject, IN_SUBJECT) + unknown(body, PLACEHOLDERS)
    if wrong:
        known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
        raise Refused(
            format_lazy(_("Nobody can fill in {wrong}. Known are: {known}"), wrong=", ".join(wrong), known=known),
            "placeholder",
        )
    one = _waiting(row, letter) if letter else Letter(gathering=row, written_by=by.account)
    one.audience, one.subject, one.body = audience, subject.strip(), body.strip()
    one.written_on = clock.now()
    one.save()
    _record(by, one, "written")
    return one


def _waiting(row: Gathering, uuid: UUID) -> Letter:
    found = Letter.objects.select_for_update(of=("self",)).filter(gathering=row, uuid=uuid).first()
    if found is None:
        raise NotFound("")
    if found.sent_on:
        raise Overtaken(_("This letter was sent and cannot be changed any more."), "sent")
    return found


@transaction.atomic
def discard(*, by: Actor, gathering: Gathering, letter: UUID) -> None:
    row = locked(by, gathering)
    one = _waiting(row, letter)
    _record(by, one, "discarded")
    one.delete()


@transaction.atomic
def send(*, by: Actor, gathering: Gathering, letter: UUID, site: str) -> int:
    """One letter to each of the audience, filled in. Returns how many; nobody else can be written to from here."""
    row = locked(by, gathering)
    one = _waiting(row, letter)
    many = 0
    for number, (address, language, name, link) in enumerate(_receivers(one, site)):
        with translation.override(language):
            values = {
                "name": name, "event": str(row), "place": row.place, "link": link,
                "first_day": date_format(row.begins_on, "DATE_FORMAT"),
            }  # fmt: skip
        many += outbox.write_to(
            address=address, language=language, key=f"letter-{one.uuid}-{number}",
            subject=fill(one.subject, values)[:200], body=fill(one.body, values),
        )  # fmt: skip
    if not many:
        raise Refused(_("Nobody would get this letter now."), "nobody")
    one.sent_on, one.sent_by, one.sent_to = clock.now(), by.account, many
    one.save(update_fields=["sent_on", "sent_by", "sent_to"])
    _record(by, one, "sent")
    return many


def _receivers(letter: Letter, site: str) -> Iterator[tuple[str, str, str, str]]:
    """(address, language, name, link to what is theirs)."""
    at = f"{site}/exchange/gatherings/{letter.gathering.slug}/"
    for row in queries.receivers(letter):
        yield row.email, row.language, row.name, f"{at}registration/{row.uuid}/{queries.token(row)}/"
    if letter.audience == Audience.PROPOSERS:
        told = Proposal.objects.filter(track__gathering=letter.gathering).exclude(state=ProposalState.WITHDRAWN)
        for who in {one.proposer_id: one.proposer for one in told.select_related("proposer")}.values():
            if who.email:
                yield who.email, who.language, who.name, f"{at}propose/"


def _record(by: Actor, one: Letter, act: str) -> None:
    audit.record(
        by=by, verb=HOLD_EVENT.key, about=one, organisation=one.gathering.organisation_id, detail={"letter": act}
    )
