"""Beside the measures of a plan: goals, places in services, unmet needs, and what the child and the parent think."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from zajedno.casework.actions.goal import drop_goal, write_goal
from zajedno.casework.actions.plan import being_written
from zajedno.casework.actions.seen import stamp
from zajedno.casework.actions.support import match_service, record_unmet, release_service, write_view
from zajedno.casework.queries import plan as queries
from zajedno.casework.queries.case import CaseFile
from zajedno.casework.queries.support import offered
from zajedno.casework.rules import WRITE_NOTE
from zajedno.kernel.refusal import NotFound
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.pieces import Row
from zajedno.web.work.frame import address, case_page, show
from zajedno.web.work.overtaken import line_again
from zajedno.web.work.plan import find, plans, reader_of
from zajedno.web.work.plan_forms import GoalForm, PlaceForm, UnmetForm, ViewForm


def _page(
    request: HttpRequest, file: CaseFile, form: Form | None, title: str, go: str, back: str = "plan/", **more: Any
) -> HttpResponse:
    return show(request, file, "plan", "form", form=form, title=title, go=go, back=address(file, back), **more)


def _taken(
    request: HttpRequest, file: CaseFile, form: Form, act: Callable[[], object], said: str, to: str = "plan/"
) -> HttpResponse | None:
    """Where a form leads that was taken; None when it comes back."""
    if not (form.is_valid() and attempt(form, act)):
        return None
    messages.success(request, said)
    return redirect(address(file, to))


@case_page("plan")
def goal_new(request: HttpRequest, file: CaseFile) -> HttpResponse:
    if not plans(file):
        raise NotFound("")
    form = GoalForm(request.POST or None)

    def act() -> None:
        write_goal(by=file.by, file=file, values=form.cleaned_data, text=form.cleaned_data["text"], row=None)

    done = _taken(request, file, form, act, _("The goal is kept."))
    return done or _page(request, file, form, _("Add a goal"), _("Keep the goal"))


@case_page("plan")
def goal_change(request: HttpRequest, file: CaseFile, goal: UUID) -> HttpResponse:
    """An adopted goal is not changed; it can be taken out of the plan."""
    row = _goal(file, goal)
    if not being_written(file, row):
        return redirect(address(file, f"plan/goal/{goal}/drop/"))
    kept = {"text": row.text, "whose": row.whose, "area": row.area, "icf": row.icf, "seen": stamp(row)}
    form = GoalForm(request.POST or None, initial=kept)

    def act() -> None:
        data = form.cleaned_data
        write_goal(by=file.by, file=file, values=data, text=data["text"], row=row, seen=data["seen"] or None)

    done = _taken(request, file, form, act, _("The goal is kept."))
    stands = line_again(form, row)
    return done or show(
        request, file, "plan", "plan_goal_form", form=form, title=_("Change the goal"), go=_("Keep the goal"),
        back=address(file, "plan/"), drop=address(file, f"plan/goal/{goal}/drop/"),
        stands=stands and [Row(_("Goal"), stands.text)],
    )  # fmt: skip


@case_page("plan")
def goal_drop(request: HttpRequest, file: CaseFile, goal: UUID) -> HttpResponse:
    row = _goal(file, goal)
    form = Form(request.POST if request.method == "POST" else None)
    done = _taken(
        request, file, form, lambda: drop_goal(by=file.by, file=file, row=row), _("The goal is no longer in the plan.")
    )
    title = _("Take this goal out of the plan?")
    return done or _page(request, file, form, title, _("Take it out"), kind="warning", note=row.text)


def _goal(file: CaseFile, uuid: UUID) -> Any:
    row = queries.goals(file).filter(uuid=uuid, case=file.case).first() if plans(file) else None
    if row is None:
        raise NotFound("")
    row.child = file.case.child
    return row


@case_page("plan")
def place(request: HttpRequest, file: CaseFile, measure: UUID) -> HttpResponse:
    """Match a measure to a service; a POST without a service gives the place back."""
    row = find(file, measure)
    if not plans(file) or row.superseded_on:
        raise NotFound("")
    services, here = offered(file), f"plan/{row.uuid}/"
    if request.method == "POST" and "release" in request.POST and row.service_id:
        release_service(by=file.by, file=file, row=row)
        messages.success(request, _("The place is given back."))
        return redirect(address(file, here))
    form = PlaceForm(request.POST or None, services=services) if services else None
    chosen = {str(one.uuid): one for one in services}
    done = form and _taken(
        request, file, form,
        lambda: match_service(by=file.by, file=file, row=row, service=chosen[form.cleaned_data["service"]]),
        _("The child has a place."), here,
    )  # fmt: skip
    return done or show(
        request, file, "plan", "plan_place", form=form, title=_("Find a place in a service"), back=address(file, here),
        name=reader_of(file).name(row), service=row.service, unmet=address(file, f"{here}unmet/"),
    )  # fmt: skip


@case_page("plan")
def unmet(request: HttpRequest, file: CaseFile, measure: UUID) -> HttpResponse:
    row = find(file, measure)
    if not plans(file) or row.superseded_on:
        raise NotFound("")
    form, here = UnmetForm(request.POST or None, initial={"why": row.unmet}), f"plan/{row.uuid}/"
    done = _taken(
        request, file, form, lambda: record_unmet(by=file.by, file=file, row=row, **form.cleaned_data),
        _("The unmet need is recorded."), here,
    )  # fmt: skip
    note = _("Planning counts it until the child has a place: how many children need what is not there, and why.")
    return done or _page(request, file, form, _("Record an unmet need"), _("Keep"), here, note=note)


@case_page("plan")
def view(request: HttpRequest, file: CaseFile) -> HttpResponse:
    if "plan" not in file.fields or not file.may(WRITE_NOTE.key):
        raise NotFound("")
    form = ViewForm(request.POST or None, initial={"told_on": file.by.today})
    done = _taken(
        request, file, form, lambda: write_view(by=file.by, file=file, **form.cleaned_data), _("What was said is kept.")
    )
    return done or _page(request, file, form, _("What the child or the parent thinks"), _("Keep"))
