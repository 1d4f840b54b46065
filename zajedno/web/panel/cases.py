"""All cases of the commission, and its year in numbers."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from zajedno.casework.enums import Initiator
from zajedno.casework.queries import annual, panel
from zajedno.kernel.actor import Actor
from zajedno.kernel.labels import label
from zajedno.procedures.queries.definition import of_version
from zajedno.web.panel.frame import case_cells, page_number, panel_page, show
from zajedno.web.shared.charts import Chart
from zajedno.web.shared.dates import day
from zajedno.web.shared.fields import Select
from zajedno.web.shared.forms import Form
from zajedno.web.shared.pieces import Cell, Column, Table
from zajedno.web.work.mine import ByNumber

if TYPE_CHECKING:
    from zajedno.casework.models import Case
    from zajedno.procedures.logic.definition import Definition, Queue

PER_PAGE = 25
DUES = (
    ("late", gettext_lazy("Late")),
    ("week", gettext_lazy("Within a week")),
    ("month", gettext_lazy("Within a month")),
)
STATES = (("open", pgettext_lazy("cases", "Open")), ("closed", gettext_lazy("Closed")), ("all", gettext_lazy("All")))


class Narrow(Form):
    """What the list is narrowed by; an unknown value narrows nothing. No number of a case: it would stand in the
    address; that is asked for at “My work”."""

    queue = Select(label=gettext_lazy("What waits"), required=False, optional=False, empty=gettext_lazy("Everything"))
    step = Select(label=gettext_lazy("Step"), required=False, optional=False, empty=gettext_lazy("Every step"))
    due = Select(
        label=gettext_lazy("Deadline"), choices=DUES, required=False, optional=False, empty=gettext_lazy("Any")
    )
    initiator = Select(
        label=gettext_lazy("Began as"), choices=Initiator.choices, required=False, optional=False,
        empty=gettext_lazy("Either"),
    )  # fmt: skip
    year = Select(label=gettext_lazy("Received in"), required=False, optional=False, empty=gettext_lazy("Any year"))
    state = Select(label=gettext_lazy("State"), choices=STATES, required=False, optional=False, empty=None)

    def __init__(self, *args: Any, by: Actor, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, list[tuple[str, Any]]] = {
            "queue": [(key, label(queue.labels)) for key, (queue, _of) in panel.queues(panel.kinds_of(by)).items()],
            "step": steps(by),
            "year": [(str(year), str(year)) for year in years],
        }
        for name, found in choices.items():
            self.fill(name, found)

    def chosen(self) -> panel.Chosen:
        self.full_clean()
        good = {name: value for name, value in getattr(self, "cleaned_data", {}).items() if value}
        year = good.pop("year", None)
        return panel.Chosen(**good, year=int(year) if year else None)


def steps(by: Actor) -> list[tuple[str, str]]:
    """Steps of every version that runs at the desk, in the order of the procedure."""
    found: dict[str, str] = {}
    for version in sorted({version for _organisation, version in panel.kinds_of(by)}, reverse=True):
        for step in of_version(version).steps:
            found.setdefault(step.key, label(step.labels))
    return list(found.items())


@panel_page
def cases(request: HttpRequest, by: Actor) -> HttpResponse:
    """The list, sorted by the nearest last day, and the year above it."""
    years = annual.years(by)
    narrow = Narrow({"state": "open", **request.GET.dict()}, by=by, years=years)
    chosen = narrow.chosen()
    pages = Paginator(panel.cases(by, chosen), PER_PAGE)
    page = pages.get_page(page_number(request.GET.get("page", "1")))
    queue = panel.queues(panel.kinds_of(by)).get(chosen.queue)
    year = annual.figures(by, chosen.year or by.today.year)
    return show(
        request, "cases", "cases",
        {
            "narrow": narrow, "number": ByNumber(), "table": table(by, list(page), leads_to(queue)), "page": page,
            "total": pages.count, "year": year, "chart": chart(year), "narrowed": bool(set(request.GET) - {"page"}),
            "queue": label(queue[0].labels) if queue else "", "years": years,
        },
    )  # fmt: skip


def leads_to(found: "tuple[Queue, Definition] | None") -> str:
    """The page of this desk on which a queue is worked on; "" for the case itself."""
    if found is None:
        return ""
    queue, definition = found
    return "opinion" if panel.is_owed(definition, queue) else "decide" if panel.is_decided(definition, queue) else ""


def table(by: Actor, rows: "list[Case]", page: str = "") -> Table:
    columns = [
        Column(_("Child and number")), Column(_("Step")), Column(_("Nearest deadline")), Column(_("Received")),
        Column(_("Began as")),
    ]  # fmt: skip
    hrefs = [f"/panel/case/{case.uuid}/{page}/" if page else "" for case in rows]
    lines = [
        [*case_cells(case, by, href=href), received(case.received_on), began(case)]
        for case, href in zip(rows, hrefs, strict=True)
    ]
    return Table("cases", _("Cases of the commission"), columns, lines, caption_hidden=True)


def received(on: date) -> Cell:
    return Cell(day(on), sort=on.isoformat())


def began(case: "Case") -> Cell:
    return Cell(str(case.initiated_by) if case.initiated_by else _("Parent"))


def chart(year: annual.Annual) -> Chart:
    """The year as bars, with the table behind it."""
    rows: list[tuple[str, tuple[int, ...]]] = [
        (_("Received"), (year.received,)),
        (_("Decided"), (year.decided,)),
        (_("Decided in time"), (year.in_time,)),
        (_("Decided late"), (year.late,)),
        (_("Still open"), (year.still_open,)),
    ]
    if year.without_clock:
        rows.insert(4, (_("Decided, time not known"), (year.without_clock,)))
    title = _("Requests and opinions of the year %(year)s") % {"year": year.year}
    told = _("%(received)s received, %(decided)s decided, %(late)s of them late, %(open)s still open.") % {
        "received": year.received, "decided": year.decided, "late": year.late, "open": year.still_open,
    }  # fmt: skip
    return Chart("year", title, told, [_("Cases")], rows, unit=_("What"))
