"""How lasting a network is: what counts, how it came to be, and what is known that threatens it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Count, Exists, OuterRef, QuerySet

from zajedno.kernel.actor import Actor
from zajedno.networks.enums import AgreementState, BodyKind
from zajedno.networks.logic.lasting import Known
from zajedno.networks.models import Agreement, Body, SustainabilityLevel
from zajedno.networks.queries import round as rounds
from zajedno.networks.queries.network import visible_to
from zajedno.networks.rules import OPEN_ROUND
from zajedno.places.enums import Sector
from zajedno.places.queries.post import held_at

if TYPE_CHECKING:
    from zajedno.places.models import Organisation

KINDS = (BodyKind.NETWORK, BodyKind.COMMISSION)  # of bodies


def levels(by: Actor, organisation: int) -> QuerySet[SustainabilityLevel]:
    """All of a network, in the order of days: of each dimension the last one counts."""
    return SustainabilityLevel.objects.filter(organisation=organisation, organisation__in=visible_to(by))


def newest(by: Actor, organisation: int) -> dict[str, SustainabilityLevel]:
    """What counts, by dimension."""
    return {one.dimension: one for one in levels(by, organisation)}


def looked_at(by: Actor, organisations: Iterable[int]) -> dict[int, int]:
    """How many dimensions of each network anybody has looked at. One query."""
    rows = SustainabilityLevel.objects.filter(organisation__in=visible_to(by).filter(pk__in=list(organisations)))
    counts = rows.order_by().values_list("organisation").annotate(Count("dimension", distinct=True))
    return dict(counts)


def known(organisation: "Organisation", today: date) -> Known:
    """From posts, the network's body and its agreements. Lines of budgets are for who keeps them to add."""
    posts = [one for one in held_at(organisation.pk, today) if OPEN_ROUND.key in one.role.verbs]
    ends = [one.until for one in posts]
    last = None if None in ends else max((one for one in ends if one), default=None)
    mandates = _bodies(organisation.pk).filter(mandate_until__isnull=False).values_list("mandate_until", flat=True)
    over = [organisation.active_until - timedelta(days=1)] if organisation.active_until else []
    held = Agreement.objects.filter(organisation=organisation.pk, state=AgreementState.SIGNED)
    later = held.filter(series=OuterRef("series"), version__gt=OuterRef("version"))
    return Known(
        len(posts), coordinator_ends=last, mandate_ends=min([one for one in (*mandates, *over) if one], default=None),
        has_seat=_has_coordinator(organisation.pk),
        agreements=[(str(one), one.valid_until) for one in held.exclude(Exists(later)) if one.valid_until],
    )  # fmt: skip


def _bodies(organisation: int) -> QuerySet[Body]:
    """Of the kinds that are the network itself."""
    return Body.objects.filter(organisation=organisation, kind__in=KINDS, ended_on=None)


def _has_coordinator(organisation: int) -> bool | None:
    """Does somebody sit on the coordinator's seat of the network's body? None without a body that has members, and for
    who does not read the network."""
    with connection.cursor() as cursor:
        cursor.execute("select app.network_coordinated(%s)", [organisation])
        found: tuple[bool | None] = cursor.fetchone()
    return found[0]


@dataclass(frozen=True)
class Seats:
    """Of a sector in the network's body: how many sit, how many sat a year ago, who came and went meanwhile."""

    sector: str
    now: int
    before: int
    came: int
    went: int


def seats(organisation: int) -> list[Seats]:
    """Counts alone, since who reads a network need not sit in its body. In the order of sectors."""
    with connection.cursor() as cursor:
        cursor.execute("select sector, now, before, came, went from app.network_seats(%s)", [organisation])
        found = {row[0]: Seats(*row) for row in cursor.fetchall()}
    return [found[key] for key in Sector.values if key in found]


def said_in_round(by: Actor, organisation: int) -> dict[str, str]:
    """Means of the newest self-evaluation that the actor may read, by dimension."""
    closed = rounds.visible_to(by).filter(organisation=organisation, outcome__content__values__has_key="level")
    row = closed.first()
    values = row.outcome.content["values"] if row else {}
    return {place.removesuffix("/"): value for place, value in values.items() if place.endswith("/")}
