"""Tokens of programs: shown once, good for a time, revoked at any moment."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.access.logic.token import new_token, prefix_of, token_hash
from zajedno.access.models import Token
from zajedno.access.rules import ISSUE_TOKEN, REVOKE_TOKEN
from zajedno.kernel import scopes as registry
from zajedno.kernel.actor import Actor
from zajedno.kernel.clock import now
from zajedno.kernel.refusal import NotPermitted, Overtaken, Refused
from zajedno.kernel.verbs import ask

LONGEST = timedelta(days=366)  # then somebody has to say again that the program still needs it


@transaction.atomic
def issue(*, by: Actor, organisation: int, label: str, scopes: Collection[str], expires_on: date) -> tuple[Token, str]:
    """Let a program act for `by` at an organisation within the scopes; returns the row with its token, which nobody
    can read again. Nobody hands out what their own post there does not carry."""
    ask(by, ISSUE_TOKEN, organisation)
    label = " ".join(label.split())[:120]
    if not label:
        raise Refused(_("Give the program a name by which you will know it."), "label")
    if not by.today < expires_on <= by.today + LONGEST:
        raise Refused(_("Choose a day that lies ahead, within a year."), "expires")
    chosen = _carried(by, organisation, scopes)
    token = new_token()
    row = Token.objects.create(
        account_id=by.account, organisation=organisation, label=label, prefix=prefix_of(token),
        token_hash=token_hash(token), scopes=chosen, issued_on=now(), expires_on=expires_on,
    )  # fmt: skip
    audit.record(by=by, verb=ISSUE_TOKEN.key, about=row, organisation=organisation, detail={"scopes": chosen})
    return row, token


def _carried(by: Actor, organisation: int, scopes: Collection[str]) -> list[str]:
    known = registry.known()
    chosen = sorted(set(scopes) & known.keys())
    if not chosen:
        raise Refused(_("Choose at least one thing that the program may do."), "scopes")
    for key in chosen:
        if not all(by.may(verb.key, organisation) for verb in known[key].verbs):
            raise NotPermitted(_("Your post does not allow this itself, so you cannot let a program do it."))
    return chosen


@transaction.atomic
def revoke(*, by: Actor, token: Token) -> Token:
    """It opens nothing from this moment. Who made it may always take it back."""
    token = Token.objects.select_for_update().get(pk=token.pk)
    if token.account_id != by.account:
        ask(by, REVOKE_TOKEN, token.organisation)
    if token.revoked_on is not None:
        raise Overtaken(_("This token has already been taken back."), "revoked")
    token.revoked_on = now()
    token.save(update_fields=["revoked_on"])
    audit.record(by=by, verb=REVOKE_TOKEN.key, about=token, organisation=token.organisation)
    return token


def use(*, token: Token, today: date) -> None:
    """Keep the day on which it was last used: written once a day, so that one nobody needs is seen."""
    if token.last_used_on != today:
        Token.objects.filter(pk=token.pk).update(last_used_on=today)
