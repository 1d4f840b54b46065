"""Which procedures somebody may begin for a child, and from which of their institutions."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zajedno.casework.rules import OPEN_CASE
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.places.queries.organisation import organisations
from zajedno.places.queries.territory import above
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
    found = [of_version(row.pk) for row in procedures() if row.definition.country in {*countries, ""}]
    lying = above({one.territory_id for one in own}) if any(one.within for one in found) else {}
    able = (_beginning(by, one, within(one, own, lying)) for one in found if one.purpose and not one.opening.submits)
    return [one for one in able if one.keeps or one.begins]


def takes_requests(by: Actor) -> bool:
    """Does a procedure of the actor's country begin with a family's written request?"""
    own = _own(by)
    countries = {one.territory.country_id for one in own}
    found = (of_version(row.pk) for row in procedures() if row.definition.country in countries)
    return any(one.opening.submits and within(one, own) for one in found)


def within(
    definition: Definition, places: Collection["Organisation"], lying: Mapping[int, set[str]] | None = None
) -> list["Organisation"]:
    """Those that lie where the procedure holds. `lying`: what `above` says of their territories, if it is known."""
    if not definition.within:
        return list(places)
    codes = lying or above({one.territory_id for one in places})
    return [one for one in places if not codes[one.territory_id].isdisjoint(definition.within)]


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
