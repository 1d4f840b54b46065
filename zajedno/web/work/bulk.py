"""The same for many cases: choose them, say what, look at what will come of it, do it, read what came of each."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zajedno.access.actions import audit
from zajedno.casework.actions import bulk as actions
from zajedno.casework.enums import BulkState
from zajedno.casework.queries import bulk as bulks
from zajedno.casework.queries.case import CaseFile, Filter, listed, standing
from zajedno.casework.rules import ACT_ON_MANY
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound, NotPermitted
from zajedno.kernel.spreadsheets import write_csv
from zajedno.procedures.queries.definition import of_version
from zajedno.web.shared.guards import answer, attempt
from zajedno.web.shared.pieces import Cell, Column, Link, Table, Tag
from zajedno.web.shared.request import uuid_of
from zajedno.web.work.bulk_forms import Cases, act_label, acts, form_of
from zajedno.web.work.frame import work_page
from zajedno.web.work.labels import due_tag, step_label
from zajedno.web.work.mine import DUE, Narrow, steps_of

if TYPE_CHECKING:
    from zajedno.casework.models import Bulk, Case

TONES = {"chosen": "plain", "ready": "info", "refused": "late", "done": "done"}


def crumbs(more: bool = True) -> list[Link]:
    way = [Link(_("My work"), "/work/")]
    return [*way, Link(_("The same for many cases"), "/work/bulk/")] if more else way


@work_page
def choose(request: HttpRequest, by: Actor) -> HttpResponse:
    """Cases to tick, narrowed as in “My work”; or sent by a report that goes on with what it began."""
    if not by.may(ACT_ON_MANY.key):
        raise NotPermitted(_("Your post does not act on many cases at once. Ask the administrator."))
    due = request.GET.get("due", "")
    narrowed = Filter(due=due if due in DUE else "", step=request.GET.get("step", ""))
    rows = _offered(request, by, narrowed)
    sent = request.POST if request.method == "POST" else None
    form = Cases(sent, cases=[(str(case.uuid), _named(by, case)) for case in rows])
    made: list[Bulk] = []
    if form.is_valid() and attempt(
        form, lambda: made.append(actions.choose(by=by, cases=map(UUID, form.cleaned_data["case"])))
    ):
        return redirect(_at(made[0]))
    narrow = Narrow(initial={"step": narrowed.step}, steps=steps_of(standing(by)))
    tabs = [
        {"text": text, "href": f"?due={key}", "current": key == narrowed.due, "count": None}
        for key, text in DUE.items()
    ]
    return answer(request, "work/bulk_choose.html", {
        "form": form, "narrow": narrow, "rows": rows, "tabs": tabs, "due": narrowed.due, "crumbs": crumbs(more=False),
        "most": actions.MOST, "full": len(rows) >= actions.MOST,
    })  # fmt: skip


def _offered(request: HttpRequest, by: Actor, narrowed: Filter) -> list["Case"]:
    """Those of the list, and those that were sent, wherever in the list they stand."""
    sent = [one for one in map(uuid_of, request.POST.getlist("case")) if one]
    ticked = list(listed(by).filter(uuid__in=sent)) if sent else []
    others = listed(by, narrowed).exclude(pk__in=[case.pk for case in ticked])[: actions.MOST]
    return [*ticked, *others]


def _named(by: Actor, case: "Case") -> str:
    """A case as its box says it."""
    tag = due_tag(case.due_on, by.today)
    step = step_label(of_version(case.version_id), case.step)
    parts = (case.number or _("Without a number yet"), case.child.full_name, step, str(tag.text) if tag else "")
    return " · ".join(part for part in parts if part)


def _at(bulk: "Bulk", rest: str = "") -> str:
    return f"/work/bulk/{bulk.uuid}/{rest}"


@work_page
def one(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """What can be done; then what will come of it; then what came of it. A POST does it."""
    bulk = bulks.find(by, uuid)
    if request.method == "POST":
        actions.carry_out(by=by, bulk=bulk)
        return redirect(_at(bulk))
    lines = bulks.lines(by, bulk)
    files = [CaseFile(line.case, by) for line in lines if line.case]
    context = {
        "bulk": bulk, "table": _table(lines), "crumbs": crumbs(), "csv": _at(bulk, "report.csv"), "at": _at(bulk),
        "number": len(lines),
    }  # fmt: skip
    if not bulk.tried_on:
        return answer(request, "work/bulk.html", {**context, "acts": acts(by, files, _at(bulk))})
    good = sum(line.row.state in (BulkState.READY, BulkState.DONE) for line in lines)
    return answer(request, "work/bulk.html", {
        **context, "what": act_label(bulk.act, by, files), "good": good, "bad": len(lines) - good,
        "said": _said(bulk, good),
        "begun": [line.opened.uuid for line in lines if line.opened],
        "again": [line.case.uuid for line in lines if line.case and line.row.state == BulkState.REFUSED],
    })  # fmt: skip


def _said(bulk: "Bulk", good: int) -> str:
    if bulk.done_on:
        return ngettext("Done for %(count)d case.", "Done for %(count)d cases.", good) % {"count": good}
    return ngettext("It can be done for %(count)d case.", "It can be done for %(count)d cases.", good) % {"count": good}


def _table(lines: list[bulks.Line]) -> Table:
    columns = [Column(_("Case")), Column(_("Child")), Column(_("State")), Column(_("Reason"))]
    rows = [
        [
            _case(line.case), line.case.child.full_name if line.case else "",
            Cell(tag=Tag(BulkState(line.row.state).label, TONES[line.row.state])),
            Cell(_("The new case"), href=f"/work/case/{line.opened.uuid}/") if line.opened else line.row.said,
        ]
        for line in lines
    ]  # fmt: skip
    return Table("bulk", _("Case by case"), columns, rows)


def _case(case: "Case | None") -> Cell:
    if case is None:
        return Cell(_("A case that is no longer yours"))
    return Cell(case.number or _("Without a number yet"), href=f"/work/case/{case.uuid}/")


@work_page
def act(request: HttpRequest, by: Actor, uuid: UUID, act: str) -> HttpResponse:
    """The form of what is to be done with all of them; it is tried, and the page of all says what would come of it."""
    bulk = bulks.find(by, uuid)
    if bulk.done_on:
        return redirect(_at(bulk))
    files = [CaseFile(line.case, by) for line in bulks.lines(by, bulk) if line.case]
    if not files:
        return redirect(_at(bulk))
    form: Any = form_of(by, act, files, request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, lambda: actions.prepare(by=by, bulk=bulk, act=act, given=form.given())):
        return redirect(_at(bulk))
    return answer(request, "work/bulk_act.html", {
        "form": form, "title": act_label(act, by, files), "back": _at(bulk),
        "crumbs": crumbs(), "number": len(files),
    })  # fmt: skip


@work_page
def report(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """What came of each case as CSV: numbers of cases and reasons, no child."""
    bulk = bulks.find(by, uuid)
    if not bulk.done_on:
        raise NotFound("")
    lines = bulks.lines(by, bulk)
    rows = [
        [line.case.number if line.case else "", str(line.case.uuid) if line.case else "",
         str(BulkState(line.row.state).label), line.row.said, str(line.opened.uuid) if line.opened else ""]
        for line in lines
    ]  # fmt: skip
    heads = [_("Registry number"), _("Case"), _("State"), _("Reason"), _("The new case")]
    audit.record(by=by, verb=ACT_ON_MANY.key, organisation=by.reads_for, detail={"report": len(rows)})
    response = HttpResponse("".join(write_csv(heads, rows)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="cases.csv"'
    return response
