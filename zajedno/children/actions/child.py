"""Children are registered and changed. Reading a whole file is a verb too (`actions.file`); so is finding."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.children import rules
from zajedno.children.actions.entering import GuardianDetails, NewChild, enter
from zajedno.children.actions.likeness import LikelySame, propose
from zajedno.children.enums import REGISTRATION, IdentifierKind, Settlement, Sex
from zajedno.children.logic.numbers import BY_KIND
from zajedno.children.models import Child
from zajedno.children.queries.child import find_to
from zajedno.children.queries.likely import Asked, likely_same
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import Refused
from zajedno.kernel.verbs import ask

if TYPE_CHECKING:
    from zajedno.places.models import Organisation, Territory

CHANGEABLE = frozenset(
    {"given_name", "family_name", "birth_date", "sex", "residence", "address", "settlement", "language"}
)
_OLDEST = date(1900, 1, 1)


@transaction.atomic
def register(
    *,
    by: Actor,
    organisation: "Organisation",
    given_name: str,
    family_name: str,
    birth_date: date | None,
    sex: str = "",
    residence: "Territory | None" = None,
    address: str = "",
    settlement: str = "",
    language: str = "",
    guardians: Sequence[GuardianDetails] = (),
    numbers: Mapping[str, str] | None = None,
    confirm_distinct: bool = False,
    purpose: str = REGISTRATION,
) -> Child:
    """Register a child with the organisation. `numbers`: kind (IdentifierKind) -> as written.

    Raises LikelySame unless `confirm_distinct`; then the likeness is kept as a proposal to decide later.
    """
    ask(by, rules.REGISTER, organisation.pk)
    entry = NewChild(
        given_name=one_line(given_name), family_name=one_line(family_name), birth_date=birth_date, sex=sex,
        residence=residence.pk if residence else None, address=one_line(address),
        settlement=settlement, language=language, guardians=[_guardian(one) for one in guardians],
        numbers=read_numbers(numbers or {}),
    )  # fmt: skip
    check(by, entry)
    national = entry.numbers.get(IdentifierKind.NATIONAL, "")
    found = likely_same([Asked(entry.given_name, entry.family_name, birth_date, national)])
    if found and not confirm_distinct:
        raise LikelySame(found)
    child = _entered(by, organisation, entry, purpose)
    propose(by, child, found)
    detail = {"alike": len(found), "purpose": purpose}
    audit.record(by=by, verb=rules.REGISTER.key, about=child, organisation=organisation.pk, detail=detail)
    return child


@transaction.atomic
def change(*, by: Actor, child: Child, **fields: Any) -> Child:
    """Change what `CHANGEABLE` names. The audit says which fields, never what stood in them."""
    if unknown := fields.keys() - CHANGEABLE:
        raise TypeError(f"not a field of a child that may be changed: {sorted(unknown)}")
    pk = find_to(by, rules.CHANGE, child).pk
    found = Child.objects.select_for_update(of=("self",)).get(pk=pk)
    for name, value in fields.items():
        setattr(found, name, one_line(value) if isinstance(value, str) else value)
    check(by, found)
    found.save(update_fields=sorted(fields))
    audit.record(by=by, verb=rules.CHANGE.key, about=found, detail={"fields": sorted(fields)})
    return found


def one_line(text: str) -> str:
    return " ".join(text.split())


def check(by: Actor, child: Child | NewChild) -> None:
    """Refuse what the database would refuse, in words."""
    if not child.given_name or not child.family_name:
        raise Refused(_("Write both the given and the family name, as registered."), "name")
    if max(len(child.given_name), len(child.family_name)) > 120:
        raise Refused(_("This name is too long."), "name")
    if child.birth_date is not None and not _OLDEST <= child.birth_date <= by.today:
        raise Refused(_("The date of birth is in the future or too long ago."), "birth_date")
    if child.sex not in Sex.values:
        raise Refused(_("The sex is F, M or not known."), "sex")
    if child.settlement not in Settlement.values:
        raise Refused(_("The kind of settlement is a town, a village or not known."), "settlement")


def read_numbers(numbers: Mapping[str, str]) -> dict[str, str]:
    """Numbers as they are kept, by kind; refused by name of the number when one is mistyped. None is empty."""
    read = {}
    for kind, text in numbers.items():
        if not text.strip():
            continue
        read[str(IdentifierKind(kind))] = BY_KIND[str(IdentifierKind(kind))](text)
        if not read[str(IdentifierKind(kind))]:
            sentence = _("This number is mistyped: %(number)s. Check it, or leave it empty.")
            raise Refused(sentence % {"number": IdentifierKind(kind).label}, f"number_{kind}")
    return read


def _guardian(one: GuardianDetails) -> GuardianDetails:
    if not one.name.strip():
        raise Refused(_("Write the name of the parent or guardian."), "guardian_name")
    represents = one.represents and one.kind != "trusted"
    return GuardianDetails(one_line(one.name)[:200], one.kind, represents, one.phone, one.email, one_line(one.address))


def _entered(by: Actor, organisation: "Organisation", entry: NewChild, purpose: str) -> Child:
    try:
        with transaction.atomic():
            return enter(by=by, organisation=organisation.pk, entries=[entry], purpose=purpose)[0]
    except IntegrityError as error:
        if "identifier_local_number_once" in str(error):
            raise Refused(_("Another child already has this number in your register."), "number_local") from None
        raise
