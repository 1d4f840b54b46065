"""Referrals from other systems on which nobody decides: who receives is told, then what was sent is destroyed.

How long they may wait stands in the pack (`retention.toml`, *arrival*); without a rule they wait on.
"""

from datetime import date, datetime, time, timedelta
from typing import Final

from django.db.models import QuerySet
from django.utils import translation
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.access.actions import audit
from zajedno.casework.actions.arrival import tell_receivers
from zajedno.casework.enums import ArrivalState
from zajedno.casework.models import Arrival
from zajedno.kernel import clock
from zajedno.procedures.queries.definition import retention

LAPSED: Final = "casework.lapse_arrival"
KEEPING: Final = "arrival"
NOTICE: Final = timedelta(days=30)  # between the letter and the end


def run(today: date) -> int:
    """How many ended. None ends of which nobody was told thirty days before, also after days without a round."""
    rows = Arrival.objects.filter(state=ArrivalState.WAITING).order_by()
    countries = rows.values_list("receiver__territory__country", flat=True).distinct()
    return sum(_of_country(rows, country, today) for country in list(countries))


def _of_country(rows: QuerySet[Arrival], country: str, today: date) -> int:
    rule = next((one for one in retention(country) if one.key == KEEPING), None)
    edge = rule.edge(today) if rule else None
    if edge is None:
        return 0
    here = rows.filter(receiver__territory__country=country)
    here = here.select_for_update(of=("self",), skip_locked=True).select_related("sender")
    for row in here.filter(warned_on=None, sent_on__lt=_begins(edge + NOTICE)):
        _warn(row, today)
    ended = list(here.filter(warned_on__lte=today - NOTICE, sent_on__lt=_begins(edge)))
    for row in ended:
        _end(row)
    return len(ended)


def _begins(day: date) -> datetime:
    return make_aware(datetime.combine(day, time()))


def _warn(row: Arrival, today: date) -> None:
    row.warned_on = today
    row.save(update_fields=["warned_on"])
    tell_receivers(
        row, "arrival-ends",
        gettext_lazy("A referral will soon be destroyed in Zajedno"),
        gettext_lazy(
            "Nobody has decided yet on a referral that was sent to your institution from another system. In thirty days"
            " it may no longer be kept. Log in and look at “My work”."
        ),
    )  # fmt: skip


def _end(row: Arrival) -> None:
    """As when somebody turns it down, but by nobody; who sent it reads why."""
    with translation.override(row.sender.language):
        row.reason = _("Nobody decided on it within the time for which it may be kept.")
    row.state, row.content, row.decided_by, row.decided_on = ArrivalState.TURNED_DOWN, None, 0, clock.now()
    row.save(update_fields=["state", "content", "reason", "decided_by", "decided_on"])
    audit.record(by=None, verb=LAPSED, about=row, organisation=row.receiver_id)
