"""Who follows which themes, whose letter is due, and what is new in a theme."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from zajedno.exchange.enums import ContributionState, Digest, Theme
from zajedno.exchange.models import Contribution, Listing, Subscription
from zajedno.kernel import sealed
from zajedno.kernel.actor import Actor
from zajedno.kernel.clock import ZONE
from zajedno.kernel.refusal import NotFound
from zajedno.kernel.script import latin
from zajedno.places.queries.post import held


def subscription(by: Actor) -> Subscription:
    """The actor's own; one that is not kept yet, when they never followed anything."""
    return Subscription.objects.filter(account=by.account).first() or Subscription(account_id=by.account)


def token(row: Subscription) -> str:
    """Of the link that ends the letters: made from the row's key by a secret, so nothing of it is kept."""
    return sealed.blind(str(row.uuid), "digest").hex()


def by_link(uuid: UUID, given: str) -> Subscription:
    """NotFound for a wrong link as for none."""
    found = Subscription.objects.filter(uuid=uuid).first()
    if found is None or not hmac.compare_digest(token(found).encode(), given.encode()):
        raise NotFound("")
    return found


def due(today: date) -> QuerySet[Subscription]:
    """Whose letter is due on a day: members, who hold a post and may log in. Missed days are made up for."""
    morning = datetime.combine(today, time(), ZONE)
    a_week = morning - timedelta(days=6)  # the last letter of a week ago came after midnight
    late = Q(digest=Digest.DAILY, told_until__lt=morning) | Q(digest=Digest.WEEKLY, told_until__lt=a_week)
    members = held(today).filter(account__is_system=False).values("account")
    return Subscription.objects.filter(late, account__in=members).select_related("account").order_by("pk")


@dataclass(frozen=True, slots=True)
class New:
    """A topic or a practice. `titles` by language, `source` the language it was written in; no titles: not to be told
    by mail. `by`: account of who wrote a topic, to whom it is not new."""

    themes: frozenset[str]
    path: str
    moment: datetime
    titles: Mapping[str, str]
    source: str
    by: int = 0

    def title(self, language: str) -> str:
        """In a language where there is such a text, else as it was written."""
        if language == "sr-latn" and language not in self.titles and "sr" in self.titles:
            return latin(self.titles["sr"])
        return self.titles.get(language, self.titles.get(self.source, ""))


def new_topics(since: datetime, until: datetime) -> list[New]:
    """Asked in this time and shown, the newest first. Where a name was pointed at, the title stays here."""
    rows = Contribution.objects.filter(
        topic=None, state=ContributionState.SHOWN, written_on__gte=since, written_on__lt=until
    ).order_by("-written_on", "-pk")  # fmt: skip
    return [
        New(
            frozenset({row.theme}), f"/exchange/community/{row.uuid}/", row.written_on,
            {} if row.confirmed else {row.language: row.title}, row.language, row.written_by_id,
        )
        for row in rows.defer("search", "text")
    ]  # fmt: skip


def new_practices(since: datetime, until: datetime) -> list[New]:
    """Published in this time, also as a new version, the newest first."""
    rows = Listing.objects.filter(published_on__gte=since, published_on__lt=until).order_by("-published_on", "-pk")
    return [
        New(
            frozenset(theme for theme in Theme.values if f"theme:{theme}" in row.facets),
            f"/exchange/practices/{row.card['slug']}/", row.published_on,
            {language: text[1] for language, text in row.card["texts"].items()}, row.card["source"],
        )
        for row in rows.defer("search")
    ]  # fmt: skip
