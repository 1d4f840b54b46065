"""Parents, guardians and persons of trust."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.children.enums import GuardianKind
from zajedno.children.models import Child, Guardian
from zajedno.children.rules import CHANGE
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import Refused
from zajedno.kernel.verbs import Verb, ask


@dataclass(frozen=True)
class GuardianData:
    """What a form or a register says of one person around the child."""

    kind: str
    name: str
    represents: bool = True
    phone: str = ""
    email: str = ""
    address: str = ""
    account: Any = None


@transaction.atomic
def write_guardian(
    *, by: Actor, child: Child, data: GuardianData, row: Guardian | None = None, verb: Verb = CHANGE
) -> Guardian:
    """Add a person, or rewrite one. A person of trust never represents the child by law."""
    ask(by, verb)
    if not data.name.strip():
        raise Refused(_("Enter the name."), "empty")
    row = row or Guardian(child=child)
    row.kind, row.name = GuardianKind(data.kind), data.name.strip()
    row.represents = data.represents and data.kind != GuardianKind.TRUSTED
    row.phone, row.email, row.address = data.phone.strip(), data.email.strip(), data.address.strip()
    row.account = data.account or row.account
    row.save()
    audit.record(by=by, verb=verb.key, about=child, detail={"guardian": str(row.uuid)})
    return row


@transaction.atomic
def end_guardian(*, by: Actor, row: Guardian) -> None:
    """No longer the child's guardian or person of trust, from today."""
    ask(by, CHANGE)
    row.ended_on = by.today
    row.save(update_fields=["ended_on"])
    audit.record(by=by, verb=CHANGE.key, about=row.child, detail={"guardian": str(row.uuid), "ended": True})
