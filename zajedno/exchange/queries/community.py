"""Communities as a member reads them: what is shown, what is one's own, and all of it for an editor."""

from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.contrib.postgres.search import SearchQuery
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from zajedno.exchange.enums import ContributionState, Moderation
from zajedno.exchange.models import Contribution, ContributionMove, ContributionReport
from zajedno.exchange.rules import EDIT
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.kernel.script import fold

PAGE = 20
LONGEST = 200  # letters of a search that are read
WAITING, ANSWERED, MINE = "waiting", "answered", "mine"
REPORT, LEAVE, ANSWER, ACCEPT, UNACCEPT = "report", "leave", "answer", "accept", "unaccept"
_STEMMED = ("serbian", "hungarian", "english", "simple")  # of which language the words are, nobody said


def visible_to(by: Actor) -> QuerySet[Contribution]:
    """What a member reads, each with its topic and who wrote it. Hidden: its author and editors only. Without a post
    today, nothing."""
    rows = Contribution.objects.exclude(state=ContributionState.TAKEN_BACK).exclude(
        topic__state=ContributionState.TAKEN_BACK
    )
    if not by.seats:
        rows = rows.none()
    elif not by.may(EDIT.key):
        own, shown = Q(written_by=by.account), Q(state=ContributionState.SHOWN)
        above = Q(topic=None) | Q(topic__state=ContributionState.SHOWN) | Q(topic__written_by=by.account)
        rows = rows.filter(own | shown, above)
    near = ("topic", "written_by", "organisation", "organisation__kind")
    return rows.select_related(*near).defer("search", "topic__search")


def find(by: Actor, uuid: UUID) -> Contribution:
    """NotFound for what is hidden from the actor as for what nobody wrote."""
    found = visible_to(by).filter(uuid=uuid).first()
    if found is None:
        raise NotFound("")
    return found


def topics(by: Actor, *, text: str = "", themes: list[str] | None = None, show: str = "") -> QuerySet[Contribution]:
    """Topics, the newest first, each with its number of `shown_answers`, and whether one of them is `accepted`.

    `text`: words that the topic, or one of its answers, holds in either script; `themes`: None for all; `show`:
    WAITING for those without an answer, ANSWERED, or MINE for those in which the actor wrote.
    """
    rows = visible_to(by).filter(topic=None)
    shown = Contribution.objects.filter(topic=OuterRef("pk"), state=ContributionState.SHOWN).order_by()
    if themes is not None:
        rows = rows.filter(theme__in=themes)
    if text.strip():
        rows = rows.filter(pk__in=_holding(text))
    if show == MINE:
        mine = Contribution.objects.filter(written_by=by.account).values(head_id=Coalesce("topic", "pk"))
        rows = rows.filter(pk__in=mine)
    elif show in (WAITING, ANSWERED):
        rows = rows.filter(~Exists(shown) if show == WAITING else Exists(shown))
    number = Subquery(shown.values("topic").annotate(number=Count("pk")).values("number"))
    return rows.annotate(
        shown_answers=Coalesce(number, 0), accepted=Exists(shown.filter(accepted_on__isnull=False))
    ).order_by("-written_on", "-pk")  # fmt: skip


def _holding(text: str) -> QuerySet[Contribution, Any]:
    """Ids of topics that hold the words themselves, or have an answer that does."""
    words = fold(text[:LONGEST])
    asked = reduce(or_, (SearchQuery(words, config=one) for one in _STEMMED))
    found = Contribution.objects.filter(search=asked, state=ContributionState.SHOWN)
    return found.values(head_id=Coalesce("topic", "pk"))


def answers(by: Actor, topic: Contribution) -> QuerySet[Contribution]:
    """Those below a topic: the accepted one first, then in the order in which they came."""
    return visible_to(by).filter(topic=topic).order_by(F("accepted_on").asc(nulls_last=True), "written_on", "pk")


def notes(rows: list[Contribution]) -> dict[int, ContributionMove]:
    """The last that an editor did about each of these, by its id. One query."""
    moves = ContributionMove.objects.filter(contribution__in=[row.pk for row in rows]).order_by("moved_on", "pk")
    return {move.contribution_id: move for move in moves}


def acts(by: Actor, row: Contribution) -> list[str]:
    """What the actor can do about a contribution now: values of Moderation, and REPORT, ANSWER, ACCEPT, UNACCEPT.

    `row` as `find` and `answers` give it. Nobody moderates what they wrote themselves.
    """
    head, own, shown = row.head, row.written_by_id == by.account, row.state == ContributionState.SHOWN
    is_topic, is_live = row.topic_id is None, head.state == ContributionState.SHOWN
    may = by.may(EDIT.key) and not own
    offered = (
        (ANSWER, is_topic and is_live and head.closed_on is None),
        (ACCEPT, not is_topic and shown and is_live and head.written_by_id == by.account and row.accepted_on is None),
        (UNACCEPT, not is_topic and head.written_by_id == by.account and row.accepted_on is not None),
        (Moderation.HIDE, may and shown),
        (Moderation.RESTORE, may and row.state == ContributionState.HIDDEN),
        (Moderation.CLOSE, may and is_topic and shown and row.closed_on is None),
        (Moderation.REOPEN, may and is_topic and row.closed_on is not None),
        (REPORT, shown and not own),
        (Moderation.TAKE_BACK, own),
    )
    return [str(act) for act, is_offered in offered if is_offered]


def reported(by: Actor) -> QuerySet[Contribution]:
    """What members reported and no editor has looked at, in the order in which it was written; nothing for others."""
    if not by.may(EDIT.key):
        return Contribution.objects.none()
    open_ = ContributionReport.objects.filter(settled_on=None).values("contribution")
    return visible_to(by).filter(pk__in=open_).order_by("pk")


def reasons(rows: list[Contribution]) -> dict[int, list[ContributionReport]]:
    """Open reports about these, by the contribution's id. One query."""
    found: dict[int, list[ContributionReport]] = {}
    for one in ContributionReport.objects.filter(contribution__in=rows, settled_on=None).order_by("reported_on", "pk"):
        found.setdefault(one.contribution_id, []).append(one)
    return found
