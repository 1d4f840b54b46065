"""A person decides whether two files are of the same child. Nothing moves, so a decision can be undone."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.children import rules
from zajedno.children.models import Alias, Child
from zajedno.children.queries.child import find, find_to
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound, Refused

NUMBER, NAME = "number", "name_and_birth"


@transaction.atomic
def propose_alias(*, by: Actor, child: Child, other: Child, why: str = NAME) -> Alias:
    """Say that two files one sees may be of the same child."""
    first, second = find_to(by, rules.DECIDE_ALIAS, child), find(by, other.uuid)
    if first.pk == second.pk:
        raise Refused(_("A file cannot be compared with itself."), "self")
    pair = Q(child=first, same_as=second) | Q(child=second, same_as=first)
    alias = Alias.objects.filter(pair).first() or Alias.objects.create(child=first, same_as=second, why=why)
    audit.record(by=by, verb="children.propose_alias", about=first, detail={"alias": str(alias.uuid), "why": why})
    return alias


@transaction.atomic
def decide(*, by: Actor, alias: Alias, same: bool, reason: str) -> Alias:
    """Confirm or reject. Only who sees both files can compare them; the other institution decides otherwise."""
    row = _locked(by, alias)
    if not reason.strip():
        raise Refused(_("Say by what you know this."), "reason")
    row.state = Alias.State.CONFIRMED if same else Alias.State.REJECTED
    row.decided_by, row.decided_on, row.reason = by.account, clock.now(), " ".join(reason.split())[:250]
    return _kept(by, row)


@transaction.atomic
def undo(*, by: Actor, alias: Alias) -> Alias:
    """Back to a proposal. Both files are as they always were."""
    row = _locked(by, alias)
    row.state, row.decided_by, row.decided_on, row.reason = Alias.State.PROPOSED, None, None, ""
    return _kept(by, row)


def _locked(by: Actor, alias: Alias) -> Alias:
    row = Alias.objects.select_for_update(of=("self",)).select_related("child", "same_as").filter(pk=alias.pk).first()
    if row is None:
        raise NotFound(_("There is no such proposal."), "no_alias")
    find_to(by, rules.DECIDE_ALIAS, row.child)
    find(by, row.same_as.uuid)
    return row


def _kept(by: Actor, row: Alias) -> Alias:
    row.save(update_fields=["state", "decided_by", "decided_on", "reason"])
    detail = {"alias": str(row.uuid), "state": str(row.state)}
    audit.record(by=by, verb=rules.DECIDE_ALIAS.key, about=row.child, detail=detail)
    return row
