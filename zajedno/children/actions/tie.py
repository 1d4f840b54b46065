"""Ties are written and ended by the verbs of higher rooms; each says which verb it acts for."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.children import rules
from zajedno.children.enums import Field
from zajedno.children.models import Child, Consent, Tie
from zajedno.children.queries.child import find_to
from zajedno.children.queries.consent import in_force
from zajedno.children.queries.tie import fields_open
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import Refused
from zajedno.kernel.verbs import Verb, ask
from zajedno.procedures.queries.definition import purposes

if TYPE_CHECKING:
    from zajedno.access.models import Account
    from zajedno.places.models import Organisation


def _known(fields: Iterable[str]) -> list[str]:
    return sorted({Field(field).value for field in fields})


@transaction.atomic
def write_tie(
    *,
    by: Actor,
    verb: Verb,
    child: Child,
    purpose: str,
    fields: Iterable[str],
    organisation: "Organisation | None" = None,
    account: "Account | None" = None,
    since: date | None = None,
    until: date | None = None,
    reason: str = "",
    consent: Consent | None = None,
    clause: UUID | None = None,
    reads: bool = False,
) -> Tie:
    """Open parts of a child's file to an organisation or to one person, for a purpose. `until` is the last day.

    It ends with the `consent` it rests on, if with any. `clause`: uuid of the clause of an agreement it rests on.
    `reads`: they read, and do nothing about the child.
    """
    ask(by, verb)
    if account is not None and (account.is_system or not account.is_active):
        raise Refused(_("This account cannot be given a child's file."), "not_a_person")
    tie = Tie.objects.create(
        child=child, organisation=organisation, account=account, purpose=purpose, fields=_known(fields),
        since=since or by.today, until=until, written_by=by.account, reason=reason[:250], consent=consent,
        written_on=clock.now(), clause=clause, reads=reads,
    )  # fmt: skip
    audit.record(by=by, verb="children.write_tie", about=child, detail={"purpose": purpose, "tie": str(tie.uuid)})
    return tie


@transaction.atomic
def change_fields(*, by: Actor, verb: Verb, tie: Tie, fields: Iterable[str]) -> None:
    """Open more, or fewer, parts of the file."""
    ask(by, verb)
    chosen = _known(fields)
    if chosen != sorted(tie.fields):
        tie.fields = chosen
        tie.save(update_fields=["fields"])
        audit.record(by=by, verb="children.write_tie", about=tie.child, detail={"tie": str(tie.uuid)})


@transaction.atomic
def set_reads(*, by: Actor, verb: Verb, tie: Tie, reads: bool) -> None:
    """From now on the tie lets them read alone, or act about the child as well."""
    ask(by, verb)
    if tie.reads != reads:
        tie.reads = reads
        tie.save(update_fields=["reads"])
        audit.record(by=by, verb="children.write_tie", about=tie.child, detail={"tie": str(tie.uuid), "reads": reads})


@transaction.atomic
def end_tie(*, by: Actor, verb: Verb, tie: Tie, reason: str = "") -> None:
    """From this moment the tie opens nothing: its last day was yesterday."""
    ask(by, verb)
    tie.until = max(by.today - timedelta(days=1), tie.since - timedelta(days=1))
    tie.reason = reason[:250] or tie.reason
    tie.save(update_fields=["until", "reason"])
    audit.record(by=by, verb="children.end_tie", about=tie.child, detail={"tie": str(tie.uuid)})


@transaction.atomic
def share(
    *,
    by: Actor,
    child: Child,
    organisation: "Organisation",
    purpose: str,
    country: str,
    fields: Iterable[str] | None = None,
    until: date | None = None,
    reason: str = "",
) -> Tie:
    """From a desk: open one's own child's file to another institution, never more than one sees oneself.

    Where the purpose needs consent, one for this institution must be in force.
    """
    found = find_to(by, rules.TIE, child)
    known = next((one for one in purposes(country) if one.key == purpose), None)
    if known is None:
        raise Refused(_("This purpose is not in use."), "purpose")
    consent = in_force(child=found.pk, purpose=purpose, recipient=organisation.pk, day=by.today)
    if known.needs_consent and consent is None:
        raise Refused(_("Record the consent to share with this institution first."), "consent")
    opened = set(known.fields if fields is None else fields) & set(known.fields) & set(fields_open(by, found))
    if not opened:
        raise Refused(_("There is nothing you could open to this institution for this purpose."), "fields")
    return write_tie(
        by=by, verb=rules.TIE, child=found, organisation=organisation, purpose=purpose, fields=opened, until=until,
        reason=reason, consent=consent,
    )  # fmt: skip
