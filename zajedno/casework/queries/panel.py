"""What waits at the desk of a commission: queues by the asker's parts, and all its cases."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zajedno.casework.models import Case, Clock, Move, Opinion, Participant, Recusal
from zajedno.casework.queries.case import open_to, visible_to
from zajedno.casework.queries.needs import BEGINNING
from zajedno.casework.rules import DECIDE, HOLD_SITTING, PLAN_SUPPORT, WRITE_OPINION
from zajedno.kernel.actor import Actor
from zajedno.procedures.logic.definition import Definition
from zajedno.procedures.queries.definition import of_version

SOON = 30  # days in which a report counts as due
OWED = "opinion"
REPORTS = "reports"
NOBODY = Q(pk__in=[])
# Who plans support elsewhere, as a counselling team does, writes no opinion and sits in no commission.
SITS = ({HOLD_SITTING.key}, {DECIDE.key}, {WRITE_OPINION.key, PLAN_SUPPORT.key})


@dataclass(frozen=True)
class Queue:
    """Work of one kind. It waits for whoever may make one of `moves`, or holds `verb` at the commission."""

    key: str
    title: str | Promise
    moves: tuple[str, ...] = ()
    verb: str = ""


QUEUES = (
    Queue("register", _("New requests to register"), ("register",)),
    Queue("complete", _("Requests to check for completeness"), ("accept_as_complete",)),
    Queue("consent", _("Consents missing"), ("record_consent",)),
    Queue("schedule", _("Interim members to appoint, assessments to schedule"), ("appoint_interim_member", "schedule")),
    Queue("assess", _("Assessments under way"), ("begin_assessment", "finish_assessment")),
    Queue(OWED, _("Opinions you owe"), ("write_individual_opinion",)),
    Queue("call", _("Sittings to call"), ("call_sitting",)),
    Queue("sitting", _("Sittings to prepare and hold"), ("hold_sitting",)),
    Queue("decide", _("Joint opinions to write and adopt"), ("adopt_opinion",), DECIDE.key),
    Queue("deliver", _("Opinions to deliver"), ("deliver",)),
    Queue(REPORTS, _("Reports due"), ("ask_for_report",)),
    Queue("reassess", _("Re-assessments to decide on"), ("accept_reassessment",)),
)
QUEUE = {queue.key: queue for queue in QUEUES}


@dataclass(frozen=True)
class Waiting:
    """A queue with how many cases are in it, how many of them are late, and the nearest last day."""

    queue: Queue
    count: int
    late: int
    nearest: date | None


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


def _steps(definition: Definition, queue: Queue, parts: Iterable[str], by: Actor, organisation: int) -> set[str]:
    """Steps in which a case waits in the queue for somebody with these parts."""
    mine = set(parts)
    holds = bool(queue.verb) and by.may(queue.verb, organisation)
    rules = [definition.move[key] for key in queue.moves if key in definition.move]
    found = {step for rule in rules if holds or not mine.isdisjoint(rule.by) for step in rule.from_steps}
    if queue.key == "schedule":  # later the interim member is only replaced; that is not waiting
        first = {step for key in ("schedule",) if key in definition.move for step in definition.move[key].from_steps}
        found &= first
    if queue.key == "consent":
        found = {step for step in found if definition.step[step].kind == "wait"}
    return found


Kinds = list[tuple[int, int]]  # (organisation, version) of the open cases


def kinds_of(by: Actor) -> Kinds:
    """Which versions run at which commission: few rows, whatever the number of cases."""
    rows = open_to(by).order_by().values_list("organisation_id", "version_id").distinct()
    return [(organisation, version) for organisation, version in rows]


def waiting_in(by: Actor, queue: Queue, kinds: Kinds) -> Q:
    """Condition on a Case: does it wait in the queue for the actor?"""
    if queue.key == OWED:
        return _owed(by, kinds)
    seats = set(commissions(by))
    found = []
    for organisation, version in kinds:
        definition = of_version(version)
        if organisation in seats:
            steps = _steps(definition, queue, own_parts(by, organisation, definition), by, organisation)
            if steps:
                found.append(Q(organisation=organisation, version=version, step__in=steps))
    condition = reduce(or_, found, NOBODY)
    return condition & _report_due(by, kinds) if queue.key == REPORTS else condition


def _report_due(by: Actor, kinds: Kinds) -> Q:
    keys = {key for _organisation, version in kinds for key in report_clocks(of_version(version))}
    due = Clock.objects.filter(
        case=OuterRef("pk"), key__in=keys, stopped_on=None, paused_on=None, due_on__lte=by.today + timedelta(days=SOON)
    )
    return Q(Exists(due))


def report_clocks(definition: Definition) -> set[str]:
    """Deadlines that a report on the support stops."""
    reports = {rule.key for rule in definition.moves if "report" in rule.asks}
    return {rule.key for rule in definition.deadlines if not reports.isdisjoint(rule.stop)}


def _standing(by: Actor) -> Q:
    return (Q(tie__until=None) | Q(tie__until__gte=by.today)) & Q(tie__since__lte=by.today)


def _owed(by: Actor, kinds: Kinds) -> Q:
    """The actor has a vote in the case, did not step back, and has not written since opinions were last asked for."""
    found, renewing = [], set()
    for organisation, version in kinds:
        definition = of_version(version)
        rules = [definition.move[key] for key in QUEUE[OWED].moves if key in definition.move]
        steps = {step for rule in rules for step in rule.from_steps}
        renewing |= {rule.key for rule in definition.moves if "individual_opinions" in rule.renews}
        votes = {part.key for part in definition.parts if part.votes}
        case = Q(organisation=organisation, version=version, step__in=steps)
        if votes & own_parts(by, organisation, definition):
            found.append(case)
        else:
            invited = Participant.objects.filter(_standing(by), key=-by.account, part__in=votes)
            deputising = Recusal.objects.filter(deputy=by.account)
            found.append(case & (Q(pk__in=invited.values("case")) | Q(pk__in=deputising.values("case"))))
    asked = Move.objects.filter(case=OuterRef("case"), move__in=renewing).order_by("-position").values("moment")[:1]
    written = Opinion.objects.filter(
        case=OuterRef("pk"), author=by.account, replaced_by=None, submitted_on__gt=Coalesce(Subquery(asked), BEGINNING)
    )
    stepped_back = Recusal.objects.filter(case=OuterRef("pk"), account=by.account)
    return reduce(or_, found, NOBODY) & ~Q(Exists(written)) & ~Q(Exists(stepped_back))


def inbox(by: Actor) -> list[Waiting]:
    """What waits for the actor, queue by queue; empty queues are left out. Three queries, however many cases."""
    groups = [Group(**row) for row in _sums(open_to(by), by)]
    kinds = sorted({(group.organisation_id, group.version_id) for group in groups})
    found = []
    for queue in QUEUES:
        if queue.key in (OWED, REPORTS):
            rows = open_to(by).filter(waiting_in(by, queue, kinds))
            here = [Group(**row) for row in _sums(rows, by)]
        else:
            here = [group for group in groups if group.step in waiting_steps(by, queue, group)]
        if here:
            nearest = min((group.nearest for group in here if group.nearest), default=None)
            found.append(Waiting(queue, sum(one.count for one in here), sum(one.late for one in here), nearest))
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


def waiting_steps(by: Actor, queue: Queue, group: Group) -> set[str]:
    if group.organisation_id not in commissions(by):
        return set()
    definition = of_version(group.version_id)
    return _steps(definition, queue, own_parts(by, group.organisation_id, definition), by, group.organisation_id)


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
    condition = reduce(or_, (waiting_in(by, queue, kinds) for queue in QUEUES), NOBODY)
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
    if chosen.queue in QUEUE:
        rows = open_to(by).filter(waiting_in(by, QUEUE[chosen.queue], kinds_of(by)))
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
    mine = Participant.objects.filter(_standing(by), key=-by.account, is_open=True)
    return bool(commissions(by)) or mine.exists()


def current_definition(by: Actor) -> Definition | None:
    """The newest version that runs at the desk; None while no case was ever received."""
    versions = [version for _organisation, version in kinds_of(by)]
    return of_version(max(versions)) if versions else None
