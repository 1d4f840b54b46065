"""Everything the room keeps of one child, for the child's representative: made from what models declare."""

from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Q

from zajedno.children.models import (
    Alias,
    Assessment,
    Attendance,
    Child,
    Consent,
    DataKey,
    Enrolment,
    FamilyLink,
    Guardian,
    Identifier,
    Tie,
)
from zajedno.kernel.privacy import Privacy

_OF_CHILD: tuple[type[models.Model], ...] = (Identifier, Guardian, Consent, Enrolment, Attendance, Tie)
# Ids of other children's files, keys and bytes tell the representative nothing and may tell of others.
_WITHHELD = frozenset(
    {"same_as", "first", "second", "acl", "blind", "wrapped", "sort_key", "given_fold", "family_fold"}
)


def subject_export(child: Child) -> dict[str, Any]:
    """{table: [{column: value}]} of a child that the actor has found. Values are texts, numbers, ISO days or lists.

    A number is unsealed; another child is never named.
    """
    export: dict[str, Any] = {"child": [_row(child)]}
    for model in _OF_CHILD:
        export[str(model._meta.model_name)] = [_row(row) for row in model._default_manager.filter(child=child)]
    export["familylink"] = [_row(row) for row in FamilyLink.objects.filter(Q(first=child) | Q(second=child))]
    export["alias"] = [_row(row) for row in Alias.objects.filter(child=child)]
    export["assessment"] = [_sheet(row, child) for row in Assessment.objects.filter(child=child)]
    export["datakey"] = [_row(row) for row in DataKey.objects.filter(child=child)]
    return export


def _sheet(row: Assessment, child: Child) -> dict[str, Any]:
    """An assessment with its answers, findings and what people made of it, unsealed while the child's key is there."""
    sealed_under = child.data_key
    if sealed_under.wrapped is None:
        return _row(row)
    key = sealed_under.open()
    judgements = [
        {**_row(one), **one.open(key), "judged_on": one.judged_on.isoformat()} for one in row.judgements.all()
    ]
    return {**_row(row), "sealed": row.open(key), "judgements": judgements}


def _row(row: models.Model) -> dict[str, Any]:
    declared: type[Privacy] = row.Privacy  # type: ignore[attr-defined]
    names = sorted((set(declared.personal) | set(declared.special) | set(declared.plain)) - _WITHHELD - {"child"})
    return {name: _plain(row, name) for name in names}


def _plain(row: models.Model, name: str) -> Any:
    if name == "sealed" and isinstance(row, Identifier):
        return row.value
    value = getattr(row, name)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, models.Manager):
        return [str(one) for one in value.all()]
    return value if value is None or isinstance(value, str | int | bool | list) else str(value)
