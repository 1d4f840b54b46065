"""Services of an institution, kept by itself; lists of services taken in whole or not at all."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from zajedno.access.actions import audit
from zajedno.kernel.actor import Actor
from zajedno.kernel.labels import Labels
from zajedno.kernel.refusal import Refused
from zajedno.places import rules
from zajedno.places.logic.arriving import Arriving
from zajedno.places.models import Organisation, Service
from zajedno.places.queries import arriving as directory

CHANGEABLE = frozenset(
    {"labels", "target", "capacity", "age_from", "age_until", "active_from", "needs", "about", "entry", "fee"}
    | {
        "fee_note",
        "languages",
        "accessibility",
        "phone",
        "email",
        "url",
        "free_told",
        "checked_on",
        "is_public",
        "kept",
        "names_people",
    }
)


@transaction.atomic
def create_service(*, by: Actor, organisation: Organisation, labels: Labels, **fields: Any) -> Service:
    """`labels`: {language: name}; `fields`: any of `CHANGEABLE`; capacity in places, ages in completed years."""
    return _store(by, Service(organisation=organisation), {"labels": dict(labels), **fields})


@transaction.atomic
def change_service(*, by: Actor, service: Service, **fields: Any) -> Service:
    return _store(by, Service.objects.select_for_update().get(pk=service.pk), fields)


@transaction.atomic
def check_service(*, by: Actor, service: Service) -> Service:
    """Say that everything is still so, today."""
    return change_service(by=by, service=service, checked_on=by.today)


@transaction.atomic
def bring_services(*, by: Actor, rows: Iterable[Arriving]) -> tuple[int, int]:
    """Enter a list that was looked through, all of it or nothing: (new ones, changed ones).

    A row becomes the service with its uuid or, without one, the one of that name at the institution. Raises Refused
    with the row's number when one cannot be kept, and when a uuid belongs to another institution's service.
    """
    new = changed = 0
    for row in rows:
        try:
            is_new = _bring(by, row)
        except Refused as refused:
            raise Refused(_("Row %(row)s: %(why)s") % {"row": row.number, "why": refused.sentence}, "row") from refused
        new, changed = new + is_new, changed + (not is_new)
    return new, changed


def _bring(by: Actor, row: Arriving) -> bool:
    organisation = Organisation.objects.get(pk=row.organisation)
    found = directory.same(row)
    if found is None:
        made = Service(organisation=organisation, **({"uuid": row.uuid} if row.uuid else {}))
        _store(by, made, dict(row.fields))
        return True
    if found.organisation_id != organisation.pk:
        raise Refused(_("Another institution keeps a service with this id."), "taken")
    fields = dict(row.fields)
    change_service(by=by, service=found, **fields | {"labels": found.labels | fields["labels"]})
    return False


@transaction.atomic
def end_service(*, by: Actor, service: Service, on: date) -> Service:
    """From `on` the service is no longer offered."""
    service = Service.objects.select_for_update().get(pk=service.pk)
    service.active_until = on
    return _store(by, service, {})


def _store(by: Actor, service: Service, fields: dict[str, Any]) -> Service:
    rules.ask_here_or_anywhere(by, rules.CHANGE_SERVICE, rules.CHANGE_SERVICE_ANYWHERE, service.organisation_id)
    if unknown := fields.keys() - CHANGEABLE:
        raise TypeError(f"not a field of a service that may be changed: {sorted(unknown)}")
    for field, value in fields.items():
        setattr(service, field, value)
    try:
        service.full_clean()
    except ValidationError as error:
        raise Refused(_sentence(error), "invalid") from error
    service.save()
    audit.record(
        by=by,
        verb=rules.CHANGE_SERVICE.key,
        about=service,
        organisation=service.organisation_id,
        detail={"fields": sorted(fields)},
    )
    return service


def _sentence(error: ValidationError) -> str:
    """With the field's name where there is one: most sentences do not say what is too long."""
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages)
    named = {field: str(getattr(Service._meta.get_field(field), "verbose_name", "")) for field in error.message_dict
             if field != "__all__"}  # fmt: skip
    return " ".join(f"{named[field]}: {' '.join(texts)}" if field in named else " ".join(texts)
                    for field, texts in error.message_dict.items())  # fmt: skip
