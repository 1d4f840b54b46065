"""What waits at the desk of a commission: queues by the asker's parts, and all its cases."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from zajedno.casework.models import Case, Clock, Move, Opinion, Participant, Recusal
from zajedno.casework.queries.case import holds, open_to, visible_to
from zajedno.casework.queries.needs import BEGINNING
from zajedno.casework.rules import DECIDE, HOLD_SITTING, PLAN_SUPPORT, WRITE_OPINION
from zajedno.kernel.actor import Actor
from zajedno.procedures.logic.definition import Definition, Queue, Step
from zajedno.procedures.queries.definition import of_version

SOON = 30  # days in which a report counts as due
NOBODY = Q(pk__in=[])
# Who plans support elsewhere, as a counselling team does, writes no opinion and sits in no commission.
SITS = ({HOLD_SITTING.key}, {DECIDE.key}, {WRITE_OPINION.key, PLAN_SUPPORT.key})


def queues_of(definition: Definition) -> Mapping[str, Queue]:
    """The queues of a procedure by key; where its file names none, one for each step."""
    found = definition.queues or tuple(_of_step(definition, step) for step in definition.steps if step.kind != "end")
    return {queue.key: queue for queue in found}


def _of_step(definition: Definition, step: Step) -> Queue:
    moves = tuple(rule.key for rule in definition.moves if step.key in rule.from_steps)
    return Queue(f"{definition.key}.{step.key}", step.labels, moves, by=(), steps=(step.key,), deadline="")


def is_owed(definition: Definition, queue: Queue) -> bool:
    """Does it wait for an opinion of each who has a vote?"""
    return any("opinion" in definition.move[key].asks for key in queue.moves)


def is_decided(definition: Definition, queue: Queue) -> bool:
    """Does the joint opinion wait here?"""
    return any("joint_opinion" in definition.move[key].needs for key in queue.moves)


@dataclass(frozen=True)
class Waiting:
    """A queue with how many cases are in it, how many of them are late, and the nearest last day."""

    queue: Queue
    count: int
    late: int
    nearest: date | None
    owed: bool  # opinions


def commissions(by: Actor) -> list[int]:
    """Commissions in which the actor holds a post, by id."""
    found = (seat for seat in by.seats if seat.opens_files and any(seat.verbs.issuperset(verbs) for verbs in SITS))
    return sorted({seat.organisation for seat in found})


def of_commission(by: Actor) -> QuerySet[Case]:
    """Every case, open or closed, of the commissions where the actor sits."""
    return visible_to(by).filter(organisation__in=commissions(by))


def open_of_commission(by: Actor) -> QuerySet[Case]:
    return open_to(by).filter(organisation__in=commissions(by))


def own_parts(by: Actor, organisation: int, definition: Definition) -> set[str]:
    """Parts that the actor's posts at a commission play in each of its cases."""
    roles = {seat.role for seat in by.seats if seat.organisation == organisation}
    return {part.key for part in definition.parts if part.kind == "post" and part.role in roles}


def _steps(definition: Definition, queue: Queue, parts: Iterable[str]) -> set[str]:
    """Steps in which a case waits in the queue for somebody with these parts."""
    mine = set(parts)
    rules = [definition.move[key] for key in queue.moves]
    found = {step for rule in rules if not mine.isdisjoint(queue.by or rule.by) for step in rule.from_steps}
    return found & set(queue.steps) if queue.steps else found


Kinds = list[tuple[int, int]]  # (organisation, version) of the open cases


def kinds_of(by: Actor) -> Kinds:
    """Which versions run at which commission: few rows, whatever the number of cases."""
    rows = open_to(by).order_by().values_list("organisation_id", "version_id").distinct()
    return [(organisation, version) for organisation, version in rows]


def queues(kinds: Kinds) -> Mapping[str, tuple[Queue, Definition]]:
    """Every queue of the procedures that run at a desk, in the order of their files; the newest version names it."""
    found: dict[str, tuple[Queue, Definition]] = {}
    for version in sorted({version for _organisation, version in kinds}, reverse=True):
        definition = of_version(version)
        for key, queue in queues_of(definition).items():
            found.setdefault(key, (queue, definition))
    return found


def waiting_in(by: Actor, key: str, kinds: Kinds) -> Q:
    """Condition on a Case: does it wait in the queue for the actor?"""
    return reduce(or_, (_waiting(by, key, *kind) for kind in kinds), NOBODY)


def _waiting(by: Actor, key: str, organisation: int, version: int) -> Q:
    definition = of_version(version)
    queue = queues_of(definition).get(key)
    if queue is None:
        return NOBODY
    if is_owed(definition, queue):
        return _owed(by, queue, organisation, version)
    if organisation not in commissions(by):
        return NOBODY
    steps = _steps(definition, queue, own_parts(by, organisation, definition))
    found = Q(organisation=organisation, version=version, step__in=steps) if steps else NOBODY
    return found & _due(by, queue.deadline) if queue.deadline else found


def _due(by: Actor, deadline: str) -> Q:
    near = Clock.objects.filter(
        case=OuterRef("pk"), key=deadline, stopped_on=None, paused_on=None, due_on__lte=by.today + timedelta(days=SOON)
    )
    return Q(Exists(near))


def report_clocks(definition: Definition) -> set[str]:
    """Deadlines that a report on the support stops."""
    reports = {rule.key for rule in definition.moves if "report" in rule.asks}
    return {rule.key for rule in definition.deadlines if not reports.isdisjoint(rule.stop)}


