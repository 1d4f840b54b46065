"""Codes by which phones name children, and the worklist on which they are printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet

from zajedno.children.enums import Field
from zajedno.children.logic.field_code import read, written
from zajedno.children.models import Child, FieldCode, Tie
from zajedno.children.queries.child import listed, visible_to
from zajedno.children.queries.tie import living
from zajedno.kernel.actor import Actor

if TYPE_CHECKING:
    from zajedno.places.models import Device, Territory


@dataclass(frozen=True, slots=True)
class Line:
    """A child on a worklist, as far as ties open its file; what is not open is empty."""

    child: UUID
    code: str
    name: str
    birth_date: date | None
    address: str


def on_list(by: Actor, device: "Device") -> QuerySet[FieldCode]:
    """Codes of a device for children still among the actor's, in the order of names."""
    rows = FieldCode.objects.filter(device=device, child__in=visible_to(by)).select_related("child__residence")
    return rows.order_by("child__sort_key", "child")


def off_list(by: Actor, device: "Device", place: int | None = None) -> QuerySet[Child]:
    """The actor's children without a code on the device; `place`: of one territory of residence."""
    rows = listed(by).exclude(pk__in=FieldCode.objects.filter(device=device).values("child"))
    return rows.filter(residence=place) if place else rows


def places_of(by: Actor) -> "list[Territory]":
    """Where the actor's children live, by name."""
    rows = visible_to(by).exclude(residence=None).select_related("residence")
    found = {row.residence_id: row.residence for row in rows.order_by("residence").distinct("residence")}
    return sorted((one for one in found.values() if one is not None), key=str)


def lines(by: Actor, codes: Sequence[FieldCode]) -> list[Line]:
    """Two queries, however many. Only for `actions.field_code.print_list`, which writes the audit, and for choosing."""
    open_parts: dict[int, set[str]] = {}
    ties: QuerySet[Tie, tuple[int, list[str]]] = living(by).values_list("child", "fields")
    for child, fields in ties.filter(child__in=[row.child_id for row in codes]):
        open_parts.setdefault(child, set()).update(fields)
    return [_line(row, open_parts.get(row.child_id, set())) for row in codes]


def _line(row: FieldCode, fields: set[str]) -> Line:
    child = row.child
    named = Field.IDENTITY in fields
    lives = ", ".join(filter(None, (child.address, str(child.residence or "")))) if Field.CONTACT in fields else ""
    return Line(
        child.uuid, written(row.code), child.full_name if named else "", child.birth_date if named else None, lives
    )


def meant(device: "Device", typed: str) -> FieldCode | None:
    """The code that somebody typed on the device; also of a child no longer tied, whom `visible_to` does not show."""
    code = read(typed)
    return FieldCode.objects.filter(device=device, code=code).first() if code else None
