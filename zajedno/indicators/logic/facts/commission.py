"""What commissions do: requests, opinions in time, measures of plans."""

from datetime import timedelta

import ibis
import ibis.expr.types as ir

from zajedno.indicators.logic.facts.cases import COMMISSION, cases, during, first, moves, until
from zajedno.indicators.logic.facts.rows import of_children
from zajedno.indicators.logic.facts.tables import table
from zajedno.indicators.logic.span import Span

OPINION = ("opinion", "early_opinion")  # deadlines
STEPS = {  # of the procedure, by the word under which they are told; a draft is nobody's case yet
    "request": ("submitted", "completeness", "returned"),
    "consent": ("awaiting_consent", "consent_refused"),
    "assessment": ("consented", "scheduled", "assessment"),
    "opinion": ("individual_opinions", "sitting", "deciding", "adopted"),
    "support": ("delivered", "implementation", "reassessment"),
    "closed": ("closed", "withdrawn", "refused_consent", "transferred", "repeated"),
}
AFTER = 180  # days after adoption, when a measure is looked at
ASKED = ("submit", "import")  # what came with the register of a commission was submitted to it on paper
BEGUN = ("running", "done")


def requests(span: Span) -> ir.Table:
    """K1: a request counts on the day on which it was first submitted."""
    row = cases(*COMMISSION).join(first(*ASKED), [("case", "of")])
    return of_children(row.filter(during(row.day, span)).mutate(outcome=ibis.literal("request")), span, at="child")


def opinions(span: Span) -> ir.Table:
    """K2: each opinion adopted in the period, by the deadline that its adoption stopped."""
    row = cases(*COMMISSION).join(moves("adopt_opinion"), [("case", "of")])
    row = row.filter(during(row.day, span))
    clock = table("casework_clock")
    clock = clock.filter(clock.key.isin(OPINION)).select("stopped_on", "due_on", ticked="case_id")
    row = row.join(clock, [("case", "ticked"), ("day", "stopped_on")])
    outcome = ibis.ifelse(row.day <= row.due_on, "in_time", "late")
    return of_children(row.mutate(outcome=outcome), span, at="institution")


def realised(span: Span) -> ir.Table:
    """K3: adopted measures whose 180th day lies in the period, by whether they had begun to be carried out by then.
    One that was done nobody wrote when (it came with a register) is left out."""
    row = _measures(span, later=AFTER).left_join(_begun(), [("id", "measure")])
    now = ibis.ifelse(row.state.isin(BEGUN), row.state_on, ibis.null("date"))
    row = row.mutate(days=ibis.coalesce(row.begun, now).delta(row.adopted_on, unit="day"))
    row = row.filter(row.days.notnull() | ~row.state.isin(BEGUN))
    outcome = ibis.ifelse((row.days <= AFTER).fill_null(False), "realised", "not_realised")
    return of_children(row.mutate(outcome=outcome), span, at="institution")


def unfunded(span: Span) -> ir.Table:
    """K4: measures adopted in the period, by whether there is no money for them."""
    row = _measures(span)
    lacks = (row.unmet == "no_funds") | (row.state == "unfunded")
    return of_children(row.mutate(outcome=ibis.ifelse(lacks, "unfunded", "other")), span, at="institution")


def waiting(span: Span) -> ir.Table:
    """K5: cases that were open at any time of the period, by the step at which each stood on its last day."""
    row = cases("additional-support")
    row = row.filter(row.closed_on.isnull() | (row.closed_on >= ibis.literal(span.first, "date")))
    made = table("casework_move")
    made = made.filter(until(made.happened_on, span))
    made = made.mutate(
        at=ibis.row_number().over(group_by="case_id", order_by=[ibis.desc("happened_on"), ibis.desc("id")])
    )
    step = ibis.cases(*((made.to_step.isin(steps), word) for word, steps in STEPS.items()))
    last = made.filter(made.at == 0).select(of="case_id", step=step).filter(lambda one: one.step.notnull())
    row = row.join(last, [("case", "of")]).mutate(outcome=ibis.literal("case"))
    return of_children(row, span, at="institution")


def _measures(span: Span, later: int = 0) -> ir.Table:
    """Lines of plans that commissions adopted, and that stood so many days `later`, or else when the period ended: what
    replaced them after that day does not make a closed period another one."""
    row, day = table("casework_measure"), timedelta(days=later)
    row = row.filter(during(row.adopted_on, Span("", span.first - day, span.last - day)))
    looked = row.adopted_on + ibis.interval(days=later) if later else ibis.literal(span.last, "date")
    row = row.filter(row.superseded_on.isnull() | (row.superseded_on > looked.cast("date")))
    row = row.join(cases(*COMMISSION).select("case"), [("case_id", "case")])
    return row.mutate(file=row.child_id, organisation=row.at_id)


def _begun() -> ir.Table:
    """The first day on which somebody said that a measure is, or was, carried out."""
    said = table("casework_planentry")
    said = said.filter((said.kind == "state") & said.value.isin(BEGUN))
    return said.group_by(measure=said.measure_id).agg(begun=said.happened_on.min())
