"""Institutions: found by name in either script, by sector, kind and territory."""

from datetime import date

from django.db.models import Q, QuerySet

from zajedno.kernel.script import fold
from zajedno.places.models import Organisation, OrganisationKind, Service, Territory
from zajedno.places.queries.territory import below


def organisations(
    *,
    text: str = "",
    sector: str = "",
    kind: str = "",
    territory: Territory | None = None,
    working_on: date | None = None,
) -> QuerySet[Organisation]:
    """Institutions that hold every word of `text` in their name, in the order of names; slice it to page.

    `territory`: with the seat in it or below it, or serving it. `working_on`: not closed on that day.
    """
    rows = Organisation.objects.select_related("kind", "territory").order_by("key", "id")
    for word in fold(text).split():
        rows = rows.filter(key__contains=word)
    if sector:
        rows = rows.filter(kind__sector=sector)
    if kind:
        rows = rows.filter(kind=kind)
    if territory is not None:
        serving = Organisation.objects.filter(covers=territory).values("pk")
        rows = rows.filter(Q(territory__in=below([territory.pk])) | Q(pk__in=serving))
    if working_on is not None:
        rows = rows.filter(Q(active_until=None) | Q(active_until__gt=working_on))
    return rows


def serving(territory: Territory, kind: str, today: date) -> QuerySet[Organisation]:
    """Working institutions of a kind that serve a territory: the commission that is competent for a child."""
    rows = Organisation.objects.filter(covers=territory, kind=kind).select_related("kind", "territory")
    begun = Q(active_from=None) | Q(active_from__lte=today)
    return rows.filter(begun, Q(active_until=None) | Q(active_until__gt=today)).order_by("key", "id")


def by_uuid(uuid: str) -> Organisation | None:
    return Organisation.objects.filter(uuid=uuid).select_related("kind", "territory").first()


def by_code(code: str) -> Organisation | None:
    return Organisation.objects.filter(code=code).select_related("kind", "territory").first()


def names(ids: set[int]) -> dict[int, str]:
    """Names of organisations in the script of the language in use, by id."""
    return {row.pk: str(row) for row in Organisation.objects.filter(pk__in=ids)}


def kinds() -> QuerySet[OrganisationKind]:
    """Kinds in use, by sector and key."""
    return OrganisationKind.objects.filter(retired_on=None).order_by("sector", "key")


def services(organisation: Organisation) -> QuerySet[Service]:
    return Service.objects.filter(organisation=organisation).order_by("id")
