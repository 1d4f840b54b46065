"""The other networks of the first text, each as far as it has come, so that side by side they differ. All invented.

How far is told by nothing but the order of the towns: no number says anything about a real municipality.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from zajedno.kernel import clock
from zajedno.networks.actions import body, member
from zajedno.networks.actions.sustainability import assess
from zajedno.networks.enums import Dimension
from zajedno.networks.models import Body
from zajedno.places.models import Organisation
from zajedno.places.queries.actor import actor_for
from zajedno.site.demo.institutions import Towns, enter_person, enter_post
from zajedno.site.demo.networks import answer_round, close, levels_sheet, open_for

SEATED = ("office", "school", "kindergarten", "health", "csr", "ngo", "counselling")


@dataclass(frozen=True)
class Come:
    """How far a network has come. `seats`: institutions in its body; `levels`: of the ten dimensions (a dot: nobody
    looked); `sheets`: what each of those asked wrote in a self-evaluation; `ties`: how close each is to the others."""

    seats: int
    levels: str = ""
    sheets: tuple[str, ...] = ()
    ties: tuple[str, ...] = ()


NOTHING = Come(0)
# In turn. Two answers are too few to tell a mean; three are enough.
COMES = (
    Come(6, "2210211110", ("2110111021", "2210211121", "1211200111"), ("23", "21", "30")),
    Come(4, "1.01..1...", ("1101010011", "1001110010", "2100110110")),
    Come(5),
    NOTHING,
    Come(7, "3322322232", ("3232322222", "3321322232", "2332312222"), ("44", "34", "43")),
    Come(3, "100.010.0.", ("1000101001", "0100110010")),
    Come(5, "2121112120", (), ("10", "02", "00")),
    Come(4, "0000100000"),
)  # fmt: skip


def seed_neighbours(towns: Towns, progress: Callable[[str], None]) -> None:
    others = [slug for slug in towns.slugs if slug != "subotica"]
    for number, slug in enumerate(others):
        come = COMES[number % len(COMES)]
        if come is not NOTHING:
            _network(towns, slug, come, number)
    progress(f"{len(others)} more networks, each as far as it has come")


def _network(towns: Towns, slug: str, come: Come, number: int) -> None:
    day = clock.today() - timedelta(days=200 + 7 * number)
    keeper, who = towns.organisations[f"network-{slug}"], f"mreza.{slug}"
    password = next(iter(towns.accounts.values())).password
    enter_person(towns, f"{who}@demo.invalid", f"Координатор – {keeper.territory.name_cyr} (демо)", "sr", password)
    enter_post(towns, who, f"network-{slug}", "network-coordinator")
    with clock.on(day):
        _body(towns, slug, keeper, come)
        for dimension, level in zip(Dimension.values, come.levels, strict=False):
            if level != ".":
                assess(
                    by=actor_for(towns.accounts[who].pk, day), organisation=keeper.pk, dimension=dimension,
                    level=int(level), evidence="Измишљен доказ.", holds_on=day,
                )  # fmt: skip
    _rounds(towns, slug, come, 150 - 3 * number)


def _body(towns: Towns, slug: str, keeper: Organisation, come: Come) -> None:
    by = actor_for(towns.accounts[f"mreza.{slug}"].pk, clock.today())
    row = Body.objects.filter(territory=keeper.territory_id, organisation=None, kind="network").first()
    if row is None:
        return
    row = body.take_up(by=by, body=row, organisation=keeper.pk)
    for key in SEATED[: come.seats]:
        at = towns.organisations[f"{key}-{slug}"].pk
        seat = member.Seat(person=f"Представник {key} (измишљен)", organisation=at)
        member.appoint(by=by, body=row, seat=seat, since=clock.today())


def _rounds(towns: Towns, slug: str, come: Come, days: int) -> None:
    people = []
    for key in SEATED[: max(len(come.sheets), len(come.ties))]:
        who = f"{key}.{slug}"
        password = towns.accounts["ana"].password
        enter_person(towns, f"{who}@demo.invalid", f"Представник {key} – {slug} (демо)", "sr", password)
        enter_post(towns, who, f"{key}-{slug}", "network-member")
        people.append(who)
    at, by = f"network-{slug}", f"mreza.{slug}"
    if come.sheets:
        asked = people[: len(come.sheets)]
        row = open_for(towns, "self-evaluation-network", "Самовредновање (измишљено)", days, asked, at=at, by=by)
        for who, levels in zip(asked, come.sheets, strict=True):
            answer_round(towns, row, who, days - 5, levels_sheet(levels))
        close(towns, row, days - 10, {}, by=by)
    if come.ties:
        row = open_for(towns, "collaboration", "Ко с ким ради (измишљено)", days - 20, people, at=at, by=by)
        for who, levels in zip(people, come.ties, strict=True):
            answer_round(towns, row, who, days - 25, None, levels)
        close(towns, row, days - 30, {}, by=by)
