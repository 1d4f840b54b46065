"""Clauses: which lets one institution show a child's file to another, and what those say that something rests on."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from zajedno.kernel.refusal import NotFound
from zajedno.networks.enums import Direction, Signature
from zajedno.networks.logic.sides import Sides
from zajedno.networks.models import Agreement, Clause, Signatory
from zajedno.networks.queries.agreement import in_force

if TYPE_CHECKING:
    from zajedno.places.models import Organisation


def sides(row: Clause, direction: str) -> Sides:
    """Who gives, or who receives."""
    rows = [one for one in row.sides.all() if one.direction == direction]
    return Sides(
        sectors=[one.sector for one in rows if one.sector],
        kinds=[one.kind_id for one in rows if one.kind_id],
        organisations=[one.signatory.organisation_id for one in rows if one.signatory],
    )


def in_force_for(procedure: str, day: date, *, givers: Collection[int] | None = None) -> QuerySet[Clause]:
    """Clauses in force for a procedure (its key); of agreements that one of `givers` (ids) has signed, when named."""
    rows = Clause.objects.filter(procedure=procedure, agreement__in=in_force(day))
    if givers is not None:
        rows = rows.filter(_signed_by(*givers))
    rows = rows.select_related("agreement").prefetch_related("sides__signatory")
    return rows.order_by("agreement__valid_from", "agreement", "number")


def fitting(
    *, procedure: str, purpose: str, giver: "Organisation", receiver: "Organisation", day: date
) -> list[Clause]:
    """Clauses that let `giver` show something to `receiver` on that day: both have signed and stand on their side."""
    rows = in_force_for(procedure, day, givers=[giver.pk]).filter(_signed_by(receiver.pk), purpose=purpose)
    return [
        row
        for row in rows
        if _stands(sides(row, Direction.GIVES), giver) and _stands(sides(row, Direction.RECEIVES), receiver)
    ]


def _signed_by(*organisations: int) -> Exists:
    return Exists(
        Signatory.objects.filter(
            agreement=OuterRef("agreement"), organisation__in=organisations, state=Signature.SIGNED
        )
    )


def _stands(side: Sides, organisation: "Organisation") -> bool:
    return side.includes(organisation=organisation.pk, kind=organisation.kind_id, sector=organisation.kind.sector)


def by_uuids(uuids: Iterable[UUID]) -> dict[UUID, Clause]:
    """With their agreements; for who shows on what something rests."""
    rows = Clause.objects.filter(uuid__in=list(uuids)).select_related("agreement__organisation")
    return {row.uuid: row for row in rows}


def find(row: Agreement, uuid: UUID) -> Clause:
    """A clause of that agreement."""
    found = Clause.objects.filter(agreement=row, uuid=uuid).prefetch_related("sides__signatory").first()
    if found is None:
        raise NotFound("")
    return found
