"""A year of an institution: plans in force, programmes with what was counted in it, budgets, grants; what is late.
And what public pages are told of it: the database gives no more (`migrations/0005_public.py`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from zajedno.kernel.actor import Actor
from zajedno.programmes import rules
from zajedno.programmes.enums import ProgrammeKind
from zajedno.programmes.logic.glance import OPEN, Glance, glance
from zajedno.programmes.models import Activity, Budget, Entry, Grant, Plan, Programme, Progress, Session
from zajedno.programmes.queries import budget as budgets
from zajedno.programmes.queries import funding
from zajedno.programmes.queries import plan as plans
from zajedno.programmes.queries import programme as programmes


def in_force(by: Actor, organisation: int, first: int, last: int) -> list[Plan]:
    """Newest adopted versions of plans that it keeps for any of these years, in the order of years."""
    rows = plans.visible_to(by).filter(organisation=organisation).exclude(_replaced())
    rows = rows.filter(adopted_on__isnull=False, first_year__lte=last, first_year__gt=first - F("years"))
    return list(rows.order_by("first_year", "pk"))


def _replaced() -> Exists:
    later = Plan.objects.filter(series=OuterRef("series"), version__gt=OuterRef("version"), adopted_on__isnull=False)
    return Exists(later)


def late(by: Actor) -> QuerySet[Activity]:
    """Activities past their last day, of adopted plans that the actor writes; the longest overdue first. One query."""
    mine = Plan.objects.filter(organisation__in=by.organisations_for(rules.WRITE_PLAN.key)).exclude(_replaced())
    told = Progress.objects.filter(thread=OuterRef("thread")).order_by("-pk").values("state")[:1]
    rows = Activity.objects.filter(measure__goal__plan__in=mine.filter(adopted_on__isnull=False), ends_on__lt=by.today)
    rows = rows.annotate(told=Subquery(told))
    rows = rows.filter(Q(told=None) | Q(told__in=OPEN))
    return rows.select_related("measure__goal__plan").order_by("ends_on", "pk")


@dataclass(frozen=True)
class Ran:
    """A programme, and how many came to each of its meetings held in the year (twice, who came twice)."""

    programme: Programme
    came: tuple[int, ...]


def ran(organisation: int, year: int) -> list[Ran]:
    """Two queries."""
    rows = list(programmes.within(organisation, year, year))
    counted: dict[int, list[int]] = {}
    for one in Session.objects.filter(programme__in=rows, on__year=year):
        if one.came is not None:
            counted.setdefault(one.programme_id, []).append(one.came)
    return [Ran(row, tuple(counted.get(row.pk, ()))) for row in rows]


def budgets_of(by: Actor, organisation: int, year: int) -> list[Budget]:
    return list(budgets.visible_to(by).filter(organisation=organisation, year=year))


def grants_of(by: Actor, organisation: int, first: date, last: date) -> list[Grant]:
    """Grants that could be spent on any of these days."""
    rows = funding.visible_to(by).filter(funder__organisation=organisation, agreed_on__lte=last, ends_on__gte=first)
    return list(rows.order_by("ends_on", "pk"))


def unplanned(by: Actor, year: int) -> list[int]:
    """Institutions (ids) whose budget the actor keeps, and which have planned nothing for the year."""
    kept = by.organisations_for(rules.KEEP_BUDGET.key)
    rows = Entry.objects.filter(kind=Entry.Kind.PLAN, line__budget__year=year, line__budget__organisation__in=kept)
    planned = set(rows.values_list("line__budget__organisation", flat=True))
    return [one for one in kept if one not in planned]


# For everybody


@dataclass(frozen=True)
class PublicPlan:
    """An adopted plan: its decision, its goals with how far each has come."""

    key: int
    title: str
    first_year: int
    last_year: int
    organ: str
    adopted_on: date
    goals: Sequence[tuple[str, Glance]]
    glance: Glance


@dataclass(frozen=True)
class PublicProgramme:
    """`reached`: how many took part; None when nobody said so or they were fewer than five."""

    title: str
    kind: str
    target: str
    begins_on: date
    ends_on: date | None
    held: int
    reached: int | None


def public_plans(body: int, today: date) -> list[PublicPlan]:
    """Of who keeps a body (its id), the newest first."""
    heads: dict[int, dict[str, Any]] = {}
    goals: dict[int, dict[str, list[tuple[str, date]]]] = {}
    with connection.cursor() as cursor:
        cursor.execute("select * from app.body_plans(%s)", [body])
        for plan, title, first, years, organ, adopted, number, goal, state, ends_on in cursor.fetchall():
            named = {"key": plan, "title": title, "organ": organ, "adopted_on": adopted}
            heads[plan] = {**named, "first_year": first, "last_year": first + years - 1}
            told = goals.setdefault(plan, {})
            if goal is not None:
                told.setdefault(f"{number}. {goal}", []).extend([(state, ends_on)] if ends_on else [])
    return [_public(heads[plan], goals[plan], today) for plan in heads]


def _public(head: dict[str, Any], goals: dict[str, list[tuple[str, date]]], today: date) -> PublicPlan:
    told = [(goal, glance(lines, today)) for goal, lines in goals.items()]
    return PublicPlan(**head, goals=told, glance=glance([one for lines in goals.values() for one in lines], today))


def public_programmes(body: int) -> list[PublicProgramme]:
    """The newest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select title, kind, target, begins_on, ends_on, held, reached from app.body_programmes(%s)", [body]
        )
        rows = cursor.fetchall()
    return [PublicProgramme(one[0], str(ProgrammeKind(one[1]).label), *one[2:]) for one in rows]
