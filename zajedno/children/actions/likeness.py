"""Before a child comes in: is it the same as one that is here? A match is proposed, never merged."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from zajedno.children.actions.notice import tell_of_alias
from zajedno.children.models import Alias, Child
from zajedno.children.queries.likely import Likely
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import Refused


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
    """Keep the likeness for a person to decide and tell who keeps the other file. `state`: what was decided already."""
    decided = state != Alias.State.PROPOSED
    rows = Alias.objects.bulk_create(
        Alias(
            child=child, same_as_id=one.child, why=one.why, state=state,
            decided_by=by.account if decided else None, decided_on=clock.now() if decided else None,
        )
        for one in found
        if one.child != child.pk
    )  # fmt: skip
    owners = {one.child: one.organisation for one in found if not one.visible and one.why == "number"}
    for row in rows:
        if row.same_as_id in owners:
            tell_of_alias(by, owners[row.same_as_id], row.uuid)
    return rows
