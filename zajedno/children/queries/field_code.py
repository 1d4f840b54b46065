"""Codes by which phones name children, and the worklist on which they are printed."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet

from zajedno.children.enums import Field
from zajedno.children.logic.field_code import read, written
from zajedno.children.models import Child, FieldCode
from zajedno.children.queries.child import named_to, visible_to
from zajedno.children.queries.tie import opening
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
    place: str
    address: str


def on_list(by: Actor, device: "Device") -> QuerySet[FieldCode]:
    """Codes of a device for children still among the actor's, in the order of names."""
    rows = FieldCode.objects.filter(device=device, child__in=visible_to(by)).select_related("child__residence")
    return rows.order_by("child__sort_key", "child")


def off_list(by: Actor, device: "Device", place: int | None = None) -> QuerySet[Child]:
    """The actor's children by name, without a code on the device; `place`: of one territory of residence."""
    rows = named_to(by).exclude(pk__in=FieldCode.objects.filter(device=device).values("child"))
    return rows.filter(residence=place, pk__in=opening(by, Field.CONTACT).values("child")) if place else rows


def places_of(by: Actor) -> "list[Territory]":
    """Where the actor's children live, as far as it is open, by name."""
    rows = named_to(by).filter(pk__in=opening(by, Field.CONTACT).values("child")).exclude(residence=None)
    found = {row.residence_id: row.residence for row in rows.order_by("residence").distinct("residence")}
    return sorted((one for one in found.values() if one is not None), key=str)


def lines(by: Actor, device: "Device") -> list[Line]:
    """The worklist. Only for `actions.field_code`, which writes the audit."""
    named, placed = (set(opening(by, part).values_list("child", flat=True)) for part in (Field.IDENTITY, Field.CONTACT))
    return [_line(row, row.child_id in named, row.child_id in placed) for row in on_list(by, device)]


def _line(row: FieldCode, named: bool, placed: bool) -> Line:
    child = row.child
    name, born = (child.full_name, child.birth_date) if named else ("", None)
    place, address = (str(child.residence or ""), child.address) if placed else ("", "")
    return Line(child.uuid, written(row.code), name, born, place, address)


def meant(device: "Device", typed: str) -> FieldCode | None:
    """The code that somebody typed on the device; also of a child no longer tied, whom `visible_to` does not show."""
    code = read(typed)
    return FieldCode.objects.filter(device=device, code=code).first() if code else None
