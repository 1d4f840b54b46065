"""Follow themes, hear of what is new in them by one letter a day or a week, and end that by a link without log-in."""

from collections.abc import Collection, Iterator
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.access.actions import audit, outbox
from zajedno.exchange.enums import Digest, Theme
from zajedno.exchange.models import Subscription
from zajedno.exchange.queries import digest as queries
from zajedno.exchange.queries.digest import New
from zajedno.exchange.rules import DIGEST, FOLLOW
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotPermitted, Refused

AT_MOST = 15  # questions, and practices, of one theme in a letter
SETTLED = timedelta(minutes=5)  # what is being written this moment goes into the next letter, and so into exactly one


@transaction.atomic
def follow(*, by: Actor, themes: Collection[str], digest: str, site: str) -> Subscription:
    """These themes instead of those before. `site`: address of this installation, where links in letters lead."""
    if not by.seats:
        raise NotPermitted(_("Communities are for who works in an institution. Your account holds no post today."))
    if digest not in Digest.values or set(themes) - set(Theme.values):
        raise Refused(_("Choose from the list."), "choice")
    if digest != Digest.NONE and not themes:
        raise Refused(_("Choose at least one theme to hear of."), "themes")
    row = queries.subscription(by)
    if row.digest == Digest.NONE:
        row.told_until = clock.now()  # nobody is told of what was there before they asked
    row.themes, row.digest, row.site = [one for one in Theme.values if one in themes], digest, site
    row.save()
    audit.record(by=by, verb=FOLLOW, about=row, detail={"themes": len(row.themes), "digest": digest})
    return row


@transaction.atomic
def unsubscribe(*, uuid: UUID, token: str) -> Subscription:
    """By the link of a letter; themes stay followed. A second time it changes nothing."""
    row = queries.by_link(uuid, token)
    if row.digest != Digest.NONE:
        row.digest = Digest.NONE
        row.save(update_fields=["digest"])
        audit.record(by=None, verb=FOLLOW, about=row, account=row.account_id, detail={"digest": Digest.NONE.value})
    return row


@transaction.atomic
def send_digests() -> int:
    """Of each morning: one letter to everybody whose time has come, if anything is new. Returns how many letters.

    Everything new is read once for all of them. Who was told, or had nothing to be told, is asked again next time.
    """
    until = clock.now() - SETTLED
    rows = list(queries.due(clock.today()).filter(told_until__lt=until).select_for_update(of=("self",)))
    if not rows:
        return 0
    since = min(row.told_until for row in rows)
    topics, practices = queries.new_topics(since, until), queries.new_practices(since, until)
    letters = sum(_write(row, _for(row, topics), _for(row, practices)) for row in rows)
    Subscription.objects.filter(pk__in=[row.pk for row in rows]).update(told_until=until)
    audit.record(by=None, verb=DIGEST, detail={"letters": letters, "people": len(rows)})
    return letters


def _for(row: Subscription, found: list[New]) -> list[New]:
    return [
        one for one in found
        if one.moment >= row.told_until and one.by != row.account_id and one.themes.intersection(row.themes)
    ]  # fmt: skip


def _write(row: Subscription, topics: list[New], practices: list[New]) -> bool:
    if not topics and not practices:
        return False
    end = f"{row.site}/exchange/community/unsubscribe/{row.uuid}/{queries.token(row)}/"
    with translation.override(row.account.language):
        body = "\n".join([*_lines(row, topics, practices), *_last(row, end)])
    return outbox.write(
        to=row.account, key=f"digest-{row.uuid}-{clock.today()}", subject=gettext_lazy("New in the themes you follow"),
        body=body, headers={"List-Unsubscribe": f"<{end}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )  # fmt: skip


def _lines(row: Subscription, topics: list[New], practices: list[New]) -> Iterator[str]:
    """Theme by theme; what belongs to several stands under the first of them that is followed."""
    day = date_format(clock.day_of(row.told_until), "DATE_FORMAT")
    yield _("New since %(day)s in the themes that you follow.") % {"day": day}
    told: set[str] = set()
    for theme in row.themes:
        for heading, found in ((_("Questions"), topics), (_("Good practices"), practices)):
            new = [one for one in found if theme in one.themes and one.path not in told]
            told |= {one.path for one in new}
            if new:
                yield from ("", f"{Theme(theme).label} – {heading}", *_listed(row, new))


def _listed(row: Subscription, new: list[New]) -> Iterator[str]:
    untitled = _("A question whose title is read only after log-in")
    for one in new[:AT_MOST]:
        yield from (f"- {one.title(row.account.language) or untitled}", f"  {row.site}{one.path}")
    if len(new) > AT_MOST:
        yield "- " + _("and more: %(number)s") % {"number": len(new) - AT_MOST}


def _last(row: Subscription, end: str) -> Iterator[str]:
    yield from ("", _("Choose other themes, or how often you hear of them:"), f"{row.site}/exchange/community/themes/")
    yield from ("", _("No more of these letters, without log-in:"), end)
