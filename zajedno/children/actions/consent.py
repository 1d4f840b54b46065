"""Consents: given, refused, withdrawn; and sharing on another legal basis."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.children.enums import Basis, Field
from zajedno.children.models import Child, Consent, Guardian
from zajedno.children.rules import RECORD_CONSENT, WITHDRAW_CONSENT
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import Refused
from zajedno.kernel.verbs import ask

if TYPE_CHECKING:
    from zajedno.places.models import Organisation


@transaction.atomic
def record_consent(
    *,
    by: Actor,
    child: Child,
    purpose: str,
    recipients: "Iterable[Organisation]",
    given_on: date,
    giver: Guardian | None = None,
    answer: str = Consent.Answer.GIVEN,
    basis: str = Basis.CONSENT,
    basis_source: str = "",
    scope: Iterable[str] = (),
    until: date | None = None,
    proof: str = "",
) -> Consent:
    """Write down who answered what. Only who represents the child by law can consent."""
    ask(by, RECORD_CONSENT)
    if given_on > by.today:
        raise Refused(_("That day lies in the future."), "future")
    if basis == Basis.CONSENT and (giver is None or giver.child_id != child.pk or not giver.represents):
        raise Refused(_("Choose the parent or guardian who represents the child and gave the answer."), "no_giver")
    if basis != Basis.CONSENT and not basis_source.strip():
        raise Refused(_("Name the law and article that allow this without consent."), "no_source")
    row = Consent.objects.create(
        child=child, purpose=purpose, answer=answer, basis=basis, basis_source=basis_source.strip(), giver=giver,
        scope=sorted({Field(field).value for field in scope}), proof=proof.strip()[:250], given_on=given_on,
        until=until, recorded_by=by.account, recorded_on=clock.now(),
    )  # fmt: skip
    row.recipients.set(recipients)
    audit.record(by=by, verb=RECORD_CONSENT.key, about=child, detail={"purpose": purpose, "answer": str(answer)})
    return row


@transaction.atomic
def withdraw_consent(*, by: Actor, consent: Consent, withdrawn_on: date, reason: str = "") -> None:
    """The consent ends for the future; what was done under it stands."""
    ask(by, WITHDRAW_CONSENT)
    if consent.withdrawn_on:
        raise Refused(_("This consent is already withdrawn."), "twice")
    if withdrawn_on > by.today or withdrawn_on < consent.given_on:
        raise Refused(_("Enter the day of withdrawal: not before it was given, not in the future."), "day")
    consent.withdrawn_on, consent.withdrawn_reason = withdrawn_on, reason.strip()[:250]
    consent.save(update_fields=["withdrawn_on", "withdrawn_reason"])
    audit.record(by=by, verb=WITHDRAW_CONSENT.key, about=consent.child, detail={"purpose": consent.purpose})
