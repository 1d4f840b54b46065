"""What waits for me."""

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zajedno.casework.queries import deadlines, panel
from zajedno.casework.queries.sitting import next_ones
from zajedno.kernel.actor import Actor
from zajedno.kernel.labels import label
from zajedno.web.panel.frame import case_cells, panel_page, show
from zajedno.web.shared.dates import day
from zajedno.web.shared.pieces import Cell, Column, Table, Tag, Task
from zajedno.web.shared.seats import seats
from zajedno.web.work.labels import due_tag

if TYPE_CHECKING:
    from zajedno.casework.models import Case


@panel_page
def inbox(request: HttpRequest, by: Actor) -> HttpResponse:
    """Queues with counts and the nearest last day, then the most urgent cases, then the next sittings."""
    waiting = panel.inbox(by)
    late = [one for one in waiting if one.late]
    only_opinions = all(one.owed for one in waiting)
    calm = [one for one in waiting if not one.late]
    return show(
        request, "inbox", "inbox",
        {
            "late": [task(one, by) for one in late], "calm": [task(one, by) for one in calm],
            "urgent": table(by, list(panel.urgent(by)) if waiting else [], writes=only_opinions),
            "counts": deadlines.counts(by), "sittings": next_ones(by)[:4], "seats": seats(by),
        },
    )  # fmt: skip


def task(one: panel.Waiting, by: Actor) -> Task:
    """A queue as a line; a late one says how many are late."""
    title = label(one.queue.labels)
    count = ngettext("%(count)s case", "%(count)s cases", one.count) % {"count": one.count}
    if one.late:
        late = ngettext("%(late)s late", "%(late)s late", one.late) % {"late": one.late}
        return Task(title, Tag(late, "late"), f"/panel/cases/?queue={one.queue.key}", count)
    status = due_tag(one.nearest, by.today) or Tag(_("No deadline"), "plain")
    hint = _("%(count)s, the nearest deadline %(day)s") % {"count": count, "day": day(one.nearest)}
    return Task(
        title, status, f"/panel/cases/?queue={one.queue.key}", hint if one.nearest else count
    )  # fmt: skip


def table(by: Actor, cases: "list[Case]", *, writes: bool = False) -> Table:
    """The most urgent cases; `writes`: all that waits are opinions, so the links lead there."""
    columns = [Column(_("Child and number")), Column(_("Step")), Column(_("Nearest deadline"))]
    rows: list[list[Cell]] = [
        case_cells(case, by, href=f"/panel/case/{case.uuid}/opinion/" if writes else "") for case in cases
    ]
    return Table("urgent", _("Most urgent"), columns, rows)
