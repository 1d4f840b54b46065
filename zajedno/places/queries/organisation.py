"""Institutions: found by name in either script, by sector, kind and territory."""

from collections.abc import Iterable
from datetime import date
from itertools import chain, count

from django.db.models import BooleanField, Case, ExpressionWrapper, F, Q, QuerySet, When
from django.utils.text import slugify

from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.kernel.script import fold, latin
from zajedno.places import rules
from zajedno.places.models import Organisation, OrganisationKind, Service, Territory
from zajedno.places.models.service import FRESH
from zajedno.places.queries.territory import above, below


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


def near(territory: Territory, today: date) -> QuerySet[Organisation]:
    """Working institutions of the country, those with the seat in the place first, in the order of names; slice it."""
    rows = organisations(working_on=today).filter(territory__country=territory.country_id)
    return rows.order_by(Case(When(territory=territory.pk, then=0), default=1), "key", "id")


def manageable(by: Actor) -> QuerySet[Organisation]:
    """Institutions that the actor administers: every one by the wider verb, else where a post of theirs lets them."""
    rows = Organisation.objects.select_related("kind", "territory")
    if by.may(rules.CHANGE_ORGANISATION_ANYWHERE.key):
        return rows
    verbs = (rules.CHANGE_ORGANISATION.key, rules.APPOINT.key)
    return rows.filter(pk__in={organisation for verb in verbs for organisation in by.organisations_for(verb)})


def free_code(name: str) -> str:
    """A short code made from a name, not yet taken: os-dura-jaksic, then os-dura-jaksic-2 …"""
    stem = slugify(latin(name).replace("đ", "dj").replace("Đ", "Dj"))[:50].strip("-") or "institution"
    taken = set(Organisation.objects.filter(code__startswith=stem).values_list("code", flat=True))
    return next(code for code in chain([stem], (f"{stem}-{number}" for number in count(2))) if code not in taken)


def serving(territory: Territory, kind: str, today: date) -> QuerySet[Organisation]:
    """Working institutions of a kind that serve a territory: the commission that is competent for a child."""
    rows = Organisation.objects.filter(covers=territory, kind=kind).select_related("kind", "territory")
    begun = Q(active_from=None) | Q(active_from__lte=today)
    return rows.filter(begun, Q(active_until=None) | Q(active_until__gt=today)).order_by("key", "id")


def of_kinds(kinds: Iterable[str], today: date) -> QuerySet[Organisation]:
    """Working institutions of these kinds (keys), with kind and seat, in the order of names."""
    return organisations(working_on=today).filter(Q(active_from=None) | Q(active_from__lte=today), kind__in=list(kinds))


def serving_seats_of(organisations: Iterable[int], kinds: Iterable[str]) -> set[int]:
    """Ids of institutions of these kinds that have their seat, or serve, where one of the organisations lies."""
    seats = set(Organisation.objects.filter(pk__in=list(organisations)).values_list("territory", flat=True))
    codes = {code for found in above(seats).values() for code in found}
    rows = Organisation.objects.filter(Q(territory__code__in=codes) | Q(covers__code__in=codes), kind__in=list(kinds))
    return set(rows.values_list("pk", flat=True))


def by_uuid(uuid: str) -> Organisation | None:
    return Organisation.objects.filter(uuid=uuid).select_related("kind", "territory").first()


def by_ids(ids: Iterable[int]) -> dict[int, Organisation]:
    """Institutions by id."""
    return Organisation.objects.in_bulk(list(ids))


def by_code(code: str) -> Organisation | None:
    return Organisation.objects.filter(code=code).select_related("kind", "territory").first()


def names(ids: set[int]) -> dict[int, str]:
    """Names of organisations in the script of the language in use, by id."""
    return {row.pk: str(row) for row in Organisation.objects.filter(pk__in=ids)}


def sectors_of(keys: Iterable[str]) -> dict[str, str]:
    """Sectors of institutions by folded name, of those names that are some institution's."""
    return dict(Organisation.objects.filter(key__in=list(keys)).values_list("key", "kind__sector"))


def kinds() -> QuerySet[OrganisationKind]:
    """Kinds in use, by sector and key."""
    return OrganisationKind.objects.filter(retired_on=None).order_by("sector", "key")


def managed(by: Actor, uuid: str) -> Organisation:
    """One that the actor administers; NotFound for others as for none."""
    found = manageable(by).filter(uuid=uuid).first()
    if found is None:
        raise NotFound("There is no such institution.")
    return found


def keeping(by: Actor) -> QuerySet[Organisation]:
    """Institutions whose services the actor keeps: every one by the wider verb, else where a post lets them."""
    rows = Organisation.objects.select_related("kind", "territory").order_by("key", "id")
    if by.may(rules.CHANGE_SERVICE_ANYWHERE.key):
        return rows
    return rows.filter(pk__in=by.organisations_for(rules.CHANGE_SERVICE.key))


def kept_at(by: Actor, uuid: str) -> Organisation:
    """One whose services the actor keeps; NotFound for others as for none."""
    found = keeping(by).filter(uuid=uuid).first()
    if found is None:
        raise NotFound("There is no such institution.")
    return found


def kept_services(by: Actor) -> QuerySet[Service]:
    """Services that the actor keeps: those first that nobody checked for longest, what is no longer offered last."""
    rows = Service.objects.filter(organisation__in=keeping(by).order_by().values("pk")).select_related("organisation")
    over = ExpressionWrapper(Q(active_until__isnull=False, active_until__lte=by.today), BooleanField())
    return rows.order_by(over, F("checked_on").asc(nulls_first=True), "organisation__key", "id")


def stale_services(by: Actor) -> int:
    """Public services that the actor keeps and nobody has checked for a year."""
    begun = Q(active_from=None) | Q(active_from__lte=by.today)
    rows = kept_services(by).filter(begun, Q(active_until=None) | Q(active_until__gt=by.today), is_public=True)
    return rows.filter(Q(checked_on=None) | Q(checked_on__lt=by.today - FRESH)).order_by().count()


def managed_service(by: Actor, uuid: str) -> Service:
    """A service of an institution whose services the actor keeps."""
    found = kept_services(by).filter(uuid=uuid).first()
    if found is None:
        raise NotFound("There is no such service.")
    return found


def offered(today: date) -> QuerySet[Service]:
    """Services that are given on a day."""
    begun = Q(active_from=None) | Q(active_from__lte=today)
    return Service.objects.filter(begun, Q(active_until=None) | Q(active_until__gt=today))


def service_names(among: QuerySet[Organisation], today: date, most: int = 500) -> list[str]:
    """What the services of these institutions are called, in the language in use, each once."""
    rows = offered(today).filter(organisation__in=among.order_by().values("pk"))
    return sorted({str(row) for row in rows[:most]}, key=fold)


def serving_with(name: str, today: date) -> list[int]:
    """Ids of institutions that give a service of this name, in whichever language it is written."""
    wanted = fold(name)
    rows = offered(today).values_list("organisation", "labels")
    return [organisation for organisation, labels in rows if wanted in map(fold, labels.values())]


def services(organisation: Organisation) -> QuerySet[Service]:
    return Service.objects.filter(organisation=organisation).order_by("id")


def services_in(territory: Territory, today: date) -> QuerySet[Service]:
    """Services that are given on a day by institutions with their seat in a territory, or serving it."""
    at = organisations(territory=territory, working_on=today).order_by().values("pk")
    return offered(today).filter(organisation__in=at).select_related("organisation").order_by("organisation__key", "id")
