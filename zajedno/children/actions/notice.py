"""Mail to those who keep a file: it says that something happened and where to look, never to whom."""

from uuid import UUID

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import outbox
from zajedno.access.rules import READ_ALL_AUDIT, READ_AUDIT
from zajedno.children import rules
from zajedno.kernel.actor import Actor
from zajedno.kernel.verbs import Verb
from zajedno.places.queries.post import held


def tell_keepers(
    by: Actor, organisation: int, key: str, subject: str | Promise, body: str | Promise, verb: Verb = rules.REGISTER
) -> int:
    """Write to everybody who may do `verb` in the organisation today, once for a `key`; how many letters."""
    posts = held(by.today).filter(organisation=organisation, role__verbs__contains=[verb.key])
    people = {post.account_id: post.account for post in posts.select_related("account")}
    return sum(
        outbox.write(to=one, key=f"{key}-{number}", subject=subject, body=body) for number, one in people.items()
    )


def tell_of_alias(by: Actor, organisation: int, alias: UUID) -> None:
    """D1: a number held twice raises an alert to the owner of the record; nothing is merged."""
    tell_keepers(
        by,
        organisation,
        f"alias-{alias}",
        _("A child you keep may have been registered a second time"),
        _("Open Zajedno: the child's file shows the proposal. Nothing was merged and nothing was told to others."),
    )


def tell_of_pairs(by: Actor, organisation: int) -> None:
    """At most one letter a day, however many pairs were found."""
    tell_keepers(
        by,
        organisation,
        f"pairs-{organisation}-{by.today}",
        _("Another institution may know a child you keep"),
        _("Log in to Zajedno: under “One child, several files” you see which child, and whom you can ask."),
        rules.DECIDE_ALIAS,
    )


def tell_of_question(by: Actor, organisation: int, alias: UUID) -> None:
    """At most one letter a day for a pair."""
    tell_keepers(
        by,
        organisation,
        f"pair-asked-{alias}-{by.today}",
        _("Another institution asks you about a child you keep"),
        _("Log in to Zajedno: under “One child, several files” you see who asks and how to call them."),
        rules.DECIDE_ALIAS,
    )


def tell_of_broken_glass(by: Actor, keeper: int, own: int, tie: UUID) -> None:
    """Who registers children at the keeper; and those who watch: who reads the trail there, at the opener's own
    institution, and of the whole installation."""
    tell_keepers(
        by,
        keeper,
        f"glass-{tie}",
        _("A file that your institution keeps was opened in an emergency"),
        _("Open Zajedno: the audit trail says who opened it, when and for what reason."),
    )
    watching = Q(organisation__in=(keeper, own), role__verbs__contains=[READ_AUDIT.key])
    posts = held(by.today).filter(watching | Q(role__verbs__contains=[READ_ALL_AUDIT.key]))
    for one in {post.account_id: post.account for post in posts.select_related("account")}.values():
        if one.pk != by.account:
            outbox.write(
                to=one, key=f"glass-watched-{tie}-{one.pk}",
                subject=_("Somebody opened a file in an emergency"),
                body=_("Log in to Zajedno: “Openings without a tie” says who, and when. Ask whether it had to be."),
            )  # fmt: skip


def tell_of_held(by: Actor, organisation: int) -> None:
    """At most one letter a day, however much is held."""
    tell_keepers(
        by,
        organisation,
        f"held-{organisation}-{by.today}",
        _("Something from the field waits for you in Zajedno"),
        _("A form filled in on a phone could not be given to a child. Log in: under “My work” you see why."),
        rules.TAKE_HELD,
    )
