"""A jury scores; who is in a conflict says so and does not."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.exchange.enums import Consent
from zajedno.exchange.models import Conflict, Cycle, Juror, Nomination, Score
from zajedno.exchange.queries.award import juror
from zajedno.exchange.queries.conflict import in_conflict
from zajedno.exchange.rules import AWARD, JURY
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound, Overtaken, Refused
from zajedno.kernel.verbs import ask


@transaction.atomic
def score(*, by: Actor, nomination: Nomination, values: Mapping[int, int]) -> None:
    """The actor's whole ballot (criterion: 0 to 10). Sent again before the decision it takes the place of the old."""
    ask(by, JURY)
    cycle = _undecided(nomination)
    seat = _seat(by, cycle)
    row = Nomination.objects.select_for_update(of=("self",)).get(pk=nomination.pk)
    if row.consent != Consent.GIVEN or row.set_aside_on:
        raise Overtaken(_("This nomination is not there any more."), "consent")
    if (row.pk, seat.pk) in in_conflict(cycle):
        raise Refused(_("You do not score this nomination, because of a conflict of interest."), "conflict")
    asked = set(cycle.criteria.values_list("pk", flat=True))
    if {*values} != asked or not all(0 <= value <= 10 for value in values.values()):
        raise Refused(_("Give each criterion a score from 0 to 10."), "values")
    now = clock.now()
    Score.objects.bulk_create(
        [
            Score(nomination=row, juror=seat, criterion_id=key, value=value, given_on=now)
            for key, value in values.items()
        ],
        update_conflicts=True, unique_fields=["nomination", "juror", "criterion"], update_fields=["value", "given_on"],
    )  # fmt: skip
    audit.record(by=by, verb=JURY.key, about=row)


@transaction.atomic
def declare(*, by: Actor, nomination: Nomination, juror: Juror | None = None) -> Conflict:
    """A juror says that a nomination is too near; the organiser may note it of another. Their scores do not count."""
    cycle = _undecided(nomination)
    if juror is None:
        ask(by, JURY)
        juror = _seat(by, cycle)
    else:
        ask(by, AWARD, cycle.organisation_id)
        if juror.cycle_id != cycle.pk:
            raise NotFound("")
    row, _new = Conflict.objects.get_or_create(
        nomination=nomination, juror=juror, defaults={"said_by": by.account, "said_on": clock.now()}
    )
    audit.record(by=by, verb="exchange.declare_conflict", about=nomination, organisation=cycle.organisation_id)
    return row


def _undecided(nomination: Nomination) -> Cycle:
    cycle = Cycle.objects.select_for_update(of=("self",)).get(pk=nomination.cycle_id)
    if cycle.decided_on:
        raise Overtaken(_("This cycle was decided meanwhile."), "decided")
    return cycle


def _seat(by: Actor, cycle: Cycle) -> Juror:
    seat = juror(by, cycle)
    if seat is None:
        raise NotFound("")
    return seat
