"""Opening a child's file: the only verb that returns the full record, and it writes the audit."""

from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.access.queries.account import roles
from zajedno.access.rules import BREAK_GLASS
from zajedno.children import rules
from zajedno.children.actions.notice import tell_of_broken_glass
from zajedno.children.enums import Field, IdentifierKind
from zajedno.children.logic.numbers import national
from zajedno.children.models import Child, DataKey
from zajedno.children.queries.child import find_to
from zajedno.children.queries.file import FullRecord, full_record
from zajedno.children.queries.identifier import blind_of
from zajedno.children.queries.subject import subject_export
from zajedno.children.queries.tie import fields_open
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotPermitted, Refused
from zajedno.kernel.verbs import ask

EMERGENCY = "emergency"
EMERGENCY_FIELDS = ("identity", "contact", "family", "enrolment")  # of the purpose "emergency" in the packs
SHORTEST_REASON = 10


@transaction.atomic
def open_file(*, by: Actor, uuid: UUID | str, purpose: str = "") -> FullRecord:
    """The child's file as far as the actor's ties open it today. `purpose`: key of what it is opened for.

    A foreign file and none at all are answered alike: NotFound, after the same one query.
    """
    child, fields = record_reading(by=by, uuid=uuid, purpose=purpose)
    return full_record(by, child, fields)


@transaction.atomic
def record_reading(*, by: Actor, uuid: UUID | str, purpose: str = "") -> tuple[Child, frozenset[Field]]:
    """Write down that the file was looked at, for a page that shows only little of it; the child, and what is open."""
    child = find_to(by, rules.OPEN_FILE, uuid)
    fields = fields_open(by, child)
    detail = {"purpose": purpose or by.purpose, "fields": sorted(fields)}
    audit.record(by=by, verb=rules.OPEN_FILE.key, about=child, detail=detail)
    return child, fields


@transaction.atomic
def export_file(*, by: Actor, uuid: UUID | str) -> dict[str, Any]:
    """Everything this room keeps of the child, for its representative; shape: `queries.subject.subject_export`."""
    child = find_to(by, rules.OPEN_FILE, uuid)
    export = subject_export(child)
    audit.record(by=by, verb="children.export_file", about=child, detail={"tables": sorted(export)})
    return export


@transaction.atomic
def break_glass(*, by: Actor, reason: str, uuid: UUID | None = None, number: str = "") -> Child | None:
    """Open a file without a tie, by its id or exact national number, for reading until the end of the next day. None
    when there is no such file: that somebody asked stays in the audit.

    Only from a role that may; the reason goes into the tie. The institution that keeps the file is told by mail, and
    who reads the audit trail there, at one's own institution and of the whole installation.
    """
    seat = ask(by, BREAK_GLASS)
    if not roles().filter(key__in=[one.role for one in by.seats_for(BREAK_GLASS.key)], break_glass=True).exists():
        raise NotPermitted(_("Your post does not allow opening a file in an emergency."))
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refused(_("Say in a sentence why the file must be opened now."), "reason")
    found = _let_in(uuid, national(number), " ".join(reason.split())[:250])
    if found is None:
        audit.record(by=by, verb=BREAK_GLASS.key, organisation=seat.organisation, detail={"found": 0})
        return None
    pk, owner, tie = found
    child = Child.objects.get(pk=pk)
    tell_of_broken_glass(by, owner, seat.organisation, tie)
    detail = {"tie": str(tie), "owner": owner}
    audit.record(by=by, verb=BREAK_GLASS.key, about=child, organisation=seat.organisation, detail=detail)
    return child


def _let_in(uuid: UUID | None, number: str, reason: str) -> tuple[int, int, UUID] | None:
    """The child (primary key), who keeps the file, and the tie; the database asks for the role once more."""
    blind = blind_of(IdentifierKind.NATIONAL, number) if number else None
    with connection.cursor() as cursor:
        cursor.execute(
            "select child_id, organisation, tie from app.break_glass(%s::uuid, %s::bytea, %s, %s::text[], %s)",
            [uuid, blind, EMERGENCY, sorted(EMERGENCY_FIELDS), reason],
        )
        row: tuple[int, int, UUID] | None = cursor.fetchone()
    return row


@transaction.atomic
def erase(*, by: Actor, uuid: UUID | str, reason: str) -> None:
    """Destroy the child's own key: notes, papers and opinions sealed under it can never be read again.

    The rows and the audit stay. Names and birth date are not sealed; they go by retention.
    """
    child = find_to(by, rules.ERASE, uuid)
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refused(_("Say in a sentence on whose request and by what right this is erased."), "reason")
    key = DataKey.objects.select_for_update().get(child=child)
    if key.wrapped is None:
        raise Refused(_("This file has been erased already."), "erased")
    key.wrapped, key.destroyed_on = None, clock.now()
    key.save(update_fields=["wrapped", "destroyed_on"])
    audit.record(by=by, verb=rules.ERASE.key, about=child, detail={"reason_given": True})
