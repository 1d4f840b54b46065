"""How lasting a network is: what counts, how it came to be, and what is known that threatens it."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, QuerySet

from zajedno.kernel.actor import Actor
from zajedno.networks.logic.lasting import Known
from zajedno.networks.models import SustainabilityLevel
from zajedno.networks.queries import round as rounds
from zajedno.networks.queries.network import visible_to
from zajedno.networks.rules import OPEN_ROUND
from zajedno.places.queries.post import held_at

if TYPE_CHECKING:
    from zajedno.places.models import Organisation


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
    """From posts and the institution itself. Mandates of bodies and lines of budgets are for who keeps them to add."""
    posts = [one for one in held_at(organisation.pk, today) if OPEN_ROUND.key in one.role.verbs]
    ends = [one.until for one in posts]
    last = None if None in ends else max((one for one in ends if one), default=None)
    return Known(len(posts), coordinator_ends=last, mandate_ends=organisation.active_until)


def said_in_round(by: Actor, organisation: int) -> dict[str, str]:
    """Means of the newest self-evaluation that the actor may read, by dimension."""
    closed = rounds.visible_to(by).filter(organisation=organisation, outcome__content__values__has_key="level")
    row = closed.first()
    values = row.outcome.content["values"] if row else {}
    return {place.removesuffix("/"): value for place, value in values.items() if place.endswith("/")}
