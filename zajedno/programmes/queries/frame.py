"""Frameworks of results: one whole, its progress, what each place brought."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Prefetch, QuerySet

from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.places.queries.territory import of_organisation
from zajedno.programmes.enums import ResultLevel
from zajedno.programmes.logic.frame import Progress
from zajedno.programmes.models import Frame, Lesson, Phase, Reading, Result, Target
from zajedno.programmes.rules import TELL_FRAME

if TYPE_CHECKING:
    from zajedno.places.models import Territory


def frames() -> QuerySet[Frame]:
    """Those in use that the reader's way to the database shows: public pages read only what is public."""
    return Frame.objects.filter(retired=False).defer("content")


def public() -> QuerySet[Frame]:
    return frames().filter(is_public=True)


def find(key: str, *, public_only: bool = False) -> Frame:
    found = (public() if public_only else frames()).filter(key=key).first()
    if found is None:
        raise NotFound("")
    return found


def contents() -> dict[str, dict[str, object]]:
    """What was loaded of each framework, by key, to be compared with its file."""
    return dict(Frame.objects.filter(retired=False).values_list("key", "content"))


def own_places(by: Actor) -> "list[Territory]":
    """Places of which the actor may tell."""
    return of_organisation(by.organisations_for(TELL_FRAME.key))


def _newest(rows: Iterable[Reading]) -> list[Reading]:
    """One for each place, phase and period: the last that was told."""
    found: dict[tuple[object, ...], Reading] = {}
    for row in rows:
        found[row.place_id, row.phase_id, row.period] = row
    return list(found.values())


@dataclass(frozen=True)
class Branch:
    """A result with its targets and numbers, of all and of places; `depth` 0 is the impact."""

    result: Result
    targets: list[Target]
    readings: list[Reading]

    @property
    def depth(self) -> int:
        return ResultLevel.values.index(self.result.level)

    @property
    def whole(self) -> list[Reading]:
        """Of all places together, the oldest first."""
        return [one for one in self.readings if one.place_id is None]

    def of(self, place: int) -> list[Reading]:
        return [one for one in self.readings if one.place_id == place]

    def progress(self, phase: int | None = None) -> Progress:
        """Of all places, in a phase or in all: the newest number, else the sum of the newest that places told. Targets
        of phases are not added up: nobody said that they are one."""
        rows = [one for one in self.whole if phase is None or one.phase_id == phase]
        value = rows[-1].value if rows else self._sum(phase)
        aim = next((one.value for one in self.targets if one.place_id is None and one.phase_id == phase), None)
        return Progress(value, aim, self.result.falls, partly=not rows)

    def _sum(self, phase: int | None) -> Decimal | None:
        last = {
            one.place_id: one.value
            for one in self.readings
            if one.place_id is not None and phase in (None, one.phase_id)
        }
        return sum(last.values(), Decimal(0)) if last and self.result.unit != "%" else None


@dataclass(frozen=True)
class Whole:
    """A framework with all that is told of it."""

    frame: Frame
    phases: list[Phase]
    branches: list[Branch]
    lessons: list[Lesson]

    @property
    def places(self) -> "list[Territory]":
        """Of its phases and of those that told something, in the order of names."""
        found = {place.pk: place for phase in self.phases for place in phase.places.all()}
        found |= {
            one.place_id: one.place for branch in self.branches for one in branch.readings
            if one.place_id is not None and one.place is not None
        }  # fmt: skip
        return sorted(found.values(), key=lambda one: (one.key, one.code))

    def branch(self, key: str) -> Branch:
        found = next((one for one in self.branches if one.result.key == key), None)
        if found is None:
            raise NotFound("")
        return found

    def phases_of(self, place: int) -> list[Phase]:
        return [one for one in self.phases if any(row.pk == place for row in one.places.all())]


def whole(frame: Frame) -> Whole:
    """Five queries, however large it is."""
    readings = Reading.objects.defer("written_by").select_related("place", "phase").order_by("written_on", "id")
    results = Result.objects.filter(frame=frame, retired=False).prefetch_related(
        "targets", Prefetch("readings", readings)
    )
    branches = [
        Branch(one, list(one.targets.all()), sorted(_newest(one.readings.all()), key=lambda row: row.period))
        for one in results.order_by("position")
    ]
    phases = Phase.objects.filter(frame=frame, retired=False).prefetch_related("places").order_by("position")
    lessons = Lesson.objects.filter(frame=frame).defer("written_by").select_related("place", "phase")
    return Whole(frame, list(phases), branches, list(lessons))


def phase(frame: Frame, key: str) -> Phase | None:
    return Phase.objects.filter(frame=frame, key=key, retired=False).first()
