"""An editor's verbs: ask reviewers, return with a reason, publish, say that it is out of date, retire, restore."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.exchange import rules
from zajedno.exchange.actions.follow import tell_followers
from zajedno.exchange.actions.notice import tell_author, tell_reviewer
from zajedno.exchange.actions.practice import move
from zajedno.exchange.enums import Criterion, State, Translation
from zajedno.exchange.models import Practice, PracticeText, PracticeVersion, Review
from zajedno.exchange.queries import practice as queries
from zajedno.exchange.queries.review import candidates
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound, NotPermitted, Overtaken, Refused
from zajedno.kernel.verbs import ask

LONGEST_NOTE = 2_000  # characters of a reason


@transaction.atomic
def ask_reviewers(
    *, by: Actor, practice: Practice, posts: Collection[UUID], due_on: date | None = None
) -> list[Review]:
    """Ask the holders of these posts; whoever cannot judge it (author, same institution) is not among them."""
    row, version = _taken(by, practice, State.SUBMITTED, State.REVIEW)
    if due_on is not None and due_on < by.today:
        raise Refused(_("The last day lies in the past."), "due_on")
    people = {post.account_id: post.account for post in candidates(by, row, version).filter(uuid__in=posts)}
    if not people:
        raise Refused(_("Choose at least one reviewer."), "posts")
    rows = [
        Review.objects.create(version=version, reviewer=one, due_on=due_on, asked_on=clock.now())
        for one in people.values()
    ]
    if row.stage != State.REVIEW:
        move(by, row, version, State.REVIEW)
    for one in rows:
        tell_reviewer(one)
    _record(by, row, {"asked": len(rows), "version": version.number})
    return rows


@transaction.atomic
def return_(*, by: Actor, practice: Practice, reason: str) -> None:
    """Back to the author, who reads the reason; reviews that are not written yet are not needed any more."""
    row, version = _taken(by, practice, State.SUBMITTED, State.REVIEW)
    move(by, row, version, State.RETURNED, _reason(reason))
    tell_author(row, version, _("Your good practice was returned to you"))
    _record(by, row, {"returned": version.number})


@transaction.atomic
def publish(*, by: Actor, practice: Practice) -> None:
    """Everybody reads the submitted version from now on. At least one review is there, and none finds it unethical."""
    row, version = _taken(by, practice, State.SUBMITTED, State.REVIEW)
    written = list(Review.objects.filter(version=version).exclude(written_on=None))
    if not written:
        raise Refused(_("A practice is published once at least one review is written."), "no_review")
    if any(review.marks.get(Criterion.ETHICS) == 0 for review in written):
        raise Refused(_("A reviewer finds it ethically unsound. Return it to the author with the reason."), "ethics")
    if row.published is not None:
        _carry(row.published, version)
    row.published, row.published_on = version, clock.now()
    move(by, row, version, State.PUBLISHED)
    tell_author(row, version, _("Your good practice is published"))
    tell_followers(row)
    _record(by, row, {"published": version.number, "reviews": len(written)})


@transaction.atomic
def needs_update(*, by: Actor, practice: Practice, reason: str) -> None:
    """It stays public, marked as out of date, until a new version is published."""
    row = _locked(by, practice)
    if row.state != State.PUBLISHED or row.published is None:
        raise Overtaken(_("Only a published practice can be out of date."), "state")
    change, note = row.change, _reason(reason)
    move(by, row, row.published, State.NEEDS_UPDATE, note)
    row.change = change  # one that is being written already goes on
    row.save(update_fields=["change"])
    tell_author(row, row.published, _("Your good practice needs an update"))
    _record(by, row, {"needs_update": row.published.number})


@transaction.atomic
def retire(*, by: Actor, practice: Practice, reason: str) -> None:
    """It is public no longer, or was never fit to be; its rows stay."""
    row = _locked(by, practice)
    version = queries.submitted(row)
    if version is None or row.state in (State.DRAFT, State.RETIRED):
        raise Overtaken(_("Somebody has decided on this practice meanwhile."), "state")
    move(by, row, version, State.RETIRED, _reason(reason))
    tell_author(row, version, _("Your good practice was retired"))
    _record(by, row, {"retired": version.number})


@transaction.atomic
def restore(*, by: Actor, practice: Practice) -> None:
    """What was retired by mistake is public again, in the version it had."""
    row = _locked(by, practice)
    if row.state != State.RETIRED or row.published is None:
        raise Overtaken(_("Only what was public and is retired can be restored."), "state")
    move(by, row, row.published, State.PUBLISHED)
    tell_author(row, row.published, _("Your good practice is published"))
    _record(by, row, {"restored": row.published.number})


def _locked(by: Actor, practice: Practice) -> Practice:
    """Held until the end of the transaction. Nobody decides on a practice of their own."""
    ask(by, rules.EDIT)
    row = Practice.objects.select_for_update(of=("self",)).select_related("published", "author").get(pk=practice.pk)
    if queries.submitted(row) is None:
        raise NotFound("")
    if row.author_id == by.account:
        raise NotPermitted(_("Another editor decides on a practice of your own."))
    return row


def _taken(by: Actor, practice: Practice, *stages: State) -> tuple[Practice, PracticeVersion]:
    """The practice in one of these stages, and the version that was handed in."""
    row = _locked(by, practice)
    version = queries.submitted(row)
    if version is None or row.stage not in stages:
        raise Overtaken(_("Somebody has decided on this practice meanwhile."), "state")
    return row, version


def _reason(text: str) -> str:
    if not text.strip():
        raise Refused(_("Say why, so that the author knows what to do."), "reason")
    if len(text.strip()) > LONGEST_NOTE:
        raise Refused(_("The reason is too long. Keep it under one page."), "reason")
    return text.strip()


def _carry(old: PracticeVersion, new: PracticeVersion) -> None:
    """Translations made or mended since the new version was begun go on with it; it may be that they are behind it."""
    there = {text.language: text for text in new.texts.all()}
    for text in old.texts.exclude(state=Translation.SOURCE):
        kept = there.get(text.language)
        if kept is None or (kept.state != Translation.SOURCE and kept.written_on < text.written_on):
            PracticeText.objects.update_or_create(
                version=new, language=text.language,
                defaults={
                    name: getattr(text, name)
                    for name in ("state", "title", "summary", "fields", "source_digest", "written_by", "written_on")
                },
            )  # fmt: skip


def _record(by: Actor, row: Practice, detail: dict[str, Any]) -> None:
    audit.record(by=by, verb=rules.EDIT.key, about=row, detail=detail)
