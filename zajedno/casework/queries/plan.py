"""The plan of a child, whichever cases wrote it: only the lines that the asker's ties open, and of those the words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext as _

from zajedno.casework.enums import IN_HAND
from zajedno.casework.models import Goal, Measure, Participant, PlanEntry
from zajedno.casework.queries.case import CaseFile
from zajedno.children.enums import Field
from zajedno.children.queries.tie import opening
from zajedno.kernel.actor import Actor
from zajedno.kernel.labels import label
from zajedno.kernel.refusal import NotFound
from zajedno.procedures.logic.codes import Measure as Coded
from zajedno.procedures.logic.definition import Definition
from zajedno.procedures.queries.definition import measures as coded_measures

if TYPE_CHECKING:
    from zajedno.children.models import Child

OTHER = "other"  # code of a measure that the pack does not list; its words are sealed
# Words of these sectors are for those to whom the child's file is open so far; that there is a measure, for all who
# may read the plan.
CLOSED = {"health": Field.HEALTH, "social_protection": Field.SOCIAL}
Line = TypeVar("Line", Goal, Measure, PlanEntry)


def is_apart(definition: Definition) -> bool:
    """Do lines of a plan stay within the case, because its procedure opens what tells of violence?"""
    return any(Field.VIOLENCE in tie.fields for tie in definition.all_ties())


def newest(row: Measure) -> Measure:
    """The version in force that came of a line."""
    while row.superseded_on is not None and (after := Measure.objects.filter(replaces=row).first()) is not None:
        after.child, row = row.child, after
    return row


def as_it_is(row: Goal | Measure) -> Goal | Measure | None:
    """The line as somebody may have left it since; None when it is gone."""
    now = type(row).objects.filter(pk=row.pk).first()
    if now is not None:
        now.child = row.child  # its key is already here
    return now


def adopts(definition: Definition) -> bool:
    """Is there a move that adopts the plan: that needs it, or the opinion that it belongs to?"""
    return any(not {"support_plan", "joint_opinion"}.isdisjoint(rule.needs) for rule in definition.moves)


def visible_to(by: Actor, rows: QuerySet[Line]) -> QuerySet[Line]:
    """Lines of plans that a tie with the field `plan` opens today; those of a case apart to who has it in that case."""
    within = Participant.objects.filter(tie__in=opening(by, Field.PLAN)).values("case")
    return rows.filter(Q(apart=False, child__in=opening(by, Field.PLAN).values("child")) | Q(case__in=within))


def in_force(day: date) -> Q:
    """Condition on a measure: somebody gives it, or is to give it, and its last day is not over."""
    return Q(superseded_on=None, state__in=IN_HAND) & (Q(until=None) | Q(until__gte=day))


def lines(file: CaseFile) -> QuerySet[Measure]:
    """Measures of the plan of a case as they stand: its own, and those of other cases that count in it."""
    mine = Q(case=file.case) | Q(pk__in=Measure.also.through.objects.filter(case=file.case).values("measure"))
    rows = Measure.objects.filter(mine, superseded_on=None)
    return rows.select_related("child__data_key", "responsible", "service__organisation", "goal")


def goals(file: CaseFile) -> QuerySet[Goal]:
    """Goals of the child that may be served in this case."""
    rows = visible_to(file.by, Goal.objects.filter(child=file.case.child_id, dropped_on=None))
    chosen = rows if is_apart(file.definition) else rows.filter(apart=False)
    return chosen.select_related("child__data_key", "at")


def adopted_on(file: CaseFile) -> date | None:
    """When the plan of this case was adopted; None while it is being written."""
    opinion = getattr(file.case, "joint_opinion", None)
    if opinion is not None and opinion.adopted_on:
        day: date = opinion.adopted_on
        return day
    found: date | None = Measure.objects.filter(case=file.case).aggregate(day=Max("adopted_on"))["day"]
    return found


def twins(file: CaseFile, code: str, but: Measure | None = None) -> QuerySet[Measure]:
    """The same measure already in force for the child, as far as the asker may see: what would be planned twice."""
    rows = Measure.objects.filter(in_force(file.by.today), child=file.case.child_id, code=code).exclude(code=OTHER)
    found = visible_to(file.by, rows.exclude(pk=but.pk) if but else rows)
    return found.select_related("child__data_key", "responsible", "at").order_by("id")


def elsewhere(file: CaseFile) -> QuerySet[Measure]:
    """Measures in force for the child that other cases planned and that do not count in this one."""
    rows = visible_to(file.by, Measure.objects.filter(in_force(file.by.today), child=file.case.child_id))
    rows = rows.exclude(pk__in=lines(file).order_by().values("pk"))
    return rows.select_related("child__data_key", "responsible", "at", "service__organisation")


def coded(country: str) -> Mapping[str, Coded]:
    """Coded measures of a country by key; none where no list is loaded."""
    try:
        return {one.key: one for one in coded_measures(country)}
    except NotFound:
        return {}


@dataclass(frozen=True)
class Reader:
    """Who reads a plan. `fields`: what their ties open; `team`: they decide on this plan, so they read all of it."""

    by: Actor
    fields: frozenset[Any]
    country: str
    team: bool = False

    @cached_property
    def coded(self) -> Mapping[str, Coded]:
        return coded(self.country)

    def name(self, row: Measure) -> str:
        """What the pack calls the measure; one that it does not list is told by its words alone."""
        return self.named(row.code)

    def named(self, code: str) -> str:
        if code in self.coded:
            return label(self.coded[code].labels)
        return _("Another measure") if code == OTHER else code

    def sector(self, row: Measure) -> str:
        return self.coded[row.code].sector if row.code in self.coded else ""

    def reads(self, row: Measure) -> bool:
        """May the words of the measure be read: who gives it, who planned it, or to whom that part of the file is
        open."""
        needed = CLOSED.get(self.sector(row))
        mine = {row.responsible_id, row.at_id, row.service.organisation_id if row.service else None}
        return self.team or needed is None or needed in self.fields or not mine.isdisjoint(self.by.keys)

    def words(self, row: Measure) -> str:
        return row.text if self.reads(row) else ""

    def said(self, entry: PlanEntry) -> str:
        """The words of a line of the history."""
        return entry.text if entry.measure is None or self.reads(entry.measure) else ""


def reader_of(file: CaseFile, team: bool = False) -> Reader:
    return Reader(file.by, file.fields, file.definition.country or country_of(file), team)


def country_of(file: CaseFile) -> str:
    code: str = file.case.organisation.territory.country_id
    return code


@dataclass(frozen=True)
class ChildPlan:
    """The whole plan as one asker may see it: what stands, what stood before, and the history, the newest first."""

    reader: Reader
    goals: list[Goal]
    measures: list[Measure]
    former: list[Measure]
    entries: list[PlanEntry]


def plan_of(by: Actor, child: "Child", fields: Iterable[Any], country: str) -> ChildPlan:
    """Four queries, however many cases wrote it. Asks for no verb: who shows it has opened the file."""
    every = visible_to(by, Measure.objects.filter(child=child)).order_by("legal_group", "position", "id")
    rows = list(every.select_related("responsible", "at", "service__organisation", "goal"))
    found = list(visible_to(by, Goal.objects.filter(child=child, dropped_on=None)).select_related("at"))
    told = visible_to(by, PlanEntry.objects.filter(child=child)).select_related("organisation")
    by_id = {row.pk: row for row in rows}
    entries = [one for one in told if one.measure_id is None or one.measure_id in by_id]
    for row in (*rows, *found, *entries):
        row.child = child  # its key is already here
    for entry in entries:
        entry.measure = by_id[entry.measure_id] if entry.measure_id else None
    return ChildPlan(
        Reader(by, frozenset(fields), country),
        found,
        [row for row in rows if row.superseded_on is None],
        [row for row in rows if row.superseded_on is not None],
        entries,
    )


def find(by: Actor, child: "Child", uuid: UUID) -> Measure:
    """One measure of the child's plan, or NotFound: a foreign one as one that is not there."""
    rows = visible_to(by, Measure.objects.filter(child=child, uuid=uuid))
    row = rows.select_related("child__data_key", "responsible", "at", "service__organisation", "goal").first()
    if row is None:
        raise NotFound("")
    return row


def entries_of(by: Actor, row: Measure) -> list[PlanEntry]:
    """The history of a measure and of its earlier versions, the newest first."""
    versions, seen = [row.pk], row
    while seen.replaces_id and len(versions) < row.version:
        seen = Measure.objects.get(pk=seen.replaces_id)
        versions.append(seen.pk)
    found = list(visible_to(by, PlanEntry.objects.filter(measure__in=versions)).select_related("organisation"))
    for entry in found:
        entry.child, entry.measure = row.child, row
    return found
