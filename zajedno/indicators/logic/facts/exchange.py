"""What is shared: practices and who took them over, and what campaigns changed."""

import ibis
import ibis.expr.types as ir

from zajedno.indicators.logic.facts.cases import during, until
from zajedno.indicators.logic.facts.rows import of_work
from zajedno.indicators.logic.facts.tables import table
from zajedno.indicators.logic.span import Span

PUBLIC = ("published", "needs_update")


def practices(span: Span) -> ir.Table:
    """G1: practices that were public at the end of the period, by whether any place had taken them over: by itself, or
    with the model that grew out of them."""
    row, said = table("exchange_practice"), table("prepared_takings")
    ends = ibis.literal(span.ends, "timestamp('UTC')")
    row = row.filter(row.state.isin(PUBLIC) & (row.published_on < ends)).mutate(place=row.territory_id)
    taken = said.filter(until(said.said_on, span)).select(taken="practice_id").distinct()
    row = row.left_join(taken, [("id", "taken")])
    return of_work(row.mutate(outcome=ibis.ifelse(row.taken.notnull(), "replicated", "published")))


def attitudes(span: Span) -> ir.Table:
    """C1: change of agreement from the first to the last wave of a campaign that ended in the period."""
    row = table("prepared_waves")
    row = row.filter(during(row.ended_on, span))
    last = ibis.row_number().over(group_by=row.campaign_id, order_by=[row.ended_on.desc(), row.value])
    row = row.mutate(last=last)
    row = row.filter(row.last == 0)
    return of_work(row.mutate(place=row.territory_id, outcome=ibis.literal("campaign")))
