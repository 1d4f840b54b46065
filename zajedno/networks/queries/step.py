"""Next steps of a round, and what they can be about."""

from uuid import UUID

from django.db.models import QuerySet

from zajedno.kernel.refusal import NotFound
from zajedno.networks.models import NextStep, Round
from zajedno.networks.queries.outcome import Result


def of_round(row: Round) -> QuerySet[NextStep]:
    """Those with a day first, by day. What an action plan takes over."""
    return NextStep.objects.filter(round=row)


def find(row: Round, uuid: UUID) -> NextStep:
    """NotFound for a step of another round as for none."""
    found = of_round(row).filter(uuid=uuid).first()
    if found is None:
        raise NotFound("")
    return found


def subjects(result: Result) -> list[tuple[str, str]]:
    """Dimensions of the form with their names, gaps first; of a form without dimensions, none."""
    gaps = [one.dimension for one in result.gaps]
    lines = [one for one in result.lines if not one.item]
    return [(one.dimension, result.label(one)) for one in sorted(lines, key=lambda one: one.dimension not in gaps)]
