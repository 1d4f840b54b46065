"""The commission's joint opinion, written beside what the members said."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.access.queries.account import names
from zajedno.casework.actions.opinion import JOINT_FIELDS, save_joint_opinion, stamp
from zajedno.casework.queries.case import CaseFile, find
from zajedno.casework.queries.content import joint_opinion_of
from zajedno.casework.queries.opinions import voices
from zajedno.casework.queries.plan import lines, reader_of
from zajedno.casework.rules import DECIDE
from zajedno.kernel.actor import Actor
from zajedno.kernel.labels import label
from zajedno.kernel.refusal import NotPermitted
from zajedno.web.panel.beside import beside
from zajedno.web.panel.frame import case_address, panel_case_page, show
from zajedno.web.shared.dates import day
from zajedno.web.shared.fields import DateField, LongText
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.pieces import Cell, Column, Row, Table, Tag
from zajedno.web.work.next_moves import need_text, offers
from zajedno.web.work.overtaken import is_late, told

TITLES = {
    "findings": gettext_lazy("Findings"),
    "strengths": gettext_lazy("Strengths of the child"),
    "needs": gettext_lazy("Needs and barriers"),
    "outcomes": gettext_lazy("Expected outcomes"),
    "family_view": gettext_lazy("View of the child and the family"),
    "dissent": gettext_lazy("Dissenting opinion of a member"),
}
LONG = 20_000


def _text(key: str, rows: int, hint: Any = "") -> LongText:
    return LongText(
        label=TITLES[key], rows=rows, required=False, optional=key == "dissent", max_length=LONG, help_text=hint
    )


class Joint(Form):
    """`seen`: the state of the text that the page was opened with. Only findings are needed, and only to adopt."""

    findings = _text(
        "findings", 8, gettext_lazy("What the commission found together. Without it the opinion is not adopted.")
    )
    strengths = _text("strengths", 4)
    needs = _text("needs", 5)
    outcomes = _text("outcomes", 4)
    family_view = _text("family_view", 4)
    dissent = _text("dissent", 3, gettext_lazy("Only when a member does not agree; who, and why."))
    review_on = DateField(
        label=gettext_lazy("Day on which the support is looked at again"), required=False,
    )  # fmt: skip
    seen = forms.CharField(widget=forms.HiddenInput, required=False)


@panel_case_page("joint opinion")
def decide(request: HttpRequest, by: Actor, file: CaseFile) -> HttpResponse:
    """Write it (coordinator and president), or read it (members)."""
    if not file.fields & {"opinions", "plan"}:
        raise NotPermitted(_("The opinion is open to the commission once the parent has consented."))
    row = getattr(file.case, "joint_opinion", None)
    content = joint_opinion_of(file)
    may = by.may(DECIDE.key, file.case.organisation_id) and not (row and row.adopted_on)
    initial = {**content, "review_on": row.review_on if row else None, "seen": stamp(row)}
    form = Joint(request.POST or None, initial=initial) if may or request.method == "POST" else None
    if request.method == "POST" and form is not None and form.is_valid() and _keep(by, file, form):
        messages.success(request, _("The joint opinion is kept."))
        return redirect("panel:decide", uuid=file.case.uuid)
    context = {
        **beside(file), "stands": _stands(by, file, form), "form": form,
        "voices": voices(file), "plan": plan(file), "next": steps(file),
        "read": [Row(TITLES[key], content.get(key, "")) for key in JOINT_FIELDS], "opinion": row,
        "plan_address": case_address(file.case.uuid, "plan/"),
    }  # fmt: skip
    return show(request, "cases", "decide", context)


def _stands(by: Actor, file: CaseFile, form: Joint | None) -> list[Row]:
    """What somebody else has kept since the page was opened, to be read beside what was typed."""
    if form is None or not is_late(form):
        return []
    now = find(by, file.case.uuid)
    row = now.case.joint_opinion
    told(form, names({row.saved_by}).get(row.saved_by, str(file.case.organisation)), stamp(row))
    content = joint_opinion_of(now)
    return [Row(TITLES[key], content[key]) for key in JOINT_FIELDS if content.get(key)]


def _keep(by: Actor, file: CaseFile, form: Joint) -> bool:
    values = form.cleaned_data
    return attempt(form, lambda: save_joint_opinion(
        by=by, file=file, content=values, review_on=values["review_on"], seen=values["seen"]
    ))  # fmt: skip


def plan(file: CaseFile) -> Table:
    """The support plan in short."""
    reader = reader_of(file)
    groups = {group.key: label(group.labels) for group in file.definition.measure_groups}
    columns = [Column(_("Measure")), Column(_("Responsible")), Column(_("Until or how often")), Column(_("Group"))]
    rows = [
        [
            Cell(reader.name(row)),
            _there(str(row.responsible or row.responsible_person)),
            _there(day(row.until) or row.frequency),
            groups.get(row.legal_group, row.legal_group),
        ]
        for row in lines(file)
    ]
    return Table("plan", _("Support plan"), columns, rows, caption_hidden=True, empty=_("No measure is written yet."))


def _there(text: str) -> Cell:
    """What a measure needs before the plan is adopted; its lack is marked."""
    return Cell(text, tag=None if text else Tag(_("Missing"), "wait"))


def steps(file: CaseFile) -> dict[str, Any] | None:
    """The move that adopts the opinion: its address, or what is still missing, or whose it is."""
    offer = next((one for one in offers(file) if "joint_opinion" in one.move.needs), None)
    if offer is None:
        return None
    makers = ", ".join(label(file.definition.part[part].labels) for part in offer.move.by)
    return {
        "text": label(offer.move.labels), "href": case_address(file.case.uuid, f"move/{offer.move.key}/"),
        "allowed": offer.allowed, "yours": offer.yours, "makers": makers,
        "missing": [need_text(file, need) for need in offer.missing],
    }  # fmt: skip
