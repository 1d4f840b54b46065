"""A child in every step of every procedure, in Subotica and in Jajce, carried there by the stories of the packs."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import count

from django.utils import translation

from zajedno.access.models import Account, Role
from zajedno.casework.rules import MOVE_CASE
from zajedno.children.actions.child import register
from zajedno.children.actions.entering import GuardianDetails
from zajedno.children.models import Child
from zajedno.children.rules import REGISTER
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.fence import RUNTIME, acting
from zajedno.kernel.labels import label
from zajedno.kernel.refusal import NotFound, Refused
from zajedno.kernel.script import latin
from zajedno.places.models import Organisation, OrganisationKind, Post, Territory
from zajedno.places.queries.actor import actor_for
from zajedno.places.queries.territory import above, below
from zajedno.procedures.logic.definition import Definition, Part, Story
from zajedno.procedures.logic.story import steps_after
from zajedno.procedures.queries.definition import of_version, procedures
from zajedno.site.demo.institutions import SINCE, Towns
from zajedno.site.demo.people import CHILDREN, PASSWORD
from zajedno.site.demo.tale.agreement import agree
from zajedno.site.demo.tale.facts import told
from zajedno.site.demo.tale.telling import Telling

TOWNS = (("RS", "80438", "sr"), ("BA", "ba-jajce", "bs"))  # country, code of the place, its language
BY_SECTOR = {  # who works on cases in an institution for which no procedure names a role
    "education": ("school-associate", "institution-worker"),
    "health": ("doctor", "institution-worker"),
    "social_protection": ("social-worker", "case-manager"),
}
NETWORK = "inclusion_network"
REGISTRAR = "school-associate"  # where nobody in the cast registers children
AGO = 6  # days since the last move of a case
Name = tuple[str, str, str, str]  # given name, F or M, family name, a parent's given name


def seed_procedures(towns: Towns, progress: Callable[[str], None]) -> None:
    names, template = _names(), Account(email="x", name="x")
    template.set_password(PASSWORD)
    for country, code, language in TOWNS:
        place = Territory.objects.get(country=country, code=code)
        made = 0
        for row in procedures(country):
            definition = of_version(row.pk)
            if definition.purpose and not definition.opening.submits:  # requests to the commission are seeded apart
                cast = TownCast(where(definition, place), language, template.password)
                made += _in_every_step(cast, told(definition), names)
        progress(f"{made} children in every step of every procedure, {place.name_lat}")


def where(definition: Definition, town: Territory) -> Territory:
    """The town, or the first place where a procedure holds that does not hold there."""
    if not definition.within or not above({town.pk})[town.pk].isdisjoint(definition.within):
        return town
    whole = Territory.objects.get(country=town.country_id, code=definition.within[0])
    return (
        whole
        if whole.is_unit
        else Territory.objects.filter(pk__in=below([whole.pk]), is_unit=True).order_by("pk").first() or whole
    )


def _in_every_step(cast: "TownCast", definition: Definition, names: Iterator[Name]) -> int:
    found = ways(definition)
    for story, lines in found.values():
        _tell(cast, definition, story, lines, next(names))
    return len(found)


def ways(definition: Definition) -> dict[str, tuple[Story, int]]:
    """For each step the shortest beginning of a story that comes to it: (story, lines of it that are told)."""
    found: dict[str, tuple[Story, int]] = {}
    for story in definition.stories:
        for lines, step in enumerate(steps_after(definition, story)):
            if step not in found or lines < found[step][1]:
                found[step] = (story, lines)
    return found


def _tell(cast: "TownCast", definition: Definition, story: Story, lines: int, name: Name) -> None:
    days = _days(story, lines)
    start = clock.today() - timedelta(days=AGO + days)
    with clock.on(start):
        child = cast.child(definition, name, start)
    telling = Telling.begin(cast, definition, story, child, start, as_written=False)
    try:
        for number, _line in zip(range(lines), telling.tell(story), strict=False):
            if number + 1 == lines:
                break
    except (Refused, NotFound) as stopped:
        raise RuntimeError(f"{definition.key}, {story.name}: {stopped}") from stopped


def _days(story: Story, lines: int) -> int:
    """From the first to the last told line of a story."""
    told_on = [line.on for line in story.moves[:lines] if line.on]
    return (told_on[-1] - told_on[0]).days + lines if told_on else lines


def _names() -> Iterator[Name]:
    for shift in count(3):
        for index, (given, sex, *_family) in enumerate(CHILDREN):
            _given, _sex, family, mother, father = CHILDREN[(index + shift) % len(CHILDREN)]
            yield given, sex, family, (mother, father)[index % 2]


class TownCast:
    """The institutions of a place and the people who work there; what a procedure needs and is missing is made."""

    anybody: tuple[str, ...] = ("health_centre", "kindergarten")  # who plays a part that is open to every institution

    def __init__(self, place: Territory, language: str, password: str) -> None:
        self.place, self.language, self.password = place, language, password
        self._chosen: dict[tuple[str, str], Organisation] = {}  # by procedure and part
        self._kinds: dict[int, tuple[str, ...]] = {}

    def organisation(self, definition: Definition, part: Part) -> Organisation:
        """Of the right kind; two parts of a procedure are two institutions."""
        key = (definition.key, part.key)
        if key not in self._chosen:
            self._chosen[key] = self._choose(definition, part)
            self._kinds[self._chosen[key].pk] = part.kinds
        return self._chosen[key]

    def kinds(self) -> dict[int, tuple[str, ...]]:
        """Of each institution chosen so far, the kinds of which another might have been."""
        return dict(self._kinds)

    def _choose(self, definition: Definition, part: Part) -> Organisation:
        kinds = part.kinds or (("primary_school",) if part.keeps else self.anybody)
        others = {one.key for one in definition.parts if one.kind == "organisation" and one.key < part.key}
        taken = {self.organisation(definition, definition.part[key]).pk for key in sorted(others)}
        rows = Organisation.objects.filter(territory=self.place, kind__in=kinds, active_until=None).exclude(
            pk__in=taken
        )
        return rows.order_by("pk").first() or self._found(kinds[0], part.key)

    def _found(self, kind: str, part: str) -> Organisation:
        row = OrganisationKind.objects.get(pk=kind)
        with translation.override(self.language):
            name = f"{label(row.labels)} – {self.place} (demo)"
        made: Organisation = Organisation.objects.create(
            code=f"{kind}-{part}-{self.place.code}"[:60], kind=row, name=name, territory=self.place,
            language=self.language, place=str(self.place), address="Ulica primjera 1", phone="000 000 000",
        )  # fmt: skip
        made.covers.set([self.place])
        return made

    def person(self, definition: Definition, part: Part) -> Account:
        return Account.objects.get(pk=next(self.actors(definition, part)).account)

    def actors(self, definition: Definition, part: Part) -> Iterator[Actor]:
        for account in self._people(definition, part):
            yield actor_for(account, clock.today())

    def _people(self, definition: Definition, part: Part) -> list[int]:
        if part.guardians:
            return []  # parents come to the counter; Filip has a desk of his own
        at = self.organisation(definition, definition.part[part.of or definition.keeper])
        if part.kind == "organisation":
            at = self.organisation(definition, part)
        roles = [part.role] if part.role else self._roles(definition, at)
        here = Post.objects.filter(organisation=at, role__in=roles, until=None).order_by("pk")
        found = list(dict.fromkeys(here.values_list("account", flat=True)))
        body = definition.composition.seats if definition.composition else ()
        seats = max(sum(seat.part == part.key for seat in body), 1)
        return found + [self._post(role, at, number) for role in roles[:1] for number in range(len(found), seats)]

    @staticmethod
    def _roles(definition: Definition, at: Organisation) -> list[str]:
        """Roles of people who move cases there: those that procedures name at such an institution come first."""
        named = {part.role for part in definition.parts if part.role}
        moving = [role.key for role in Role.objects.order_by("key") if role.opens_files and MOVE_CASE.key in role.verbs]
        known = [role for role in BY_SECTOR.get(at.kind.sector, ()) if role in moving]
        return [*known, *(role for role in moving if role not in named and role not in known)]

    def _post(self, role: str, at: Organisation, number: int = 0) -> int:
        """Somebody invented who holds the role there."""
        with translation.override(self.language):
            title = label(Role.objects.get(pk=role).labels)
        email = f"{role}{number or ''}.{at.pk}@demo.invalid"
        if known := Account.objects.filter(email=email).first():
            return int(known.pk)
        account = Account.objects.create(
            email=email, name=f"{title} {number + 1} (demo {at.pk})", language=self.language, password=self.password
        )
        Post.objects.create(account=account, organisation=at, role_id=role, since=SINCE)
        return int(account.pk)

    def agree(self, definition: Definition, keeper: Organisation | None = None) -> None:
        """Kept by the network of the place, signed by an official of each institution."""
        here = Organisation.objects.filter(territory=self.place, kind=NETWORK)
        network = here.order_by("pk").first() or self._found(NETWORK, "network")
        parts = [part for part in definition.parts if part.kind == "organisation"]
        at_work = [keeper if keeper and part.keeps else self.organisation(definition, part) for part in parts]
        signing = {at: self._post("network-member", at) for at in at_work}
        with clock.on(SINCE):
            agree(definition, network, self._post("network-coordinator", network), signing)

    def child(self, definition: Definition, name: Name, day: date) -> Child:
        """Registered by who begins the case."""
        part = definition.part[definition.opener or definition.keeper]
        at = self.organisation(definition, part)
        given, sex, family, parent = map(latin, name) if self.language == "bs" else name
        born = date(day.year - 9, 1 + Child.objects.count() % 12, 1 + Child.objects.count() % 28)
        by = next((one for one in self.actors(definition, part) if one.may(REGISTER.key, at.pk)), None)
        by = by or actor_for(self._post(REGISTRAR, at), day)
        details = GuardianDetails(f"{parent} {family}", "parent", phone="000 000 000", address="Улица примера 2")
        with acting(RUNTIME, by.account):  # so that the database, too, takes it for that day
            return register(
                by=by, organisation=at, given_name=given, family_name=family, birth_date=born, sex=sex,
                confirm_distinct=True, residence=self.place, guardians=[details],
            )  # fmt: skip
