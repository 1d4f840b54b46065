"""Tasks of a case: what, who, by when; done, and taken back. Its flags stand on the same page."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.access.queries.account import names
from zajedno.casework.actions.task import change_task, give_task, set_done
from zajedno.casework.queries import flag as flags
from zajedno.casework.queries import task as tasks
from zajedno.casework.queries.case import CaseFile
from zajedno.casework.rules import FLAG_CASE, GIVE_TASK
from zajedno.kernel.clock import day_of, today
from zajedno.kernel.refusal import NotPermitted
from zajedno.web.shared.dates import day
from zajedno.web.shared.fields import DateField, LongText, Suggest
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.pieces import Cell, Column, Row, Table, Tag
from zajedno.web.work.flags import day_cell
from zajedno.web.work.frame import address, case_page, show

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zajedno.casework.models import Flag, Task

People = list[tuple[str, str]]


class Whom(Form):
    """`to` cleans to the account's id."""

    to = Suggest(label=gettext_lazy("Who does it"))

    def __init__(self, *args: Any, people: People, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fill("to", people)

    def clean_to(self) -> int:
        return int(self.cleaned_data["to"])


class TaskForm(Whom):
    what = LongText(label=gettext_lazy("What is to be done"), rows=4, max_length=2000)
    due_on = DateField(label=gettext_lazy("By when"), earliest=today)

    field_order = ("what", "to", "due_on")


class ChangeForm(Whom):
    due_on = DateField(label=gettext_lazy("By when"))


def people_of(files: "Iterable[CaseFile]") -> People:
    """Who may be given a task in one of these cases, with where they work."""
    found = {account: post for file in files for account, post in tasks.helpers(file).items()}
    return [(str(account), f"{post.account.name}, {post.organisation}") for account, post in found.items()]


@case_page("tasks")
def listed(request: HttpRequest, file: CaseFile) -> HttpResponse:
    """Flags of the case and the tasks in it that the person may see."""
    found, marked = tasks.of_case(file), flags.of_case(file)
    who = names(
        {one for task in found for one in (task.given_by, task.done_by) if one}
        | {one for flag in marked for one in (flag.raised_by, flag.removed_by) if one}
    )
    return show(
        request, file, "tasks", "tasks", tasks=_tasks(file, found, who), flags=_flags(file, marked, who),
        may_give=file.may(GIVE_TASK.key) and not file.case.closed_on,
        may_flag=file.may(FLAG_CASE.key) and not file.case.closed_on,
    )  # fmt: skip


def _tasks(file: CaseFile, found: list["Task"], who: dict[int, str]) -> Table:
    columns = [Column(_("Task")), Column(_("Who does it")), Column(_("By when")), Column(_("State"))]
    rows = [
        [
            Cell(task.text, href=address(file, f"tasks/{task.uuid}/"), small=_from(task, who)), task.assignee.name,
            day_cell(file.by, task), Cell(tag=state(task)),
        ]
        for task in found
    ]  # fmt: skip
    none = _("No task of yours. Who gives one, has one or supervises who has it sees it here.")
    return Table("tasks", _("Tasks"), columns, rows, empty=none)


def _from(task: "Task", who: dict[int, str]) -> str:
    return _("from: %(who)s, %(day)s") % {"who": who.get(task.given_by, ""), "day": day(day_of(task.given_on))}


def state(task: "Task") -> Tag:
    return Tag(_("Done"), "done") if task.done_on else Tag(_("To be done"), "info")


def _flags(file: CaseFile, found: list["Flag"], who: dict[int, str]) -> Table:
    columns = [Column(_("Flag")), Column(_("Day")), Column(_("Raised by")), Column(_("State"))]
    rows = []
    for flag in found:
        by = Cell(who.get(flag.raised_by, ""), small=day(day_of(flag.raised_on)))
        if flag.removed_on:
            gone = _("%(who)s, %(day)s: %(reason)s") % {
                "who": who.get(flag.removed_by or 0, ""), "day": day(day_of(flag.removed_on)), "reason": flag.reason,
            }  # fmt: skip
            at = Cell(tag=Tag(_("Removed"), "off"), small=gone)
        else:
            href = address(file, f"flags/{flag.uuid}/remove/") if _may_remove(file, flag) else ""
            at = Cell(_("Remove") if href else "", href=href, tag=Tag(_("Raised"), "wait"))
        rows.append([flag.message, day_cell(file.by, flag), by, at])
    return Table("flags", _("Flags"), columns, rows, empty=_("No flag was raised."))


def _may_remove(file: CaseFile, flag: "Flag") -> bool:
    return file.may(FLAG_CASE.key) and flags.may_remove(file, flag)


@case_page("tasks")
def task_new(request: HttpRequest, file: CaseFile) -> HttpResponse:
    if not file.may(GIVE_TASK.key):
        raise NotPermitted(_("Your post does not give tasks. Ask the administrator of your institution."))
    form = TaskForm(
        request.POST if request.method == "POST" else None, people=people_of([file]),
        initial={"to": str(file.by.account)},
    )  # fmt: skip
    if form.is_valid() and attempt(form, lambda: give_task(by=file.by, file=file, **form.cleaned_data)):
        messages.success(request, _("The task is given."))
        return redirect(address(file, "tasks/"))
    return show(
        request, file, "tasks", "form", form=form, title=_("Give a task"), back=address(file, "tasks/"),
        go=_("Give the task"),
    )  # fmt: skip


@case_page("tasks")
def task(request: HttpRequest, file: CaseFile, task: UUID) -> HttpResponse:
    """One task. A POST hands it over or puts it off."""
    row = tasks.find(file, task)
    form = ChangeForm(
        request.POST if request.method == "POST" else None, people=people_of([file]),
        initial={"to": str(row.assignee_id), "due_on": row.due_on},
    )  # fmt: skip
    if form.is_valid() and attempt(form, lambda: change_task(by=file.by, file=file, task=row, **form.cleaned_data)):
        messages.success(request, _("The task is changed."))
        return redirect(address(file, "tasks/"))
    who = names({one for one in (row.given_by, row.done_by) if one})
    facts = [
        Row(_("What is to be done"), row.text),
        Row(_("Who does it"), row.assignee.name),
        Row(_("By when"), [row.due_on]),
        Row(_("Given by"), [who.get(row.given_by, ""), day_of(row.given_on)]),
        Row(_("State"), [state(row)]),
    ]
    if row.done_on:
        facts.append(Row(_("Done by"), [who.get(row.done_by or 0, ""), day_of(row.done_on)]))
    return show(
        request, file, "tasks", "task", form=None if row.done_on and not form.errors else form, rows=facts, task=row,
        may=file.may(GIVE_TASK.key),
    )  # fmt: skip


@case_page("tasks")
def task_done(request: HttpRequest, file: CaseFile, task: UUID) -> HttpResponse:
    """POST: done, or with `undo` not done after all."""
    row = tasks.find(file, task)
    if request.method == "POST":
        done = "undo" not in request.POST
        set_done(by=file.by, file=file, task=row, done=done)
        messages.success(request, _("The task is done.") if done else _("The task is to be done again."))
    return redirect(address(file, f"tasks/{row.uuid}/"))
