"""Accounts come by invitation; nobody signs up."""

import hashlib
import secrets
from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit, outbox
from zajedno.access.models import Account, Invitation
from zajedno.access.rules import CLOSE_ACCOUNT, INVITE
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound, Refused
from zajedno.kernel.verbs import ask

VALID_FOR = timedelta(days=7)


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


@transaction.atomic
def invite(*, by: Actor, email: str, name: str, language: str, site: str) -> Account:
    """Make (or find) the account and send it a link that is good for seven days.

    `site` is the address of this installation, e.g. https://example.rs. An account that already works is
    returned as it is, without a new letter.
    """
    ask(by, INVITE)
    account = Account.objects.filter(email__iexact=email.strip()).first()
    if account is None:
        account = Account.objects.create_user(email.strip(), None, name=name.strip(), language=language)
    elif account.is_system:
        raise Refused(_("This address belongs to the system and cannot be invited."))
    elif not account.is_active:
        raise Refused(_("This account is closed. Reopen it first."), "closed")
    elif account.has_usable_password():
        return account
    token = secrets.token_urlsafe(32)
    now = clock.now()
    invitation = Invitation.objects.create(
        account=account, invited_by_id=by.account, token_hash=_hash(token), created_on=now, expires_on=now + VALID_FOR
    )
    outbox.write(
        to=account,
        key=f"invitation-{invitation.pk}",
        subject=_("You are invited to Zajedno"),
        body=format_lazy(
            _("Choose a password within seven days:\n\n{link}"), link=f"{site}/invitation/{token}/"
        ),  # `%` would choose the language of who invites, not of who receives
    )
    audit.record(by=by, verb=INVITE.key, about=account)
    return account


def invited(token: str) -> Invitation:
    """The open invitation behind a link; refused in one and the same way when there is none."""
    invitation = (
        Invitation.objects.select_related("account")
        .filter(token_hash=_hash(token), accepted_on=None, expires_on__gt=clock.now(), account__is_active=True)
        .first()
    )
    if invitation is None:
        raise NotFound(_("This invitation is used or too old. Ask for a new one."))
    return invitation


@transaction.atomic
def accept(*, token: str, password: str) -> Account:
    """Set the first password. Raises Django's ValidationError when the password is too weak."""
    invitation = invited(token)
    account = invitation.account
    validate_password(password, account)
    account.set_password(password)
    account.save(update_fields=["password"])
    now = clock.now()
    Invitation.objects.filter(account=account, accepted_on=None).update(accepted_on=now)
    audit.record(by=None, verb="access.accept_invitation", about=account, account=account.pk)
    return account


@transaction.atomic
def open_own(*, email: str, name: str, language: str, password: str) -> Account:
    """An account that somebody makes who was let in by a code; whoever calls has checked it, and the password."""
    account = Account.objects.create_user(email.strip(), password, name=name.strip(), language=language)
    audit.record(by=None, verb="access.open_own", about=account, account=account.pk)
    return account


@transaction.atomic
def set_active(*, by: Actor, account: Account, active: bool) -> None:
    """Close or reopen an account; a closed one is out at the next click."""
    ask(by, CLOSE_ACCOUNT)
    if account.pk == by.account:
        raise Refused(_("You cannot close your own account."))
    account.is_active = active
    account.save(update_fields=["is_active"])
    audit.record(by=by, verb=CLOSE_ACCOUNT.key, about=account, detail={"active": active})


@transaction.atomic
def change_own(*, by: Actor, account: Account, name: str, language: str) -> None:
    """A person changes their own name and language."""
    if account.pk != by.account:
        raise NotFound(_("There is no such account."))
    account.name, account.language = name, language
    account.save(update_fields=["name", "language"])
    audit.record(by=by, verb="access.change_own", about=account)
