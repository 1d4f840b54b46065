"""Which procedures somebody may begin for a child, and from which of their institutions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zajedno.casework.rules import OPEN_CASE
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.places.queries.organisation import organisations
from zajedno.procedures.logic.definition import Definition
from zajedno.procedures.queries.definition import of_version, procedures

if TYPE_CHECKING:
    from zajedno.places.models import Organisation


@dataclass(frozen=True)
class Beginning:
    """`keeps`: own institutions that would keep the case; `begins`: own ones that would begin it for a keeper."""

    definition: Definition
    keeps: Sequence["Organisation"]
    begins: Sequence["Organisation"]

    @property
    def kinds(self) -> tuple[str, ...]:
        """Of institutions that may keep the case; none for any."""
        return self.definition.part[self.definition.keeper].kinds


def beginnings(by: Actor) -> list[Beginning]:
    """By the order of the packs; what begins with a family's written request is begun at the counter instead."""
    own = _own(by)
    countries = {one.territory.country_id for one in own}
    found = (of_version(row.pk) for row in procedures() if row.definition.country in {*countries, ""})
    able = (_beginning(by, one, own) for one in found if one.purpose and not one.opening.submits)
    return [one for one in able if one.keeps or one.begins]


def takes_requests(by: Actor) -> bool:
    """Does a procedure of the actor's country begin with a family's written request?"""
    countries = {one.territory.country_id for one in _own(by)}
    return any(of_version(row.pk).opening.submits for row in procedures() if row.definition.country in countries)


def _own(by: Actor) -> list["Organisation"]:
    return list(organisations().filter(pk__in=by.organisations_for(OPEN_CASE.key)).select_related("territory"))


def beginning(by: Actor, key: str) -> Beginning:
    """NotFound for what the actor may not begin as for what there is not."""
    found = next((one for one in beginnings(by) if one.definition.key == key), None)
    if found is None:
        raise NotFound("")
    return found


def _beginning(by: Actor, definition: Definition, own: Sequence["Organisation"]) -> Beginning:
    here = [one for one in own if definition.country in (one.territory.country_id, "")]
    opening = [definition.part[key] for key in definition.opening.by]
    keeper, opener = definition.part[definition.keeper], definition.part.get(definition.opener)
    roles = {part.role for part in opening if part.kind == "post" and part.of == keeper.key}
    held = {(seat.organisation, seat.role) for seat in by.seats}
    return Beginning(
        definition,
        keeps=[
            one for one in here
            if _fits(one, keeper.kinds) and (keeper in opening or any((one.pk, role) in held for role in roles))
        ],
        begins=[one for one in here if opener and _fits(one, opener.kinds)],
    )  # fmt: skip


def _fits(organisation: "Organisation", kinds: Sequence[str]) -> bool:
    return not kinds or organisation.kind_id in kinds
