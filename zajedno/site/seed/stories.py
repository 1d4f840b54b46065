"""Tells the stories of every procedure once, by the verbs of people, and takes down what came of it. Nothing stays."""

from collections.abc import Callable, Collection, Iterator
from datetime import date, timedelta
from itertools import count

from django.db import transaction

from zajedno.kernel import clock
from zajedno.kernel.refusal import NotFound, Refused
from zajedno.places.models import Organisation, Territory
from zajedno.procedures.logic.definition import Definition, Part, Story
from zajedno.procedures.queries.definition import of_version, procedures
from zajedno.site.demo.people import CHILDREN
from zajedno.site.demo.procedures import REGISTRAR, TownCast, ways, where
from zajedno.site.demo.tale.facts import told
from zajedno.site.demo.tale.telling import Telling
from zajedno.site.seed.pattern import Pattern
from zajedno.site.seed.taken import Taken

TOWN = {"RS": ("80438", "sr"), "BA": ("ba-jajce", "bs")}  # where they are told, its language
AGO = 3  # days since the last line: the clock of the machine is none of the story's days


class Over(Exception):
    """The telling is taken back."""


def patterns(country: str, password: str, say: Callable[[str], None], only: Collection[str] = ()) -> list[Pattern]:
    """One for every step of every procedure about children (or of `only` these) that a story comes to."""
    code, language = TOWN[country]
    town, found = Territory.objects.get(country=country, code=code), list[Pattern]()
    try:
        with transaction.atomic():
            for row in procedures(country):
                definition = of_version(row.pk)
                if definition.purpose and (not only or definition.key in only):
                    cast = SchoolsFirst(where(definition, town), language, password)
                    found += _of(cast, told(definition))
                    say(f"{len(found)} steps told")
            raise Over
    except Over:
        return found


class SchoolsFirst(TownCast):
    """What any institution may begin, a school does: there are most of them."""

    anybody = ("primary_school", "health_centre", "kindergarten")

    def _people(self, definition: Definition, part: Part) -> list[int]:
        """Who is asked in for one case comes from a school that has nothing else to do with it."""
        if part.kind != "person" or part.role or part.guardians:
            return super()._people(definition, part)
        return [self._post(REGISTRAR, self._found(self.anybody[0], "other"))]

    def _found(self, kind: str, part: str) -> Organisation:
        known = Organisation.objects.filter(code=f"{kind}-{part}-{self.place.code}"[:60]).first()
        return known or super()._found(kind, part)


def _of(cast: TownCast, definition: Definition) -> Iterator[Pattern]:
    """Each story is told once, as far as some step needs it."""
    stories: dict[str, tuple[Story, set[int]]] = {}
    for story, line in ways(definition).values():
        stories.setdefault(story.name, (story, set()))[1].add(line)
    for number, (story, lines) in enumerate(stories.values()):
        yield from _told(cast, definition, story, lines, number)


def _told(cast: TownCast, definition: Definition, story: Story, wanted: set[int], number: int) -> Iterator[Pattern]:
    given, sex, family, mother, _father = CHILDREN[number % len(CHILDREN)]
    start = clock.today() - timedelta(days=AGO + _lasts(story))
    with clock.on(start):
        child = cast.child(definition, (given, sex, family, mother), start)
    telling = Telling.begin(cast, definition, story, child, start, as_written=False)
    days = [start]
    if 0 in wanted:
        yield _taken(cast, telling, days)
    lines = telling.tell(story)
    try:
        for line in count(1):
            if line > max(wanted) or next(lines, None) is None:
                break
            days.append(telling.day)
            if line in wanted:
                yield _taken(cast, telling, days)
    except (Refused, NotFound) as stopped:
        raise RuntimeError(f"{definition.key}, {story.name}: {stopped}") from stopped


def _taken(cast: TownCast, telling: Telling, days: list[date]) -> Pattern:
    return Taken(telling.definition, telling.case.child_id, days).pattern(cast.kinds())


def _lasts(story: Story) -> int:
    """At most so many days from the first to the last line."""
    on = [line.on for line in story.moves if line.on]
    return (max(on) - min(on)).days + len(story.moves) if on else len(story.moves)