def _owed(by: Actor, queue: Queue, organisation: int, version: int) -> Q:
    """The actor has a vote in the case, did not step back, and has not written since opinions were last asked for."""
    definition = of_version(version)
    votes = {part.key for part in definition.parts if part.votes}
    steps = {step for key in queue.moves for step in definition.move[key].from_steps}
    found = Q(organisation=organisation, version=version, step__in=steps)
    if not votes & own_parts(by, organisation, definition):
        invited = Participant.objects.filter(holds(by.today), key=-by.account, part__in=votes)
        deputising = Recusal.objects.filter(deputy=by.account)
        found &= Q(pk__in=invited.values("case")) | Q(pk__in=deputising.values("case"))
    renewing = [rule.key for rule in definition.moves if "individual_opinions" in rule.renews]
    asked = Move.objects.filter(case=OuterRef("case"), move__in=renewing).order_by("-position").values("moment")[:1]
    written = Opinion.objects.filter(
        case=OuterRef("pk"), author=by.account, replaced_by=None, submitted_on__gt=Coalesce(Subquery(asked), BEGINNING)
    )
    stepped_back = Recusal.objects.filter(case=OuterRef("pk"), account=by.account)
    return found & ~Q(Exists(written)) & ~Q(Exists(stepped_back))


def inbox(by: Actor) -> list[Waiting]:
    """What waits for the actor, queue by queue; empty ones are left out. One query, and one for each queue that looks
    beyond the step, however many cases."""
    groups = [Group(**row) for row in _sums(open_to(by), by)]
    kinds = sorted({(group.organisation_id, group.version_id) for group in groups})
    found = []
    for key, (queue, definition) in queues(kinds).items():
        if queue.deadline or is_owed(definition, queue):
            rows = open_to(by).filter(waiting_in(by, key, kinds))
            here = [Group(**row) for row in _sums(rows, by)]
        else:
            here = [group for group in groups if group.step in waiting_steps(by, key, group)]
        if here:
            nearest = min((group.nearest for group in here if group.nearest), default=None)
            late = sum(one.late for one in here)
            found.append(Waiting(queue, sum(one.count for one in here), late, nearest, is_owed(definition, queue)))
    return found


@dataclass(frozen=True)
class Group:
    """Cases of one version at one step of one commission."""

    organisation_id: int
    version_id: int
    step: str
    count: int
    late: int
    nearest: date | None


def waiting_steps(by: Actor, key: str, group: Group) -> set[str]:
    definition = of_version(group.version_id)
    queue = queues_of(definition).get(key)
    if queue is None or group.organisation_id not in commissions(by):
        return set()
    return _steps(definition, queue, own_parts(by, group.organisation_id, definition))


def _sums(rows: QuerySet[Case], by: Actor) -> Iterable[dict[str, Any]]:
    """Cases counted by commission, version and step. One query."""
    grouped: Any = rows.order_by().values("organisation_id", "version_id", "step")
    found: Iterable[dict[str, Any]] = grouped.annotate(
        count=Count("pk"), late=Count("pk", filter=Q(due_on__lt=by.today)), nearest=Min("due_on")
    )
    return found


def urgent(by: Actor, most: int = 10) -> QuerySet[Case]:
    """The cases that wait for the actor, the nearest last day first."""
    kinds = kinds_of(by)
    condition = reduce(or_, (waiting_in(by, key, kinds) for key in queues(kinds)), NOBODY)
    return by_due(open_to(by).filter(condition))[:most]


def by_due(rows: QuerySet[Case]) -> QuerySet[Case]:
    return rows.prefetch_related("child", "organisation", "initiated_by").order_by(
        F("due_on").asc(nulls_last=True), "received_on", "id"
    )


@dataclass(frozen=True)
class Chosen:
    """What the list of cases is narrowed by. `state`: open | closed | all; `due`: late | week | month."""

    queue: str = ""
    step: str = ""
    due: str = ""
    initiator: str = ""
    year: int | None = None
    state: str = "open"


def cases(by: Actor, chosen: Chosen) -> QuerySet[Case]:
    """Cases of the commission, the nearest last day first."""
    kinds = kinds_of(by) if chosen.queue else []
    if chosen.queue in queues(kinds):
        rows = open_to(by).filter(waiting_in(by, chosen.queue, kinds))
    elif chosen.state == "open":
        rows = open_of_commission(by)
    else:
        rows = of_commission(by)
        rows = rows.exclude(closed_on=None) if chosen.state == "closed" else rows
    exact = {"step": chosen.step, "initiator": chosen.initiator}
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if chosen.year:
        rows = rows.filter(received_on__range=(date(chosen.year, 1, 1), date(chosen.year, 12, 31)))
    until = {"week": by.today + timedelta(days=7), "month": by.today + timedelta(days=30)}.get(chosen.due)
    if chosen.due == "late":
        rows = rows.filter(due_on__lt=by.today)
    elif until:
        rows = rows.filter(due_on__range=(by.today, until))
    return by_due(rows)


def taking_part(by: Actor) -> bool:
    """Does the actor sit in a commission, or was appointed for some open case?"""
    mine = Participant.objects.filter(holds(by.today), key=-by.account, is_open=True)
    return bool(commissions(by)) or mine.exists()


def current_definition(by: Actor) -> Definition | None:
    """The newest version that runs at the desk; None while no case was ever received."""
    versions = [version for _organisation, version in kinds_of(by)]
    return of_version(max(versions)) if versions else None
