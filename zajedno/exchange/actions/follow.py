"""Keeping a practice in one's list, and hearing of it. Anybody with an account may, so no verb of a post is asked."""

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit, outbox
from zajedno.exchange.models import Follow, Practice
from zajedno.exchange.rules import FOLLOW
from zajedno.kernel.actor import Actor


@transaction.atomic
def keep(*, by: Actor, practice: Practice, saved: bool | None = None, told: bool | None = None) -> None:
    """`saved`: in one's own list; `told`: a letter when a new version is public. None leaves it as it was."""
    wanted = {name: value for name, value in (("saved", saved), ("told", told)) if value is not None}
    Follow.objects.update_or_create(practice=practice, account_id=by.account, defaults=wanted)
    Follow.objects.filter(practice=practice, account=by.account, saved=False, told=False).delete()
    audit.record(by=by, verb=FOLLOW, about=practice, detail=wanted)


def tell_followers(practice: Practice) -> int:
    """A letter to everybody who wants to hear of it, once for each public version. Returns how many were written."""
    rows = Follow.objects.filter(practice=practice, told=True).select_related("account")
    return sum(
        outbox.write(
            to=row.account, key=f"practice-{practice.uuid}-{practice.published_id}-{row.account_id}",
            subject=_("A practice that you follow has a new version"),
            body=format_lazy(_("Read it in the exchange: {path}"), path=f"/exchange/practices/{practice.slug}/"),
        )
        for row in rows
    )  # fmt: skip
