"""An institution's person signs an agreement, refuses it, or takes the institution out of it."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import Overtaken, Refused
from zajedno.kernel.verbs import ask
from zajedno.networks.actions.agreement import FEWEST
from zajedno.networks.enums import AgreementState, Signature
from zajedno.networks.models import Agreement, Signatory
from zajedno.networks.rules import SIGN_AGREEMENT


@transaction.atomic
def sign(*, by: Actor, signatory: Signatory, representative: str) -> Agreement:
    """For the own institution. `representative`: in whose name, such as a headmistress. The last signature makes the
    agreement a signed one. Returns the agreement as it stands then."""
    row = _waiting(by, signatory)
    agreement = row.agreement
    if agreement.valid_until is not None and agreement.valid_until < by.today:
        raise Refused(_("The last day of this agreement is past already."), "past")
    if agreement.signatories.count() < FEWEST:
        raise Refused(_("An agreement is between two at least. Others must be named first."), "alone")
    if not representative.strip():
        raise Refused(_("Say in whose name it is signed."), "representative")
    row.state, row.signed_on, row.signed_by_id = Signature.SIGNED, by.today, by.account
    row.representative = " ".join(representative.split())[:200]
    row.save(update_fields=["state", "signed_on", "signed_by", "representative"])
    _record(by, row)
    agreement.refresh_from_db()  # the database turns it with the last signature
    return agreement


@transaction.atomic
def refuse(*, by: Actor, signatory: Signatory, reason: str) -> None:
    """The own institution does not sign; who keeps the agreement makes another version."""
    row = _waiting(by, signatory)
    _say_why(row, reason)
    row.state = Signature.REFUSED
    row.save(update_fields=["state", "reason"])
    _record(by, row)


@transaction.atomic
def leave(*, by: Actor, signatory: Signatory, reason: str) -> None:
    """From this moment nothing goes to or from the own institution under this agreement: the database ends the ties."""
    row = _locked(by, signatory)
    if row.state != Signature.SIGNED or row.agreement.state != AgreementState.SIGNED:
        raise Overtaken(_("Your institution is not among those who hold this agreement now."))
    _say_why(row, reason)
    row.state, row.left_on = Signature.LEFT, by.today
    row.save(update_fields=["state", "left_on", "reason"])
    _record(by, row)


def _locked(by: Actor, signatory: Signatory) -> Signatory:
    ask(by, SIGN_AGREEMENT, signatory.organisation_id)
    return Signatory.objects.select_for_update(of=("self",)).select_related("agreement").get(pk=signatory.pk)


def _waiting(by: Actor, signatory: Signatory) -> Signatory:
    row = _locked(by, signatory)
    if row.state != Signature.WAITING or row.agreement.state != AgreementState.DRAFT:
        raise Overtaken(_("This signature is not waited for any more."))
    return row


def _say_why(row: Signatory, reason: str) -> None:
    if not reason.strip():
        raise Refused(_("Say why."), "reason")
    row.reason = " ".join(reason.split())[:250]


def _record(by: Actor, row: Signatory) -> None:
    detail = {"state": str(row.state), "organisation": row.organisation_id}
    audit.record(by=by, verb=SIGN_AGREEMENT.key, about=row.agreement, organisation=row.organisation_id, detail=detail)
