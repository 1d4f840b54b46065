"""What a round came to, as a file for the people whose round it was."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.access.actions import audit
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import Refused
from zajedno.kernel.spreadsheets import Cell, write_csv, write_workbook
from zajedno.networks.models import Round
from zajedno.networks.queries.outcome import Result
from zajedno.networks.queries.round import find

EXPORT = "networks.export_outcome"
KINDS = ("xlsx", "csv")


@transaction.atomic
def export(*, by: Actor, round: Round, kind: str) -> bytes:
    """A workbook or CSV (UTF-8) in the language in use; no person is in it. NotFound before the round is closed."""
    result = Result(find(by, round.uuid))
    if kind not in KINDS:
        raise Refused(gettext_lazy("Choose the kind of file."), "kind")
    header, rows = _by_question(result) if result.lines else _by_figure(result)
    audit.record(
        by=by, verb=EXPORT, about=round, organisation=round.organisation_id, detail={"kind": kind, "rows": len(rows)}
    )
    if kind == "csv":
        return "".join(write_csv(header, rows, ";")).encode()
    return write_workbook(header, rows, _("Outcome"))


def _by_question(result: Result) -> tuple[list[str], list[Sequence[Cell]]]:
    header = [
        _("Dimension"), _("Question"), _("Answers"), _("Mean"), _("Spread"), _("Agreed"), _("Evidence"),
        _("Earlier mean"), _("Change"),
    ]  # fmt: skip
    rows: list[Sequence[Cell]] = [
        (
            result.form.facts.finding(one.dimension), result.label(one) if one.item else "", one.figure.count,
            *map(_plain, (one.figure.value, one.figure.spread, one.agreed)),
            one.consensus.evidence if one.consensus else "", _plain(one.before), _plain(one.change),
        )
        for one in result.lines
    ]  # fmt: skip
    return header, rows


def _by_figure(result: Result) -> tuple[list[str], list[Sequence[Cell]]]:
    header = [_("Figure"), _("Of"), _("With"), _("Answers"), _("Value"), _("Unit")]
    rows: list[Sequence[Cell]] = [
        (result.form.facts.finding(one.key), *[*one.about, "", ""][:2], one.count, _plain(one.value), one.unit)
        for one in result.figures
        if one.value is not None
    ]
    return header, rows


def _plain(value: object) -> Cell:
    return None if value is None else float(str(value))
