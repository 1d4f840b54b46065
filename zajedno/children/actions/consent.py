"""Consent is recorded as it was given and withdrawn for the future; the other legal bases are recorded beside it."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.children import rules
from zajedno.children.actions.tie import end_tie
from zajedno.children.enums import Basis, Field
from zajedno.children.models import Child, Consent, Guardian
from zajedno.children.queries.child import find_to
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound, Overtaken, Refused

if TYPE_CHECKING:
    from zajedno.places.models import Organisation


@transaction.atomic
def record(
    *,
    by: Actor,
    child: Child,
    purpose: str,
    recipients: Iterable["Organisation"],
    giver: Guardian | None = None,
    answer: str = Consent.Answer.GIVEN,
    scope: Iterable[str] = (),
    proof: str = "",
    given_on: date | None = None,
    until: date | None = None,
    basis: str = Basis.CONSENT,
    basis_source: str = "",
) -> Consent:
    """Keep an answer, given or refused, of a parent or guardian for a purpose and receivers; or another legal basis.

    `scope`: parts of the file (Field); empty means all that the purpose opens. `until` is the last day.
    """
    found = find_to(by, rules.RECORD_CONSENT, child)
    receivers = list(recipients)
    day = given_on or by.today
    _check(by, found, giver, basis, basis_source, receivers, day, until)
    row = Consent.objects.create(
        child=found, purpose=purpose, answer=answer, basis=basis, basis_source=basis_source.strip()[:250],
        scope=sorted({Field(part).value for part in scope}), giver=giver, proof=proof.strip()[:250], given_on=day,
        until=until, recorded_by=by.account, recorded_on=clock.now(),
    )  # fmt: skip
    row.recipients.set(receivers)
    detail = {"consent": str(row.uuid), "purpose": purpose, "answer": str(answer), "basis": str(basis)}
    audit.record(by=by, verb=rules.RECORD_CONSENT.key, about=found, detail=detail)
    return row


@transaction.atomic
def withdraw(*, by: Actor, consent: Consent, reason: str = "", on: date | None = None) -> Consent:
    """From the day `on` (today) the consent allows nothing more, and what was shared under it closes at once. What was
    done under it stays lawful and stays."""
    row = Consent.objects.select_for_update(of=("self",)).select_related("child").filter(pk=consent.pk).first()
    if row is None:
        raise NotFound(_("There is no such consent."), "no_consent")
    find_to(by, rules.WITHDRAW_CONSENT, row.child)
    day = on or by.today
    if row.withdrawn_on is not None:
        raise Overtaken(_("This consent was withdrawn already."), "withdrawn")
    if not row.given_on <= day <= by.today:
        raise Refused(_("A consent is withdrawn after it was given, and not in the future."), "order")
    row.withdrawn_on, row.withdrawn_reason = day, " ".join(reason.split())[:250]
    row.save(update_fields=["withdrawn_on", "withdrawn_reason"])
    audit.record(by=by, verb=rules.WITHDRAW_CONSENT.key, about=row.child, detail={"consent": str(row.uuid)})
    for tie in row.ties.filter(Q(until=None) | Q(until__gte=by.today)).select_related("child"):
        end_tie(by=by, verb=rules.WITHDRAW_CONSENT, tie=tie)
    return row


def _check(
    by: Actor, child: Child, giver: Guardian | None, basis: str, source: str, receivers: list["Organisation"],
    day: date, until: date | None,
) -> None:  # fmt: skip
    if basis == Basis.CONSENT and giver is None:
        raise Refused(_("Say who gives the consent."), "giver")
    if giver is not None and (giver.child_id != child.pk or not giver.represents or giver.ended_on is not None):
        raise Refused(_("Consent is given by who represents this child by law."), "giver")
    if basis != Basis.CONSENT and not source.strip():
        raise Refused(_("Name the law and article that is the basis."), "basis_source")
    if not receivers:
        raise Refused(_("Say to whom the data may go."), "recipients")
    if day > by.today:
        raise Refused(_("The day of the consent is in the future."), "given_on")
    if until is not None and until < day:
        raise Refused(_("A consent cannot end before it is given."), "until")
