"""Who keeps a body is told in time that its mandate ends, who has a task that its day has passed: each once."""

from django.db import transaction
from django.db.models import Q
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import outbox
from zajedno.kernel import clock
from zajedno.networks.actions.agenda import LOOK
from zajedno.networks.enums import MeetingState
from zajedno.networks.models import Body, BodyTask
from zajedno.networks.queries.body import SOON
from zajedno.networks.rules import KEEP_BODY
from zajedno.places.queries.post import held_at

ENDS = _("A mandate comes to its last day")
RENEW = _("The mandate of “%(body)s” ends soon. Log in and look at “Network”, “Bodies”: have it renewed in time.")
LATE = _("A task of a body is overdue")


@transaction.atomic
def warn() -> int:
    """Nobody's act; how many letters were new."""
    today = clock.today()
    ending = Body.objects.filter(ended_on=None, organisation__isnull=False, mandate_until__lte=today + SOON)
    late = BodyTask.objects.filter(done_on=None, due_on__lt=today).exclude(meeting__state=MeetingState.CANCELLED)
    sits = Q(member__until=None) | Q(member__until__gt=today)  # who has left cannot look at it any more
    return sum(map(_ends, ending)) + sum(map(_late, late.filter(sits).select_related("member__account")))


def _ends(row: Body) -> int:
    assert row.organisation_id is not None
    posts = held_at(row.organisation_id, clock.today()).filter(role__verbs__contains=[KEEP_BODY.key])
    body = lazy(lambda: str(RENEW) % {"body": row}, str)()
    key = f"mandate-{row.uuid}-{row.mandate_until}"
    return sum(outbox.write(to=one.account, key=f"{key}-{one.account_id}", subject=ENDS, body=body) for one in posts)


def _late(row: BodyTask) -> int:
    account = row.member.account
    key = f"body-task-late-{row.uuid}"
    return int(account is not None and outbox.write(to=account, key=key, subject=LATE, body=LOOK))
