"""How a child comes in: one or twenty thousand, the same rows. Called by the verbs, which ask and write the audit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import uuid4

from zajedno.children.enums import OWN_FIELDS, REGISTRATION, IdentifierKind
from zajedno.children.models import Child, ChildBatch, DataKey, Enrolment, Guardian, Identifier, Tie
from zajedno.children.queries.enrolment import school_year
from zajedno.children.queries.identifier import blind_of
from zajedno.kernel import sealed
from zajedno.kernel.actor import Actor
from zajedno.places.queries import organisation as places


@dataclass(frozen=True, slots=True)
class GuardianDetails:
    """A parent, guardian or person of trust; `kind` of GuardianKind."""

    name: str
    kind: str
    represents: bool = True
    phone: str = ""
    email: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class NewChild:
    """A child ready to be entered: texts on one line, numbers by kind as `logic.numbers` keeps them."""

    given_name: str
    family_name: str
    birth_date: date | None
    sex: str = ""
    residence: int | None = None
    address: str = ""
    settlement: str = ""
    language: str = ""
    guardians: Sequence[GuardianDetails] = ()
    numbers: Mapping[str, str] = field(default_factory=dict)
    school_class: str = ""


def enter(
    *, by: Actor, organisation: int, entries: Sequence[NewChild], batch: ChildBatch | None = None,
    purpose: str = REGISTRATION,
) -> list[Child]:  # fmt: skip
    """Write children with their keys, numbers, parents and the tie to the organisation; a fixed number of queries."""
    children = Child.objects.bulk_create(_child(entry, organisation, batch) for entry in entries)
    both = list(zip(children, entries, strict=True))
    DataKey.objects.bulk_create(
        DataKey(child=child, wrapped=sealed.new_data_key(f"children_datakey.wrapped|{child.pk}")) for child in children
    )
    Tie.objects.bulk_create(
        Tie(
            child=child, organisation_id=organisation, purpose=purpose, fields=sorted(OWN_FIELDS), since=by.today,
            written_by=by.account,
        )
        for child in children
    )  # fmt: skip
    Identifier.objects.bulk_create(
        identifier(child, kind, value, organisation)
        for child, entry in both
        for kind, value in entry.numbers.items()
        if value
    )
    Guardian.objects.bulk_create(
        Guardian(child=child, **{name: getattr(one, name) for name in one.__slots__})
        for child, entry in both
        for one in entry.guardians
    )
    _enrol(by, organisation, [(child, entry.school_class) for child, entry in both if entry.school_class])
    return children


def identifier(child: Child, kind: str, value: str, organisation: int) -> Identifier:
    """An unsaved sealed number; a local one is issued by the organisation."""
    row = Identifier(uuid=uuid4(), child=child, kind=kind)
    row.issuer_id = organisation if kind == IdentifierKind.LOCAL else None
    row.blind = blind_of(kind, value, organisation)
    row.sealed = sealed.seal(value.encode(), f"children_identifier.sealed|{row.uuid}")
    return row


def _child(entry: NewChild, organisation: int, batch: ChildBatch | None) -> Child:
    return Child(
        given_name=entry.given_name,
        family_name=entry.family_name,
        birth_date=entry.birth_date,
        sex=entry.sex,
        residence_id=entry.residence,
        address=entry.address,
        settlement=entry.settlement,
        language=entry.language,
        registered_by_id=organisation,
        batch=batch,
    )


def _enrol(by: Actor, organisation: int, classes: Sequence[tuple[Child, str]]) -> None:
    """A class in the register of a school or kindergarten means that the child goes there now."""
    if classes and places.organisations(sector="education").filter(pk=organisation).exists():
        year = school_year(by.today)
        Enrolment.objects.bulk_create(
            Enrolment(child=child, organisation_id=organisation, school_year=year, class_name=name[:60], since=by.today)
            for child, name in classes
        )
