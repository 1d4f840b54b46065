"""Programmes of networks, as counts of people: no one of them is known here."""

import ibis
import ibis.expr.types as ir

from zajedno.indicators.logic.facts.cases import during, until
from zajedno.indicators.logic.facts.rows import of_work
from zajedno.indicators.logic.facts.tables import table
from zajedno.indicators.logic.span import Span


def completed(span: Span) -> ir.Table:
    """P1: parents enrolled in programmes that ended in the period; who came to the last counted meeting completed."""
    row, met = table("programmes_programme"), table("programmes_session")
    row = row.filter((row.kind == "parents") & during(row.ends_on, span) & (row.taken > 0))
    met = met.filter(met.adults.notnull())
    met = met.mutate(last=ibis.row_number().over(group_by=met.programme_id, order_by=[met.on.desc(), met.id.desc()]))
    met = met.filter(met.last == 0).select(of="programme_id", came="adults")
    row = row.join(met, [("id", "of")])
    row = row.mutate(came=ibis.least(row.came, row.taken))
    stayed = row.select(place="territory_id", outcome=ibis.literal("completed"), times=row.came)
    gone = row.select(place="territory_id", outcome=ibis.literal("not_completed"), times=row.taken - row.came)
    both = ibis.union(stayed, gone)
    return of_work(both.filter(both.times > 0))


def peers(span: Span) -> ir.Table:
    """P2: places taken in programmes of support among peers that ran in the period."""
    row = table("programmes_programme")
    runs = until(row.begins_on, span) & (row.ends_on.isnull() | (row.ends_on >= ibis.literal(span.first, "date")))
    row = row.filter((row.kind == "peers") & runs & (row.taken > 0))
    return of_work(row.select(place="territory_id", outcome=ibis.literal("active"), times=row.taken))
