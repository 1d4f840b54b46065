"""Next steps that follow from a closed round: proposed, taken back, handed to the action plan as a list."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.access.actions import audit
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound, Refused
from zajedno.kernel.spreadsheets import write_csv
from zajedno.kernel.verbs import ask
from zajedno.networks.models import NextStep, Outcome, Round
from zajedno.networks.queries.outcome import Result
from zajedno.networks.queries.round import find
from zajedno.networks.queries.step import of_round, subjects
from zajedno.networks.rules import SETTLE

EXPORT = "networks.export_steps"


@transaction.atomic
def propose(
    *, by: Actor, round: Round, item: str, text: str, responsible: str = "", due_on: date | None = None
) -> NextStep:
    """`item`: a dimension of the form, or empty."""
    ask(by, SETTLE, round.organisation_id)
    if not Outcome.objects.filter(round=round).exists():
        raise Refused(gettext_lazy("Close the round first: steps follow from what it came to."), "not_closed")
    if item and item not in dict(subjects(Result(round))):
        raise NotFound("")
    if not text.strip():
        raise Refused(gettext_lazy("Say what should be done."), "text")
    if due_on is not None and due_on < by.today:
        raise Refused(gettext_lazy("The day by which it is done lies in the past."), "due_on")
    row = NextStep.objects.create(
        round=round, item=item, text=text.strip(), responsible=" ".join(responsible.split())[:200], due_on=due_on,
        written_by=by.account,
    )  # fmt: skip
    _record(by, SETTLE.key, round, {"step": str(row.uuid)})
    return row


@transaction.atomic
def take_back(*, by: Actor, round: Round, step: UUID) -> None:
    ask(by, SETTLE, round.organisation_id)
    try:
        count, _tables = NextStep.objects.filter(round=round, uuid=step).delete()
    except ProtectedError:
        raise Refused(gettext_lazy("The step stands in an action plan. Take it out there first."), "in_plan") from None
    if not count:
        raise NotFound("")
    _record(by, SETTLE.key, round, {"taken_back": str(step)})


@transaction.atomic
def export(*, by: Actor, round: Round) -> bytes:
    """CSV (UTF-8) in the language in use, as an action plan takes it: no person is in it."""
    result = Result(find(by, round.uuid))
    about = dict(subjects(result))
    levels = {one.dimension: one.level for one in result.lines if not one.item}
    header = [_("Dimension"), _("Level"), _("Next step"), _("Who does it"), _("Until")]
    rows = [
        (
            about.get(one.item, ""), None if levels.get(one.item) is None else float(str(levels[one.item])),
            one.text, one.responsible, one.due_on and one.due_on.isoformat(),
        )
        for one in of_round(round)
    ]  # fmt: skip
    _record(by, EXPORT, round, {"rows": len(rows)})
    return "".join(write_csv(header, rows, ";")).encode()


def _record(by: Actor, verb: str, row: Round, detail: dict[str, object]) -> None:
    audit.record(by=by, verb=verb, about=row, organisation=row.organisation_id, detail=detail)
