"""Mail about practices: that something waits and where to look, never what is in it or whose it is."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import outbox
from zajedno.exchange import rules
from zajedno.exchange.models import Practice, PracticeVersion, Review
from zajedno.kernel.actor import Actor
from zajedno.places.queries.post import held


def tell_editors(by: Actor, practice: Practice, version: PracticeVersion) -> None:
    posts = held(by.today).filter(role__verbs__contains=[rules.EDIT.key]).select_related("account")
    for account in {post.account_id: post.account for post in posts if post.account_id != by.account}.values():
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
