"""The people everything is built for, with their institutions, as rows for tests. All invented."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from django.conf import settings

from tests.places import factories as places
from zajedno.access.actions.role import load_roles
from zajedno.access.models import Account
from zajedno.children.models import Child, Consent, DataKey, Guardian, Identifier, Tie
from zajedno.forms.logic.book import Book
from zajedno.forms.logic.compile import xform
from zajedno.forms.models import Enabling, Form, Version
from zajedno.kernel import sealed
from zajedno.kernel.actor import Actor
from zajedno.kernel.clock import today
from zajedno.places.models import Organisation
from zajedno.places.queries.actor import actor_for
from zajedno.procedures.actions.load import load_definition

PEOPLE = {
    "ana": ("Ана Вуковић", "school-associate", "school", ""),
    "besa": ("Besa Krasniqi", "visiting-nurse", "health", ""),
    "csaba": ("Csaba Nagy", "commission-coordinator", "commission", ""),
    "goran": ("Горан Илић", "commission-president", "commission", "health"),
    "hana": ("Hana Jakšić", "commission-member", "commission", "special_educator"),
    "jelena": ("Јелена Марић", "commission-member", "commission", "education"),
    "dino": ("Dino Hodžić", "practitioner-public", "ngo", ""),
    "eva": ("Ева Лазић", "ministry-numbers", "ministry", ""),
}


@cache
def _tables() -> tuple[list[dict[str, Any]], dict[str, dict[str, Any]]]:
    roles: list[dict[str, Any]] = []
    for pack in ("common", "rs", "ba"):
        path = settings.PACKS_DIR / pack / "roles.toml"
        roles += tomllib.loads(path.read_text()).get("role", []) if path.exists() else []
    lists = {name: tomllib.loads((settings.PACKS_DIR / "rs" / f"{name}.toml").read_text()) for name in
             ("measures", "purposes", "retention")}  # fmt: skip
    return roles, lists


def load_packs() -> None:
    """Roles, lists and the procedure; without places, which take a second."""
    roles, lists = _tables()
    load_roles(roles)
    for name, content in lists.items():
        load_definition(content, by=None, key=name, country="RS", kind=name)
    path = settings.PACKS_DIR / "rs" / "procedures" / "additional-support.toml"
    load_definition(tomllib.loads(path.read_text()), by=None, key="additional-support", country="RS")


@cache
def _form(key: str) -> tuple[str, dict[str, Any], dict[str, Any]]:
    """Country, form and first version of a form in the packs: made once, since pyxform takes its time."""
    path = next(settings.PACKS_DIR.glob(f"*/forms/{key}.xlsform.md"))
    pack = path.parents[1] / "pack.toml"
    country = tomllib.loads(pack.read_text())["country"] if pack.exists() else ""
    book = Book.from_markdown(path.read_text())
    facts = tomllib.loads(path.with_name(f"{key}.toml").read_text())
    version = {"number": 1, "book": book.to_json(), "facts": facts, "xml": xform(book.with_latin(), version=1)}
    return country, {"about": facts["about"]}, version | {"digest": book.digest(facts)}


def load_forms(*keys: str, enable: Iterable[str] = ()) -> dict[str, Form]:
    """Forms of the packs by key (all, when none is named), as a loading leaves them; no verb is asked.

    `enable`: names of the world's organisations that have taken them into use.
    """
    paths = settings.PACKS_DIR.glob("*/forms/*.xlsform.md")
    made = {}
    for key in keys or sorted(path.name.removesuffix(".xlsform.md") for path in paths):
        country, fields, version = _form(key)
        form, is_new = Form.objects.get_or_create(key=key, country=country, defaults=fields)
        if is_new:
            Version.objects.create(form=form, **version)
        for name in enable:
            at = Organisation.objects.get(code=f"w-{name}").pk
            Enabling.objects.get_or_create(form=form, organisation=at, until=None, defaults={"since": date(2020, 1, 1)})
        made[key] = form
    return made


@dataclass
class World:
    """Subotica: a school, a health centre, a commission with its people; `actor("ana")` is Ana at work today."""

    organisations: dict[str, Organisation] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)

    def actor(self, who: str, on: date | None = None) -> Actor:
        return actor_for(self.accounts[who].pk, on or today())

    def child(self, given: str = "Ђорђе", family: str = "Њежић", born: date = date(2016, 5, 4), **fields: Any) -> Child:
        """A child registered by the school, with a father and a tie to the school."""
        school = fields.pop("registered_by", self.organisations["school"])
        number = fields.pop("number", "")
        child = Child.objects.create(
            given_name=given, family_name=family, birth_date=born, registered_by=school, **fields
        )
        DataKey.objects.create(child=child, wrapped=sealed.new_data_key(f"children_datakey.wrapped|{child.pk}"))
        Guardian.objects.create(child=child, kind="father", name="Филип Њежић", address="Улица 1, Суботица")
        Tie.objects.create(
            child=child, organisation=school, purpose="registration", since=today(),
            fields=["identity", "contact", "identifiers", "family", "enrolment"],
        )  # fmt: skip
        if number:
            row = Identifier(child=child, kind="national", blind=sealed.blind(number, "national"))
            row.sealed = sealed.seal(number.encode(), f"children_identifier.sealed|{row.uuid}")
            row.save()
        return child

    def consent(self, child: Child, **fields: Any) -> Consent:
        row = Consent.objects.create(
            **{"child": child, "purpose": "additional-support", "giver": child.guardians.first(), "given_on": today(),
               "recorded_by": self.accounts["csaba"].pk} | fields
        )  # fmt: skip
        row.recipients.set([self.organisations["commission"]])
        return row


def make_world() -> World:
    load_packs()
    world = World()
    kinds = {
        "school": ("primary_school", "education", "ОШ „Пример”"),
        "health": ("health_centre", "health", "Дом здравља Суботица"),
        "commission": ("intersectoral_commission", "local_government", "Интерресорна комисија Суботица"),
        "ngo": ("ngo", "civil_society", "Удружење Тутин"),
        "ministry": ("ministry", "national", "Министарство"),
    }
    for name, (kind, sector, label) in kinds.items():
        world.organisations[name] = places.organisation(label, kind=places.kind(kind, sector), code=f"w-{name}")
    for who, (name, role, at, seat) in PEOPLE.items():
        account = Account.objects.create_user(f"{who}@demo.invalid", None, name=name)
        world.accounts[who] = account
        places.Post.objects.create(
            account=account, organisation=world.organisations[at], role_id=role, seat=seat, since=date(2020, 1, 1)
        )
    return world
