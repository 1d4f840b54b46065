"""What falls due: tasks, deadlines and flags with a day, in one list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q

from zajedno.casework.models import Clock
from zajedno.casework.queries import flag as flags
from zajedno.casework.queries import task as tasks
from zajedno.casework.queries.case import open_to
from zajedno.kernel.actor import Actor

if TYPE_CHECKING:
    from zajedno.casework.models import Case

KINDS: Final = ("task", "deadline", "flag")


@dataclass(frozen=True, order=True)
class Mark:
    """Something on a day, not yet read."""

    day: date
    kind: str  # of KINDS
    key: int


@dataclass(frozen=True)
class Due:
    """The same, read: `row` is the Task, Clock or Flag."""

    mark: Mark
    case: "Case"
    row: object


def marks(
    by: Actor, *, whose: str = "", kinds: Iterable[str] = KINDS, first: date | None = None, last: date | None = None
) -> list[Mark]:
    """What is not done, by day. `whose` narrows tasks as `queries/task.of` does; deadlines and flags are of all the
    actor's open cases and stand only among one's own. `first` and `last` are included."""
    days = Q(due_on__isnull=False)
    days &= Q(due_on__gte=first) if first else Q()
    days &= Q(due_on__lte=last) if last else Q()
    wanted = set(kinds) if whose == "" else {"task"} & set(kinds)
    rows = {
        "task": lambda: tasks.waiting(tasks.of(by, whose)),
        "deadline": lambda: Clock.objects.filter(case__in=open_to(by), stopped_on=None, paused_on=None),
        "flag": lambda: flags.readable(by).filter(removed_on=None, case__closed_on=None),
    }
    return sorted(
        Mark(day, kind, key)
        for kind in KINDS
        if kind in wanted
        for day, key in rows[kind]().filter(days).values_list("due_on", "pk")
    )


def read(by: Actor, found: Sequence[Mark]) -> list[Due]:
    """The rows behind marks, with case, child and key; a query or three for each kind."""
    keys = {kind: [one.key for one in found if one.kind == kind] for kind in KINDS}
    rows: dict[str, Iterable[Any]] = {
        "task": tasks.by_ids(by, keys["task"]),
        "deadline": Clock.objects.filter(pk__in=keys["deadline"]).prefetch_related("case__child"),
        "flag": flags.readable(by).filter(pk__in=keys["flag"]).prefetch_related("case__child__data_key"),
    }
    known = {(kind, row.pk): row for kind in KINDS if keys[kind] for row in rows[kind]}
    read_ = ((one, known.get((one.kind, one.key))) for one in found)
    return [Due(one, row.case, row) for one, row in read_ if row is not None]


def sorted_by_day(found: Iterable[Mark], today: date) -> dict[str, list[Mark]]:
    """overdue | today | next."""
    groups: dict[str, list[Mark]] = {"overdue": [], "today": [], "next": []}
    for one in found:
        groups["overdue" if one.day < today else "today" if one.day == today else "next"].append(one)
    return groups
