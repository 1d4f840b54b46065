"""Which cases stand behind a figure, for who may open them: counted anew from what the asker sees, and no other."""

from uuid import UUID

from django.db import connection

from zajedno.casework.queries.case import visible_to
from zajedno.indicators.logic.span import named
from zajedno.kernel.actor import Actor

OF_CASES = frozenset({"k1", "k2", "k3", "k4", "k5", "r1", "r2", "e1", "o2", "d2", "v2"})  # others count pupils, or work


def behind(by: Actor, indicator: str, period: str) -> list[tuple[UUID, str]]:
    """Cases with what each says, the actor's own alone; a case may stand there for several measures."""
    if indicator not in OF_CASES:
        return []
    from zajedno.indicators.logic.facts import FACTS
    from zajedno.indicators.logic.facts.compile import POSTGRES, sql

    rows = FACTS[indicator](named(period)).select("case", "outcome")
    with connection.cursor() as cursor:
        cursor.execute(sql(rows, POSTGRES))
        found = cursor.fetchall()
    own = dict(visible_to(by).filter(pk__in={case for case, _outcome in found}).values_list("pk", "uuid"))
    return sorted((own[case], outcome) for case, outcome in found if case in own)
