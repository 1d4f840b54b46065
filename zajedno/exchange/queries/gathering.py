"""Gatherings: those anybody may see, those a person prepares, and their programme."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Count, QuerySet

from zajedno.exchange.enums import PUBLIC, GatheringState
from zajedno.exchange.logic.programme import Slot
from zajedno.exchange.models import Agreed, Gathering, GatheringFile, Handout, Programme, Proposal, Session, Speaker
from zajedno.exchange.rules import HOLD_EVENT
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.kernel.script import fold

Row = TypeVar("Row", Gathering, Proposal, Session)


def _one(rows: QuerySet[Row]) -> Row:
    found = rows.first()
    if found is None:
        raise NotFound("")
    return found


def public() -> QuerySet[Gathering]:
    """All but drafts, the latest first."""
    return Gathering.objects.exclude(state=GatheringState.DRAFT).select_related("organisation", "territory")


def by_slug(slug: str) -> Gathering:
    """NotFound for a draft as for none."""
    return _one(public().filter(slug=slug))


def run_by(by: Actor) -> QuerySet[Gathering]:
    """Those the actor's institutions prepare."""
    rows = Gathering.objects.filter(organisation__in=by.organisations_for(HOLD_EVENT.key))
    return rows.select_related("organisation", "territory")


def find(by: Actor, slug: str) -> Gathering:
    """One that the actor prepares; NotFound for others' as for none."""
    return _one(run_by(by).filter(slug=slug))


def counts(rows: Iterable[Gathering]) -> dict[int, dict[str, int]]:
    """Registrations by gathering and state."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    told = Gathering.objects.filter(pk__in=[one.pk for one in rows]).values_list("pk", "registrations__state")
    for key, state, many in told.annotate(many=Count("registrations")).order_by("pk"):
        if state:
            found[key][state] = many
    return found


def proposals(gathering: Gathering) -> QuerySet[Proposal]:
    rows = Proposal.objects.filter(track__gathering=gathering)
    return rows.select_related("track", "proposer", "practice").order_by("track__deadline", "track__key", "made_on")


def proposal(by: Actor, uuid: UUID) -> Proposal:
    """One of a gathering that the actor prepares."""
    rows = Proposal.objects.filter(track__gathering__in=run_by(by), uuid=uuid)
    return _one(rows.select_related("track__gathering", "proposer", "practice"))


def own_proposals(by: Actor, gathering: Gathering) -> QuerySet[Proposal]:
    return proposals(gathering).filter(proposer=by.account)


def sessions(gathering: Gathering) -> QuerySet[Session]:
    """Of the draft, in the order of time, with rooms and speakers."""
    return Session.objects.filter(gathering=gathering).select_related("room").prefetch_related("speakers", "handouts")


def session(gathering: Gathering, uuid: UUID) -> Session:
    return _one(sessions(gathering).filter(uuid=uuid))


def slots(gathering: Gathering) -> list[Slot]:
    """The draft, as `logic.programme.conflicts` reads it. Without an account a person is known by their name."""
    return [
        Slot(
            str(one.uuid), one.title, one.begins, one.ends, one.room.name if one.room else "",
            {str(who.account_id or fold(who.name)): who.name for who in one.speakers.all()},
        )
        for one in sessions(gathering)
    ]  # fmt: skip


def content(gathering: Gathering) -> list[dict[str, Any]]:
    """The draft as a release keeps it. Speakers are keys: their names are shown while they agree, and no longer."""
    return [
        {
            "key": str(one.uuid), "kind": one.kind, "title": one.title, "room": one.room.name if one.room else "",
            "begins": one.begins.isoformat(), "ends": one.ends.isoformat(),
            "speakers": [who.pk for who in one.speakers.all()],
        }
        for one in sessions(gathering)
    ]  # fmt: skip


def released(gathering: Gathering) -> Programme | None:
    """The last release, which everybody reads."""
    return gathering.programmes.order_by("-number").first()


def shown_speakers(gathering: Gathering) -> dict[int, Speaker]:
    """Those who agree to be shown, by key."""
    return {one.pk: one for one in Speaker.objects.filter(session__gathering=gathering, consents=True)}


def handouts(gathering: Gathering) -> dict[str, list[Handout]]:
    """By the key of the session."""
    found: dict[str, list[Handout]] = defaultdict(list)
    for one in Handout.objects.filter(session__gathering=gathering).select_related("session"):
        found[str(one.session.uuid)].append(one)
    return found


def files(gathering: Gathering) -> QuerySet[GatheringFile]:
    """What was not removed, in the order it came; without the content."""
    rows = GatheringFile.objects.filter(gathering=gathering, removed_on=None)
    return rows.defer("content").order_by("added_on", "pk")


def find_file(gathering: Gathering, uuid: UUID) -> GatheringFile:
    found = files(gathering).filter(uuid=uuid).first()
    if found is None:
        raise NotFound("")
    return found


def practices(gathering: Gathering) -> dict[str, str]:
    """By the key of a session: the slug of the public practice that is shown there."""
    rows = Session.objects.filter(gathering=gathering, proposal__practice__state__in=PUBLIC)
    return {str(key): slug for key, slug in rows.values_list("uuid", "proposal__practice__slug")}


def showing(practice: int) -> QuerySet[Gathering]:
    """Gatherings in whose released programme a practice (its id) stands."""
    placed = Session.objects.filter(proposal__practice=practice).values("gathering")
    return public().filter(pk__in=placed, programmes__isnull=False).distinct()


def calling(today: date) -> QuerySet[Gathering]:
    """Gatherings to which something can be proposed today."""
    rows = public().filter(state__in=(GatheringState.OPEN, GatheringState.CLOSED), tracks__deadline__gte=today)
    return rows.distinct()


def agreed(gathering: Gathering) -> QuerySet[Agreed]:
    return Agreed.objects.filter(gathering=gathering).select_related("guest", "host")
