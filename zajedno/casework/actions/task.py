"""Giving a task, changing whose it is and by when, doing it and taking that back."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.casework.actions import notices
from zajedno.casework.actions.participant import ask_in
from zajedno.casework.models import Task
from zajedno.casework.queries.case import CaseFile
from zajedno.casework.queries.task import helpers, may_do
from zajedno.casework.rules import GIVE_TASK
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor, Seat
from zajedno.kernel.refusal import NotPermitted, Overtaken, Refused


@transaction.atomic
def give_task(*, by: Actor, file: CaseFile, what: str, to: int, due_on: date) -> Task:
    """Ask somebody (by account) who takes part in the case to do something by a day. They are told by mail."""
    seat = ask_in(file, by, GIVE_TASK)
    if not what.strip():
        raise Refused(_("Write what is to be done."), "empty")
    if file.case.closed_on:
        raise Refused(_("The case is closed. Tasks are given while it is open."), "closed")
    _may_have(file, to)
    if due_on < by.today:
        raise Refused(_("The last day of a task is today or later."), "past")
    task = Task(case=file.case, assignee_id=to, due_on=due_on, given_by=by.account, organisation_id=seat.organisation,
                given_on=clock.now())  # fmt: skip
    task.text = what.strip()
    task.save()
    _record(by, file, seat, {"given": 1, "to": to})
    _tell(file, task)
    return task


@transaction.atomic
def change_task(*, by: Actor, file: CaseFile, task: Task, to: int, due_on: date) -> Task:
    """Hand a task over to somebody else, or put it off. What is to be done stays."""
    seat = ask_in(file, by, GIVE_TASK)
    row = _held(file, task)
    if row.done_on:
        raise Overtaken(_("This task was done in the meantime."), "done")
    _may_have(file, to)
    before = row.assignee_id
    if due_on != row.due_on:
        if due_on < by.today:
            raise Refused(_("The last day of a task is today or later."), "past")
        row.due_on, row.reminded_on, row.missed_on = due_on, None, None
    row.assignee_id = to
    row.save(update_fields=["assignee", "due_on", "reminded_on", "missed_on"])
    _record(by, file, seat, {"changed": 1, "from": before, "to": to})
    if to != before:
        _tell(file, row)
    return row


@transaction.atomic
def set_done(*, by: Actor, file: CaseFile, task: Task, done: bool) -> Task:
    """Done, or not done after all."""
    seat = ask_in(file, by, GIVE_TASK)
    row = _held(file, task)
    if bool(row.done_on) == done:
        raise Overtaken(_("Somebody has done this in the meantime. Look at the list again."), "same")
    row.done_by, row.done_on = (by.account, clock.now()) if done else (None, None)
    row.save(update_fields=["done_by", "done_on"])
    _record(by, file, seat, {"done": int(done)})
    return row


def _may_have(file: CaseFile, to: int) -> None:
    if to not in helpers(file):
        raise Refused(_("Choose somebody who takes part in this case."), "helper")


def _held(file: CaseFile, task: Task) -> Task:
    """The row as it is now, held against others."""
    row = Task.objects.select_for_update().get(pk=task.pk)
    row.case = file.case
    if not may_do(file, row):
        raise NotPermitted(_("This task is somebody else's."))
    return row


def _record(by: Actor, file: CaseFile, seat: Seat, detail: dict[str, int]) -> None:
    audit.record(by=by, verb=GIVE_TASK.key, about=file.case, organisation=seat.organisation, detail=detail)


def _tell(file: CaseFile, task: Task) -> None:
    if task.assignee_id == file.by.account:
        return
    notices.write(
        file.case, {task.assignee_id: task.assignee}, f"task-{task.pk}-{task.due_on:%y%m%d}",
        _("A task waits for you in Zajedno"), _("You have a task in a case. Log in and look at “Calendar”."),
    )  # fmt: skip
