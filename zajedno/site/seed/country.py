"""Municipalities as they are, institutions and people as they might be: as many as the children need. All invented.

Population by age comes from the packs; where they have none (Bosnia and Herzegovina) all municipalities and ages count
alike. The 20 of the demo with their named people are among them, so that everybody can log in.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from zajedno.access.models import Account, Role
from zajedno.kernel import clock
from zajedno.kernel.labels import label
from zajedno.networks.queries.clause import in_force_for
from zajedno.places.models import Organisation, OrganisationKind, Post, Territory
from zajedno.places.queries.calendar import calendar_of, calendars
from zajedno.places.queries.population import counts, years
from zajedno.places.queries.territory import above, units
from zajedno.procedures.queries.definition import of_version, procedures
from zajedno.site.demo.institutions import SINCE
from zajedno.site.demo.tale.agreement import agree, rests_on_one
from zajedno.site.seed.names import COMMUNITIES
from zajedno.site.seed.pattern import Pattern
from zajedno.site.seed.town import OLDEST, STAFF, Office, Seat, Town, stands_in

FIRST = {"RS": "80438", "BA": "ba-jajce"}  # of the demo's people
A_TOWN = 1500  # children that make a further municipality worth having, until there are all
BANDS = {"0-6": range(7), "7-14": range(7, 15), "15-18": range(15, 19)}
SIZE = {"kindergarten": (BANDS["0-6"], 700), "primary_school": (BANDS["7-14"], 450),
        "secondary_school": (BANDS["15-18"], 450)}  # fmt: skip  # children of these ages for one institution
MINORITY, MAJORITY = 0.3, {"RS": "sr", "BA": "bs"}


def towns(
    country: str, many: int, patterns: Sequence[Pattern], password: str, say: Callable[[str], None]
) -> list[Town]:
    """As many municipalities as so many children need, with everybody who plays a part in a pattern."""
    rows = _chosen(country, many)
    inhabitants = [_inhabitants(row) for row in rows]
    share = many / sum(map(sum, inhabitants))
    codes = above([row.pk for row in rows])
    found = [_town(row, [share * one for one in ages], frozenset(codes[row.pk]))
             for row, ages in zip(rows, inhabitants, strict=True)]  # fmt: skip
    _institutions(rows, found, _least(patterns))
    _people(found, _seats(patterns), password)
    _agreements(country, rows, found)
    institutions = sum(len(some) for town in found for some in town.offices.values())
    say(f"{institutions} institutions in {len(found)} municipalities")
    return found


def _chosen(country: str, many: int) -> list[Territory]:
    """Those of the demo's people first, then the others in the order of their codes, evenly."""
    rows = list(units(country).order_by("code"))
    first = [row for row in rows if row.code == FIRST[country]]
    others = [row for row in rows if row.code != FIRST[country]]
    wanted = max(1, min(len(rows), math.ceil(many / A_TOWN)))
    return first + [others[int(place * len(others) / max(1, wanted - 1))] for place in range(wanted - 1)]


def _inhabitants(row: Territory) -> list[float]:
    """Children of each age; where nothing is known, as many of each as anywhere else."""
    known = counts(row, known_in[0]) if (known_in := years(row)) else {}
    ages = [1.0] * (OLDEST + 1)
    for band, those in BANDS.items():
        if (band, "all") in known:
            for age in those:
                ages[age] = known[band, "all"] / len(those)
        elif known_in:
            return [100.0] * (OLDEST + 1)
    return ages if known_in else [100.0] * (OLDEST + 1)


def _town(row: Territory, ages: Sequence[float], codes: frozenset[str]) -> Town:
    shares = dict.fromkeys(COMMUNITIES, 0.01)
    shares["sr" if "BA-SRP" in codes else MAJORITY[row.country_id]] = 1.0
    for language in {one.removesuffix("(s)") for one in row.languages} & set(COMMUNITIES):
        shares[language] = max(shares[language], MINORITY)
    region = 71 + row.pk % 19 if row.country_id == "RS" else 10 + row.pk % 10
    seat = Organisation(territory=row)
    return Town(
        row.pk, row.name_cyr if row.country_id == "RS" else row.name_lat, codes, region, tuple(ages),
        tuple(share / sum(shares.values()) for share in shares.values()), calendar_of(seat), calendars(row.country_id),
    )  # fmt: skip


def _size(kind: str, town: Town) -> int:
    ages, each = SIZE.get(kind, ((), 1))
    return math.ceil(sum(town.children[age] for age in ages) / each)


def _least(patterns: Iterable[Pattern]) -> dict[str, int]:
    """How many institutions of each kind a place must have."""
    least: dict[str, int] = defaultdict(int, dict.fromkeys(STAFF, 2))
    for one in (office for pattern in patterns for office in pattern.offices):
        least[one.kind] = max(least[one.kind], one.place + 1 + (one.kind in STAFF))
    return dict(sorted(least.items()))


def _seats(patterns: Iterable[Pattern]) -> dict[str, set[Seat]]:
    """Who must work in an institution of each kind: also where it stands in for another."""
    seats: dict[str, set[Seat]] = {kind: {(role, "", 0)} for kind, role in STAFF.items()}
    for pattern in patterns:
        for person in pattern.people:
            office = pattern.offices[person.office]
            seats.setdefault(office.kind, set()).add((person.role, person.seat, person.place))
            for kind in set(office.kinds or STAFF) & set(STAFF) - {office.kind}:
                seats[kind].add((stands_in(kind, person.role), person.seat, person.place))
    return seats


