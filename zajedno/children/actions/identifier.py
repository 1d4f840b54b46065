"""Numbers of a child come, are corrected and go; sealed, found by their blind index."""

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.children import rules
from zajedno.children.actions.child import read_numbers
from zajedno.children.actions.entering import identifier
from zajedno.children.actions.likeness import propose
from zajedno.children.enums import IdentifierKind
from zajedno.children.models import Child, Identifier
from zajedno.children.queries.child import find_to
from zajedno.children.queries.likely import Asked, likely_same
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import Refused

if TYPE_CHECKING:
    from zajedno.places.models import Organisation


@transaction.atomic
def set_number(*, by: Actor, child: Child, kind: str, number: str, organisation: "Organisation") -> Identifier | None:
    """Write, correct or (empty) take away a number; a local one is of `organisation`, which the actor must sit in.

    A national number that another file has too is kept, with a proposal that the two may be the same child.
    """
    found = find_to(by, rules.CHANGE, child)
    if not by.may(rules.CHANGE.key, organisation.pk):
        raise Refused(_("A register's number is changed by the institution that keeps the register."), "issuer")
    value = read_numbers({kind: number}).get(kind, "")
    issuer = organisation.pk if kind == IdentifierKind.LOCAL else None
    Identifier.objects.filter(child=found, kind=kind, issuer=issuer).delete()
    row = identifier(found, kind, value, organisation.pk) if value else None
    if row is not None:
        _save(row)
        if kind == IdentifierKind.NATIONAL:
            _alert(by, found, value)
    audit.record(by=by, verb="children.set_number", about=found, detail={"kind": str(kind), "set": row is not None})
    return row


def _save(row: Identifier) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise Refused(_("Another child already has this number in your register."), "number_local") from error


def _alert(by: Actor, child: Child, national: str) -> None:
    same = [one for one in likely_same([Asked("", "", None, national)]) if one.child != child.pk]
    propose(by, child, same)
