"""Next steps of a round, and what they can be about."""

from django.db.models import QuerySet

from zajedno.networks.models import NextStep, Round
from zajedno.networks.queries.outcome import Result


def of_round(row: Round) -> QuerySet[NextStep]:
    """Those with a day first, by day. What an action plan takes over."""
    return NextStep.objects.filter(round=row)


def subjects(result: Result) -> list[tuple[str, str]]:
    """Dimensions of the form with their names, gaps first; of a form without dimensions, none."""
    gaps = [one.dimension for one in result.gaps]
    lines = [one for one in result.lines if not one.item]
    return [(one.dimension, result.label(one)) for one in sorted(lines, key=lambda one: one.dimension not in gaps)]
