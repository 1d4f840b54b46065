"""Somebody proposes what they want to show; the organisers decide, never on their own."""

import hmac
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit, outbox
from zajedno.exchange.actions.gathering import code_hash
from zajedno.exchange.enums import PUBLIC, GatheringState, ProposalState
from zajedno.exchange.logic.naming import Sign, suspicions
from zajedno.exchange.models import Gathering, Practice, Proposal, Track
from zajedno.exchange.rules import HOLD_EVENT, PROPOSE
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotPermitted, Overtaken, Refused
from zajedno.kernel.verbs import ask

MOST = 20  # of one person for one event


@dataclass(frozen=True, slots=True)
class Said:
    """`track`: its key; `practice`: slug of a published one, or empty; `code`: opens a track that is closed."""

    track: str
    title: str
    abstract: str
    language: str
    practice: str = ""
    code: str = ""


@transaction.atomic
def propose(*, by: Actor, gathering: Gathering, said: Said) -> Proposal:
    track = Track.objects.select_related("gathering").filter(gathering=gathering, key=said.track).first()
    if track is None or track.gathering.state not in (GatheringState.OPEN, GatheringState.CLOSED):
        raise Refused(_("Nothing is called for here now."), "closed")
    if not track.is_open(by.today) and not _opens(track, said.code):
        raise Refused(_("The last day for proposals is past. With a code from the organisers you still can."), "late")
    if any(one.sign is Sign.NUMBER for one in suspicions({"title": said.title, "abstract": said.abstract})):
        raise Refused(_("There is a personal number in the text. Take it out; no child may be recognised."), "number")
    if not said.title.strip() or not said.abstract.strip():
        raise Refused(_("Say what you want to show, and what it is about."), "empty")
    if Proposal.objects.filter(track__gathering=gathering, proposer=by.account).count() >= MOST:
        raise Refused(_("You have proposed enough for one event."), "many")
    practice = Practice.objects.filter(slug=said.practice, state__in=PUBLIC).first() if said.practice else None
    made = Proposal.objects.create(
        track=track, title=said.title.strip(), abstract=said.abstract.strip(), language=said.language,
        proposer_id=by.account, practice=practice, made_on=clock.now(),
    )  # fmt: skip
    audit.record(by=by, verb=PROPOSE, about=made, organisation=gathering.organisation_id)
    return made


def _opens(track: Track, code: str) -> bool:
    return track.late_hash is not None and hmac.compare_digest(bytes(track.late_hash), code_hash(code))


@transaction.atomic
def decide(*, by: Actor, proposal: Proposal, accept: bool, reason: str = "") -> None:
    """Tell the proposer at once; a rejection says why."""
    gathering = proposal.track.gathering
    ask(by, HOLD_EVENT, gathering.organisation_id)
    row = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if row.proposer_id == by.account:
        raise NotPermitted(_("You proposed this yourself, so somebody else decides."))
    if row.state != ProposalState.PROPOSED:
        raise Overtaken(_("This proposal was decided or withdrawn meanwhile."), "decided")
    if not accept and not reason.strip():
        raise Refused(_("Say why, so that the proposer learns from it."), "reason")
    row.state = ProposalState.ACCEPTED if accept else ProposalState.REJECTED
    row.reason, row.decided_by, row.decided_on = reason.strip(), by.account, clock.now()
    row.save(update_fields=["state", "reason", "decided_by", "decided_on"])
    outbox.write(
        to=row.proposer, key=f"proposal-{row.uuid}", subject=_("Your proposal was decided on"),
        body=format_lazy(_("Read the decision: {path}"), path=f"/exchange/gatherings/{gathering.slug}/propose/"),
    )  # fmt: skip
    _record(by, row, str(row.state))


@transaction.atomic
def withdraw(*, by: Actor, uuid: UUID) -> None:
    """By who proposed it, as long as it does not stand in the programme."""
    row = Proposal.objects.select_for_update(of=("self",)).filter(uuid=uuid, proposer=by.account).first()
    if row is None or row.state not in (ProposalState.PROPOSED, ProposalState.ACCEPTED):
        raise Overtaken(_("There is nothing to withdraw any more."), "decided")
    if hasattr(row, "session"):
        raise Refused(_("It stands in the programme already. Write to the organisers."), "placed")
    row.state = ProposalState.WITHDRAWN
    row.save(update_fields=["state"])
    _record(by, row, "withdrawn")


def _record(by: Actor, row: Proposal, state: str) -> None:
    verb = PROPOSE if row.proposer_id == by.account else HOLD_EVENT.key
    organisation = row.track.gathering.organisation_id
    audit.record(by=by, verb=verb, about=row, organisation=organisation, detail={"state": state})
