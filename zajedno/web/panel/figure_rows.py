"""Which cases stand behind a figure: of the commission, for who may open each. The figure itself counts all commissions
of its place, so the list may be shorter."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from zajedno.casework.queries.case import visible_to
from zajedno.casework.queries.panel import commissions
from zajedno.figures.logic.figure import Figure
from zajedno.indicators.queries.behind import OF_CASES, behind
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.places.queries.territory import of_organisation
from zajedno.web.panel.frame import case_cells, panel_page, show
from zajedno.web.shared.figures.told import released, told
from zajedno.web.shared.pieces import Column, Link, Table

HOME = "/panel/figures/"
MOST = 200  # of one page; the rest is narrowed in the list of cases


def leads(figure: Figure) -> Link | None:
    """Where the rows open; of what counts no cases there are none."""
    if figure.indicator not in OF_CASES or not figure.edition:
        return None
    return Link(_("The cases behind it"), f"{HOME}{figure.indicator}/behind/?period={figure.period}")


def outcomes() -> dict[str, str]:
    """What a case says for the figure."""
    return {
        "in_time": _("In time"), "late": _("Late"), "realised": _("Realised"), "not_realised": _("Not realised"),
        "unfunded": _("No money for it"), "other": _("Other"), "request": _("Request"),
    }  # fmt: skip


@panel_page
def rows(request: HttpRequest, by: Actor, code: str) -> HttpResponse:
    """Those of the period that are the actor's to see."""
    what, period = told(code), request.GET.get("period", "")
    if what is None or code not in OF_CASES or period not in _periods(by, code):
        raise NotFound("")
    found, words = behind(by, code, period)[:MOST], outcomes()
    cases = {row.uuid: row for row in visible_to(by).filter(uuid__in={uuid for uuid, _said in found})
             .select_related("child")}  # fmt: skip
    lines = [
        [*case_cells(cases[uuid], by)[:2], words.get(said, said)] for uuid, said in found if uuid in cases
    ]  # fmt: skip
    columns = [Column(_("Child and number")), Column(_("Step")), Column(_("For this figure"))]
    empty = _("No case of yours stands behind this figure.")
    title = _("%(name)s, %(period)s: the cases behind it") % {"name": what.name, "period": period}
    context = {
        "title": title, "table": Table("behind", title, columns, lines, caption_hidden=True, empty=empty),
        "crumbs": [Link(_("Commission"), "/panel/"), Link(what.name, f"{HOME}{code}/?period={period}")],
    }  # fmt: skip
    return show(request, "figures", "figure_rows", context)


def _periods(by: Actor, code: str) -> list[str]:
    """In which it was released where the commission works."""
    places = of_organisation(commissions(by))
    return list(released(places[0].country_id).get(code, ())) if places else []
