"""Invented children and their cases, carried by the verbs of people to every step of the procedure."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import count

from zajedno.casework.actions.case import open_case
from zajedno.children.actions.child import register
from zajedno.children.actions.enrolment import enrol
from zajedno.children.actions.entering import GuardianDetails
from zajedno.children.actions.family import link
from zajedno.children.enums import FamilyKind
from zajedno.children.models import Child
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.places.queries.actor import actor_for
from zajedno.site.demo.institutions import Towns
from zajedno.site.demo.people import CHILDREN, SIBLINGS
from zajedno.site.demo.way import Way

Names = tuple[str, str, str, str, str]  # given name, M or F, family name, mother, father
REQUEST = {
    "reasons": ["learning"],
    "difficulties": "Измишљен пример: дете теже прати наставу и брзо се умара.",
    "strengths": "Воли музику и рад у пару.",
    "tried": "Допунска настава и разговори са породицом.",
    "asked": "Процена и подршка у учењу.",
    "papers": ["medical", "education"],
}
# How many days ago the request came, and where the case stands now. Some are late, some are stuck.
SUBOTICA = (
    (3, "draft"), (2, "submitted"), (12, "completeness"), (40, "returned"), (20, "awaiting_consent"),
    (52, "consent_refused"), (25, "consented"), (30, "scheduled"), (35, "assessment"), (75, "assessment"),
    (44, "individual_opinions"), (66, "individual_opinions"), (50, "sitting"), (55, "deciding"), (58, "adopted"),
    (61, "delivered"), (120, "implementation"), (300, "implementation"), (200, "closed"), (90, "withdrawn"),
    (400, "closed"), (150, "refused_consent"),
)  # fmt: skip
SETTLEMENTS = ("urban", "rural", "")
OTHERS = ((18, "completeness"), (45, "individual_opinions"), (160, "implementation"))


def seed_cases(towns: Towns, progress: Callable[[str], None]) -> None:
    names = _names()
    made = 0
    _family(towns)
    for days, stop in SUBOTICA:
        _case(towns, "subotica", "ana", next(names), days, stop)
        made += 1
    progress(f"{made} cases in Subotica")
    for slug in towns.slugs:
        if slug != "subotica":
            for days, stop in OTHERS:
                _case(towns, slug, f"skola.{slug}", next(names), days, stop)
                made += 1
    progress(f"{made} cases")


def _names() -> Iterator[Names]:
    """Endlessly; later rounds pair given names with the next family."""
    for shift in count():
        for index, (given, sex, *_family) in enumerate(CHILDREN):
            yield given, sex, *CHILDREN[(index + shift) % len(CHILDREN)][2:]


def _actor(towns: Towns, who: str, day: date) -> Actor:
    return actor_for(towns.accounts[who].pk, day)


def _case(towns: Towns, slug: str, who: str, name: Names, days: int, stop: str) -> None:
    start = clock.today() - timedelta(days=days)
    with clock.on(start):
        child = _child(towns, who, f"school-{slug}", name, start)
        case = open_case(
            by=_actor(towns, who, start), child=child, keeper=towns.organisations[f"irk-{slug}"],
            procedure="additional-support",
            initiator="institution", initiated_by=towns.organisations[f"school-{slug}"], request=REQUEST,
        )  # fmt: skip
    Way(towns, slug, who, case, start, clock.today()).to(stop)


def _child(towns: Towns, who: str, at: str, name: Names, day: date) -> Child:
    given, sex, family, *parents = name
    number = Child.objects.count()
    born = date(2011 + number * 7 % 10, 1 + number * 5 % 12, 1 + number * 11 % 28)
    by = _actor(towns, who, day)
    child = register(
        by=by, organisation=towns.organisations[at], given_name=given, family_name=family, birth_date=born, sex=sex,
        numbers={"national": national_number(born, sex, number)}, confirm_distinct=True,
        guardians=[GuardianDetails(f"{parents[number % 2]} {family}", ("mother", "father")[number % 2],
                                   phone="000 000 000", address="Улица примера 2")],
        residence=towns.organisations[at].territory, address="Улица примера 2", settlement=SETTLEMENTS[number % 3],
    )  # fmt: skip
    enrol(by=by, child=child, organisation=towns.organisations[at], since=date(day.year - 1, 9, 1),
          class_name=f"{1 + number % 8}-{1 + number % 3}")  # fmt: skip
    return child


def national_number(born: date, sex: str, number: int) -> str:
    """An invented number with a right check digit (sum of weights 7 6 5 4 3 2, modulo 11), in the region 82."""
    order = (number * 7) % 499
    while True:
        order += 1
        stem = f"{born:%d%m}{born.year % 1000:03d}82{order + (500 if sex == 'F' else 0):03d}"
        check = 11 - sum(int(digit) * weight for digit, weight in zip(stem, (7, 6, 5, 4, 3, 2) * 2, strict=True)) % 11
        if check != 10:
            return stem + str(check % 11)


def _family(towns: Towns) -> None:
    """Twins and siblings; the father of the twins, Filip, brings his request to the counter."""
    day = clock.today() - timedelta(days=6)
    with clock.on(day):
        children = [_child(towns, "ana", "school-subotica", name, day) for name in SIBLINGS]
        twins, siblings = children[:2], children[2:]
        for twin in twins:
            twin.birth_date = twins[0].birth_date
            twin.identifiers.filter(kind="national").delete()
            twin.save(update_fields=["birth_date"])
            twin.guardians.update(name="Филип Савић", kind="father", account=towns.accounts["filip"])
        by = _actor(towns, "ana", day)
        link(by=by, child=twins[0], other=twins[1], kind=FamilyKind.TWIN)
        link(by=by, child=siblings[0], other=siblings[1], kind=FamilyKind.SIBLING)
