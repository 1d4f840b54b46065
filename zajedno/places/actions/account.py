"""Closing and reopening an account: by whoever may end every post that its person holds."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import account as accounts
from zajedno.access.rules import CLOSE_ACCOUNT
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotPermitted
from zajedno.places import rules
from zajedno.places.actions.post import may_end
from zajedno.places.queries.post import of_account

if TYPE_CHECKING:
    from zajedno.access.models import Account


def may_close(by: Actor, account: "Account") -> bool:
    """Not one's own; anybody's by who may end any post; else only of people whose every post one may end."""
    if account.pk == by.account or not by.may(CLOSE_ACCOUNT.key):
        return False
    if by.may(rules.END_POST_ANYWHERE.key):
        return True
    posts = list(of_account(account.pk))
    open_ones = [post for post in posts if post.until is None or post.until > by.today]
    return bool(posts) and all(may_end(by, post) for post in open_ones or posts)


@transaction.atomic
def close_account(*, by: Actor, account: "Account") -> None:
    """The person is out at the next click, and cannot log in. Their posts stay as they are."""
    _set(by, account, active=False)


@transaction.atomic
def reopen_account(*, by: Actor, account: "Account") -> None:
    _set(by, account, active=True)


def _set(by: Actor, account: "Account", *, active: bool) -> None:
    if account.pk != by.account and not may_close(by, account):
        raise NotPermitted(_("This person holds posts that you may not end. Ask the administrator of the platform."))
    accounts.set_active(by=by, account=account, active=active)
