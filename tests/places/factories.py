"""Rows for tests. Every person and institution is invented."""

import tomllib
from datetime import date
from itertools import count
from typing import Any

from django.apps import apps
from django.conf import settings

from zajedno.kernel.actor import Actor, Seat
from zajedno.places.models import Country, Organisation, OrganisationKind, Post, Territory

TODAY = date(2026, 9, 15)
KINDS = tomllib.loads((settings.PACKS_DIR / "common" / "organisation_kinds.toml").read_text())
_number = count(1)


def country(code: str = "RS") -> Country:
    defaults = {"labels": {"sr": "Србија", "en": "Serbia"}, "currency": "RSD"}
    return Country.objects.get_or_create(code=code, defaults=defaults)[0]


def territory(name_cyr: str = "Суботица", name_lat: str = "Subotica", code: str = "80438", **fields: Any) -> Territory:
    state = fields.pop("country", None) or country()
    whole = Territory.objects.get_or_create(
        country=state, code=state.code, defaults={"kind": "country", "name_lat": state.code, "name_cyr": state.code}
    )[0]
    fields = {"parent": whole, "kind": "city", "is_unit": True, "name_lat": name_lat, "name_cyr": name_cyr} | fields
    return Territory.objects.get_or_create(country=state, code=code, defaults=fields)[0]


def kind(key: str = "primary_school", sector: str = "education") -> OrganisationKind:
    assert key in KINDS, f"{key} is no kind of the packs"
    return OrganisationKind.objects.get_or_create(key=key, defaults={"sector": sector, "labels": {"en": key}})[0]


def organisation(name: str = "ОШ „Ђура Јакшић“", **fields: Any) -> Organisation:
    fields = {"code": f"organisation-{next(_number)}"} | fields
    fields.setdefault("kind", kind())
    fields.setdefault("territory", territory())
    return Organisation.objects.create(name=name, **fields)


def role(key: str = "school-psychologist", **fields: Any) -> Any:
    fields = {"labels": {"en": key}, "verbs": [], "opens_files": True} | fields
    return apps.get_model("access.Role").objects.update_or_create(key=key, defaults=fields)[0]


def account(email: str = "", **fields: Any) -> Any:
    number = next(_number)
    fields = {"name": f"Особа {number}"} | fields
    return apps.get_model("access.Account").objects.create_user(email or f"person{number}@demo.invalid", **fields)


def post(**fields: Any) -> Post:
    fields = {"since": date(2026, 1, 1)} | fields
    for name, make in (("account", account), ("organisation", organisation), ("role", role)):
        if name not in fields:
            fields[name] = make()
    return Post.objects.create(**fields)


def actor(*verbs: str, at: Organisation | None = None, as_role: str = "administrator", account_id: int = 0) -> Actor:
    """An actor with one seat, not read from the database."""
    seat = Seat(post=0, organisation=at.pk if at else 0, role=as_role, verbs=frozenset(verbs), opens_files=False)
    return Actor(account=account_id or account().pk, seats=(seat,), today=TODAY)
