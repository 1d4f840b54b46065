"""Registering a child, changing what is known, opening the file. Opening is a verb: it is written down."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.children.actions.guardian import GuardianData, write_guardian
from zajedno.children.actions.tie import write_tie
from zajedno.children.enums import Field, IdentifierKind
from zajedno.children.models import Alias, Child, DataKey, Identifier
from zajedno.children.queries.child import ChildFile, find
from zajedno.children.rules import CHANGE, OPEN_FILE, REGISTER
from zajedno.kernel import clock, sealed
from zajedno.kernel.actor import Actor
from zajedno.kernel.national_numbers import bare, read_jmbg
from zajedno.kernel.refusal import Refused
from zajedno.kernel.verbs import ask

if TYPE_CHECKING:
    from zajedno.places.models import Organisation

REGISTRATION = "registration"
REGISTRATION_FIELDS = (Field.IDENTITY, Field.CONTACT, Field.IDENTIFIERS, Field.FAMILY, Field.ENROLMENT)
CHANGEABLE = ("given_name", "family_name", "birth_date", "sex", "residence", "address", "language")


@dataclass(frozen=True)
class Likely:
    """A registered child that is likely the same. `uuid` only when the asker may see it anyway."""

    why: str
    uuid: UUID | None


class LikelySame(Refused):
    """Registering stopped: look first. The person says "another child" or opens the one that is there."""

    def __init__(self, found: list[Likely]) -> None:
        mine = any(one.uuid for one in found)
        super().__init__(
            _("A child like this is already registered with you. Open that file, or confirm that it is another child.")
            if mine
            else _("A child like this is already registered in another institution. Confirm to go on: the two "
                   "records stay apart, and the likeness is noted."),
            "likely_same",
        )  # fmt: skip
        self.found = found


def likely_same(given: str, family: str, born: date | None, number: str = "") -> list[tuple[int, Likely]]:
    """(id, what may be told) of children that are likely the same, anywhere in the installation."""
    blind = sealed.blind(bare(number), IdentifierKind.NATIONAL) if number else None
    with connection.cursor() as cursor:
        cursor.execute(
            "select l.child_id, l.why, c.uuid from app.likely_same(%s, %s, %s, %s) l"
            " left join children_child c on c.id = l.child_id and l.visible",
            [blind, given, family, born],
        )
        return [(child, Likely(why, uuid)) for child, why, uuid in cursor.fetchall()]


@transaction.atomic
def register(
    *,
    by: Actor,
    organisation: "Organisation",
    given_name: str,
    family_name: str,
    birth_date: date | None,
    sex: str = "",
    numbers: Mapping[str, str] | None = None,
    guardians: Iterable[GuardianData] = (),
    another_child: bool = False,
    **known: Any,
) -> Child:
    """Register a child with an organisation of the actor, and tie it to it.

    `numbers` by `IdentifierKind`; a national number must be a valid one. `known` may give residence, address,
    language. Raises LikelySame until `another_child` says that somebody looked; then the likeness is noted as a
    proposal, and nothing is ever merged.
    """
    ask(by, REGISTER, organisation.pk)
    numbers = {kind: bare(value) for kind, value in (numbers or {}).items() if value.strip()}
    _check(by, birth_date, numbers)
    likely = likely_same(given_name, family_name, birth_date, numbers.get(IdentifierKind.NATIONAL, ""))
    if likely and not another_child:
        raise LikelySame([found for _child, found in likely])
    child = Child.objects.create(
        given_name=given_name.strip(), family_name=family_name.strip(), birth_date=birth_date, sex=sex,
        registered_by=organisation, created_on=clock.now(), **known,
    )  # fmt: skip
    DataKey.objects.create(child=child, wrapped=sealed.new_data_key(f"children_datakey.wrapped|{child.pk}"))
    write_tie(by=by, verb=REGISTER, child=child, organisation=organisation, purpose=REGISTRATION,
              fields=REGISTRATION_FIELDS)  # fmt: skip
    for kind, value in numbers.items():
        write_number(child, kind, value, organisation if kind == IdentifierKind.LOCAL else None)
    for guardian in guardians:
        write_guardian(by=by, verb=REGISTER, child=child, data=guardian)
    Alias.objects.bulk_create([Alias(child=child, same_as_id=other, why=found.why) for other, found in likely])
    audit.record(by=by, verb=REGISTER.key, about=child, organisation=organisation.pk)
    return child


def _check(by: Actor, birth_date: date | None, numbers: Mapping[str, str]) -> None:
    if birth_date and birth_date > by.today:
        raise Refused(_("The date of birth lies in the future."), "future")
    number = numbers.get(IdentifierKind.NATIONAL)
    if not number:
        return
    reading = read_jmbg(number)
    if not reading.valid:
        raise Refused(_("The unique citizen number is not correct. Check it digit by digit."), "bad_number")
    if birth_date and reading.dob != birth_date:
        raise Refused(_("The unique citizen number and the date of birth do not agree."), "number_and_birth")


def write_number(child: Child, kind: str, value: str, issuer: "Organisation | None" = None) -> Identifier:
    """Keep a number sealed, with its blind index."""
    row = Identifier(child=child, kind=kind, issuer=issuer)
    scoped = f"{issuer.pk}|{value}" if issuer else value
    row.blind = sealed.blind(scoped, kind)
    row.sealed = sealed.seal(value.encode(), f"children_identifier.sealed|{row.uuid}")
    row.save()
    return row


@transaction.atomic
def change(*, by: Actor, child: Child, values: Mapping[str, Any]) -> None:
    """Correct what is known of a child the actor has found."""
    ask(by, CHANGE)
    if values.get("birth_date") and values["birth_date"] > by.today:
        raise Refused(_("The date of birth lies in the future."), "future")
    changed = [name for name in CHANGEABLE if name in values and getattr(child, name) != values[name]]
    for name in changed:
        setattr(child, name, values[name])
    if changed:
        child.save(update_fields=changed)
        audit.record(by=by, verb=CHANGE.key, about=child, detail={"columns": changed})


@transaction.atomic
def open_file(*, by: Actor, uuid: UUID) -> ChildFile:
    """The child's file as the actor's ties open it. The reading is recorded."""
    ask(by, OPEN_FILE)
    file = ChildFile(find(by, uuid), by)
    audit.record(by=by, verb=OPEN_FILE.key, about=file.child)
    return file
