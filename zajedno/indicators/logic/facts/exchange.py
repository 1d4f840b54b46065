"""What is shared: practices and who took them over, and what campaigns changed."""

import ibis
import ibis.expr.types as ir

from zajedno.indicators.logic.facts.cases import during, until
from zajedno.indicators.logic.facts.rows import of_work
from zajedno.indicators.logic.facts.tables import table
from zajedno.indicators.logic.span import Span

PUBLIC = ("published", "needs_update")


def practices(span: Span) -> ir.Table:
    """G1: practices that were public at the end of the period, by whether any place had taken them over."""
    row, site = table("exchange_practice"), table("exchange_site")
    ends = ibis.literal(span.ends, "timestamp('UTC')")
    row = row.filter(row.state.isin(PUBLIC) & (row.published_on < ends)).mutate(place=row.territory_id)
    taken = site.filter(site.practice_id.notnull() & until(site.opened_on, span))
    taken = taken.select(taken="practice_id").distinct()
    row = row.left_join(taken, [("id", "taken")])
    return of_work(row.mutate(outcome=ibis.ifelse(row.taken.notnull(), "replicated", "published")))


def attitudes(span: Span) -> ir.Table:
    """C1: change of agreement from the first to the last wave of a campaign that ended in the period."""
    row = table("prepared_waves")
    row = row.filter(during(row.ended_on, span))
    return of_work(row.mutate(place=row.territory_id, outcome=ibis.literal("campaign")))
