"""A cast made as a procedure asks for it: institutions of the right kind, people in every post. All invented."""

import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from tests.places import factories as places
from tests.world import load_forms
from zajedno.access.actions.role import load_roles
from zajedno.access.models import Account, Role
from zajedno.casework.rules import MOVE_CASE
from zajedno.children.enums import OWN_FIELDS
from zajedno.children.models import Child, DataKey, Guardian, Tie
from zajedno.kernel import sealed
from zajedno.kernel.actor import Actor
from zajedno.kernel.clock import today
from zajedno.places.models import Organisation, Territory
from zajedno.places.queries.actor import actor_for
from zajedno.procedures.actions.load import load_definition
from zajedno.procedures.logic.definition import Definition, Part
from zajedno.site.demo.tale.agreement import agree

SINCE = date(2020, 1, 1)
LISTS = ("measures", "purposes", "retention")
SECTORS = {key: table["sector"] for key, table in places.KINDS.items()}


@cache
def content(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def procedures(*packs: str) -> list[Path]:
    """The files of procedures about children."""
    found = [path for pack in packs for path in sorted((settings.PACKS_DIR / pack).rglob("procedures/*.toml"))]
    return [path for path in found if content(path).get("purpose")]


def load(pack: str) -> None:
    """Everything of a country's pack that its procedures walk on."""
    folder, country = settings.PACKS_DIR / pack, content(settings.PACKS_DIR / pack / "pack.toml")["country"]
    roles = settings.PACKS_DIR.glob("*/roles.toml")
    load_roles([role for path in roles for role in content(path).get("role", [])])
    for name in LISTS:
        if (path := folder / f"{name}.toml").exists():
            load_definition(content(path), by=None, key=name, country=country, kind=name)
    for path in procedures(pack):
        load_definition(content(path), by=None, key=path.stem, country=country)
    for one in ("common", pack):
        keys = [path.name.removesuffix(".xlsform.md") for path in (settings.PACKS_DIR / one / "forms").glob("*.md")]
        if keys:
            load_forms(*keys)


def about(cast: "InventedCast", definition: Definition) -> Child:
    """A child with a father, registered by the institution that begins the case."""
    at = cast.organisation(definition, definition.part[definition.opener or definition.keeper])
    child = Child.objects.create(
        given_name="Ђорђе", family_name="Њежић", birth_date=date(2018, 5, 4), sex="M", registered_by=at
    )
    DataKey.objects.create(child=child, wrapped=sealed.new_data_key(f"children_datakey.wrapped|{child.pk}"))
    Guardian.objects.create(child=child, kind="father", name="Филип Његић", address="Улица 1", represents=True)
    Tie.objects.create(child=child, organisation=at, purpose="registration", since=SINCE, fields=list(OWN_FIELDS))
    return child


def _territory(definition: Definition) -> Territory:
    if definition.country != "BA":
        return places.territory()
    within = getattr(definition, "within", ())
    return places.territory("Јајце", "Jajce", (*within, "ba-jajce")[0], country=places.country("BA"))


class InventedCast:
    """Institutions by (procedure, part); in each of them somebody with every role that moves cases."""

    def __init__(self) -> None:
        self._organisations: dict[tuple[str, str], Organisation] = {}
        self._people: dict[tuple[str, str], list[Account]] = {}

    def organisation(self, definition: Definition, part: Part) -> Organisation:
        key = (definition.key, part.key)
        if key not in self._organisations:
            kind = next(iter(part.kinds), "primary_school" if part.keeps else "health_centre")
            row = places.organisation(
                f"Измишљено: {part.key}", kind=places.kind(kind, SECTORS[kind]), territory=_territory(definition)
            )
            row.covers.set([row.territory])
            self._organisations[key] = row
        return self._organisations[key]

    def person(self, definition: Definition, part: Part) -> Account:
        return self._cast(definition, part)[0]

    def actors(self, definition: Definition, part: Part) -> Iterator[Actor]:
        for account in self._cast(definition, part):
            yield actor_for(account.pk, today())

    def _cast(self, definition: Definition, part: Part) -> list[Account]:
        key = (definition.key, part.key)
        if key not in self._people:
            make = {"organisation": self._staff, "post": self._holders, "person": self._somebody}[part.kind]
            self._people[key] = make(definition, part)
        return self._people[key]

    def _staff(self, definition: Definition, part: Part) -> list[Account]:
        """One person for each role of the packs that moves cases, except those that the procedure names apart."""
        at = self.organisation(definition, part)
        named = {one.role for one in definition.parts if one.kind == "post"}
        roles = [role for role in Role.objects.order_by("key") if role.opens_files and MOVE_CASE.key in role.verbs]
        return [self._post(role.key, at) for role in roles if role.key not in named]

    def _holders(self, definition: Definition, part: Part) -> list[Account]:
        """For a seat each, or one."""
        at = self.organisation(definition, definition.part[part.of or definition.keeper])
        seats = (
            [seat.key for seat in definition.composition.seats if seat.part == part.key]
            if definition.composition
            else []
        )
        return [self._post(part.role, at, seat) for seat in seats or [""]]

    def _somebody(self, definition: Definition, part: Part) -> list[Account]:
        """A person of an institution that has nothing else to do with the case."""
        return [self._post(part.role or "school-associate", places.organisation(territory=_territory(definition)))]

    @staticmethod
    def _post(role: str, at: Organisation, seat: str = "") -> Account:
        account: Account = places.account()
        places.post(
            account=account, organisation=at, role_id=role, role=Role.objects.get(pk=role), seat=seat, since=SINCE
        )
        return account

    def agree(self, definition: Definition, keeper: Organisation | None = None) -> None:
        kind = places.kind("inclusion_network", "intersectoral")
        network = places.organisation("Измишљена мрежа", kind=kind, territory=_territory(definition))
        parts = [part for part in definition.parts if part.kind == "organisation"]
        at_work = [keeper if keeper and part.keeps else self.organisation(definition, part) for part in parts]
        signing = {at: self._post("network-member", at).pk for at in at_work}
        agree(definition, network, self._post("network-coordinator", network).pk, signing)
