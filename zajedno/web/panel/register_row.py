"""A row that may be a child who is already here: a person decides."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from zajedno.access.queries.batch import problems
from zajedno.casework.actions.batch import decide as decide_row
from zajedno.casework.actions.batch import look
from zajedno.casework.queries import batch as queries
from zajedno.kernel.actor import Actor
from zajedno.web.panel.frame import panel_page, show
from zajedno.web.panel.register_forms import Decision
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.pieces import Link, Row
from zajedno.web.work.labels import day, step_label


@panel_page
def decide(request: HttpRequest, by: Actor, uuid: UUID, number: int) -> HttpResponse:
    """What the row says, what may be told of the other child, and the question."""
    row = queries.find_row(by, uuid, number)
    if row.verdict != row.Verdict.POSSIBLE_DUPLICATE or row.content is None:
        return redirect("panel:register-batch", uuid=uuid)
    looked = look(by=by, row=row)
    form = Decision(request.POST or None, choices=_choices(len(looked.known)))
    if request.method == "POST" and form.is_valid():
        same = form.cleaned_data["answer"] == "same"
        if attempt(form, lambda: decide_row(by=by, row=row, same=same)):
            messages.success(request, _("The row is entered."))
            return redirect("panel:register-batch", uuid=uuid)
    context = {
        "row": row, "form": form, "why": [one.sentence(_) for one in problems(row)], "says": _says(looked),
        "known": [_known(child) for child in looked.known], "elsewhere": looked.elsewhere,
        "crumbs": [Link(_("Commission"), "/panel/"), Link(_("Register"), f"/panel/register/{uuid}/")],
    }  # fmt: skip
    return show(request, "register", "register_row", context)


def _choices(known: int) -> list[tuple[str, Any]]:
    same = _("Yes: a further request for the child I know") if known == 1 else _(
        "It may be: enter it with a record of its own, and propose that both are one child"
    )  # fmt: skip
    return [("same", same), ("another", _("No: another child"))]


def _says(looked: Any) -> list[Row]:
    row = looked.row
    return [
        Row(_("Name"), f"{row.child.given_name} {row.child.family_name}"),
        Row(_("Date of birth"), day(row.child.birth_date)),
        Row(_("National number"), row.child.national_number),
        Row(_("Parent"), row.child.parent),
        Row(_("Address"), row.child.address),
        Row(_("Registry number"), row.number),
        Row(_("Received"), day(row.received)),
        Row(_("Status"), step_label(looked.definition, row.step)),
    ]


def _known(child: Any) -> list[Row]:
    return [
        Row(_("Name"), child.full_name),
        Row(_("Date of birth"), day(child.birth_date)),
        Row(_("Address"), child.address),
    ]
