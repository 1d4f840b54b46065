"""Violence that was reported: of how many, told in time, again."""

import ibis
import ibis.expr.types as ir

from zajedno.indicators.logic.facts.cases import cases, during, first, moves
from zajedno.indicators.logic.facts.rows import of_children, persons
from zajedno.indicators.logic.facts.school import by_pupil
from zajedno.indicators.logic.facts.tables import table
from zajedno.indicators.logic.span import Span

RESPONSE, PROTOCOL = "violence-response", "violence-protocol"
REPORTED = ("report_suspicion", "report", "record_only")
AGAIN = "happened_again"
NOTHING = ("unfounded", "not_confirmed")  # ends
HOURS = "school_administration"  # deadline
TOLD = "notify_school_administration"


def incidents(span: Span) -> ir.Table:
    """V1: pupils of the school year, by whether violence was reported of them in it and did not prove unfounded."""
    row = _reported(cases(RESPONSE), span)
    return by_pupil(span, row.select("whose", outcome=ibis.literal("reported")).distinct(), "other")


def told(span: Span) -> ir.Table:
    """V2: incidents that reached the third level in the period, by whether the school administration heard in time.
    The end of a case stops the clock too, though nobody was told."""
    clock, said = table("casework_clock"), first(TOLD).select(by="of", said="day")
    clock = clock.filter((clock.key == HOURS) & during(clock.started_on, span))
    row = cases(RESPONSE).join(clock, [("case", "case_id")]).left_join(said, [("case", "by")])
    in_time = (row.said <= row.due_on).fill_null(False)
    return of_children(row.mutate(outcome=ibis.ifelse(in_time, "in_time", "late")), span, at="institution")


def again(span: Span) -> ir.Table:
    """V3: children of whom violence was reported in the period, by whether it was reported more than once."""
    row = _reported(cases(RESPONSE, PROTOCOL), span)
    row = row.group_by("whose").agg(file=row.file.min(), many=row.count())
    return of_children(row.select("file", outcome=ibis.ifelse(row.many > 1, "again", "once")), span, at="child")


def _reported(kept: ir.Table, span: Span) -> ir.Table:
    """Each report of the period, with whose it is."""
    kept = kept.filter(~kept.ended.isin(NOTHING))
    reports = ibis.union(first(*REPORTED), moves(AGAIN).select("of", "day"))
    row = kept.join(reports, [("case", "of")])
    return row.filter(during(row.day, span)).join(persons(span).select("file", whose="child"), "file")
