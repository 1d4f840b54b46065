"""Codes of the budget system come with a pack. Loading again changes the labels and years of a code, never the code."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from zajedno.programmes.models import Code


@transaction.atomic
def load_codes(content: Mapping[str, Any], *, country: str) -> int:
    """From the tables of `budget.toml`; the permission is asked where packs are loaded. How many codes are new."""
    source = content["source"]
    made = 0
    for row in content["code"]:
        said = {"labels": row["labels"], "until": row.get("until"), "source": source["law"],
                "verified": bool(source["verified"])}  # fmt: skip
        key = {"country": country, "kind": row["kind"], "code": row["code"], "since": row.get("since")}
        made += Code.objects.update_or_create(**key, defaults=said)[1]
    return made
