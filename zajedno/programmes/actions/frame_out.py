"""A framework of results as a table: targets, numbers and released figures, each in a row with its source."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.access.actions import audit
from zajedno.figures.logic.figure import Figure, Said
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotPermitted, Refused
from zajedno.kernel.spreadsheets import Cell, write_csv, write_workbook
from zajedno.networks.rules import COMPARE
from zajedno.programmes.models import Reading, Target
from zajedno.programmes.queries.frame import Branch, Whole
from zajedno.programmes.rules import TELL_FRAME

KINDS = ("xlsx", "csv")


@transaction.atomic
def export(*, by: Actor, whole: Whole, figures: Sequence[Figure], kind: str) -> bytes:
    """For who compares and who tells; `figures`: of results that are measured by an indicator."""
    verb = next((one for one in (COMPARE, TELL_FRAME) if by.may(one.key)), None)
    if verb is None:
        raise NotPermitted(gettext_lazy("Your post does not open this."))
    if kind not in KINDS:
        raise Refused(gettext_lazy("Choose the kind of file."), "kind")
    heads = [
        _("Result"), _("Level"), _("Name"), _("What"), _("Phase"), _("Place"), _("Period"), _("Value"), _("Out of"),
        _("At least"), _("Unit"), _("Source"), _("Evidence"), _("Verified"),
    ]  # fmt: skip
    rows = [row for branch in whole.branches for row in _rows(branch, figures)]
    audit.record(by=by, verb=verb.key, detail={"frame": whole.frame.key, "kind": kind, "rows": len(rows)})
    if kind == "xlsx":
        return write_workbook(heads, rows, str(whole.frame))
    return "".join(write_csv(heads, rows, ";")).encode()


def _rows(branch: Branch, figures: Iterable[Figure]) -> list[list[Cell]]:
    row = branch.result
    head: list[Cell] = [row.key, str(row.get_level_display()), str(row)]
    found: list[list[Cell]] = [[*head, _("Target"), *_target(one, row.unit)] for one in branch.targets]
    found += [[*head, _("Told"), *_reading(one, row.unit)] for one in branch.readings]
    released = (one for one in figures if one.indicator == row.indicator and one.said is Said.EXACT)
    found += [[*head, _("Released figure"), *_figure(one)] for one in released]
    return found or [[*head, _("Nothing is told yet"), *([None] * 10)]]


def _target(one: Target, unit: str) -> list[Cell]:
    return [_named(one.phase), _named(one.place), None, _number(one.value), None, None, unit, one.source, None,
            one.verified]  # fmt: skip


def _reading(one: Reading, unit: str) -> list[Cell]:
    return [_named(one.phase), _named(one.place), one.period, _number(one.value), _number(one.out_of), one.at_least,
            unit, one.source, one.evidence, one.verified]  # fmt: skip


def _figure(one: Figure) -> list[Cell]:
    return [None, one.place, one.period, _number(one.value), _number(one.bottom), None, one.unit, one.edition, None,
            True]  # fmt: skip


def _named(row: object) -> str | None:
    return None if row is None else str(row)


def _number(value: Decimal | None) -> Cell:
    return None if value is None else int(value) if value == value.to_integral_value() else float(value)
