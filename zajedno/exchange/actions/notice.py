"""Mail about practices and models: that something waits and where to look, never what is in it or whose it is."""

from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import outbox
from zajedno.exchange import rules
from zajedno.exchange.models import Practice, PracticeVersion, Review
from zajedno.kernel.actor import Actor
from zajedno.places.queries.post import held

if TYPE_CHECKING:
    from zajedno.access.models import Account


def editors(by: Actor) -> "list[Account]":
    """Who edits the exchange today, but for the actor."""
    posts = held(by.today).filter(role__verbs__contains=[rules.EDIT.key]).select_related("account")
    return list({post.account_id: post.account for post in posts if post.account_id != by.account}.values())


def tell_editors(by: Actor, practice: Practice, version: PracticeVersion) -> None:
    for account in editors(by):
        outbox.write(
            to=account,
            key=f"practice-{practice.uuid}-{version.number}-{account.pk}",
            subject=_("A good practice was handed in"),
            body=_("Log in to Zajedno and look at “Exchange”, “Editing”."),
        )


def tell_reviewer(review: Review) -> None:
    outbox.write(
        to=review.reviewer,
        key=f"review-{review.uuid}",
        subject=_("You are asked to review a good practice"),
        body=_("Log in to Zajedno and look at “Exchange”, “Reviews”. You can also decline there."),
    )


def tell_author(practice: Practice, version: PracticeVersion, subject: str | Promise) -> None:
    outbox.write(
        to=practice.author,
        key=f"practice-{practice.uuid}-{version.number}-{practice.moves.count()}",
        subject=subject,
        body=_("Log in to Zajedno and look at “Exchange”, “My practices”."),
    )


def tell_places(by: Actor, organisation: int | None, key: str, subject: str | Promise) -> None:
    """Whoever reports on models at an institution; of a model that came with a pack, whoever keeps models."""
    verb = rules.REPLICATE if organisation else rules.KEEP_MODEL
    posts = held(by.today).filter(role__verbs__contains=[verb.key]).select_related("account")
    if organisation:
        posts = posts.filter(organisation=organisation)
    for account in {post.account_id: post.account for post in posts if post.account_id != by.account}.values():
        outbox.write(
            to=account,
            key=f"{key}-{account.pk}",
            subject=subject,
            body=_("Log in to Zajedno and look at “Exchange”, “Models we take over”."),
        )