def _institutions(rows: Sequence[Territory], found: Sequence[Town], least: Mapping[str, int]) -> None:
    """Those that are there (of the demo), then new ones."""
    there: dict[tuple[int, str], list[int]] = defaultdict(list)
    known = Organisation.objects.filter(territory__in=rows).order_by("pk")
    for pk, territory, kind in known.values_list("pk", "territory", "kind"):
        there[territory, kind].append(pk)
    names = {row.pk: row.labels for row in OrganisationKind.objects.filter(pk__in=least)}
    missing: list[tuple[str, Town]] = []
    new: list[Organisation] = []
    for row, town in zip(rows, found, strict=True):
        for kind, some in least.items():
            wanted = max(some, _size(kind, town))
            town.offices[kind] = [Office(pk) for pk in there[row.pk, kind][:wanted]]
            numbers = range(len(town.offices[kind]) + 1, wanted + 1)
            new += [_institution(row, kind, number, names[kind]) for number in numbers]
            missing += [(kind, town)] * len(numbers)
    covers = Organisation.covers.through
    made = Organisation.objects.bulk_create(new)
    covers.objects.bulk_create(covers(organisation=one, territory_id=one.territory_id) for one in made)
    for one, (kind, town) in zip(made, missing, strict=True):
        town.offices[kind].append(Office(one.pk))


def _institution(row: Territory, kind: str, number: int, labels: Mapping[str, str]) -> Organisation:
    language, place, mark = ("sr", row.name_cyr, "демо") if row.country_id == "RS" else ("bs", row.name_lat, "demo")
    return Organisation(
        code=f"{kind}-{number}-{row.code}"[:60], kind_id=kind, territory=row, language=language, place=place,
        name=f"{label(labels, language)} {number} – {place} ({mark})", address="Улица примера 1", phone="000 000 000",
    )  # fmt: skip


def _people(found: Sequence[Town], seats: dict[str, set[Seat]], password: str) -> None:
    """Whoever is not there yet gets an account and a post."""
    known: dict[tuple[int, str, str], list[tuple[int, int]]] = defaultdict(list)
    for pk, account, at, role, seat in Post.objects.order_by("pk").values_list(
        "pk", "account", "organisation", "role", "seat"
    ):
        known[at, role, seat].append((account, pk))
    titles = {role.key: label(role.labels) for role in Role.objects.all()}
    missing: list[tuple[Office, Seat]] = []
    for office, kind in ((office, kind) for town in found for kind, some in town.offices.items() for office in some):
        for held in sorted(seats.get(kind, ())):
            there = known[office.id, held[0], held[1]]
            if held[2] < len(there):
                office.people[held] = there[held[2]]
            else:
                missing.append((office, held))
    accounts = Account.objects.bulk_create(
        Account(
            email=f"{role}{seat and '-' + seat}{place or ''}.{office.id}@demo.invalid".replace("_", "-"),
            name=f"{titles[role]} {place + 1} (demo {office.id})", password=password,
        )
        for office, (role, seat, place) in missing
    )  # fmt: skip
    posts = Post.objects.bulk_create(
        Post(account=account, organisation_id=office.id, role_id=role, seat=seat, since=SINCE - timedelta(days=3650))
        for account, (office, (role, seat, _place)) in zip(accounts, missing, strict=True)
    )
    for post, (office, key) in zip(posts, missing, strict=True):
        office.people[key] = (post.account_id, post.pk)


def _agreements(country: str, rows: Iterable[Territory], found: Iterable[Town]) -> None:
    """The protocol under which institutions of a place refer children, where a procedure rests on one."""
    resting = [definition for row in procedures(country) if rests_on_one(definition := of_version(row.pk))]
    for row, town in zip(rows, found, strict=True):
        for definition in resting:
            kinds = {kind for part in definition.parts for kind in part.kinds} & set(town.offices)
            at_work = [_row(office) for kind in sorted(kinds or STAFF) for office in town.offices[kind]]
            network, _new = Organisation.objects.get_or_create(
                territory=row, kind_id="inclusion_network",
                defaults={"code": f"network-{row.code}"[:60], "name": f"Mreža – {row.name_lat} (demo)"},
            )  # fmt: skip
            signing = {at: _signs(at, "network-member") for at in at_work}
            with clock.on(SINCE):
                agree(definition, network, _signs(network, "network-coordinator"), signing)
            clause: Any = in_force_for(definition.key, clock.today(), givers=[at_work[0].pk]).first()
            town.clauses[definition.key] = (clause.pk, str(clause.uuid))


def _row(office: Office) -> Organisation:
    return Organisation.objects.get(pk=office.id)


def _signs(at: Organisation, role: str) -> int:
    post = Post.objects.filter(organisation=at, role=role).order_by("pk").first()
    if post is None:
        account = Account.objects.create(email=f"{role}.{at.pk}@demo.invalid", name=f"{role} (demo {at.pk})")
        post = Post.objects.create(account=account, organisation=at, role_id=role, since=SINCE)
    return int(post.account_id)
