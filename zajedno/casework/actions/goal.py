"""Goals of a child's plan: what is to become possible, and who asks for it."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from zajedno.casework.actions.plan import being_written, freely, line, planner, record
from zajedno.casework.actions.seen import rewrite
from zajedno.casework.enums import LifeArea, Whose
from zajedno.casework.models import Goal, Measure
from zajedno.casework.queries.case import CaseFile
from zajedno.casework.queries.plan import adopts, is_apart
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import Refused


@transaction.atomic
def write_goal(
    *, by: Actor, file: CaseFile, values: Mapping[str, Any], text: str, row: Goal | None, seen: str | None = None
) -> Goal:
    """Add a goal, or rewrite one, as it was `seen`, of a plan that is not adopted. `values`: whose, area, icf; `text`
    is sealed."""
    organisation = planner(by, file) if row is None else freely(by, file, row)
    if not text.strip():
        raise Refused(_("Say what is to become possible for the child."), "empty")
    if row is None:
        last = file.case.goals.aggregate(last=Max("position"))["last"] or 0
        row = Goal(position=last + 1, **line(by, file.case, is_apart(file.definition)))
        row.adopted_on = None if being_written(file) and adopts(file.definition) else by.today
    else:
        rewrite(by, row, seen)
    row.child = file.case.child
    row.whose, row.area = Whose(values["whose"]), LifeArea(values["area"]) if values.get("area") else ""
    row.icf = str(values.get("icf") or "").strip().lower()
    if row.icf and row.icf[0] == "d" and not row.area and row.icf[:2] in LifeArea.values:
        row.area = row.icf[:2]  # a code of activities says the area by itself
    row.text = text.strip()
    row.save()
    record(by, file, organisation, goal=str(row.uuid))
    return row


@transaction.atomic
def drop_goal(*, by: Actor, file: CaseFile, row: Goal) -> None:
    """Take a goal out of the plan; one that was adopted stays in the history. Its measures stay, without it."""
    organisation = planner(by, file, row)
    draft = row.adopted_on is None
    if draft:
        Measure.objects.filter(goal=row, adopted_on=None).update(goal=None)
    if row.measures.filter(superseded_on=None).exists():
        raise Refused(_("Measures serve this goal. First let them serve another one, or none."), "served")
    if draft and not row.measures.exists():
        row.delete()
    else:
        row.dropped_on = by.today
        row.save(update_fields=["dropped_on"])
    record(by, file, organisation, dropped="goal")
