"""The social map is told line by line, changed and taken out by the municipality's own institution."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction

from zajedno.access.actions import audit
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import Refused
from zajedno.kernel.verbs import ask
from zajedno.networks.models import GroupThere
from zajedno.networks.rules import KEEP_MAP

if TYPE_CHECKING:
    from zajedno.places.models import Organisation

FIELDS = frozenset({"place", "group", "people", "needs", "gap", "source"})


@transaction.atomic
def tell(*, by: Actor, organisation: "Organisation", **fields: Any) -> GroupThere:
    """A group in a settlement of the institution's municipality; `fields`: any of `FIELDS`."""
    ask(by, KEEP_MAP, organisation.pk)
    return _store(by, GroupThere(organisation=organisation, territory=organisation.territory), fields)


@transaction.atomic
def change(*, by: Actor, row: GroupThere, **fields: Any) -> GroupThere:
    ask(by, KEEP_MAP, row.organisation_id)
    return _store(by, GroupThere.objects.select_for_update().get(pk=row.pk), fields)


@transaction.atomic
def remove(*, by: Actor, row: GroupThere) -> None:
    ask(by, KEEP_MAP, row.organisation_id)
    audit.record(by=by, verb=KEEP_MAP.key, about=row, organisation=row.organisation_id, detail={"removed": row.group})
    row.delete()


def _store(by: Actor, row: GroupThere, fields: dict[str, Any]) -> GroupThere:
    if unknown := fields.keys() - FIELDS:
        raise TypeError(f"not a field of the social map: {sorted(unknown)}")
    for field, value in fields.items():
        setattr(row, field, value)
    row.told_by, row.told_on = by.account, clock.now()
    try:
        row.full_clean()
    except ValidationError as error:
        raise Refused(" ".join(error.messages), "invalid") from error
    row.save()
    detail = {"group": row.group, "fields": sorted(fields)}
    audit.record(by=by, verb=KEEP_MAP.key, about=row, organisation=row.organisation_id, detail=detail)
    return row
