"""Services of an institution."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from zajedno.access.actions import audit
from zajedno.kernel.actor import Actor
from zajedno.kernel.labels import Labels
from zajedno.kernel.refusal import Refused
from zajedno.places import rules
from zajedno.places.models import Organisation, Service

CHANGEABLE = frozenset({"labels", "target", "capacity", "age_from", "age_until", "active_from"})


@transaction.atomic
def create_service(*, by: Actor, organisation: Organisation, labels: Labels, **fields: Any) -> Service:
    """`labels`: {language: name}; `fields`: target, capacity (places), age_from and age_until (years), active_from."""
    return _store(by, Service(organisation=organisation), {"labels": dict(labels), **fields})


@transaction.atomic
def change_service(*, by: Actor, service: Service, **fields: Any) -> Service:
    return _store(by, Service.objects.select_for_update().get(pk=service.pk), fields)


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
        raise Refused(" ".join(error.messages), "invalid") from error
    service.save()
    audit.record(
        by=by,
        verb=rules.CHANGE_SERVICE.key,
        about=service,
        organisation=service.organisation_id,
        detail={"fields": sorted(fields)},
    )
    return service
