"""The calendar: tasks, deadlines and flags with a day, as a list, as a month to print, and as a file."""

import re
from calendar import Calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from zajedno.access.queries.account import names
from zajedno.casework.actions.reading import note_list
from zajedno.casework.queries import calendar as due
from zajedno.kernel.actor import Actor
from zajedno.kernel.clock import today
from zajedno.places.queries.post import supervised
from zajedno.procedures.queries.definition import of_version
from zajedno.web.shared import ical
from zajedno.web.shared.dates import day
from zajedno.web.shared.fields import Select
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import answer
from zajedno.web.shared.pieces import Cell, Column, Link, Table
from zajedno.web.work.flags import case_cell
from zajedno.web.work.frame import work_page
from zajedno.web.work.labels import deadline_label, due_tag

PAGE = 50
IN_FILE = (timedelta(days=31), timedelta(days=366))  # back and ahead
WHOSE = {
    "": gettext_lazy("Mine"),
    "given": gettext_lazy("Tasks that I gave to others"),
    "team": gettext_lazy("Tasks of people whose work I supervise"),
}
KIND = {"task": gettext_lazy("Task"), "deadline": gettext_lazy("Deadline"), "flag": gettext_lazy("Flag")}
WHEN = {
    "": gettext_lazy("All"),
    "overdue": gettext_lazy("Overdue"),
    "today": gettext_lazy("Due today"),
    "next": pgettext_lazy("deadlines", "Next"),
}
_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")


class Narrow(Form):
    whose = Select(label=gettext_lazy("Whose"), required=False, optional=False)
    kind = Select(label=gettext_lazy("What"), required=False, empty=gettext_lazy("Everything"), optional=False)

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        leads = bool(supervised(by))
        self.fill("whose", [(key, text) for key, text in WHOSE.items() if leads or key != "team"])
        self.fill("kind", KIND.items())


def chosen(narrow: Narrow) -> dict[str, Any]:
    """What `due.marks` is narrowed by."""
    data = narrow.cleaned_data if narrow.is_valid() else {}
    return {"whose": data.get("whose", ""), "kinds": [data["kind"]] if data.get("kind") else due.KINDS}


@work_page
def listed(request: HttpRequest, by: Actor) -> HttpResponse:
    """Overdue, today, next; the nearest day first."""
    narrow = Narrow(request.GET, by=by)
    found = due.marks(by, **chosen(narrow))
    groups = due.sorted_by_day(found, by.today)
    when = request.GET.get("due", "")
    when = when if when in groups else ""
    page = Paginator(groups[when] if when else found, PAGE).get_page(request.GET.get("page"))
    rows = due.read(by, list(page))
    note_list(by=by, cases=(one.case.pk for one in rows if one.mark.kind != "deadline"), page="calendar")
    return answer(request, "work/calendar.html", {
        "narrow": narrow, "page": page, "table": table(by, rows), "tabs": tabs(request, when, found, groups),
        "due": when, "crumbs": [Link(_("My work"), "/work/")], "month": f"{by.today:%Y-%m}",
        "narrowed": bool(when or request.GET.get("whose") or request.GET.get("kind")),
    })  # fmt: skip


def tabs(request: HttpRequest, when: str, found: Sequence[Any], groups: dict[str, list[Any]]) -> list[dict[str, Any]]:
    """Links with counts, which keep what the list is narrowed by."""
    links = []
    for key, text in WHEN.items():
        query = request.GET.copy()
        query.pop("page", None)
        query["due"] = key
        count = len(groups[key] if key else found)
        links.append({"text": text, "href": f"?{query.urlencode()}", "current": key == when, "count": count})
    return links


def table(by: Actor, rows: Sequence[due.Due]) -> Table:
    who = names({one.row.assignee_id for one in rows if one.mark.kind == "task"})  # type: ignore[attr-defined]
    columns = [Column(_("What")), Column(_("Case")), Column(_("By when"))]
    lines = [
        [
            Cell(title(one), href=f"/work/case/{one.case.uuid}/{where(one)}", small=_small(by, one, who)),
            case_cell(one.case),
            Cell(day(one.mark.day), tag=due_tag(one.mark.day, by.today), sort=one.mark.day),
        ]
        for one in rows
    ]
    return Table("due", _("What falls due"), columns, lines, caption_hidden=True)


