"""One story of a procedure, line by line: who moves, what they answer, and what must be true before."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from zajedno.casework.actions.case import open_case
from zajedno.casework.actions.move import move_case
from zajedno.casework.actions.note import Sent
from zajedno.casework.enums import Initiator
from zajedno.casework.models import Case
from zajedno.casework.queries.case import CaseFile, find
from zajedno.casework.rules import MOVE_CASE, OPEN_CASE
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.fence import RUNTIME, acting
from zajedno.kernel.refusal import NotFound, NotPermitted, Refused
from zajedno.kernel.script import latin
from zajedno.procedures.logic.definition import Definition, Part, Story, StoryMove
from zajedno.procedures.logic.needs import named
from zajedno.procedures.logic.walk import MISSING_NEED
from zajedno.site.demo.tale.agreement import rests_on_one
from zajedno.site.demo.tale.cast import Cast
from zajedno.site.demo.tale.facts import Facts

if TYPE_CHECKING:
    from zajedno.children.models import Child
    from zajedno.places.models import Organisation

WORDS = "Измишљено: тако је договорено."
PAPER = Sent("Измишљено мишљење.pdf", "application/pdf", b"%PDF-1.7 invented")


class Telling:
    """A case and the day it has come to. Days that a line does not name follow one after another."""

    def __init__(
        self, cast: Cast, definition: Definition, case: Case, day: date, moved: timedelta = timedelta()
    ) -> None:
        self.cast, self.definition, self.case, self.day = cast, definition, case, day
        self.moved = moved  # by how much later than in the file it happens
        self.facts = Facts(self)

    @classmethod
    def begin(
        cls, cast: Cast, definition: Definition, story: Story, child: "Child", day: date, *, as_written: bool = True
    ) -> "Telling":
        """Open the case as the procedure says: by its opener, or by who keeps it. `as_written`: on the days of the
        file, else from `day` on."""
        if as_written:
            day = _first_day(story) or day
        keeper = cast.organisation(definition, definition.part[definition.keeper])
        part = definition.part[definition.opener or definition.keeper]
        opener = cast.organisation(definition, part)
        with clock.on(day):
            if rests_on_one(definition):
                cast.agree(definition)
            by = next(one for one in cast.actors(definition, part) if _opens(one, opener))
            with acting(RUNTIME, by.account):
                case = open_case(
                    by=by, child=child, keeper=keeper, procedure=definition.key, initiator=Initiator.INSTITUTION,
                    initiated_by=opener,
                )  # fmt: skip
        return cls.of(cast, definition, case, story, day)

    @classmethod
    def of(cls, cast: Cast, definition: Definition, case: Case, story: Story, day: date) -> "Telling":
        """Of a case that is open: the story begins on `day`, whatever day it names."""
        return cls(cast, definition, case, day, day - (_first_day(story) or day))

    def tell(self, story: Story) -> Iterator[StoryMove]:
        """Line after line; what was just told is given back, so that somebody can look at the case or stop."""
        for line in story.moves:
            self.day = line.on + self.moved if line.on else self.day + timedelta(days=1)
            with clock.on(self.day):
                self._line(line)
            self.case.refresh_from_db()
            yield line

    def _line(self, line: StoryMove) -> None:
        for need in line.facts:
            self.facts.make(need)
        for need in line.lost:
            self.facts.lose(need)
        if not line.refused:
            self.move(line.by, line.move)
        elif line.refused != MISSING_NEED or self.facts.missing(line.move):  # what a story leaves open may hold here
            self._refused(line)

    def _refused(self, line: StoryMove) -> None:
        by = next(self.players(line.by), None)
        try:
            if by is None:
                return  # nobody plays the part yet: there is no door to try
            self._make(by, line.move)
        except (Refused, NotFound):
            return
        raise AssertionError(f"{line.move} by {line.by} should have been refused: {line.refused}")

    def move(self, part: str, move: str) -> None:
        """Make a move by a part, or by who may in its place, such as the office for a parent at its counter; of several
        who play it, by the first whose post allows what the move brings with it."""
        parts = dict.fromkeys((part, *self.definition.move[move].by))
        refused: Exception = NotFound(f"Nobody plays a part that may: {move}.")
        for by in (by for one in parts for by in self.players(one)):
            try:
                self._make(by, move)
            except NotPermitted as not_permitted:
                refused = not_permitted
            else:
                return
        raise refused

    def _make(self, by: Actor, move: str) -> None:
        seen = Case.objects.values_list("moves_made", flat=True).get(pk=self.case.pk)
        given = {name: self._answer(name) for name in self.definition.move[move].asks}
        with acting(RUNTIME, by.account):
            move_case(by=by, uuid=self.case.uuid, move=move, seen=seen, given=given)

    def players(self, key: str) -> Iterator[Actor]:
        """Who can make the moves of a part; nobody while nobody plays it, such as a parent who comes to the counter."""
        for by in self.cast.actors(self.definition, self.definition.part[key]):
            if by.may(MOVE_CASE.key) and self._meets(by, key):
                yield by

    def _meets(self, by: Actor, part: str) -> bool:
        with acting(RUNTIME, by.account):
            try:
                return part in self.file(by).parts
            except NotFound:
                return False

    def file(self, by: Actor) -> CaseFile:
        return find(by, self.case.uuid)

    def say(self, text: Any) -> Any:
        """What stands here in Cyrillic, in the script that most write in where it is told."""
        return latin(text) if self.definition.country == "BA" and isinstance(text, str) else text

    def _answer(self, name: str) -> Any:
        kind, key = named(name)
        if kind == "part":
            return self.plays(self.definition.part[key])
        return {
            "happened_on": self.day, "happened_at": clock.now(), "date": self.day + timedelta(days=7),
            "registry_number": "auto", "sitting": (self.at(self.day), self.say("Сала 2")),
            "member": self.facts.voter(1), "deputy": self.facts.voter(-1), "paper": PAPER,
        }.get(name, self.say(WORDS))  # fmt: skip

    def plays(self, part: Part) -> Any:
        """Who is chosen for a part; an institution with somebody in it who may receive."""
        if part.guardians:
            return self.facts.parent()
        if part.kind != "organisation":
            return self.cast.person(self.definition, part)
        list(self.cast.actors(self.definition, part))
        return self.cast.organisation(self.definition, part)

    @staticmethod
    def at(day: date) -> datetime:
        return datetime.combine(day, time(12), clock.ZONE)


def _opens(by: Actor, at: "Organisation") -> bool:
    """May the person begin a case there, with a post that opens the files of its children?"""
    return any(seat.opens_files for seat in by.seats_for(OPEN_CASE.key, at.pk))


def _first_day(story: Story) -> date | None:
    """The first that the file names."""
    return next((line.on for line in story.moves if line.on), None)
