"""The copy of a file for one of the child's parents: nothing in it may endanger the child or the other parent."""

from collections.abc import Collection
from typing import Any

from zajedno.children.enums import Field
from zajedno.children.models import Child, Guardian, Tie
from zajedno.children.queries.subject import subject_export

_LEFT_OUT = ("alias", "datakey", "familylink", "fieldcode", "submission", "submissionfile")  # of others, or of machines


def family_copy(child: Child, guardian: Guardian, told: Collection[int]) -> dict[str, Any]:
    """{table: [{column: value}]} as `subject_export`, cut down for the guardian. `told`: ties the family knows of.

    Of the parents only their own line; where the child lives only when that is their own address, so that a copy never
    leads somebody to a shelter; nothing of the part violence; ties and consents for what the family is told of alone.
    """
    export = subject_export(child)
    ties = Tie.objects.filter(pk__in=told)
    known, purposes = ({str(row.uuid) for row in ties}, {row.purpose for row in ties})
    for row in export["child"]:
        if " ".join(child.address.split()).casefold() != " ".join(guardian.address.split()).casefold():
            row |= {"address": "", "residence": "", "settlement": ""}
    own = str(guardian.uuid)
    export["guardian"] = [row for row in export["guardian"] if row["uuid"] == own]
    export["tie"] = [row for row in export["tie"] if row["uuid"] in known]
    export["consent"] = [
        row for row in export["consent"] if row["purpose"] in purposes and Field.VIOLENCE not in row["scope"]
    ]
    export["assessment"] = [row for row in export["assessment"] if row["part"] != Field.VIOLENCE]
    return {table: rows for table, rows in export.items() if table not in _LEFT_OUT}
