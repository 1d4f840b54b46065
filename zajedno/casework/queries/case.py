"""Finding cases. Every read starts from `visible_to`."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Exists, F, Func, OuterRef, Prefetch, Q, QuerySet, TextField

from zajedno.casework.logic.passing import READING
from zajedno.casework.models import Case, Clock, Move, Participant
from zajedno.casework.rules import MOVE_CASE
from zajedno.kernel.actor import Actor, Seat
from zajedno.kernel.refusal import NotFound
from zajedno.kernel.script import fold
from zajedno.procedures.logic.definition import Definition
from zajedno.procedures.logic.walk import State, latest_of
from zajedno.procedures.queries.definition import of_version, without_text

NOT_FOUND = NotFound("")
DUE = ("overdue", "today", "next")


def _standing(by: Actor) -> QuerySet[Participant]:
    """Parts that the actor plays through a tie that holds today: as a parent, or at work."""
    return Participant.objects.filter(holds(by.today), key__in=by.keys, is_family=by.is_family)


def holds(day: date) -> Q:
    """Parts whose tie holds on the day."""
    return Q(Q(until=None) | Q(until__gte=day), since__lte=day)


def visible_to(by: Actor) -> QuerySet[Case]:
    """Cases in which the actor or one of their organisations takes part today."""
    return Case.objects.filter(pk__in=_standing(by).values("case"))


def open_to(by: Actor) -> QuerySet[Case]:
    """The same, not yet closed: what lists start from."""
    return Case.objects.filter(pk__in=_standing(by).filter(is_open=True).values("case"))


def reading(by: Actor, field: str) -> QuerySet[Case]:
    """Cases of which a tie of the actor opens that part of the child's file today."""
    return Case.objects.filter(pk__in=_standing(by).filter(tie__fields__contains=[field]).values("case"))


class Made(NamedTuple):
    """Which move, by which account, on which day it happened, and when it was entered."""

    move: str
    account: int
    happened_on: date
    moment: datetime


@dataclass(frozen=True)
class CaseFile:
    """A case as one asker meets it: the row, its definition, the parts the asker plays."""

    case: Case
    by: Actor

    @cached_property
    def definition(self) -> Definition:
        return of_version(self.case.version_id)

    @cached_property
    def participants(self) -> list[Participant]:
        """Everybody's parts that hold today."""
        return list(
            self.case.participants.filter(holds(self.by.today)).select_related("tie__organisation", "tie__account")
        )

    @cached_property
    def parts(self) -> frozenset[str]:
        """Parts of the asker: organisations and persons by their ties, posts by the role held there."""
        return frozenset({row.part for row in self._own} | self._as_posts(self.by.seats))

    def _as_posts(self, seats: Collection[Seat]) -> set[str]:
        holders = {row.part: row.key for row in self.participants}
        held = {(seat.role, seat.organisation) for seat in seats}
        return {
            part.key
            for part in self.definition.parts
            if part.kind == "post" and (part.role, holders.get(part.of)) in held
        }

    def parts_with(self, seats: Collection[Seat]) -> set[str]:
        """Parts that the asker plays from these posts of theirs. A part that one has oneself is played from any; where
        the case is only offered, or was theirs, there is nothing to play."""
        at = {seat.organisation for seat in seats}
        own = {row.part for row in self._own if row.key in at or (row.key < 0 and seats)}
        return (own | self._as_posts(seats)) - READING

    def acting(self, verb: str, parts: Collection[str] = ()) -> Iterator[Seat]:
        """Posts of the asker that carry the verb where they take part (in one of `parts`, when they are named)."""
        for seat in self.by.seats_for(verb):
            played = self.parts_with([seat])
            if played.intersection(parts) if parts else played:
                yield seat

    def may(self, verb: str) -> bool:
        """Is there such a post: for pages, so that they offer what can be done?"""
        return next(self.acting(verb), None) is not None

    @property
    def only_reads(self) -> bool:
        """Is every part of the asker one that reads and does nothing: the case is offered to them, or was theirs?"""
        return bool(self.parts) and self.parts <= READING

    @cached_property
    def fields(self) -> frozenset[str]:
        """Parts of the file that the asker's ties open."""
        return frozenset(field for row in self._own for field in row.tie.fields)

    @property
    def _own(self) -> list[Participant]:
        keys, family = set(self.by.keys), self.by.is_family
        return [row for row in self.participants if row.key in keys and row.is_family == family]

    @cached_property
    def moves(self) -> list[Move]:
        """Every move, the first first."""
        return list(self.case.moves.order_by("position"))

    @cached_property
    def made(self) -> list[Made]:
        """The same as far as a next move looks back at them."""
        return [Made(*row) for row in self.case.moves.order_by("position").values_list(*Made._fields)]

    @cached_property
    def running(self) -> list[Clock]:
        """Deadlines that run, the nearest first."""
        return list(self.case.clocks.filter(stopped_on=None).order_by("due_on"))

    def state(self, facts: Mapping[str, bool | int]) -> State:
        """Where the case is, for the engine; the asker moves it from posts that carry the verb for that."""
        rows = self.made if self.definition.watched else ()
        own = latest_of(self.definition, ((row.move, row.account) for row in rows), self.by.account)
        mine = frozenset(self.parts_with(list(self.by.seats_for(MOVE_CASE.key))))
        return State(self.case.step, mine, facts, frozenset(self.case.beside), own)

    @property
    def steps(self) -> list[str]:
        """The step in which it is, and those beside it."""
        return [self.case.step, *self.case.beside]

    def organisation_in(self, part: str) -> int | None:
        """The organisation that plays a part, by id."""
        return next((row.key for row in self.participants if row.part == part and row.key > 0), None)


