"""Public services and their institutions as Open Referral HSDS 3.0."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet

from zajedno.kernel.actor import Actor
from zajedno.kernel.labels import label
from zajedno.places.enums import LANGUAGES, Fee, Need
from zajedno.places.logic import hsds, hsds_people
from zajedno.places.models import Organisation, Service
from zajedno.places.queries.directory import public
from zajedno.places.queries.organisation import kept_services

SCHEMAS: Path = settings.PACKS_DIR / "common" / "hsds"


def record(service: Service, today: date) -> dict[str, Any]:
    """A service whole; what it was imported with and nobody changed stands in it as it came."""
    before = hsds.read(service.kept)
    texts = ("about", "target", "entry", "fee_note", "email", "url", "phone", "accessibility")
    fields = {name: getattr(service, name) for name in (*texts, "fee", "age_from", "age_until")}
    fields |= {
        "name": before["name"] if before["name"] in service.labels.values() else label(service.labels),
        "needs": service.needs, "languages": service.languages, "names": words(),
        "checked_on": service.checked_on.isoformat() if service.checked_on else "",
        "active": service.is_offered(today),
    }  # fmt: skip
    return hsds.write(service.uuid, fields, service.kept, provider(service.organisation))


def published(service: Service, today: date) -> dict[str, Any]:
    """The record as everybody may read it: contact persons are named only where the provider says so."""
    whole = record(service, today)
    return whole if service.names_people else hsds_people.discreet(whole)


def words() -> dict[str, str]:
    """How needs, languages and "free" are called in the language in use."""
    found = {str(key): str(text) for key, text in (*Need.choices, *LANGUAGES.items())}
    return found | {"free": str(Fee.FREE.label)}


def provider(one: Organisation) -> dict[str, str]:
    return {
        "id": str(one.uuid), "name": one.name, "kind": str(one.kind), "email": one.email, "phone": one.phone,
        "address": one.address, "place": one.place or one.territory.name, "postal_code": one.postal_code,
        "unit": one.territory.name_lat, "country": one.territory.country_id,
    }  # fmt: skip


def services(today: date, organisation: str = "", need: str = "") -> QuerySet[Service]:
    """In an order that does not change between pages. `organisation`: its uuid."""
    rows = public(today).order_by("id")
    rows = rows.filter(organisation__uuid=organisation) if organisation else rows
    return rows.filter(needs__contains=[need]) if need else rows


def organisations(today: date) -> QuerySet[Organisation]:
    """Institutions that give a public service."""
    given = public(today).order_by().filter(organisation=OuterRef("pk"))
    rows = Organisation.objects.filter(Exists(given)).select_related("kind", "territory__country")
    return rows.order_by("id")


def organisation(one: Organisation) -> dict[str, Any]:
    return hsds.organisation(provider(one))


def terms() -> list[dict[str, Any]]:
    named = words()
    return [hsds.term(key, named) for key in Need.values]


def taxonomy() -> dict[str, str]:
    """Our list of needs."""
    return {
        "id": hsds.TAXONOMY,
        "name": hsds.NEEDS,
        "description": "Needs for which services of the directory are given",
    }


def export(rows: Iterable[Service], today: date) -> list[dict[str, Any]]:
    """For everybody."""
    return [published(one, today) for one in rows]


def taken_out(by: Actor) -> list[dict[str, Any]]:
    """For the provider's own people: every service they keep, whole, as it came or was changed."""
    rows = kept_services(by).select_related("organisation__kind", "organisation__territory__country")
    return [record(one, by.today) for one in rows.order_by("id")]
