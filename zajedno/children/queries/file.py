"""The whole file of a child, as far as ties open it. Built only for `actions.file`, which writes the audit."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zajedno.children.enums import Field, IdentifierKind
from zajedno.children.models import Child, Consent, Enrolment, Guardian, Tie
from zajedno.children.queries import consent, enrolment
from zajedno.children.queries.family import Relative, guardians, relatives
from zajedno.children.queries.tie import ties_of
from zajedno.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Number:
    """A number of the child; `issuer` names the institution of a local one."""

    kind: IdentifierKind
    value: str
    issuer: str


@dataclass(frozen=True, slots=True)
class FullRecord:
    """What `fields` open; the rest is empty. `child` is for handing on to other verbs, not for showing."""

    child: Child
    fields: frozenset[Field]
    given_name: str
    family_name: str
    birth_date: date | None
    sex: str
    residence: str
    address: str
    settlement: str
    language: str
    registered_by: str
    numbers: tuple[Number, ...]
    guardians: tuple[Guardian, ...]
    relatives: tuple[Relative, ...]
    enrolments: tuple[Enrolment, ...]
    consents: tuple[Consent, ...]
    ties: tuple[Tie, ...]

    @property
    def uuid(self) -> UUID:
        return self.child.uuid

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


def full_record(by: Actor, child: Child, fields: Collection[Field]) -> FullRecord:
    """The file cut down to `fields`. Consents and ties are always there: they say who may see the rest."""
    identity, contact, family = Field.IDENTITY in fields, Field.CONTACT in fields, Field.FAMILY in fields
    return FullRecord(
        child=child,
        fields=frozenset(fields),
        given_name=child.given_name if identity else "",
        family_name=child.family_name if identity else "",
        birth_date=child.birth_date if identity else None,
        sex=child.sex if identity else "",
        residence=str(child.residence or "") if contact else "",
        address=child.address if contact else "",
        settlement=child.get_settlement_display() if contact and child.settlement else "",
        language=child.language if contact else "",
        registered_by=str(child.registered_by),
        numbers=numbers_of(child) if Field.IDENTIFIERS in fields else (),
        guardians=tuple(_without_contact(row, contact) for row in guardians(child)) if family else (),
        relatives=tuple(relatives(by, child)) if family else (),
        enrolments=tuple(enrolment.of_child(child)) if Field.ENROLMENT in fields else (),
        consents=tuple(consent.of_child(child.pk).prefetch_related("recipients")),
        ties=tuple(ties_of(child)),
    )


def numbers_of(child: Child) -> tuple[Number, ...]:
    """Unsealed; for who has opened the file and may read them."""
    rows = child.identifiers.select_related("issuer").order_by("id")
    return tuple(Number(IdentifierKind(row.kind), row.value, str(row.issuer or "")) for row in rows)


def _without_contact(row: Guardian, contact: bool) -> Guardian:
    if not contact:
        row.phone = row.email = row.address = ""
    return row
