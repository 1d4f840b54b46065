"""Many children at once, for a higher room's register: a few statements for hundreds of rows, never one for each."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from zajedno.children.actions import likeness
from zajedno.children.actions.entering import GuardianDetails, NewChild, enter, identifier
from zajedno.children.enums import GuardianKind, IdentifierKind
from zajedno.children.logic.rows import ChildRow
from zajedno.children.models import Alias, Child, Identifier, Tie
from zajedno.children.queries.likely import Likely
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.verbs import Verb, ask

if TYPE_CHECKING:
    from zajedno.places.models import Organisation

SIZE = 500  # rows of one statement


@transaction.atomic
def register_many(
    *, by: Actor, verb: Verb, organisation: "Organisation", rows: Sequence[ChildRow], residence: int | None = None
) -> list[Child]:
    """A new child for each row, in their order, with key, sealed number and parent; `residence` is a territory.

    Nobody is compared here: ask `queries.bulk.matches` first. The caller writes the audit.
    """
    ask(by, verb, organisation.pk)
    return enter(by=by, organisation=organisation.pk, entries=[_new(row, residence) for row in rows]) if rows else []


def _new(row: ChildRow, residence: int | None) -> NewChild:
    address = row.address[:250]
    parent = GuardianDetails(row.parent[:200], GuardianKind.GUARDIAN, address=address)
    return NewChild(
        given_name=row.given_name, family_name=row.family_name, birth_date=row.birth_date, sex=row.sex,
        residence=residence, address=address, settlement=row.settlement, guardians=(parent,) if row.parent else (),
        numbers={IdentifierKind.NATIONAL: row.national_number} if row.national_number else {},
    )  # fmt: skip


@transaction.atomic
def number_many(*, by: Actor, verb: Verb, organisation: "Organisation", numbers: Mapping[Child, str]) -> list[Child]:
    """National numbers that a register tells of the organisation's own children without one; who got one.

    As with new children nobody is compared here, and the caller writes the audit.
    """
    ask(by, verb, organisation.pk)
    national = IdentifierKind.NATIONAL
    has = set(Identifier.objects.filter(kind=national, child__in=list(numbers)).values_list("child", flat=True))
    given = [one for one in numbers if one.registered_by_id == organisation.pk and one.pk not in has]
    Identifier.objects.bulk_create(
        [identifier(one, national, numbers[one], organisation.pk) for one in given], batch_size=SIZE
    )
    return given


@transaction.atomic
def tie_many(
    *,
    by: Actor,
    verb: Verb,
    organisation: "Organisation",
    purpose: str,
    opened: Iterable[tuple[Child, Sequence[str]]],
) -> list[Tie]:
    """A tie of one organisation to each child, with the fields it opens, from today; in the order given."""
    ask(by, verb, organisation.pk)
    ties = [
        Tie(child=child, organisation=organisation, purpose=purpose, fields=sorted(set(fields)), since=by.today,
            written_on=clock.now(), written_by=by.account)
        for child, fields in opened
    ]  # fmt: skip
    return Tie.objects.bulk_create(ties, batch_size=SIZE)


@transaction.atomic
def note_likeness(*, by: Actor, verb: Verb, child: Child, found: Sequence[Likely], same: bool) -> None:
    """Write down that `child` may be, or is not, each of those found. Nothing is merged: a person confirms."""
    ask(by, verb)
    likeness.propose(by, child, found, state=Alias.State.PROPOSED if same else Alias.State.REJECTED)
