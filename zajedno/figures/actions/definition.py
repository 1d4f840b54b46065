"""Definitions of indicators, written down from packs."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from zajedno.figures.models import Definition


@transaction.atomic
def define(rows: Iterable[Mapping[str, Any]]) -> int:
    """As packs say them: fields of `Definition`, by `code` and `method`. How many are new or different."""
    known = {(one.code, one.method): one for one in Definition.objects.all()}
    changed = 0
    for row in rows:
        found = known.get((row["code"], row.get("method", 1))) or Definition(code=row["code"])
        if found.pk and all(getattr(found, name) == value for name, value in row.items()):
            continue
        for name, value in row.items():
            setattr(found, name, value)
        found.full_clean(exclude=["words"])
        found.save()
        changed += 1
    return changed
