"""The commission's register of requests: it comes in as any register does, and goes out."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from zajedno.casework.actions import batch as batches
from zajedno.casework.actions import register_out
from zajedno.casework.queries import batch as queries
from zajedno.casework.rules import EXPORT_REGISTER, IMPORT_CASES
from zajedno.casework.tasks import enter_register
from zajedno.kernel.actor import Actor
from zajedno.kernel.verbs import ask
from zajedno.web.panel.frame import case_address, panel_page, sections
from zajedno.web.registers.forms import same_or_another
from zajedno.web.registers.kind import CHILD, Kind
from zajedno.web.registers.showing import said
from zajedno.web.shared.dates import day
from zajedno.web.shared.fields import Radios
from zajedno.web.shared.forms import Form
from zajedno.web.shared.pieces import Link, Row
from zajedno.web.shared.uploads import MEDIA_TYPES, saved
from zajedno.web.work.labels import step_label

FIELDS: Mapping[str, Any] = {
    "number": gettext_lazy("Registry number"),
    "received": gettext_lazy("Received"),
    **CHILD,
    "initiator": gettext_lazy("Who began"),
    "institution": gettext_lazy("Institution"),
    "status": gettext_lazy("Status"),
    "sitting": gettext_lazy("Day of the sitting"),
    "opinion_date": gettext_lazy("Day of the opinion"),
    "measures": gettext_lazy("Measures of support"),
    "note": gettext_lazy("Remark"),
}
SCRIPT_NAMES = {"sr": gettext_lazy("Cyrillic"), "sr-latn": gettext_lazy("Latin")}
KIND_NAMES = {"xlsx": gettext_lazy("Excel workbook"), "csv": gettext_lazy("CSV")}


class Out(Form):
    kind = Radios(
        label=gettext_lazy("Kind of file"), choices=[(key, KIND_NAMES[key]) for key in register_out.KINDS],
        small=True, inline=True,
    )  # fmt: skip
    script = Radios(
        label=gettext_lazy("Script"), choices=[(key, SCRIPT_NAMES[key]) for key in register_out.SCRIPTS],
        small=True, inline=True,
    )  # fmt: skip


def frame(by: Actor) -> dict[str, Any]:
    initial = {"kind": "xlsx", "script": "sr" if get_language() == "sr" else "sr-latn"}
    out = Out(initial=initial) if by.may(EXPORT_REGISTER.key) else None
    return {"sections": sections("register", by), "out": out}


def leads(row: Any) -> tuple[str, str] | None:
    return (row.case.number or _("Open the case"), case_address(row.case.uuid)) if row.case else None


def says(looked: Any) -> list[Row]:
    row = looked.row
    return [
        *said(row.child),
        Row(_("Registry number"), row.number),
        Row(_("Received"), day(row.received)),
        Row(_("Status"), step_label(looked.definition, row.step)),
    ]


REQUESTS = Kind(
    at="/panel/register/",
    title=gettext_lazy("Register of the commission"),
    desk=Link(gettext_lazy("Commission"), "/panel/"),
    base="panel/desk.html",
    guard=panel_page,
    frame=frame,
    verbs=(IMPORT_CASES, EXPORT_REGISTER),
    actions=batches,
    queries=queries,
    enter=enter_register,
    fields=FIELDS,
    second="number",
    leads=leads,
    says=says,
    choices=same_or_another(gettext_lazy("Yes: a further request for the child I know")),
    undoing=gettext_lazy("Its cases disappear, and the children who came with them. Children whom others know stay."),
    listing="panel/register.html",
)


@panel_page
def export(request: HttpRequest, by: Actor) -> HttpResponse:
    """POST alone: taking out is an act that is written down."""
    form = Out(request.POST)
    if request.method != "POST" or not form.is_valid():
        return redirect("panel:register")
    kind, script = form.cleaned_data["kind"], form.cleaned_data["script"]
    organisation = ask(by, EXPORT_REGISTER).organisation
    content = register_out.export(by=by, organisation=organisation, kind=kind, script=script)
    return saved(content, MEDIA_TYPES[kind], register_out.file_name(kind, script, by.today))
