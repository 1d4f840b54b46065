"""The individual support plan, line by line."""

from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.casework.enums import MeasureState
from zajedno.casework.models import Measure
from zajedno.casework.queries.case import CaseFile
from zajedno.casework.rules import PLAN_SUPPORT, REPORT_FOLLOW_UP
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import Refused
from zajedno.kernel.verbs import ask

COLUMNS: Final = (
    "code", "legal_group", "responsible", "responsible_person", "since", "until", "frequency", "payer", "needs_funds",
    "cost", "currency",
)  # fmt: skip
CLOSED_FOR_WRITING: Final = "adopted"


def _may_write(by: Actor, file: CaseFile) -> int:
    seat = ask(by, PLAN_SUPPORT, file.case.organisation_id)
    opinion = getattr(file.case, "joint_opinion", None)
    if opinion is not None and opinion.adopted_on:
        raise Refused(_("The plan was adopted with the opinion. Ask for a re-assessment to change it."), "adopted")
    return seat.organisation


@transaction.atomic
def write_measure(*, by: Actor, file: CaseFile, values: Mapping[str, Any], goal: str, row: Measure | None) -> Measure:
    """Add a measure to the plan, or rewrite one. `values` holds COLUMNS; `goal` is sealed."""
    organisation = _may_write(by, file)
    if row is None:
        last = file.case.measures.aggregate(last=Max("position"))["last"] or 0
        row = Measure(case=file.case, position=last + 1)
    row.case = file.case
    for name in COLUMNS:
        if name in values:
            setattr(row, name, values[name])
    row.text = goal.strip()
    row.save()
    audit.record(by=by, verb=PLAN_SUPPORT.key, about=file.case, organisation=organisation, detail={"code": row.code})
    return row


@transaction.atomic
def drop_measure(*, by: Actor, file: CaseFile, row: Measure) -> None:
    organisation = _may_write(by, file)
    row.delete()
    audit.record(by=by, verb=PLAN_SUPPORT.key, about=file.case, organisation=organisation, detail={"dropped": row.code})


@transaction.atomic
def follow_measure(*, by: Actor, file: CaseFile, row: Measure, state: str) -> None:
    """Say how far a measure has come."""
    seat = ask(by, REPORT_FOLLOW_UP)
    row.state, row.state_on = MeasureState(state), by.today
    row.save(update_fields=["state", "state_on"])
    audit.record(
        by=by, verb=REPORT_FOLLOW_UP.key, about=file.case, organisation=seat.organisation,
        detail={"code": row.code, "state": state},
    )  # fmt: skip
