"""Rooms, slots and who speaks; a release freezes them under a name, and is what everybody reads from then on."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.exchange.actions.gathering import locked
from zajedno.exchange.enums import ProposalState, SessionKind
from zajedno.exchange.models import Gathering, Handout, Programme, Proposal, Room, Session, Speaker
from zajedno.exchange.queries import gathering as queries
from zajedno.exchange.rules import HOLD_EVENT
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.clock import day_of
from zajedno.kernel.refusal import NotFound, Refused

LONGEST = 12 * 60  # minutes of one slot


@dataclass(frozen=True, slots=True)
class Placed:
    """`room`: id, None for a break that is everywhere; `proposal`: an accepted one, or None."""

    kind: str
    title: str
    begins: datetime
    ends: datetime
    room: int | None = None
    proposal: UUID | None = None
    link: str = ""  # to take part online; for who has a place


@transaction.atomic
def add_room(*, by: Actor, gathering: Gathering, name: str) -> Room:
    row = locked(by, gathering)
    if not name.strip():
        raise Refused(_("Give the room a name."), "name")
    made, new = Room.objects.get_or_create(gathering=row, name=name.strip())
    if not new:
        raise Refused(_("There is a room of this name."), "twice")
    _record(by, row, {"room": made.pk})
    return made


@transaction.atomic
def place(*, by: Actor, gathering: Gathering, placed: Placed, session: UUID | None = None) -> Session:
    """Put a slot into the draft, or (`session`) change one. Conflicts do not stop it: they are warned of."""
    row = locked(by, gathering)
    if not placed.title.strip():
        raise Refused(_("Give the slot a title."), "title")
    if not 0 < (placed.ends - placed.begins).total_seconds() <= LONGEST * 60:
        raise Refused(_("The slot ends after it begins, on the same day."), "times")
    if not row.begins_on <= day_of(placed.begins) <= day_of(placed.ends) <= row.ends_on:
        raise Refused(_("The slot lies outside the days of the event."), "outside")
    if placed.kind != SessionKind.BREAK and placed.room is None:
        raise Refused(_("Say in which room. Only a break can be everywhere."), "room")
    if placed.room is not None and not row.rooms.filter(pk=placed.room).exists():
        raise NotFound("")
    one = queries.session(row, session) if session else Session(gathering=row)
    one.proposal = _accepted(row, one, placed)
    one.kind, one.title, one.room_id = placed.kind, placed.title.strip(), placed.room
    one.begins, one.ends, one.link = placed.begins, placed.ends, _address(placed.link) if placed.link else ""
    one.save()
    _record(by, row, {"placed": str(one.uuid)})
    return one


def _accepted(row: Gathering, one: Session, placed: Placed) -> Proposal | None:
    if placed.proposal is None or placed.kind == SessionKind.BREAK:
        return None
    found = Proposal.objects.filter(track__gathering=row, uuid=placed.proposal, state=ProposalState.ACCEPTED).first()
    if found is None or Session.objects.filter(proposal=found).exclude(pk=one.pk).exists():
        raise Refused(_("This proposal is not accepted, or stands in the programme already."), "proposal")
    return found


@transaction.atomic
def remove(*, by: Actor, gathering: Gathering, session: UUID) -> None:
    """Out of the draft; a release keeps it until the next one."""
    row = locked(by, gathering)
    queries.session(row, session).delete()
    _record(by, row, {"removed": str(session)})


@transaction.atomic
def add_speaker(
    *, by: Actor, gathering: Gathering, session: UUID, name: str, institution: str = "", consents: bool = False
) -> Speaker:
    """`consents`: to be shown by name on the public page."""
    row = locked(by, gathering)
    one = queries.session(row, session)
    if not name.strip() or one.speakers.filter(name=name.strip()).exists():
        raise Refused(_("Write a name that is not there yet."), "name")
    made = Speaker.objects.create(
        session=one, name=name.strip(), institution=institution.strip(), consents=consents,
        account_id=one.proposal.proposer_id if one.proposal and one.proposal.proposer.name == name.strip() else None,
    )  # fmt: skip
    _record(by, row, {"speaker": made.pk, "consents": int(consents)})
    return made


@transaction.atomic
def set_consent(*, by: Actor, gathering: Gathering, speaker: int, consents: bool) -> None:
    """A withdrawn consent takes the name off the released programme at once."""
    row = locked(by, gathering)
    if not Speaker.objects.filter(session__gathering=row, pk=speaker).update(consents=consents):
        raise NotFound("")
    _record(by, row, {"speaker": speaker, "consents": int(consents)})


@transaction.atomic
def release(*, by: Actor, gathering: Gathering, name: str) -> Programme:
    """What the draft says now, under a name that no release of this event has."""
    row = locked(by, gathering)
    content = queries.content(row)
    if not content:
        raise Refused(_("The programme is empty. Put slots into it first."), "empty")
    if not name.strip():
        raise Refused(_("Give the release a name, for example 1.0."), "name")
    if row.programmes.filter(name=name.strip()).exists():
        raise Refused(_("A release of this name is there already. Choose another."), "twice")
    made = Programme.objects.create(
        gathering=row, number=row.programmes.count() + 1, name=name.strip(), content=content,
        released_on=clock.now(), released_by=by.account,
    )  # fmt: skip
    _record(by, row, {"release": made.number})
    return made


@transaction.atomic
def add_handout(
    *, by: Actor, gathering: Gathering, session: UUID, title: str, link: str, licence: str
) -> Handout:  # fmt: skip
    """What was shown, for everybody to find: where it lies, and how others may use it."""
    row = locked(by, gathering)
    one = queries.session(row, session)
    link = _address(link)
    if not title.strip() or not licence.strip():
        raise Refused(_("Say what it is, and under which licence others may use it."), "licence")
    made = Handout.objects.create(session=one, title=title.strip(), link=link, licence=licence.strip())
    _record(by, row, {"handout": made.pk})
    return made


def _address(link: str) -> str:
    try:
        URLValidator(["http", "https"])(link.strip())
    except ValidationError:
        raise Refused(_("Write a whole address that begins with https://"), "link") from None
    return link.strip()


def _record(by: Actor, row: Gathering, detail: dict[str, int | str]) -> None:
    audit.record(by=by, verb=HOLD_EVENT.key, about=row, organisation=row.organisation_id, detail=dict(detail))
