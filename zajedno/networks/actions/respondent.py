"""People are invited into a round and reminded of it. A letter says that something waits, not what."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit, outbox
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import Refused
from zajedno.networks.actions.round import locked
from zajedno.networks.enums import State
from zajedno.networks.models import Respondent, Round
from zajedno.networks.queries.respondent import candidates, waited_for
from zajedno.networks.rules import OPEN_ROUND

SUBJECT = _("You are asked for your answers in Zajedno")
BODY = _("A network or institution asks you how it works. Log in and look at “Network”.")


@transaction.atomic
def invite(*, by: Actor, round: Round, posts: Collection[UUID]) -> list[Respondent]:
    """Ask the holders of these posts, each for the institution of the post; who is asked already stays as they are."""
    row = locked(by, round)
    made: dict[int, Respondent] = {}
    for post in candidates(by, row).filter(uuid__in=posts):
        if post.account_id not in made:
            made[post.account_id] = Respondent(
                round=row, account=post.account, organisation=post.organisation,
                sector=post.organisation.kind.sector, invited_on=by.today,
            )  # fmt: skip
    rows = Respondent.objects.bulk_create(made.values())
    for one in rows:
        outbox.write(to=one.account, key=f"round-{row.uuid}-{one.account_id}", subject=SUBJECT, body=BODY)
    _record(by, row, {"invited": len(rows)})
    return rows


@transaction.atomic
def remind(*, by: Actor, round: Round) -> int:
    """Write to everybody who has not answered, once a day at most. Returns to how many."""
    row = locked(by, round)
    if row.state(by.today) != State.OPEN:
        raise Refused(_("People are reminded while the round is open."), "not_open")
    rows = list(waited_for(row).exclude(reminded_on=by.today).exclude(invited_on=by.today))
    for one in rows:
        key = f"round-{row.uuid}-{one.account_id}-{by.today:%y%m%d}"
        outbox.write(to=one.account, key=key, subject=SUBJECT, body=BODY)
    Respondent.objects.filter(pk__in=[one.pk for one in rows]).update(reminded_on=by.today)
    _record(by, row, {"reminded": len(rows)})
    return len(rows)


def _record(by: Actor, row: Round, detail: dict[str, int]) -> None:
    audit.record(by=by, verb=OPEN_ROUND.key, about=row, organisation=row.organisation_id, detail=detail)
