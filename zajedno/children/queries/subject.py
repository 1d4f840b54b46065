"""Everything the room keeps of one child, for the child's representative: made from what models declare."""

from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Q

from zajedno.children.models import (
    Alias,
    AliasWord,
    Assessment,
    Attendance,
    Child,
    Consent,
    DataKey,
    Enrolment,
    FamilyLink,
    FieldCode,
    Guardian,
    Identifier,
    Submission,
    SubmissionFile,
    Tie,
)
from zajedno.kernel.privacy import Privacy

_OF_CHILD: tuple[type[models.Model], ...] = (Identifier, Guardian, Consent, Enrolment, Attendance, Tie, FieldCode)
# Ids of other children's files, keys and bytes tell the representative nothing and may tell of others.
_WITHHELD = frozenset(
    {
        "same_as",
        "first",
        "second",
        "acl",
        "blind",
        "wrapped",
        "sort_key",
        "given_fold",
        "family_fold",
        "content",
        "sha256",
    }
)


def subject_export(child: Child) -> dict[str, Any]:
    """{table: [{column: value}]} of a child that the actor has found. Values are texts, numbers, ISO days or lists.

    A number is unsealed; another child is never named.
    """
    export: dict[str, Any] = {"child": [_row(child)]}
    for model in _OF_CHILD:
        export[str(model._meta.model_name)] = [_row(row) for row in model._default_manager.filter(child=child)]
    export["familylink"] = [_row(row) for row in FamilyLink.objects.filter(Q(first=child) | Q(second=child))]
    export["alias"] = [_row(row) for row in Alias.objects.filter(Q(child=child) | Q(same_as=child))]
    said = AliasWord.objects.filter(Q(alias__child=child) | Q(alias__same_as=child))
    export["aliasword"] = [{**_row(row), "reason": None} for row in said]  # a reason may tell of the other child
    key = child.data_key.open() if child.data_key.wrapped else None
    sheets = Assessment.objects.filter(child=child).prefetch_related("judgements")
    export["assessment"] = [_sheet(row, key) for row in sheets]
    export["submission"] = [_row(row) for row in Submission.objects.filter(assessment__child=child)]
    pictures = SubmissionFile.objects.filter(submission__assessment__child=child).defer("content")
    export["submissionfile"] = [_row(row) for row in pictures]  # that they are there; each is opened from its sheet
    export["datakey"] = [_row(row) for row in DataKey.objects.filter(child=child)]
    return export


def _sheet(row: Assessment, key: bytes | None) -> dict[str, Any]:
    """An assessment with its answers, findings and what people made of it, unsealed while the child's key is there."""
    judgements = [{**_row(one), **(one.open(key) if key else {})} for one in row.judgements.all()]
    return {**_row(row), "sealed": row.open(key) if key else None, "judgements": judgements}


def _row(row: models.Model) -> dict[str, Any]:
    declared: type[Privacy] = row.Privacy  # type: ignore[attr-defined]
    names = sorted((set(declared.personal) | set(declared.special) | set(declared.plain)) - _WITHHELD - {"child"})
    return {name: _plain(row, name) for name in names}


def _plain(row: models.Model, name: str) -> Any:
    if name == "sealed":
        return row.value if isinstance(row, Identifier) else None
    value = getattr(row, name)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, models.Manager):
        return [str(one) for one in value.all()]
    return value if value is None or isinstance(value, str | int | bool | list) else str(value)
