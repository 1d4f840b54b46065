"""Institutions are entered, changed, closed and reopened; never deleted."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import Refused
from zajedno.kernel.verbs import ask
from zajedno.places import rules
from zajedno.places.models import Organisation, OrganisationKind, Territory

CHANGEABLE = frozenset(
    {"name", "kind", "territory", "parent", "registry_number", "tax_number", "address", "postal_code", "place"}
    | {"phone", "email", "contact_person", "language", "active_from"}
)


@transaction.atomic
def create_organisation(
    *,
    by: Actor,
    code: str,
    kind: OrganisationKind,
    name: str,
    territory: Territory,
    covers: Iterable[Territory] = (),
    **fields: Any,
) -> Organisation:
    """Enter an institution; `covers` are the territories it serves, `fields` any of `CHANGEABLE`."""
    ask(by, rules.CREATE_ORGANISATION)
    organisation = Organisation(code=code.strip(), kind=kind, name=_one_line(name), territory=territory)
    _fill(organisation, fields)
    _save(organisation)
    organisation.covers.set(covers)
    verb = rules.CREATE_ORGANISATION.key
    audit.record(by=by, verb=verb, about=organisation, detail={"code": organisation.code, "kind": kind.key})
    return organisation


@transaction.atomic
def change_organisation(
    *, by: Actor, organisation: Organisation, covers: Iterable[Territory] | None = None, **fields: Any
) -> Organisation:
    """Change what `CHANGEABLE` names; what serves where only by the wider verb, since cases follow it."""
    if covers is None:
        here, anywhere = rules.CHANGE_ORGANISATION, rules.CHANGE_ORGANISATION_ANYWHERE
        rules.ask_here_or_anywhere(by, here, anywhere, organisation.pk)
    else:
        ask(by, rules.CHANGE_ORGANISATION_ANYWHERE)
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    _fill(organisation, fields)
    _save(organisation)
    if covers is not None:
        organisation.covers.set(covers)
    detail = {"fields": sorted([*fields, *(["covers"] if covers is not None else [])])}
    audit.record(by=by, verb=rules.CHANGE_ORGANISATION.key, about=organisation, detail=detail)
    return organisation


@transaction.atomic
def close_organisation(*, by: Actor, organisation: Organisation, on: date) -> Organisation:
    """From `on` the institution works no more: its posts carry no rights from that day."""
    return _set_end(by, organisation, on)


@transaction.atomic
def reopen_organisation(*, by: Actor, organisation: Organisation) -> Organisation:
    return _set_end(by, organisation, None)


def _set_end(by: Actor, organisation: Organisation, on: date | None) -> Organisation:
    ask(by, rules.CLOSE_ORGANISATION)
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    organisation.active_until = on
    _save(organisation)
    detail = {"on": on.isoformat() if on else None}
    audit.record(by=by, verb=rules.CLOSE_ORGANISATION.key, about=organisation, detail=detail)
    return organisation


def _fill(organisation: Organisation, fields: dict[str, Any]) -> None:
    if unknown := fields.keys() - CHANGEABLE:
        raise TypeError(f"not a field of an organisation that may be changed: {sorted(unknown)}")
    for field, value in fields.items():
        setattr(organisation, field, _one_line(value) if isinstance(value, str) else value)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _save(organisation: Organisation) -> None:
    """Save, or refuse in the words of the first thing that is wrong."""
    if organisation.pk and organisation.parent_id and organisation.pk in _above(organisation.parent_id):
        raise Refused(_("An institution cannot be a part of itself."), "circle")
    try:
        organisation.full_clean(exclude=["key"])
    except ValidationError as error:
        raise Refused(_sentence(error), "invalid") from error
    organisation.save()


def _above(parent: int | None) -> set[int]:
    seen: set[int] = set()
    while parent and parent not in seen:
        seen.add(parent)
        parent = Organisation.objects.values_list("parent_id", flat=True).get(pk=parent)
    return seen


def _sentence(error: ValidationError) -> str:
    return " ".join(f"{_label(field)}: {' '.join(texts)}" for field, texts in error.message_dict.items())


def _label(field: str) -> str:
    if field == "__all__":
        return str(_("Institution"))
    return str(getattr(Organisation._meta.get_field(field), "verbose_name", field))
