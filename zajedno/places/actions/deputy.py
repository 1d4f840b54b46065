"""A deputy: the same post, held by a colleague for some days. The holder keeps it; nothing opens before or after.

Who votes instead of a member is for the procedure to say: a deputy's post carries no seat in a body.
"""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from django.db import IntegrityError, transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit, outbox
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound, Overtaken, Refused
from zajedno.kernel.verbs import ask
from zajedno.places import rules
from zajedno.places.models import Post
from zajedno.places.queries.deputy import candidates

if TYPE_CHECKING:
    from zajedno.access.models import Account

MOST: Final = timedelta(days=366)  # our own limit: who is away longer gives up the post


@transaction.atomic
def name_deputy(*, by: Actor, post: Post, account: int, since: date, last: date) -> Post:
    """Let a colleague (by account) act from one's own post, from `since` to `last`, both included.

    Their acts are shown and recorded as done for the holder. One deputy at a time; a deputy names no other.
    """
    ask(by, rules.NAME_DEPUTY, post.organisation_id)
    if post.account_id != by.account or post.deputy_for_id:
        raise NotFound("There is no such post.")
    person = candidates(post, by).get(account)
    if person is None:
        raise Refused(_("Choose a colleague who holds a post in the same institution."), "colleague")
    _check(by, post, since, last)
    row = Post(
        account=person, organisation_id=post.organisation_id, role_id=post.role_id, title=post.title, since=since,
        until=last + timedelta(days=1), deputy_for=post, appointed_by_id=by.account,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise Refused(
            _("On these days this post has a deputy already. End that first, or choose other days."), "deputy"
        ) from error
    detail = {"role": row.role_id, "account": account, "since": since.isoformat(), "last": last.isoformat()}
    audit.record(by=by, verb=rules.NAME_DEPUTY.key, about=row, organisation=row.organisation_id, detail=detail)
    _tell(person, row)
    return row


def _check(by: Actor, post: Post, since: date, last: date) -> None:
    if since < by.today:
        raise Refused(_("A deputy begins today or later."), "past")
    if last < since:
        raise Refused(_("The last day lies before the first."), "order")
    if last - since > MOST:
        raise Refused(_("A deputy is named for a year at most."), "long")
    if post.until is not None and last >= post.until:
        raise Refused(_("Your own post ends earlier. Choose a day before its end."), "ends")


def _tell(person: "Account", row: Post) -> None:
    outbox.write(
        to=person, key=f"deputy-{row.uuid}", subject=_("You stand in for a colleague in Zajedno"),
        body=format_lazy(_("Log in to see for whom and on which days. Institution: {place}."), place=row.organisation),
    )  # fmt: skip


@transaction.atomic
def end_deputy(*, by: Actor, deputy: Post) -> Post:
    """Over today: by the holder, or by the deputy."""
    row = Post.objects.select_for_update(of=("self",)).select_related("deputy_for").get(pk=deputy.pk)
    if row.deputy_for is None or by.account not in (row.account_id, row.deputy_for.account_id):
        raise NotFound("There is no such post.")
    if row.until is not None and row.until <= by.today:
        raise Overtaken(_("This is over already."), "ended")
    row.until, row.ended_by_id = max(by.today, row.since), by.account
    row.save(update_fields=["until", "ended_by"])
    detail = {"role": row.role_id, "account": row.account_id, "ended": str(by.today)}
    audit.record(by=by, verb=rules.NAME_DEPUTY.key, about=row, organisation=row.organisation_id, detail=detail)
    return row
