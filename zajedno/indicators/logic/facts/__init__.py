"""Facts: each indicator as one expression over tables, which runs on PostgreSQL and on DuckDB alike."""

from collections.abc import Callable, Mapping

import ibis.expr.types as ir

from zajedno.indicators.logic.facts import (
    commission,
    early,
    exchange,
    money,
    network,
    programme,
    referral,
    school,
    violence,
)
from zajedno.indicators.logic.span import Span

Fact = Callable[[Span], ir.Table]

FACTS: Mapping[str, Fact] = {
    "n1": network.meetings,
    "n2": network.attendance,
    "n3": network.activities,
    "n4": network.density,
    "n5": network.level,
    "k1": commission.requests,
    "k2": commission.opinions,
    "k3": commission.realised,
    "k4": commission.unfunded,
    "k5": commission.waiting,
    "r1": referral.closed,
    "r2": referral.contact,
    "e1": early.first_referral,
    "e2": early.screened,
    "o1": school.plans,
    "o2": school.reviewed,
    "t1": school.transitions,
    "d1": school.left,
    "d2": school.planned,
    "d3": school.risk,
    "v1": violence.incidents,
    "v2": violence.told,
    "v3": violence.again,
    "p1": programme.completed,
    "p2": programme.peers,
    "f1": money.spent,
    "f2": money.budget,
    "s1": network.lasting,
    "g1": exchange.practices,
    "c1": exchange.attitudes,
}

# Of children, and counted where an institution works: where none reported, nobody is.
WHERE_IT_WORKS = frozenset({"e1", "k2", "k3", "k4", "k5", "o2", "r1", "r2", "v2"})
# Shares of the same whole: what one tells of all girls, another may not tell of all but a few.
OF_ALL_PUPILS = frozenset({"d1", "o1", "v1"})
