"""Parents, guardians and persons of trust of a child; a former one stays with the day it ended."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.children import rules
from zajedno.children.actions.invitation import close_family_desk
from zajedno.children.enums import GuardianKind
from zajedno.children.models import Child, Guardian
from zajedno.children.queries.child import find_to
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound, Refused

CHANGEABLE = frozenset({"kind", "name", "represents", "phone", "email", "address"})


@transaction.atomic
def add(*, by: Actor, child: Child, kind: str, name: str, represents: bool = True, **contact: str) -> Guardian:
    """Add a parent, guardian or person of trust. `contact`: phone, email, address."""
    found = find_to(by, rules.CHANGE, child)
    row = Guardian(child=found)
    _fill(row, {"kind": kind, "name": name, "represents": represents, **contact})
    row.save()
    audit.record(by=by, verb="children.add_guardian", about=found, detail={"guardian": str(row.uuid)})
    return row


@transaction.atomic
def change(*, by: Actor, guardian: Guardian, **fields: Any) -> Guardian:
    row = _locked(by, guardian)
    _fill(row, fields)
    row.save(update_fields=sorted({*fields, "represents"}))
    detail = {"guardian": str(row.uuid), "fields": sorted(fields)}
    audit.record(by=by, verb="children.change_guardian", about=row.child, detail=detail)
    if not row.represents:
        close_family_desk(by=by, guardian=row)
    return row


@transaction.atomic
def end(*, by: Actor, guardian: Guardian, on: date | None = None) -> Guardian:
    """No longer a guardian of the child from a day on; consents given before stay as they are."""
    row = _locked(by, guardian)
    row.ended_on = on or by.today
    row.save(update_fields=["ended_on"])
    audit.record(by=by, verb="children.end_guardian", about=row.child, detail={"guardian": str(row.uuid)})
    close_family_desk(by=by, guardian=row)
    return row


def _locked(by: Actor, guardian: Guardian) -> Guardian:
    row = Guardian.objects.select_for_update(of=("self",)).select_related("child").filter(pk=guardian.pk).first()
    if row is None:
        raise NotFound(_("There is no such person."), "no_guardian")
    find_to(by, rules.CHANGE, row.child)
    return row


def _fill(row: Guardian, fields: dict[str, Any]) -> None:
    if unknown := fields.keys() - CHANGEABLE:
        raise TypeError(f"not a field of a guardian that may be changed: {sorted(unknown)}")
    for name, value in fields.items():
        setattr(row, name, " ".join(value.split()) if isinstance(value, str) else value)
    if not row.name:
        raise Refused(_("Write the name of the parent or guardian."), "guardian_name")
    if row.kind not in GuardianKind.values:
        raise Refused(_("Say what this person is to the child."), "guardian_kind")
    row.represents = row.represents and row.kind != GuardianKind.TRUSTED
