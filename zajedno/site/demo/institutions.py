"""The 20 municipalities of the first text with institutions of the kinds it names; people and their posts."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from zajedno.access.models import Account
from zajedno.kernel import clock
from zajedno.places.models import Organisation, OrganisationKind, Post, Territory
from zajedno.places.queries.actor import actor_for
from zajedno.site.demo.people import PASSWORD, PEOPLE

SINCE = date(2024, 9, 1)
# key, kind, name in Cyrillic; {} is the municipality. "Demo" is in every name: nobody mistakes them for real ones.
INSTITUTIONS = (
    ("office", "municipality", "Управа – {} (демо)"),
    ("irk", "intersectoral_commission", "Интерресорна комисија – {} (демо)"),
    ("school", "primary_school", "Основна школа „Пример” – {} (демо)"),
    ("kindergarten", "kindergarten", "Предшколска установа „Пример” – {} (демо)"),
    ("health", "health_centre", "Дом здравља – {} (демо)"),
    ("counselling", "developmental_counselling", "Развојно саветовалиште – {} (демо)"),
    ("csr", "social_work_centre", "Центар за социјални рад – {} (демо)"),
    ("ngo", "ngo", "Удружење родитеља – {} (демо)"),
    ("network", "inclusion_network", "Мрежа за инклузивно образовање – {} (демо)"),
)
ELSEWHERE = (
    ("ministry", "ministry", "Министарство (демо)", "RS", "RS-00"),
    ("police-subotica", "police", "Полицијска управа – Суботица (демо)", "RS", "80438"),
    ("team-jajce", "referral_team", "Referalni tim – Jajce (demo)", "BA", "ba-jajce"),
    ("csr-jajce", "social_work_centre", "Centar za socijalni rad – Jajce (demo)", "BA", "ba-jajce"),
    (
        "commission-jajce",
        "inclusion_commission",
        "Komisija za socijalnu zaštitu i inkluziju – Jajce (demo)",
        "BA",
        "ba-jajce",
    ),
)
BODY = (  # the commissions that no named person sits in
    ("commission-coordinator", "", "Координатор"),
    ("commission-president", "health", "Председник"),
    ("commission-member", "education", "Члан, образовање"),
    ("commission-member", "social_protection", "Члан, социјална заштита"),
    ("commission-member", "special_educator", "Члан, дефектолог"),
)


@dataclass
class Towns:
    """What was made: institutions by key such as `irk-subotica`, accounts by the part of the address before @."""

    organisations: dict[str, Organisation] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    slugs: list[str] = field(default_factory=list)


def days_ago(towns: Towns, who: str, days: int, verb: Callable[..., Any], **given: Any) -> Any:
    """Somebody's act so many days ago, as it was done then."""
    day = clock.today() - timedelta(days=days)
    with clock.on(day):
        return verb(by=actor_for(towns.accounts[who].pk, day), **given)


def seed_institutions(progress: Callable[[str], None]) -> Towns:
    towns = Towns()
    for unit in Territory.objects.filter(seed20=True, country="RS").order_by("code"):
        _town(towns, unit)
    for key, kind, name, country, code in ELSEWHERE:
        place = Territory.objects.get(country=country, code=code)
        towns.organisations[key] = _organisation(key, kind, name, place, "bs" if country == "BA" else "sr")
    template = Account(email="x", name="x")
    template.set_password(PASSWORD)  # one hash for everybody: hashing is slow on purpose
    for person in PEOPLE:
        enter_person(towns, person.email, person.name, person.language, template.password)
        enter_post(towns, person.email.split("@")[0], person.at, person.role, person.seat, person.title)
    enter_person(towns, "filip@demo.invalid", "Филип Савић", "sr", template.password)
    for slug in towns.slugs:
        if slug != "subotica":
            _body(towns, slug, template.password)
    progress(f"{len(towns.organisations)} institutions, {len(towns.accounts)} people")
    return towns


def _town(towns: Towns, unit: Territory) -> None:
    from zajedno.kernel.script import fold

    slug = fold(unit.name_lat).replace(" ", "-")
    towns.slugs.append(slug)
    office = None
    for key, kind, name in INSTITUTIONS:
        row = _organisation(f"{key}-{slug}", kind, name.format(unit.name_cyr), unit, "sr", parent=office)
        office = office or row
        towns.organisations[f"{key}-{slug}"] = row


def _organisation(
    key: str, kind: str, name: str, place: Territory, language: str, parent: Organisation | None = None
) -> Organisation:
    row = Organisation.objects.create(
        code=key, kind=OrganisationKind.objects.get(pk=kind), name=name, territory=place, language=language,
        place=place.name_cyr if language == "sr" else place.name_lat, address="Улица примера 1", phone="000 000 000",
        parent=parent if kind == "intersectoral_commission" else None,
    )  # fmt: skip
    row.covers.set([place])
    return row


def enter_person(towns: Towns, email: str, name: str, language: str, password: str) -> None:
    towns.accounts[email.split("@")[0]] = Account.objects.create(
        email=email, name=name, language=language, password=password
    )


def enter_post(
    towns: Towns, who: str, at: str, role: str, seat: str = "", title: str = "", since: date = SINCE
) -> None:
    Post.objects.create(
        account=towns.accounts[who],
        organisation=towns.organisations[at],
        role_id=role,
        seat=seat,
        title=title,
        since=since,
    )


def _body(towns: Towns, slug: str, password: str) -> None:
    for number, (role, seat, name) in enumerate(BODY, start=1):
        who = f"irk{number}.{slug}"
        enter_person(towns, f"{who}@demo.invalid", f"{name} – {slug.title()}", "sr", password)
        enter_post(towns, who, f"irk-{slug}", role, seat)
    if slug != "subotica":
        enter_person(towns, f"skola.{slug}@demo.invalid", f"Психолог – {slug.title()}", "sr", password)
        enter_post(towns, f"skola.{slug}", f"school-{slug}", "school-associate")
