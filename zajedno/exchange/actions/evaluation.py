"""Who came says what they think of a gathering: once, and apart from who they are."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.exchange.actions.wording import clean
from zajedno.exchange.enums import Asked, GatheringState, RegistrationState
from zajedno.exchange.models import Evaluation, Registration
from zajedno.exchange.queries import registration as queries
from zajedno.exchange.rules import REGISTER
from zajedno.kernel import clock
from zajedno.kernel.refusal import Overtaken, Refused

MARKS = range(1, 6)
LONGEST = 2_000


@transaction.atomic
def evaluate(
    *, slug: str, uuid: UUID, token: str, marks: Mapping[str, int], changes: str = "", remarks: str = "",
    is_checked: bool = False,
) -> None:  # fmt: skip
    """By the link of the registration. That somebody answered is kept with them; what, is kept without them."""
    found = queries.by_link(slug, uuid, token)
    row = Registration.objects.select_for_update(of=("self",)).select_related("gathering").get(pk=found.pk)
    if row.evaluated:
        raise Overtaken(_("You have answered already. Thank you."), "twice")
    if not may_evaluate(row):
        raise Refused(_("This is asked of those who had a place, from the first day on."), "early")
    if set(marks) != set(Asked.values) or not all(mark in MARKS for mark in marks.values()):
        raise Refused(_("Give each question a mark."), "marks")
    told = {name: text for name, text in (("changes", changes), ("remarks", remarks)) if text.strip()}
    Evaluation.objects.create(gathering=row.gathering, marks=dict(marks), **clean(told, is_checked, limit=LONGEST))
    row.evaluated = True
    row.save(update_fields=["evaluated"])
    # All anew: PostgreSQL tells which rows were written together, which would lead from one name to one answer.
    row.gathering.registrations.filter(evaluated=True).update(evaluated=True)
    audit.record(by=None, verb=REGISTER, about=row.gathering, organisation=row.gathering.organisation_id)


def may_evaluate(row: Registration) -> bool:
    gathering = row.gathering
    begun = gathering.state != GatheringState.CANCELLED and clock.today() >= gathering.begins_on
    return begun and row.state == RegistrationState.CONFIRMED and not row.evaluated