def title(one: due.Due) -> str:
    """What is to be done, of which deadline it is the last day, or what the flag says."""
    row: Any = one.row
    if one.mark.kind == "deadline":
        return deadline_label(of_version(one.case.version_id), row.key)
    return str(row.text if one.mark.kind == "task" else row.message)


def where(one: due.Due) -> str:
    """Address under the case."""
    row: Any = one.row
    return {"task": f"tasks/{getattr(row, 'uuid', '')}/", "flag": "tasks/", "deadline": ""}[one.mark.kind]


def _small(by: Actor, one: due.Due, who: dict[int, str]) -> str:
    row: Any = one.row
    if one.mark.kind == "task" and row.assignee_id != by.account:
        return _("Task of: %(name)s") % {"name": who.get(row.assignee_id, "")}
    return str(KIND[one.mark.kind])


@dataclass(frozen=True)
class Day:
    """A day of the month's grid. `outside`: of the month before or after; `items`: (kind, number, address)."""

    day: date
    outside: bool
    is_today: bool
    items: list[tuple[Any, str, str]]


@work_page
def month(request: HttpRequest, by: Actor) -> HttpResponse:
    """One month as weeks, to look at and to print: which cases, nothing of what was written."""
    first = _first(request.GET.get("month", ""), by.today)
    weeks = Calendar().monthdatescalendar(first.year, first.month)
    narrow = Narrow(request.GET, by=by)
    found = due.read(by, due.marks(by, first=weeks[0][0], last=weeks[-1][-1], **chosen(narrow)))
    on: dict[date, list[tuple[Any, str, str]]] = {}
    for one in found:
        said = one.case.number or _("without a number yet")
        on.setdefault(one.mark.day, []).append((KIND[one.mark.kind], said, f"/work/case/{one.case.uuid}/{where(one)}"))
    grid = [[Day(one, one.month != first.month, one == by.today, on.get(one, [])) for one in week] for week in weeks]
    return answer(request, "work/month.html", {
        "narrow": narrow, "grid": grid, "first": first, "title": date_format(first, "YEAR_MONTH_FORMAT"),
        "before": _at(request, first - timedelta(days=1)), "after": _at(request, first + timedelta(days=31)),
        "days": [date_format(one, "D") for one in weeks[0]],
        "crumbs": [Link(_("My work"), "/work/"), Link(_("Calendar"), "/work/calendar/")], "month": f"{first:%Y-%m}",
    })  # fmt: skip


def _at(request: HttpRequest, on: date) -> str:
    """The month of a day, narrowed as this one."""
    query = request.GET.copy()
    query["month"] = f"{on:%Y-%m}"
    return f"?{query.urlencode()}"


def _first(text: str, now: date) -> date:
    """The first day of a month as "2026-03"; of this one, when it is none."""
    match = _MONTH.fullmatch(text)
    return date(int(match[1]), int(match[2]), 1) if match else now.replace(day=1)


@work_page
def file(request: HttpRequest, by: Actor) -> HttpResponse:
    """For the calendar of a phone: that something falls due, never what or of whom. It carries no file name, so that
    a browser hands it to the calendar."""
    back, ahead = IN_FILE
    at = request.build_absolute_uri("/work/calendar/")
    said = {"task": _("Task in Zajedno"), "deadline": _("Deadline in Zajedno"), "flag": _("Flag in Zajedno")}
    entries = [
        ical.Entry(f"{one.kind}-{one.key}", one.day, one.day, said[one.kind], url=at, kind="PRIVATE")
        for one in due.marks(by, first=today() - back, last=today() + ahead)
    ]
    return HttpResponse(ical.calendar(entries), content_type="text/calendar; charset=utf-8")
