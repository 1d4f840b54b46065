"""The individual support plan: measures in both legal groups."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.casework.actions.plan import drop_measure, follow_measure, write_measure
from zajedno.casework.enums import MeasureState
from zajedno.casework.queries.case import CaseFile
from zajedno.casework.rules import PLAN_SUPPORT, REPORT_FOLLOW_UP
from zajedno.kernel.labels import label
from zajedno.kernel.refusal import NotFound
from zajedno.places.queries.organisation import organisations
from zajedno.procedures.queries.definition import measures as coded_measures
from zajedno.web.shared.dates import day
from zajedno.web.shared.fields import Confirm, DateField, LongText, Money, Radios, Select, Suggest, Text
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.pieces import Cell, Column, Link, Row, Table, Tag
from zajedno.web.work.frame import address, case_page, show

PAYERS = {
    "municipality": gettext_lazy("Municipality"),
    "canton": gettext_lazy("Canton"),
    "entity": gettext_lazy("Entity"),
    "republic": gettext_lazy("Republic"),
    "health_fund": gettext_lazy("Health insurance fund"),
    "institution": gettext_lazy("Institution"),
    "shared": gettext_lazy("Several together"),
    "unknown": gettext_lazy("Not known yet"),
}
TONES = {"planned": "plain", "running": "info", "done": "done", "not_done": "late", "unfunded": "late"}


class MeasureForm(Form):
    code = Suggest(label=gettext_lazy("Measure"))
    legal_group = Radios(label=gettext_lazy("Legal group"))
    goal = LongText(label=gettext_lazy("Goal: what the child will be able to do"), rows=3, required=False)
    responsible = Suggest(
        label=gettext_lazy("Institution that gives the support"), required=False, empty=gettext_lazy("None")
    )
    responsible_person = Text(
        label=gettext_lazy("Responsible person"), max_length=200, required=False, width="two-thirds"
    )
    since = DateField(label=gettext_lazy("From"), required=False)
    until = DateField(label=gettext_lazy("Until"), required=False)
    frequency = Text(
        label=gettext_lazy("How often"),
        max_length=120,
        required=False,
        width="two-thirds",
        help_text=gettext_lazy("For example: twice a week, 45 minutes."),
    )
    payer = Select(label=gettext_lazy("Who pays"), choices=list(PAYERS.items()), required=False)
    needs_funds = Confirm(label=gettext_lazy("Needs extra funds"), required=False)
    cost = Money(label=gettext_lazy("Estimated cost in a year"), required=False, least=0, most=9_999_999_999)

    def __init__(self, *args: Any, file: CaseFile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [(group.key, label(group.labels)) for group in file.definition.measure_groups]
        self.fill("legal_group", groups)
        self.fill("code", [(one.key, label(one.labels)) for one in measures(file)])
        self.fill("responsible", [(str(row.pk), str(row)) for row in near(file)])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("since") and data.get("until") and data["until"] < data["since"]:
            self.add_error("until", _("The end lies before the beginning."))
        if not data.get("responsible") and not data.get("responsible_person"):
            self.add_error("responsible", _("Choose who is responsible: an institution or a person."))
        return data


class Progress(Form):
    state = Radios(label=gettext_lazy("How far has it come?"), choices=MeasureState.choices)


def measures(file: CaseFile) -> Any:
    return coded_measures(file.definition.country)


def near(file: CaseFile) -> Any:
    """Working institutions of the municipality, and those that already take part."""
    return organisations(territory=file.case.organisation.territory, working_on=file.by.today)[:500]


@case_page("plan")
def plan(request: HttpRequest, file: CaseFile) -> HttpResponse:
    if "plan" not in file.fields:
        raise NotFound("")
    return show(request, file, "plan", "plan", tables=tables(file), may_write=may_write(file))


def may_write(file: CaseFile) -> bool:
    adopted = getattr(getattr(file.case, "joint_opinion", None), "adopted_on", None)
    return not adopted and not file.case.closed_on and file.by.may(PLAN_SUPPORT.key, file.case.organisation_id)


def tables(file: CaseFile) -> list[Table]:
    rows: dict[str, list[Any]] = {group.key: [] for group in file.definition.measure_groups}
    names = {one.key: label(one.labels) for one in measures(file)}
    for row in file.case.measures.select_related("responsible"):
        row.case = file.case
        rows.setdefault(row.legal_group, []).append(_row(file, row, names))
    columns = [
        Column(_("Measure")),
        Column(_("Who gives it")),
        Column(_("When")),
        Column(_("Cost")),
        Column(_("State")),
    ]
    return [
        Table(f"group-{group.key}", label(group.labels), columns, rows[group.key], empty=_("No measures here."))
        for group in file.definition.measure_groups
    ]  # fmt: skip


def _row(file: CaseFile, row: Any, names: dict[str, str]) -> list[Cell]:
    when = " – ".join(part for part in (day(row.since), day(row.until)) if part)
    cost = f"{number_format(row.cost, 0, force_grouping=True)} {row.currency}" if row.cost is not None else ""
    payer = str(PAYERS.get(row.payer, ""))
    return [
        Cell(names.get(row.code, row.code), href=address(file, f"plan/{row.uuid}/"), small=row.text),
        Cell(str(row.responsible or row.responsible_person), small=row.responsible_person if row.responsible else ""),
        Cell(when or row.frequency, small=row.frequency if when else ""),
        Cell(
            cost, small=", ".join(part for part in (payer, _("needs extra funds") if row.needs_funds else "") if part)
        ),
        Cell(tag=Tag(MeasureState(row.state).label, TONES[row.state]), small=day(row.state_on)),
    ]


def _find(file: CaseFile, measure: UUID) -> Any:
    row = (
        file.case.measures.select_related("responsible").filter(uuid=measure).first() if "plan" in file.fields else None
    )
    if row is None:
        raise NotFound("")
    row.case = file.case
    return row


def _values(file: CaseFile, data: dict[str, Any]) -> dict[str, Any]:
    chosen = {str(row.pk): row for row in near(file)}
    kept = {key: value for key, value in data.items() if key not in ("goal", "responsible")}
    return {**kept, "responsible": chosen.get(data["responsible"])}


@case_page("plan")
def measure_new(request: HttpRequest, file: CaseFile) -> HttpResponse:
    if not may_write(file) or "plan" not in file.fields:
        raise NotFound("")
    return _write(request, file, None, MeasureForm(request.POST or None, file=file), _("Add a measure"))


@case_page("plan")
def measure_change(request: HttpRequest, file: CaseFile, measure: UUID) -> HttpResponse:
    row = _find(file, measure)
    if not may_write(file):
        raise NotFound("")
    initial = {name: getattr(row, name) for name in MeasureForm.base_fields if hasattr(row, name)}
    initial |= {"goal": row.text, "responsible": str(row.responsible_id or "")}
    return _write(
        request, file, row, MeasureForm(request.POST or None, file=file, initial=initial), _("Change the measure")
    )


def _write(request: HttpRequest, file: CaseFile, row: Any, form: MeasureForm, title: str) -> HttpResponse:
    def act() -> None:
        data = form.cleaned_data
        write_measure(by=file.by, file=file, values=_values(file, data), goal=data["goal"], row=row)

    if form.is_valid() and attempt(form, act):
        messages.success(request, _("The plan is changed."))
        return redirect(address(file, "plan/"))
    return show(
        request, file, "plan", "form", form=form, title=title, back=address(file, "plan/"), go=_("Keep the measure")
    )


@case_page("plan")
def measure_page(request: HttpRequest, file: CaseFile, measure: UUID) -> HttpResponse:
    """One measure; a POST says how far it has come."""
    row = _find(file, measure)
    names = {one.key: label(one.labels) for one in measures(file)}
    reports = file.by.may(REPORT_FOLLOW_UP.key) and not file.case.closed_on and not may_write(file)
    form = Progress(request.POST or None, initial={"state": row.state}) if reports else None
    if (
        form
        and form.is_valid()
        and attempt(form, lambda: follow_measure(by=file.by, file=file, row=row, state=form.cleaned_data["state"]))
    ):
        messages.success(request, _("The state of the measure is kept."))
        return redirect(address(file, "plan/"))
    groups = {group.key: label(group.labels) for group in file.definition.measure_groups}
    rows = [
        Row(_("Legal group"), groups.get(row.legal_group, "")), Row(_("Goal"), row.text),
        Row(_("Institution"), str(row.responsible or "")), Row(_("Responsible person"), row.responsible_person),
        Row(_("From"), day(row.since)), Row(_("Until"), day(row.until)), Row(_("How often"), row.frequency),
        Row(_("Who pays"), str(PAYERS.get(row.payer, ""))),
    ]  # fmt: skip
    links = [
        Link(_("Change"), address(file, f"plan/{row.uuid}/change/")),
        Link(_("Remove"), address(file, f"plan/{row.uuid}/drop/")),
    ]
    return show(
        request,
        file,
        "plan",
        "measure",
        form=form,
        rows=rows,
        name=names.get(row.code, row.code),
        links=links if may_write(file) else [],
    )


@case_page("plan")
def measure_drop(request: HttpRequest, file: CaseFile, measure: UUID) -> HttpResponse:
    row = _find(file, measure)
    if not may_write(file):
        raise NotFound("")
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, lambda: drop_measure(by=file.by, file=file, row=row)):
        messages.success(request, _("The measure is removed from the plan."))
        return redirect(address(file, "plan/"))
    return show(
        request,
        file,
        "plan",
        "form",
        form=form,
        title=_("Remove the measure?"),
        back=address(file, "plan/"),
        go=_("Remove"),
        kind="warning",
    )
