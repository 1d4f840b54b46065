"""Every running clock, with the rule behind it."""

from datetime import date
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.casework.queries import deadlines as queries
from zajedno.kernel.actor import Actor
from zajedno.kernel.labels import label
from zajedno.procedures.logic.definition import DeadlineRule
from zajedno.procedures.queries.definition import of_version
from zajedno.web.panel.frame import case_address, page_number, panel_page, show
from zajedno.web.shared.charts import Deadlines, Due
from zajedno.web.shared.dates import day
from zajedno.web.shared.pieces import Cell, Column, Table, Tag
from zajedno.web.work.labels import deadline_label, due_tag, length_label, step_label

if TYPE_CHECKING:
    from zajedno.casework.models import Clock

PER_PAGE = 25
TITLES = {
    "late": gettext_lazy("Late"),
    "week": gettext_lazy("Within 7 days"),
    "month": gettext_lazy("Within 30 days"),
    "later": gettext_lazy("Later"),
    "paused": gettext_lazy("Standing still"),
}


@panel_page
def deadlines(request: HttpRequest, by: Actor) -> HttpResponse:
    """Clocks in groups; the first group that holds any is shown when none is chosen."""
    counts = vars(queries.counts(by))
    group = request.GET.get("when", "")
    if group not in queries.GROUPS:
        group = next((key for key in queries.GROUPS if counts[key]), "late")
    tabs = [
        {"text": TITLES[key], "href": f"?when={key}", "current": key == group, "count": counts[key]}
        for key in queries.GROUPS
    ]
    page = Paginator(queries.listed(by, group), PER_PAGE).get_page(page_number(request.GET.get("page", "1")))
    return show(
        request, "deadlines", "deadlines",
        {
            "tabs": tabs, "table": table(by, list(page), TITLES[group]), "page": page, "rules": rules(list(page)),
            "chart": drawing(by), "group": TITLES[group],
        },
    )  # fmt: skip


def table(by: Actor, clocks: "list[Clock]", title: object) -> Table:
    columns = [Column(_("Child and number")), Column(_("Deadline")), Column(_("Last day")), Column(_("Step"))]
    rows = [[*_cells(by, clock), step_label(of_version(clock.case.version_id), clock.case.step)] for clock in clocks]
    return Table("clocks", title, columns, rows, empty=_("No clock runs here."))


def _cells(by: Actor, clock: "Clock") -> list[Cell]:
    definition = of_version(clock.case.version_id)
    rule = definition.deadline.get(clock.key)
    told = _("Told on %(day)s") % {"day": day(clock.missed_on)} if clock.missed_on else ""
    unverified = _("Not verified in the law") if rule and not rule.source.verified else ""
    return [
        Cell(
            clock.case.child.full_name, case_address(clock.case.uuid),
            small=clock.case.number or _("without a number yet"),
        ),
        Cell(deadline_label(definition, clock.key), small=unverified),
        Cell(
            day(clock.due_on), tag=due_tag(clock.due_on, by.today, paused=clock.paused_on is not None), small=told,
            sort=clock.due_on.isoformat(),
        ),
    ]  # fmt: skip


def rules(clocks: "list[Clock]") -> list[dict[str, object]]:
    """The rules behind the clocks of the page: what they say and where that comes from."""
    found: dict[tuple[int, str], DeadlineRule] = {}
    for clock in clocks:
        if rule := queries.rule_of(clock):
            found.setdefault((clock.case.version_id, clock.key), rule)
    return [
        {
            "title": label(rule.labels), "length": length_label(rule), "source": rule.source,
            "tag": verified_tag(rule.source.verified),
        }
        for rule in found.values()
    ]  # fmt: skip


def verified_tag(verified: bool) -> Tag:
    return Tag(_("Verified in the law"), "done") if verified else Tag(_("Not verified in the law"), "wait")


def drawing(by: Actor) -> Deadlines | None:
    """The nearest sixty last days on a line."""
    rows = queries.days(by)
    if not rows:
        return None
    dues = [Due(deadline_label(of_version(version), key), on, tone(by, on)) for on, key, version in rows]
    late = sum(due.tone == "late" for due in dues)
    told = _("%(all)s nearest last days, %(late)s of them past.") % {"all": len(dues), "late": late}
    return Deadlines("days", _("The nearest deadlines"), told, by.today, dues)


def tone(by: Actor, on: date) -> str:
    left = (on - by.today).days
    return "late" if left < 0 else "soon" if left <= 7 else "later"
