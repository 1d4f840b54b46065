"""The social map read: groups × settlements, with the services of the directory that reach each municipality."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet

from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.kernel.script import fold, latin
from zajedno.networks.logic.social_rows import Told, leaves_few
from zajedno.networks.models import GroupThere
from zajedno.networks.rules import KEEP_MAP
from zajedno.places.logic.arriving import Fault
from zajedno.places.logic.gazetteer import Place
from zajedno.places.logic.resolver import EXACT, VARIANT, Resolver
from zajedno.places.queries.directory import needs_met
from zajedno.places.queries.territory import resolve

if TYPE_CHECKING:
    from zajedno.places.models import Organisation


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


class Spelling:
    """Settlements of a municipality as its map writes them; another script or case is the same settlement. There is no
    list of settlements that may be passed on, so who writes one first decides how it is written."""

    def __init__(self, territory: int, names: Iterable[str] = ()) -> None:
        self.there = list(GroupThere.objects.filter(territory=territory))
        known: dict[str, str] = {}
        for name in [*(one.place for one in self.there), *names]:
            if name:
                known.setdefault(fold(name), name)
        self.resolver = Resolver(Place(f"={n}", "", latin(name), name) for n, name in enumerate(known.values()))

    def of(self, name: str) -> str:
        """How it is written here; a slip of the pen is not set right, since it may be another village."""
        found = self.resolver.resolve(name) if name else None
        return found.name_cyr if found and found.match in (EXACT, VARIANT) and found.name_cyr else name

    def line(self, told: Told) -> GroupThere | None:
        """What the map says of that group there."""
        place = fold(self.of(told.place))
        return next((one for one in self.there if one.group == told.group and fold(one.place) == place), None)


def placed(by: Actor, organisation: "Organisation", said: Iterable[Told]) -> tuple[list[Told], list[Told]]:
    """(rows that can be entered, rows that cannot with all their faults)."""
    said = list(said)
    spelling = Spelling(organisation.territory_id, [one.place for one in said])
    seen: dict[tuple[str, str], int] = {}
    ready: list[Told] = []
    refused: list[Told] = []
    for one in (replace(one, place=spelling.of(one.place)) for one in said):
        faults = [*one.faults, *_faults(by, organisation, one, spelling)]
        if not faults and _key(one) in seen:
            faults = [Fault("twice", what={"row": seen[_key(one)]})]
        if not faults:
            seen[_key(one)] = one.number
        (refused if faults else ready).append(replace(one, faults=faults))
    few = _few(spelling, ready)
    refused += [replace(one, faults=[Fault("few_left", "people")]) for one in ready if _key(one) in few]
    return [one for one in ready if _key(one) not in few], sorted(refused, key=lambda one: one.number)


def _key(one: Told) -> tuple[str, str]:
    return one.group, fold(one.place)


def _faults(by: Actor, organisation: "Organisation", one: Told, spelling: Spelling) -> Iterable[Fault]:
    if one.municipality and resolve(one.municipality)[0] != organisation.territory:
        yield Fault("elsewhere", what={"name": one.municipality[:60]})
    line = spelling.line(one)
    if line is not None and line.organisation_id not in by.organisations_for(KEEP_MAP.key):
        yield Fault("others")


def _few(spelling: Spelling, ready: Sequence[Told]) -> set[tuple[str, str]]:
    """Rows whose number beside the others would tell of few people: the whole's, or those that came beside it."""
    told = {(one.group, fold(one.place)): one.people for one in spelling.there}
    told |= {_key(one): one.fields["people"] for one in ready if "people" in one.fields}
    found: set[tuple[str, str]] = set()
    for group in {one.group for one in ready}:
        if leaves_few(told.get((group, "")), [count for (key, place), count in told.items() if key == group and place]):
            mine = [one for one in ready if one.group == group and one.fields.get("people") is not None]
            found |= {_key(one) for one in mine if not one.place} or {_key(one) for one in mine}
    return found