def find(by: Actor, uuid: UUID, *, lock: bool = False) -> CaseFile:
    """The case, or NotFound: the same whether it is foreign or does not exist."""
    rows = visible_to(by).select_related("child__data_key")
    if lock:
        rows = rows.select_related("organisation").select_for_update(of=("self",))
    else:
        # by themselves: under fences a join of all takes longer to plan than to read
        rows = rows.prefetch_related("organisation", "initiated_by", Prefetch("version", without_text()))
    try:
        return CaseFile(rows.get(uuid=uuid), by)
    except Case.DoesNotExist:
        raise NOT_FOUND from None


@dataclass(frozen=True)
class Filter:
    """What a list is narrowed by. `due`: overdue | today | next; `step`: key of a step."""

    step: str = ""
    due: str = ""
    text: str = ""
    organisation: int | None = None
    closed: bool = False


def listed(by: Actor, chosen: Filter | None = None) -> QuerySet[Case]:
    """The asker's cases, soonest due first."""
    chosen = chosen or Filter()
    rows = visible_to(by).exclude(closed_on=None) if chosen.closed else open_to(by)
    if chosen.step:
        rows = rows.filter(step=chosen.step)
    if chosen.organisation:
        rows = rows.filter(organisation=chosen.organisation)
    if chosen.text:
        rows = _numbered_like(rows, chosen.text)
    rows = {
        "overdue": rows.filter(due_on__lt=by.today),
        "today": rows.filter(due_on=by.today),
        "next": rows.filter(due_on__gt=by.today),
    }.get(chosen.due, rows)
    # fetched apart: a join would open the child of every case before the page is cut
    rows = rows.prefetch_related("child", "organisation")
    return rows.order_by(F("due_on").asc(nulls_last=True), "received_on", "id")


def _numbered_like(rows: QuerySet[Case], text: str) -> QuerySet[Case]:
    """Those whose registry number holds what somebody typed: in either script, and zeros before a figure and blanks do
    not count ("irk 9 / 2026" finds ИРК-009/2026)."""
    parts = re.findall("[a-z]+|[0-9]+", fold(text))
    like = " ?".join(f"(?<![0-9])0*{part.lstrip('0') or '0'}(?![0-9])" if part.isdigit() else part for part in parts)
    folded = Func(F("number"), function="app.fold", output_field=TextField())
    found = rows.alias(folded=folded).filter(folded__regex=like)
    return found if like and found.exists() else rows.filter(number__icontains=text.strip())


@dataclass(frozen=True)
class Standing:
    """How many open cases of the asker stand at a step (and beside it), by when their nearest deadline falls due."""

    version: int
    step: str
    beside: Sequence[str]
    counts: Mapping[str, int]  # "" for all, overdue, today, next


def standing(by: Actor) -> list[Standing]:
    """Where the asker's open cases stand: one query, whatever is counted of it afterwards."""
    at = ("version_id", "step", "beside")
    counted = open_to(by).order_by().values(*at).annotate(
        all=Count("pk"), overdue=Count("pk", filter=Q(due_on__lt=by.today)),
        today=Count("pk", filter=Q(due_on=by.today)), next=Count("pk", filter=Q(due_on__gt=by.today)),
    )  # fmt: skip
    named = counted.values_list(*at, "all", *DUE)
    return [
        Standing(version, step, beside, dict(zip(("", *DUE), found, strict=True)))
        for version, step, beside, *found in named
    ]


def of_child(by: Actor, child: int) -> QuerySet[Case]:
    """Cases of one child that the asker takes part in."""
    return visible_to(by).filter(child=child).select_related("organisation").order_by("-received_on", "-id")


def alike(by: Actor, child: int, keeper: int, procedure: str) -> QuerySet[Case]:
    """Open cases of a procedure that an institution keeps for a child, as far as the asker may know of them. A hidden
    one does not stand in the way of another: who keeps both is shown one beside the other."""
    return open_to(by).filter(child=child, organisation=keeper, version__definition__key=procedure)


def due_between(by: Actor, first: date, last: date) -> QuerySet[Clock]:
    """Running clocks of the asker's open cases that fall due within days, inclusive."""
    return (
        Clock.objects.filter(case__in=open_to(by), stopped_on=None, paused_on=None, due_on__range=(first, last))
        .select_related("case__child")
        .order_by("due_on")
    )


def taking_part(organisation: int) -> Exists:
    """For filters: does the organisation take part in the case of the outer row?"""
    return Exists(Participant.objects.filter(case=OuterRef("pk"), key=organisation))
