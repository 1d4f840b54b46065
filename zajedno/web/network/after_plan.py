"""A next step of a round goes into an action plan, from which one sees where it came from."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.kernel.actor import Actor
from zajedno.networks.queries import round as queries
from zajedno.networks.queries import step as steps
from zajedno.programmes.actions.origin import put_in
from zajedno.programmes.queries.origin import Place, in_plans, places
from zajedno.web.network.frame import network_page, show
from zajedno.web.network.net import results
from zajedno.web.network.plan_words import address
from zajedno.web.network.round import way
from zajedno.web.shared.fields import Radios, Select
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.pieces import Cell, Link, Tag

if TYPE_CHECKING:
    from zajedno.networks.models import NextStep, Round
    from zajedno.programmes.models import Plan


class PutIn(Form):
    """`found`: steps in no plan; `there`: plans open for writing, and their goals."""

    step = Radios(label=gettext_lazy("Which step?"))
    place = Select(label=gettext_lazy("Where to?"), empty=None)

    def __init__(self, *args: Any, found: "Sequence[NextStep]", there: Sequence[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.there = {_key(one): one for one in there}
        self.fill("step", [(str(one.uuid), one.text) for one in found])
        self.fill("place", [(key, _named(one)) for key, one in self.there.items()])

    def chosen(self) -> dict[str, Any]:
        """For `put_in`."""
        place = self.there[self.cleaned_data["place"]]
        return {"plan": place.plan, "goal": place.goal, "step": UUID(self.cleaned_data["step"])}


def _key(place: Place) -> str:
    return str(place.goal.uuid if place.goal else place.plan.uuid)


def _named(place: Place) -> str:
    if place.goal is None:
        return _("%(plan)s: as a goal") % {"plan": place.plan}
    return _("%(plan)s: as a measure of goal %(goal)s") % {
        "plan": place.plan,
        "goal": f"{place.goal.number}, {place.goal}",
    }


def ways(by: Actor, row: "Round", rows: "Sequence[NextStep]", known: "Mapping[int, Plan | None]") -> list[Cell]:
    """Of each step: the plan in which it stands, or the way into one for who writes plans. `known`: of `in_plans`."""
    may, cells = bool(places(by)), []
    for one in rows:
        if (plan := known.get(one.pk)) is not None:
            cells.append(Cell(_("In the plan"), address(plan), small=plan))
        elif one.pk in known:
            cells.append(Cell(tag=Tag(_("In the plan"), "done")))
        else:
            cells.append(Cell(_("Put into a plan"), f"/network/results/{row.uuid}/steps/plan/?step={one.uuid}")
                         if may else Cell(_("In no plan")))  # fmt: skip
    return cells


@network_page
def into_plan(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    row = queries.find(by, uuid)
    rows = list(steps.of_round(row))
    known, there = in_plans(by, [one.pk for one in rows]), places(by)
    found = [one for one in rows if one.pk not in known]
    if request.method != "POST" and not (found and there):
        return redirect("network:steps", uuid=uuid)
    sent = request.POST if request.method == "POST" else None
    form = PutIn(sent, found=found, there=there, initial={"step": request.GET.get("step") or str(found[0].uuid)}
                 if found else None)  # fmt: skip
    if form.is_valid() and attempt(form, lambda: put_in(by=by, round=row, **form.chosen())):
        messages.success(request, _("The step stands in the plan."))
        return redirect("network:steps", uuid=uuid)
    back = Link(_("Next steps"), f"/network/results/{uuid}/steps/")
    context = {"form": form, "title": _("Put a step into an action plan"), "go": _("Put into the plan")}
    return show(request, "act", {**context, "cancel": back.href, "crumbs": [*way(row), results(row), back]})
