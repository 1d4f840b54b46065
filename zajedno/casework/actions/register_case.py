"""Cases of a register, entered at the step their row tells. Hundreds at a time; one row of the register is one case.

What is not known is not invented: a case has one line of history ("import"), an opinion has its date and no words,
and only the commission is tied. An institution that is merely named in a spreadsheet is not given a child's file.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from zajedno.casework.actions.opinion import JOINT_FIELDS
from zajedno.casework.enums import Heard, Initiator, MeasureState
from zajedno.casework.logic.register import RegisterRow
from zajedno.casework.logic.register_line import opened_to, path_to
from zajedno.casework.models import (
    Case,
    CaseBatch,
    Clock,
    JointOpinion,
    Measure,
    Move,
    Note,
    Participant,
    Request,
)
from zajedno.casework.queries.plan import OTHER
from zajedno.casework.queries.register import Institutions, measures_of, words_of
from zajedno.casework.rules import IMPORT_CASES
from zajedno.children.actions.bulk import number_many, register_many, tie_many
from zajedno.children.queries.bulk import with_keys
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.places.queries.calendar import calendar_of
from zajedno.procedures.logic.definition import Definition, MoveRule
from zajedno.procedures.logic.due import due
from zajedno.procedures.queries.definition import Current, current

if TYPE_CHECKING:
    from zajedno.children.models import Child, Tie
    from zajedno.places.models import Organisation

IMPORTED = "import"  # the only line of history of a case that came with the register
SIZE = 500


@dataclass
class Entry:
    """A row to be entered; `child` is the id of one the commission already knows, or None for a new child.

    `numbers`: nobody else has the row's national number, so a known child without one gets it.
    """

    row: RegisterRow
    child: int | None = None
    numbers: bool = True
    repeats: int | None = None
    case: Case | None = None


@dataclass
class Register:
    """Where rows are entered: a commission, its procedure, its words. Made once for a batch."""

    by: Actor
    organisation: "Organisation"
    batch: CaseBatch
    post: int
    moment: datetime = field(default_factory=clock.now)  # one for all that is written; what is later was worked on
    due_days: dict[tuple[str, date], date] = field(default_factory=dict)
    paths: dict[str, list[MoveRule]] = field(default_factory=dict)
    numbered: "list[Child]" = field(default_factory=list)  # known before, who got a national number

    @cached_property
    def procedure(self) -> Current:
        return current(words_of(self.organisation).course.procedure, self.organisation.territory.country_id)

    @property
    def definition(self) -> Definition:
        return self.procedure.definition

    @cached_property
    def institutions(self) -> Institutions:
        return Institutions(self.organisation)

    @cached_property
    def groups(self) -> dict[str, tuple[str, str]]:
        """Coded measure: (legal group, payer)."""
        found = measures_of(self.organisation.territory.country_id)
        return {key: (one.legal_group, one.payer) for key, one in found.items()}

    def path(self, step: str) -> list[MoveRule]:
        if step not in self.paths:
            self.paths[step] = path_to(self.definition, step)
        return self.paths[step]

    def due(self, key: str, day: date) -> date:
        if (key, day) not in self.due_days:
            rule = self.definition.deadline[key]
            self.due_days[key, day] = due(rule, day, calendar_of(self.organisation, rule.calendar))
        return self.due_days[key, day]


def enter(register: Register, entries: Sequence[Entry]) -> None:
    """Write the entries, in their order, with everything that hangs on them; each gets its `case`."""
    fresh = [entry for entry in entries if entry.child is None]
    new = register_many(
        by=register.by, verb=IMPORT_CASES, organisation=register.organisation,
        rows=[entry.row.child for entry in fresh],
        residence=register.organisation.territory_id,
    )  # fmt: skip
    known = with_keys(entry.child for entry in entries if entry.child is not None)
    _number(register, entries, known)
    made = iter(new)
    children = [next(made) if entry.child is None else known[entry.child] for entry in entries]
    for entry, child in zip(entries, children, strict=True):
        entry.case = _case(register, entry, child)
    cases = [entry.case for entry in entries if entry.case]
    Case.objects.bulk_create(cases, batch_size=SIZE)
    ties = tie_many(
        by=register.by, verb=IMPORT_CASES, organisation=register.organisation, purpose=register.definition.purpose,
        opened=[(case.child, opened_to(register.path(case.step), register.definition.keeper)) for case in cases],
    )  # fmt: skip
    _write_parts(cases, ties, register.definition.keeper)
    _write_course(register, [(entry.case, entry.row) for entry in entries if entry.case])


def _number(register: Register, entries: Sequence[Entry], known: "dict[int, Child]") -> None:
    """What a further row tells of a child's national number is kept, as if the first had told it."""
    told: dict[Child, str] = {}
    for entry in entries:
        number = entry.row.child.national_number
        if entry.child is not None and entry.numbers and number:
            told.setdefault(known[entry.child], number)
    if told:
        register.numbered += number_many(
            by=register.by, verb=IMPORT_CASES, organisation=register.organisation, numbers=told
        )


def _case(register: Register, entry: Entry, child: "Child") -> Case:
    row = entry.row
    named = register.institutions.find(row.initiator_name, row.child.institution)
    institution = named if row.initiator == Initiator.INSTITUTION else None
    ended = register.definition.is_end(row.step)
    return Case(
        version_id=register.procedure.version, child=child, organisation=register.organisation, step=row.step,
        initiator=Initiator.INSTITUTION if institution else Initiator.PARENT, initiated_by_id=institution,
        number=row.number, received_on=row.received, opened_on=row.received, moves_made=1, batch=register.batch,
        closed_on=_closed_on(row, register.by.today) if ended else None, outcome=row.step if ended else "",
        repeats_id=entry.repeats, acl=[register.organisation.pk],
    )  # fmt: skip


