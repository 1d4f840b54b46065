"""A next step of a round of self-evaluation is put into an action plan: once, and the plan tells where it came from."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound, Refused
from zajedno.networks.queries.step import find
from zajedno.programmes.actions.plan import writable
from zajedno.programmes.actions.plan_part import write_goal, write_measure
from zajedno.programmes.models import Goal, Measure, Origin, Plan

if TYPE_CHECKING:
    from zajedno.networks.models import Round


@transaction.atomic
def put_in(*, by: Actor, plan: Plan, round: "Round", step: UUID, goal: Goal | None = None) -> Goal | Measure:
    """As a goal, or as a measure of `goal`; of a round that the actor has found."""
    row, one = writable(by, plan), find(round, step)
    if goal is not None and goal.plan_id != row.pk:
        raise NotFound("")
    try:
        with transaction.atomic():
            origin = Origin.objects.create(step=one, round=round.uuid, about=round.title[:250], series=row.series)
    except IntegrityError:
        raise Refused(_("This step stands in an action plan already."), "twice") from None
    made = (
        write_goal(by=by, plan=row, text=one.text) if goal is None else write_measure(by=by, goal=goal, text=one.text)
    )
    made.origin = origin
    made.save(update_fields=["origin"])
    return made
