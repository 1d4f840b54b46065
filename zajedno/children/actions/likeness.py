"""Before a child comes in: is it the same as one that is here? A match is proposed, never merged."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.children.actions.notice import tell_of_alias
from zajedno.children.enums import Field
from zajedno.children.models import Alias, Child
from zajedno.children.queries.likely import Likely
from zajedno.children.queries.tie import fields_open
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import Refused

Said = TypeVar("Said")


class Known(NamedTuple):
    """A child whom somebody may see, and the parts of the file that are open to them."""

    child: Child
    fields: frozenset[Field]


@dataclass(frozen=True)
class Looked(Generic[Said]):
    """For who decides on a row: what it says, the likely children they may see, and whether there are others."""

    row: Said
    known: list[Known]
    elsewhere: bool


def compare(*, by: Actor, organisation: int, found: Iterable[Likely]) -> tuple[list[Known], bool]:
    """Likely children whom the actor may see, each written in the audit as seen; and whether there are others."""
    likely = list(found)
    known = seen(by=by, organisation=organisation, children=[one.child for one in likely if one.visible])
    return known, any(not one.visible for one in likely)


def seen(*, by: Actor, organisation: int, children: Iterable[int]) -> list[Known]:
    """Children (ids) shown to who decides whether they are the one of a row."""
    known = []
    for child in Child.objects.filter(pk__in=list(children)).order_by("pk"):
        audit.record(by=by, verb="children.compare", about=child, organisation=organisation)
        known.append(Known(child, fields_open(by, child)))
    return known


class LikelySame(Refused):
    """`mine`: ids of visible files to compare with. Of files elsewhere nothing is told but that there is one."""

    def __init__(self, found: Sequence[Likely]) -> None:
        self.mine: tuple[UUID, ...] = tuple(one.uuid for one in found if one.visible)
        self.elsewhere = any(not one.visible for one in found)
        super().__init__(
            _("You already keep a child like this. Compare, and confirm if they are two different children.")
            if self.mine
            else _("A child like this is already registered in another institution. Confirm to register it here too."),
            "likely_same",
        )


def propose(by: Actor, child: Child, found: Sequence[Likely], *, state: str = Alias.State.PROPOSED) -> list[Alias]:
    """Keep the likeness for a person to decide, and tell who keeps the other file of a number held twice (D1). `state`:
    what was decided already."""
    decided = state != Alias.State.PROPOSED
    rows = written(
        Alias(
            child=child, same_as_id=one.child, why=one.why, state=state,
            decided_by=by.account if decided else None, decided_on=clock.now() if decided else None,
        )
        for one in found
        if one.child != child.pk
    )  # fmt: skip
    owners = {one.child: one.organisation for one in found if one.why == "number"}
    for row in rows:
        if owners.get(row.same_as_id, child.registered_by_id) != child.registered_by_id:
            tell_of_alias(by, owners[row.same_as_id], row.uuid)
    return rows


def written(rows: Iterable[Alias]) -> list[Alias]:
    """Those of the pairs that stood nowhere yet, in either order, also when two are at it at once."""
    made = Alias.objects.bulk_create(rows, ignore_conflicts=True)
    return list(Alias.objects.filter(uuid__in=[row.uuid for row in made])) if made else []
