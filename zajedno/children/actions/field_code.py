"""Children come onto a phone's worklist and leave it; the list itself leaves on paper only."""

from collections.abc import Collection
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.children import rules
from zajedno.children.logic.field_code import new_code
from zajedno.children.models import Child, FieldCode
from zajedno.children.queries.child import visible_to
from zajedno.children.queries.field_code import Line, lines, off_list, on_list
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound, Refused
from zajedno.kernel.verbs import ask
from zajedno.places.queries.device import actor_of

if TYPE_CHECKING:
    from zajedno.places.models import Device

PRINTED = "children.print_worklist"
MOST = 500  # children on one phone


@transaction.atomic
def add(*, by: Actor, device: "Device", children: Collection[UUID]) -> int:
    """Give children codes on one's own device; how many were new. Those outside the device's post are passed over."""
    seated = _at_its_post(by, device)
    there = set(FieldCode.objects.filter(device=device).values_list("child", flat=True))
    new = visible_to(seated).filter(uuid__in=children).exclude(pk__in=there)
    if len(there) + len(new) > MOST:
        raise Refused(_("That is too many children for one phone. Take off those you have visited."), "many")
    # other phones of the institution count too, so that the wrong list at the wrong phone names nobody
    nearby = FieldCode.objects.filter(device__post__organisation=device.post.organisation_id)
    taken = set(nearby.values_list("code", flat=True))
    rows = []
    for child in new:
        rows.append(FieldCode(child=child, device=device, code=new_code(taken), issued_on=clock.now()))
        taken.add(rows[-1].code)
    FieldCode.objects.bulk_create(rows, ignore_conflicts=True)  # whoever adds the same child at the same time was first
    _note(by, device, "children.change_worklist", new)
    return len(new)


@transaction.atomic
def remove(*, by: Actor, device: "Device", children: Collection[UUID]) -> int:
    """Their codes fit nobody from now on; how many were taken off."""
    _at_its_post(by, device)
    rows = FieldCode.objects.filter(device=device, child__uuid__in=children)
    _note(by, device, "children.change_worklist", Child.objects.filter(field_codes__in=rows))
    return rows.delete()[0]


@transaction.atomic
def print_list(*, by: Actor, device: "Device") -> list[Line]:
    """The worklist with names: each child on it gets an entry in the trail."""
    seated = _at_its_post(by, device)
    _note(by, device, PRINTED, Child.objects.filter(pk__in=on_list(seated, device).values("child")))
    return lines(seated, device)


@transaction.atomic
def look(*, by: Actor, device: "Device") -> list[Line]:
    """The worklist on the screen, also of a stopped phone. Recorded as a look through a list, like `search.browse`."""
    if device.post.account_id != by.account:
        raise NotFound("")
    _note_look(by, device)
    return lines(actor_of(device, by.today), device)


@transaction.atomic
def look_beside(*, by: Actor, device: "Device", place: int | None = None) -> QuerySet[Child]:
    """Whom one may put on the list; see `queries.field_code.off_list`. Recorded likewise."""
    seated = _at_its_post(by, device)
    _note_look(by, device)
    return off_list(seated, device, place)


def _at_its_post(by: Actor, device: "Device") -> Actor:
    """The actor at the device's post alone, once the verb was asked there."""
    seated = actor_of(device, by.today)
    if seated.account != by.account or device.revoked_on is not None:
        raise Refused(_("This phone is stopped, or it is not yours."), "device")
    ask(seated, rules.ASSESS, device.post.organisation_id)
    return seated


def _note_look(by: Actor, device: "Device") -> None:
    audit.record(by=by, verb=rules.SEARCH.key, detail={"browsed": True, "device": str(device.uuid)})


def _note(by: Actor, device: "Device", verb: str, about: QuerySet[Child]) -> None:
    audit.record_each(
        by=by, verb=verb, about=about, organisation=device.post.organisation_id, detail={"device": str(device.uuid)}
    )
