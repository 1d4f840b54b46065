"""Money: what was given for children, by measure, and what was spent of the budget."""

import ibis
import ibis.expr.types as ir

from zajedno.indicators.logic.facts.cases import banded, during, until
from zajedno.indicators.logic.facts.commission import BEGUN
from zajedno.indicators.logic.facts.rows import of_children, of_work, persons
from zajedno.indicators.logic.facts.tables import MONEY, table
from zajedno.indicators.logic.span import Span

EDGES = (100, 500, 1_000, 5_000, 10_000, 50_000, 100_000, 500_000)  # for strong and weak currencies alike
SUMS = (
    *((f"{low}-{high - 1}", high * 100) for low, high in zip((0, *EDGES), EDGES, strict=False)),
    (f"{EDGES[-1]}+", 0),
)


def spent(span: Span) -> ir.Table:
    """F1: children by what their measures that are, or were, carried out cost, as plans say it, in the currency of the
    country. What lasts into other years is shared out by days; what has no end counts in each year that it goes on."""
    row = table("casework_measure")
    stands = row.superseded_on.isnull() | ~until(row.superseded_on, span)
    stands = stands & (row.adopted_on.isnull() | until(row.adopted_on, span))  # not the line that replaced it later
    row = row.filter(stands & row.state.isin(BEGUN) & row.cost.notnull())
    over = ibis.coalesce(row.until, ibis.ifelse(row.state == "done", row.state_on, ibis.null("date")))
    row = row.mutate(begun=ibis.coalesce(row.since, row.adopted_on), over=over)
    begins, ends = ibis.literal(span.first, "date"), ibis.literal(span.last, "date")
    row = row.filter((row.begun <= ends) & (row.over.isnull() | (ibis.greatest(row.begun, row.over) >= begins)))
    days = row.over.delta(row.begun, unit="day") + 1
    here = ibis.least(row.over, ends).delta(ibis.greatest(row.begun, begins), unit="day") + 1
    whole = (row.cost * 100).cast("int64")
    share = ibis.ifelse((row.over > row.begun).fill_null(False), (whole * here * 2 + days) // (days * 2), whole)
    row = row.select("currency", file="child_id", value=share.cast("int64"))
    row = row.join(persons(span).select("file", "lives", whose="child"), "file")
    row = row.semi_join(_places(), [("lives", "territory"), ("currency", "own")])  # it is told where the child lives
    row = row.group_by("whose").agg(file=row.file.min(), value=row.value.sum().cast("int64"))
    return of_children(row.select("file", "value", outcome=banded(row.value, SUMS)), span, at="child")


def budget(span: Span) -> ir.Table:
    """F2: what was spent of what was planned (by the last revision) in the budgets of the year, in whole units of the
    country's currency. Where more was spent than planned, `unspent` is less than nothing."""
    line, kept = table("programmes_budgetline"), table("programmes_budget")
    kept = kept.filter(kept.year == span.first.year).select(budget="id", place="territory_id", currency="currency")
    line = line.join(kept, [("budget_id", "budget")]).select("place", "currency", line="id")
    line = line.semi_join(_places(), [("place", "territory"), ("currency", "own")])
    entry = table("programmes_entry").join(line, [("line_id", "line")])
    plan = entry.filter(entry.kind.isin(("plan", "revision")) & until(entry.entered_for, span))
    newest = ibis.row_number().over(group_by=plan.line_id, order_by=[plan.entered_for.desc(), plan.id.desc()])
    plan = plan.mutate(newest=newest)
    plan = plan.filter(plan.newest == 0).select("place", planned="amount", spent=ibis.literal(0, MONEY))
    paid = entry.filter((entry.kind == "execution") & during(entry.entered_for, span))
    paid = paid.select("place", planned=ibis.literal(0, MONEY), spent="amount")
    row = ibis.union(plan, paid).group_by("place")
    row = row.agg(planned=lambda both: both.planned.sum(), spent=lambda both: both.spent.sum())
    spent = row.select("place", outcome=ibis.literal("spent"), times=row.spent.round().cast("int64"))
    rest = row.select("place", outcome=ibis.literal("unspent"), times=(row.planned - row.spent).round().cast("int64"))
    both = ibis.union(spent, rest)
    return of_work(both.filter(both.times != 0))


def _places() -> ir.Table:
    """Each territory with the currency of its country. No sum mixes two."""
    place, country = table("places_territory"), table("places_country")
    row = place.join(country.select(of="code", own="currency"), [("country_id", "of")])
    return row.select("own", territory="id")
