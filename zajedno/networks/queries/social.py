"""The social map read: groups × settlements, with the services of the directory that reach each municipality."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.networks.models import GroupThere
from zajedno.networks.rules import KEEP_MAP
from zajedno.places.queries.directory import needs_met


@dataclass(frozen=True)
class Line:
    """A group with how many public services there are for any of its needs; None: no need is named."""

    row: GroupThere
    services: int | None


def visible_to(by: Actor) -> QuerySet[GroupThere]:
    """What the actor's own institutions have told, by municipality and settlement."""
    rows = GroupThere.objects.filter(organisation__in=by.organisations_for(KEEP_MAP.key))
    return rows.select_related("territory", "organisation").order_by("territory__key", "place", "group")


def lines(by: Actor, today: date) -> list[Line]:
    """Two queries, however many groups."""
    rows = list(visible_to(by))
    met = needs_met({row.territory.code for row in rows}, today)
    return [Line(row, _number(row, met)) for row in rows]


def _number(row: GroupThere, met: Mapping[str, Sequence[set[str]]]) -> int | None:
    wanted = set(row.needs)
    return sum(1 for needs in met.get(row.territory.code, ()) if needs & wanted) if wanted else None


def find(by: Actor, uuid: UUID) -> GroupThere:
    found = visible_to(by).filter(uuid=uuid).first()
    if found is None:
        raise NotFound("There is no such line.")
    return found
