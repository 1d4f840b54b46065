"""Flags: the list of all one may read, and raising and removing one on a case."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from zajedno.access.queries.account import names
from zajedno.casework.actions.flag import raise_flag, remove_flag
from zajedno.casework.actions.reading import note_list
from zajedno.casework.queries import flag as flags
from zajedno.casework.queries.case import CaseFile
from zajedno.casework.rules import FLAG_CASE
from zajedno.kernel.actor import Actor
from zajedno.kernel.clock import today
from zajedno.kernel.refusal import NotPermitted
from zajedno.web.shared.dates import day
from zajedno.web.shared.fields import DateField, LongText, Select
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import answer, attempt
from zajedno.web.shared.pieces import Cell, Column, Link, Table
from zajedno.web.work.frame import address, case_page, show, work_page
from zajedno.web.work.labels import due_tag

if TYPE_CHECKING:
    from zajedno.casework.models import Flag

PAGE = 25
WHOSE = {
    "": gettext_lazy("All that I may read"),
    "own": gettext_lazy("Raised by me"),
    "team": gettext_lazy("Raised in my institution"),
}
DUE = {
    "": gettext_lazy("Any day, or none"),
    "overdue": pgettext_lazy("flags", "The day is past"),
    "today": gettext_lazy("Today"),
    "next": gettext_lazy("Later"),
}
STATE = {"": gettext_lazy("Raised"), "removed": gettext_lazy("Removed")}


class FlagForm(Form):
    message = LongText(
        label=gettext_lazy("What is to be noticed"), rows=4, max_length=2000,
        help_text=gettext_lazy("Everybody who reads the request of this case reads it too."),
    )  # fmt: skip
    due_on = DateField(
        label=gettext_lazy("Day"), required=False, earliest=today,
        help_text=gettext_lazy("When something is to be looked at again. It stands in the calendar."),
    )  # fmt: skip


class Reason(Form):
    reason = LongText(
        label=gettext_lazy("Why it is removed"), rows=3, max_length=2000,
        help_text=gettext_lazy("It stays in the history of the case, beside the flag."),
    )  # fmt: skip


class Narrow(Form):
    whose = Select(label=gettext_lazy("Whose"), required=False, choices=WHOSE.items(), optional=False)
    due = Select(label=gettext_lazy("Day"), required=False, choices=DUE.items(), optional=False)
    state = Select(label=gettext_lazy("State"), required=False, choices=STATE.items(), optional=False)


@work_page
def listed(request: HttpRequest, by: Actor) -> HttpResponse:
    """Every flag the person may read, by day; own, of their institutions, of all their cases."""
    narrow = Narrow(request.GET)
    data = narrow.cleaned_data if narrow.is_valid() else {}
    chosen = flags.Filter(data.get("whose", ""), data.get("due", ""), removed=data.get("state") == "removed")
    page = Paginator(flags.listed(by, chosen), PAGE).get_page(request.GET.get("page"))
    note_list(by=by, cases=(flag.case_id for flag in page), page="flags")
    return answer(request, "work/flags.html", {
        "narrow": narrow, "page": page, "table": table(by, page), "crumbs": [Link(_("My work"), "/work/")],
        "narrowed": any(data.values()),
    })  # fmt: skip


def table(by: Actor, page: Page) -> Table:
    who = names({flag.raised_by for flag in page} | {flag.removed_by for flag in page if flag.removed_by})
    columns = [Column(_("Flag")), Column(_("Case")), Column(_("Day")), Column(_("Raised by"))]
    rows = [
        [
            Cell(flag.message, small=_why(flag, who)), case_cell(flag.case, "tasks/"), day_cell(by, flag),
            Cell(who.get(flag.raised_by, ""), small=flag.organisation or ""),
        ]
        for flag in page
    ]  # fmt: skip
    return Table("flags", _("Flags"), columns, rows, caption_hidden=True)


def _why(flag: "Flag", who: dict[int, str]) -> str:
    if not flag.removed_on:
        return ""
    said = {"who": who.get(flag.removed_by or 0, ""), "day": day(flag.removed_on.date()), "reason": flag.reason}
    return _("Removed on %(day)s by %(who)s: %(reason)s") % said


def case_cell(case: Any, rest: str = "") -> Cell:
    """A case by its number and child, leading to it."""
    return Cell(
        case.number or _("Without a number yet"), href=f"/work/case/{case.uuid}/{rest}", small=case.child.full_name
    )


def day_cell(by: Actor, row: Any) -> Cell:
    """The day of a flag or task, with how near it is while it waits."""
    over = getattr(row, "removed_on", None) or getattr(row, "done_on", None)
    return Cell(day(row.due_on), tag=None if over else due_tag(row.due_on, by.today), sort=row.due_on or "")


def raised(file: CaseFile) -> list["Flag"]:
    """What every reader of the case must notice."""
    return [flag for flag in flags.of_case(file) if not flag.removed_on]


@case_page("tasks")
def flag_new(request: HttpRequest, file: CaseFile) -> HttpResponse:
    if not file.may(FLAG_CASE.key):
        raise NotPermitted(_("Your post does not raise flags. Ask the administrator of your institution."))
    form = FlagForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, lambda: raise_flag(by=file.by, file=file, **form.cleaned_data)):
        messages.success(request, _("The case is flagged."))
        return redirect(address(file, "tasks/"))
    return show(
        request, file, "tasks", "form", form=form, title=_("Raise a flag"), back=address(file, "tasks/"),
        go=_("Raise the flag"),
    )  # fmt: skip


@case_page("tasks")
def flag_remove(request: HttpRequest, file: CaseFile, flag: UUID) -> HttpResponse:
    row = flags.find(file, flag)
    if not flags.may_remove(file, row):
        raise NotPermitted(_("This flag is removed by the institution that raised it, or by who keeps the case."))
    form = Reason(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, lambda: remove_flag(by=file.by, file=file, flag=row, **form.cleaned_data)):
        messages.success(request, _("The flag is removed."))
        return redirect(address(file, "tasks/"))
    return show(
        request, file, "tasks", "form", form=form, title=_("Remove the flag"), note=row.message,
        back=address(file, "tasks/"), go=_("Remove the flag"),
    )  # fmt: skip