def _closed_on(row: RegisterRow, today: date) -> date:
    """The last day the register knows of; it has no column for the end."""
    days = (row.received, row.sitting, row.opinion)
    return max(day for day in days if day and day <= today)


def _write_parts(cases: "Sequence[Case]", ties: "Sequence[Tie]", part: str) -> None:
    Participant.objects.bulk_create(
        [Participant(case=case, tie=tie, key=case.organisation_id, part=part, is_open=case.closed_on is None)
         for case, tie in zip(cases, ties, strict=True)],
        batch_size=SIZE,
    )  # fmt: skip


def _write_course(register: Register, pairs: Sequence[tuple[Case, RegisterRow]]) -> None:
    """History, request, clocks, opinion, plan and what has no place of its own, as a note."""
    Move.objects.bulk_create([_move(register, case) for case, _row in pairs], batch_size=SIZE)
    Request.objects.bulk_create([_request(register, case, row) for case, row in pairs], batch_size=SIZE)
    Clock.objects.bulk_create([one for case, row in pairs for one in _clocks(register, case, row)], batch_size=SIZE)
    JointOpinion.objects.bulk_create([_opinion(register, case, row.opinion) for case, row in pairs if row.opinion])
    Measure.objects.bulk_create([one for case, row in pairs for one in _measures(register, case, row)], batch_size=SIZE)
    with translation.override(register.organisation.language):
        notes = [note for case, row in pairs if (note := _note(register, case, row))]
    Note.objects.bulk_create(notes, batch_size=SIZE)


def _move(register: Register, case: Case) -> Move:
    return Move(
        case=case, position=1, move=IMPORTED, from_step="", to_step=case.step, account=register.by.account,
        post=register.post, moment=register.moment, happened_on=case.received_on,
    )  # fmt: skip


def _request(register: Register, case: Case, row: RegisterRow) -> Request:
    """The request holds the words of the register, which the export gives back."""
    kept: dict[str, Any] = {
        "parent": row.child.parent, "address": row.child.address, "initiator": row.initiator,
        "initiator_name": row.initiator_name, "institution": row.child.institution,
        "sitting": row.sitting.isoformat() if row.sitting else "",
        "measures": [one.key or one.text for one in row.measures],
    }  # fmt: skip
    found = Request(case=case, changed_on=register.moment)
    found.text = json.dumps({"institution": row.child.institution, "register": kept}, ensure_ascii=False)
    return found


def _clocks(register: Register, case: Case, row: RegisterRow) -> Iterator[Clock]:
    """Clocks that the way to the step left running. One that ran out long ago is not told as news to everybody."""
    if case.closed_on:
        return
    for key, started, pausing in _running(register, row):
        last, today = register.due(key, started), register.by.today
        late = last < today
        yield Clock(
            case=case, key=key, started_on=started, due_on=last, paused_on=today if pausing else None,
            missed_on=today if late else None,
            reminded=list(register.definition.deadline[key].remind_before) if late else [],
        )  # fmt: skip


def _running(register: Register, row: RegisterRow) -> list[tuple[str, date, bool]]:
    """(deadline, day it started, does it stand still) along the way: days count from the request, then the opinion."""
    running: dict[str, tuple[date, bool]] = {}
    day = row.received
    for move in register.path(row.step):
        if "joint_opinion" in move.needs:  # from here on days count from the opinion, not from the request
            day = row.opinion or row.received
        for rule in register.definition.deadlines:
            if move.key in rule.stop:
                running.pop(rule.key, None)
            if rule.key in running and move.key in (*rule.pause, *rule.resume):
                running[rule.key] = (running[rule.key][0], move.key in rule.pause)
            if move.key in rule.start:
                running.setdefault(rule.key, (day, False))
    return [(key, started, pausing) for key, (started, pausing) in running.items()]


def _opinion(register: Register, case: Case, day: date | None) -> JointOpinion:
    """Adopted on that day; its words are on paper, so they stay empty here."""
    found = JointOpinion(case=case, saved_on=register.moment, saved_by=register.by.account, adopted_on=day)
    found.text = json.dumps(dict.fromkeys(JOINT_FIELDS, ""))
    return found


def _measures(register: Register, case: Case, row: RegisterRow) -> Iterator[Measure]:
    if row.opinion is None:
        return
    for position, planned in enumerate(row.measures, 1):
        group, payer = register.groups.get(planned.key, ("realised", ""))
        found = Measure(
            case=case, child=case.child, at=register.organisation, position=position, code=planned.key or OTHER,
            legal_group=group, payer=payer, adopted_on=row.opinion, written_by=register.by.account,
            written_on=register.moment, state=MeasureState.DONE if case.closed_on else MeasureState.PLANNED,
        )  # fmt: skip
        found.text = planned.text
        yield found


def _note(register: Register, case: Case, row: RegisterRow) -> Note | None:
    """The day of the sitting, measures before any opinion, and the register's own remark."""
    said = []
    if row.sitting:
        said.append(_("Sitting: %(day)s.") % {"day": date_format(row.sitting, "SHORT_DATE_FORMAT").rstrip(".")})
    if row.measures and row.opinion is None:
        said.append(_("Measures: %(measures)s.") % {"measures": "; ".join(one.text for one in row.measures)})
    if row.note:
        said.append(row.note)
    if not said:
        return None
    note = Note(
        case=case, kind=Heard.NOTE, happened_on=case.received_on, written_by=register.by.account,
        organisation_id=register.organisation.pk, written_on=register.moment,
    )  # fmt: skip
    note.text = " ".join([_("From the commission's register:"), *said])
    return note
