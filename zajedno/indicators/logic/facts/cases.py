"""Cases and their moves, as facts of several themes read them."""

import ibis
import ibis.expr.types as ir

from zajedno.indicators.logic.facts.tables import table
from zajedno.indicators.logic.span import Span

COMMISSION = ("additional-support", "assessment-fbih", "assessment-rs", "assessment-bd")


def cases(*procedures: str) -> ir.Table:
    """Of these procedures: `case`, `file` of the child, `organisation` that keeps it, `ended`, and its days."""
    case, version, definition = (table(f) for f in ("casework_case", "procedures_version", "procedures_definition"))
    named = definition.filter((definition.kind == "procedure") & definition.key.isin(procedures))
    versions = version.join(named.select(of="id"), [("definition_id", "of")]).select(version="id")
    found = case.join(versions, [("version_id", "version")])
    return found.select(
        "received_on", "closed_on", case="id", file="child_id", organisation="organisation_id", ended=found.outcome
    )  # fmt: skip


def moves(*names: str) -> ir.Table:
    """`of` a case, `move`, `day`."""
    made = table("casework_move")
    made = made.filter(made.move.isin(names))
    return made.select("id", "move", of="case_id", day="happened_on")


def first(*names: str) -> ir.Table:
    """The first day on which a case made one of the moves: `of`, `day`."""
    made = moves(*names)
    return made.group_by("of").agg(day=made.day.min())


def during(day: ir.Value, span: Span) -> ir.BooleanValue:
    return day.between(ibis.literal(span.first, "date"), ibis.literal(span.last, "date"))


def until(day: ir.Value, span: Span) -> ir.BooleanValue:
    return day <= ibis.literal(span.last, "date")


def banded(number: ir.Value, bands: tuple[tuple[str, int], ...]) -> ir.Value:
    """The word of the first band that a number lies below."""
    *rest, (last, _above) = bands
    return ibis.cases(*((number < above, word) for word, above in rest), else_=last)
