"""Handing a child's data out as FHIR: to whom a consent in force names, as a file that is not kept here."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from zajedno.casework.actions.handout import hand_out
from zajedno.casework.queries.case import CaseFile
from zajedno.casework.queries.handout import May, may_go, of_case
from zajedno.casework.rules import HAND_OUT
from zajedno.children.enums import Field
from zajedno.children.rules import RECORD_CONSENT
from zajedno.kernel.refusal import NotFound
from zajedno.web.shared.dates import day
from zajedno.web.shared.fields import Radios
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.pieces import Cell, Column, Table
from zajedno.web.shared.uploads import saved
from zajedno.web.work.frame import address, case_page, show

TYPE, NAME = "application/fhir+json", "fhir.json"


class HandOut(Form):
    receiver = Radios(label=gettext_lazy("For which institution is the file?"), legend="m")

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fill("receiver", choices)


@case_page("overview")
def handout(request: HttpRequest, file: CaseFile) -> HttpResponse:
    """What would go to whom; a POST gives the file, and writes down that it left."""
    if not file.may(HAND_OUT.key):
        raise NotFound("")
    found = may_go(file)
    choices = [(one.receiver.code, str(one.receiver)) for one in found]
    form = HandOut(request.POST if request.method == "POST" else None, choices=choices)
    made: list[bytes] = []

    def act() -> None:
        receiver = form.cleaned_data["receiver"]
        _row, content = hand_out(by=file.by, uuid=file.case.uuid, receiver=receiver, language=get_language() or "sr")
        made.append(content)

    if form.is_valid() and attempt(form, act):
        response = saved(made[0], TYPE, NAME)
        response.headers["Cache-Control"] = "no-store"
        return response
    records = file.by.may(RECORD_CONSENT.key) and Field.FAMILY in file.fields
    return show(
        request, file, "overview", "handout", form=form, going=_going(found), former=former(file), back=address(file),
        records=records,
    )  # fmt: skip


def words(parts: Any) -> str:
    return "; ".join(str(Field(part).label) for part in sorted(parts))


def _going(found: list[May]) -> Table:
    rows = [
        [
            Cell(str(one.receiver), small=_("with the consent of %(day)s") % {"day": day(one.consent.given_on)}),
            words(one.parts),
        ]
        for one in found
    ]
    columns = [Column(_("Institution")), Column(_("What the file would hold"))]
    return Table("going", _("What a consent lets go"), columns, rows)


def former(file: CaseFile) -> Table:
    """Files that left, the newest first."""
    rows = [[day(row.made_on.date()), Cell(str(row.receiver)), words(row.fields)] for row in of_case(file)]
    columns = [Column(_("Day")), Column(_("Institution")), Column(_("What the file held"))]
    return Table("former", _("Files handed out to other systems"), columns, rows)
