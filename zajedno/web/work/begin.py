"""Beginning a procedure for a child: which one, and where."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.casework.actions.case import open_case
from zajedno.casework.queries.begin import Beginning, beginning, beginnings, within
from zajedno.kernel.clock import today
from zajedno.kernel.labels import label
from zajedno.places.queries.organisation import organisations
from zajedno.web.shared.fields import DateField, Radios, Suggest
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.pieces import Tag, Task
from zajedno.web.work.child import ChildFile, address, child_page, show
from zajedno.web.work.labels import part_label
from zajedno.web.work.people import MOST


class Begin(Form):
    """`at`: own institution, as the one that keeps the case or as the one that begins it for the `keeper`."""

    at = Radios(label=gettext_lazy("Your institution"), legend="m")
    keeper = Suggest(label=gettext_lazy("Who keeps the case"), required=False)
    received_on = DateField(label=gettext_lazy("Since when the procedure runs"), latest=today)

    def __init__(self, *args: Any, found: Beginning, **kwargs: Any) -> None:
        super().__init__(*args, initial={"received_on": today(), "at": _first(found)}, **kwargs)
        self.own = {f"keeps:{one.pk}": one for one in found.keeps} | {f"begins:{one.pk}": one for one in found.begins}
        self.fill("at", [(key, _said(found, key, one)) for key, one in self.own.items()])
        if found.begins:
            self.others = {str(one.pk): one for one in _keepers(found)}
            self.fill("keeper", [(key, str(one)) for key, one in self.others.items()])
            self.fields["keeper"].required = not found.keeps
            self.initial["keeper"] = _nearest(found, list(self.others.values()))
        else:
            del self.fields["keeper"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if str(data.get("at", "")).startswith("begins:") and not data.get("keeper") and "keeper" not in self.errors:
            self.add_error("keeper", _("Choose who keeps the case."))
        return data

    def chosen(self) -> dict[str, Any]:
        own = self.own[self.cleaned_data["at"]]
        if self.cleaned_data["at"].startswith("keeps:"):
            return {"keeper": own, "initiated_by": own}
        return {"keeper": self.others[self.cleaned_data["keeper"]], "initiated_by": own}


def _first(found: Beginning) -> str | None:
    """Where there is nothing to choose, it is chosen."""
    every = [*(f"keeps:{one.pk}" for one in found.keeps), *(f"begins:{one.pk}" for one in found.begins)]
    return every[0] if len(every) == 1 else None


def _nearest(found: Beginning, keepers: list[Any]) -> str:
    """A body of one's own institution, or the only one there is; else who begins it chooses."""
    own = {one.pk for one in found.begins}
    near = [one for one in keepers if one.parent_id in own] or keepers
    return str(near[0].pk) if len(near) == 1 else ""


def _said(found: Beginning, key: str, organisation: Any) -> str:
    definition = found.definition
    part = definition.keeper if key.startswith("keeps:") else definition.opener
    return f"{organisation} ({part_label(definition, part)})"


def _keepers(found: Beginning) -> list[Any]:
    """Institutions that may keep the case, those of one's own municipalities first."""
    near = {one.territory_id for one in found.begins}
    countries = {one.territory.country_id for one in found.begins}
    rows = organisations(working_on=today()).filter(territory__country__in=countries)
    rows = rows.filter(kind__in=found.kinds) if found.kinds else rows.filter(territory__in=near)
    return sorted(within(found.definition, list(rows[:MOST])), key=lambda one: (one.territory_id not in near, str(one)))


@child_page
def choose(request: HttpRequest, file: ChildFile) -> HttpResponse:
    """Every procedure that the person may begin."""
    tasks = [
        Task(
            label(one.definition.labels), Tag(_("Can be begun"), "info"), address(file, f"begin/{one.definition.key}/")
        )
        for one in beginnings(file.by)
    ]
    return show(request, file, "begin_choose", tasks=tasks)


@child_page
def begin(request: HttpRequest, file: ChildFile, key: str) -> HttpResponse:
    """Where it is begun and who keeps the case; then the case itself."""
    found = beginning(file.by, key)
    form = Begin(request.POST if request.method == "POST" else None, found=found)
    made: list[Any] = []

    def open_it() -> None:
        day = form.cleaned_data["received_on"]
        made.append(open_case(by=file.by, child=file.child, procedure=key, received_on=day, **form.chosen()))

    if form.is_valid() and attempt(form, open_it):
        messages.success(request, _("The case is begun. What comes next stands below."))
        return redirect(f"/work/case/{made[0].uuid}/")
    return show(
        request, file, "child_form", form=form, title=label(found.definition.labels), back=address(file, "begin/"),
        go=_("Begin"),
    )  # fmt: skip
