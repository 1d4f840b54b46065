"""The social map is told line by line or as a list, changed and taken out by the municipality's own institution."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from zajedno.access.actions import audit
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import Refused
from zajedno.kernel.verbs import ask
from zajedno.networks.logic.social_rows import SENTENCES, Told, leaves_few
from zajedno.networks.models import GroupThere
from zajedno.networks.queries.social import Spelling
from zajedno.networks.rules import KEEP_MAP

if TYPE_CHECKING:
    from zajedno.places.models import Organisation

FIELDS = frozenset({"place", "group", "people", "needs", "gap", "source"})


@transaction.atomic
def tell(*, by: Actor, organisation: "Organisation", **fields: Any) -> GroupThere:
    """A group in a settlement of the institution's municipality; `fields`: any of `FIELDS`."""
    ask(by, KEEP_MAP, organisation.pk)
    row = _store(by, GroupThere(organisation=organisation, territory=organisation.territory), fields)
    return _guarded(row)


@transaction.atomic
def change(*, by: Actor, row: GroupThere, **fields: Any) -> GroupThere:
    ask(by, KEEP_MAP, row.organisation_id)
    return _guarded(_store(by, GroupThere.objects.select_for_update().get(pk=row.pk), fields))


@transaction.atomic
def bring(*, by: Actor, organisation: "Organisation", rows: Iterable[Told]) -> tuple[int, int]:
    """Enter a sheet that was looked through, all of it or nothing: (new lines, changed ones). A row becomes the line of
    its group and settlement, in whichever script. Raises Refused with the row's number."""
    ask(by, KEEP_MAP, organisation.pk)
    spelling, new, changed = Spelling(organisation.territory_id), 0, 0
    for one in rows:
        found = spelling.line(one)
        line = found or GroupThere(organisation=organisation, territory=organisation.territory)
        try:
            ask(by, KEEP_MAP, line.organisation_id)
            _store(by, line, {"group": one.group, "place": spelling.of(one.place), **one.fields})
        except Refused as refused:
            raise Refused(_("Row %(row)s: %(why)s") % {"row": one.number, "why": refused.sentence}, "row") from refused
        new, changed = new + (found is None), changed + (found is not None)
    for line in GroupThere.objects.filter(territory=organisation.territory_id, place="").exclude(people=None):
        _guarded(line)
    return new, changed


@transaction.atomic
def remove(*, by: Actor, row: GroupThere) -> None:
    ask(by, KEEP_MAP, row.organisation_id)
    audit.record(by=by, verb=KEEP_MAP.key, about=row, organisation=row.organisation_id, detail={"removed": row.group})
    row.delete()


def _guarded(row: GroupThere) -> GroupThere:
    """Nobody can reckon from a number of the whole municipality how few live in the rest of it."""
    told = GroupThere.objects.filter(territory=row.territory_id, group=row.group).values_list("place", "people")
    whole = next((people for place, people in told if not place), None)
    if leaves_few(whole, [people for place, people in told if place]):
        raise Refused(_(SENTENCES["few_left"]), "few_left")
    return row


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
