"""What places want to come to. Everybody reads it, but for who wrote it down."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q, QuerySet

from zajedno.figures.logic.target import Aim, nearest_of
from zajedno.figures.models import Target
from zajedno.figures.rules import SET_TARGET, SET_TARGET_ANYWHERE
from zajedno.kernel.actor import Actor, Seat
from zajedno.kernel.refusal import NotFound
from zajedno.places.queries.territory import of_organisation, paths_of

if TYPE_CHECKING:
    from zajedno.places.models import Territory

Asked = tuple[str, Decimal | None]  # of an indicator: its kind, and the target that its file gives


def aims(asked: Mapping[str, Asked], places: Sequence[str]) -> dict[tuple[str, str], Aim]:
    """By place (a code of any level) and indicator: the target of the place, else that of the nearest one above it,
    else, for a country and what can be said of any size, that of the indicator's own file. Two queries."""
    paths = paths_of(set(places))
    own = _own(asked, {code for path in paths.values() for code in path})
    found = {}
    for place, path in paths.items():
        for code, (kind, of_file) in asked.items():
            known = own.get(code, {})
            if of_file is not None and path[-1] not in known:
                known = known | {path[-1]: Aim(of_file)}
            aim = nearest_of(path, known, kind=kind)
            if aim is not None:
                found[place, code] = aim
    return found


def _own(codes: Iterable[str], places: Iterable[str]) -> dict[str, dict[str, Aim]]:
    """In force, by indicator and place."""
    found: dict[str, dict[str, Aim]] = {}
    rows = _open().filter(indicator__in=list(codes), territory__code__in=list(places), ended_on=None)
    for row in rows:
        found.setdefault(row.indicator, {})[row.territory.code] = aim_of(row)
    return found


def seat_for(by: Actor, territory: "Territory") -> Seat | None:
    """From which the actor may set a target there: one that works in the place, or one with the wider verb."""
    for seat in by.seats_for(SET_TARGET.key) if territory.kind != "settlement" else ():
        if territory.pk in {one.pk for one in of_organisation([seat.organisation])}:
            return seat
    return next(by.seats_for(SET_TARGET_ANYWHERE.key), None)


def may_set(by: Actor, territory: "Territory") -> bool:
    return seat_for(by, territory) is not None


def targets(places: Iterable[int]) -> "QuerySet[Target]":
    """Of these territories (ids): those in force first, the newest first."""
    return _open().filter(territory__in=list(places)).order_by("-ended_on", "indicator", "-id")


def in_force_at(place: int, day: date) -> "QuerySet[Target]":
    """Of a territory, as they stood at the end of a day: of one indicator at most one."""
    return _open().filter(Q(ended_on=None) | Q(ended_on__gt=day), territory=place, set_on__lte=day)


def all_targets() -> "QuerySet[Target]":
    """Of every place: those in force first, in the order of places."""
    return _open().order_by("-ended_on", "territory__country", "territory__key", "indicator", "-id")


def find_target(uuid: UUID) -> Target:
    row = _open().filter(uuid=uuid).first()
    if row is None:
        raise NotFound("")
    return row


def in_force(place: int, indicator: str) -> Target | None:
    return _open().filter(territory=place, indicator=indicator, ended_on=None).first()


def _open() -> "QuerySet[Target]":
    """Public pages may not read who set or ended one."""
    return Target.objects.defer("set_by", "ended_by").select_related("territory", "organisation")


def aim_of(row: Target) -> Aim:
    return Aim(row.value, row.until, row.territory.code, row.baseline, row.since, row.source, row.link)
