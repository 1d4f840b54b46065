"""Many children at once, for registers that come in: a few statements for hundreds of rows, never one for each."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from zajedno.children.enums import GuardianKind, IdentifierKind
from zajedno.children.logic.rows import ChildRow
from zajedno.children.models import Alias, Child, DataKey, Guardian, Identifier, Tie
from zajedno.kernel import clock, sealed
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

    Nobody is compared here: ask `queries.likely.likely_same` first. The caller writes the ties and the audit.
    """
    ask(by, verb, organisation.pk)
    children = [
        Child(
            given_name=row.given_name, family_name=row.family_name, birth_date=row.birth_date, sex=row.sex,
            address=row.address[:250], residence_id=residence, registered_by=organisation, created_on=clock.now(),
        )
        for row in rows
    ]  # fmt: skip
    Child.objects.bulk_create(children, batch_size=SIZE)
    keys = [
        DataKey(child=child, wrapped=sealed.new_data_key(f"children_datakey.wrapped|{child.pk}")) for child in children
    ]
    DataKey.objects.bulk_create(keys, batch_size=SIZE)
    pairs = list(zip(children, rows, strict=True))
    Identifier.objects.bulk_create(
        [_number(child, row.national_number) for child, row in pairs if row.national_number], batch_size=SIZE
    )
    Guardian.objects.bulk_create(
        [Guardian(child=child, kind=GuardianKind.GUARDIAN, name=row.parent[:200], address=row.address[:250])
         for child, row in pairs if row.parent],
        batch_size=SIZE,
    )  # fmt: skip
    return children


def _number(child: Child, number: str) -> Identifier:
    found = Identifier(child=child, kind=IdentifierKind.NATIONAL, blind=sealed.blind(number, "national"))
    found.sealed = sealed.seal(number.encode(), f"children_identifier.sealed|{found.uuid}")
    return found


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
def propose_same(*, by: Actor, verb: Verb, child: Child, others: Iterable[tuple[int, str]], same: bool) -> None:
    """Write down that `child` may be (or is not) each of `others` (id, why). Nothing is merged: a person confirms."""
    ask(by, verb)
    for other, why in others:
        Alias.objects.get_or_create(
            child=child, same_as_id=other,
            defaults={"why": why, "state": Alias.State.PROPOSED if same else Alias.State.REJECTED,
                      "decided_by": None if same else by.account, "decided_on": None if same else clock.now()},
        )  # fmt: skip


@transaction.atomic
def drop_many(*, by: Actor, verb: Verb, organisation: int, ties: Iterable[int], children: Iterable[int]) -> int:
    """Take back what an import wrote: its ties, and those of the children that nobody else has come to know.

    Returns how many children are gone; a child with any other tie stays.
    """
    ask(by, verb, organisation)
    Tie.objects.filter(pk__in=list(ties), organisation=organisation).delete()
    mine = Child.objects.filter(pk__in=list(children), registered_by=organisation, ties=None)
    mine_ids = list(mine.values_list("pk", flat=True))
    Child.objects.filter(pk__in=mine_ids).delete()
    return len(mine_ids)
