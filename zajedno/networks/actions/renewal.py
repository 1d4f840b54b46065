"""Who keeps an agreement is told in time that it is to be reviewed, or comes to its last day: each once."""

from django.db import transaction
from django.db.models import Q
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import outbox
from zajedno.kernel import clock
from zajedno.networks.models import Agreement
from zajedno.networks.queries.agreement import SOON, in_force
from zajedno.networks.rules import WRITE_AGREEMENT
from zajedno.places.queries.post import held_at

SUBJECT = _("An agreement is to be renewed")
BODY = _("The agreement “%(agreement)s” is to be reviewed, or comes to its last day. Log in and look at “Network”, "
         "“Agreements”.")  # fmt: skip


@transaction.atomic
def warn() -> int:
    """Nobody's act; how many letters were new."""
    today = clock.today()
    soon = today + SOON
    rows = in_force(today).filter(Q(review_on__lte=soon) | Q(valid_until__lte=soon))
    return sum(_tell(row, day) for row in rows for day in (row.review_on, row.valid_until) if day and day <= soon)


def _tell(row: Agreement, day: object) -> int:
    posts = held_at(row.organisation_id, clock.today()).filter(role__verbs__contains=[WRITE_AGREEMENT.key])
    body = lazy(lambda: str(BODY) % {"agreement": row}, str)()
    return sum(
        outbox.write(to=one.account, key=f"renew-{row.uuid}-{day}-{one.account_id}", subject=SUBJECT, body=body)
        for one in posts
    )
