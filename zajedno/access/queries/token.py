"""Tokens of programs: which of them lives, and whose a person may see."""

import hmac
from datetime import date

from django.db.models import Q, QuerySet

from zajedno.access.logic.token import prefix_of, token_hash
from zajedno.access.models import Token
from zajedno.access.rules import ISSUE_TOKEN, REVOKE_TOKEN
from zajedno.kernel import scopes as registry
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.kernel.scopes import Scope


def living(token: str, today: date) -> Token | None:
    """The row of a token that still opens something; None for a revoked, an old and an invented one alike."""
    found = Token.objects.filter(prefix=prefix_of(token), account__is_active=True).first()
    fits = found is not None and hmac.compare_digest(bytes(found.token_hash), token_hash(token))
    return found if found is not None and fits and found.is_living(today) else None


def visible_to(by: Actor) -> QuerySet[Token]:
    """One's own, and those of organisations where one may take them back; the newest first."""
    rows = Token.objects.filter(Q(account=by.account) | Q(organisation__in=by.organisations_for(REVOKE_TOKEN.key)))
    return rows.select_related("account")


def find(by: Actor, uuid: str) -> Token:
    """One of them; NotFound for others' as for none."""
    token = visible_to(by).filter(uuid=uuid).first()
    if token is None:
        raise NotFound("There is no such token.")
    return token


def offered(by: Actor) -> dict[int, list[Scope]]:
    """What the person may let a program do, by organisation."""
    every = sorted(registry.known().values(), key=lambda scope: scope.key)
    return {
        at: [scope for scope in every if all(by.may(verb.key, at) for verb in scope.verbs)]
        for at in by.organisations_for(ISSUE_TOKEN.key)
    }
