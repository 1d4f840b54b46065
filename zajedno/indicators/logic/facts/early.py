"""Early childhood: when help is first asked for, and who was screened."""

import ibis
import ibis.expr.types as ir

from zajedno.indicators.logic.facts.cases import banded, cases, during, first
from zajedno.indicators.logic.facts.rows import of_children, persons
from zajedno.indicators.logic.span import Span

EARLY = ("developmental-counselling", "early-development")
ASKED = ("refer", "ask_for_exam")
SCREENED = ("finish_screening", "record_first_exam")
MONTHS = (("0-11", 12), ("12-23", 24), ("24-35", 36), ("36-47", 48), ("48-59", 60), ("60-71", 72), ("72+", 0))


def first_referral(span: Span) -> ir.Table:
    """E1: age in completed months on the day of the child's first referral, where that day lies in the period."""
    row = (
        cases(*EARLY).join(first(*ASKED), [("case", "of")]).join(persons(span).select("file", "child", "born"), "file")
    )
    earliest = ibis.row_number().over(group_by=row.child, order_by=[row.day, row.case])
    row = row.mutate(earliest=earliest)
    row = row.filter((row.earliest == 0) & row.born.notnull() & during(row.day, span))
    months = (row.day.year() - row.born.year()) * 12 + (row.day.month() - row.born.month())
    row = row.mutate(months=(months - ibis.ifelse(row.day.day() < row.born.day(), 1, 0)).cast("int64"))
    row = row.select("file", "organisation", "case", outcome=banded(row.months, MONTHS), value=row.months * 100)
    return of_children(row, span, at="institution")


def screened(span: Span) -> ir.Table:
    """E2: children under seven whose development was screened in the period, each once."""
    row = cases(*EARLY).join(first(*SCREENED), [("case", "of")])
    row = row.filter(during(row.day, span)).select("file", outcome=ibis.literal("screened"))
    found = of_children(row, span, at="child")
    return found.filter(found.age.isin(("0-2", "3-6"))).distinct()
