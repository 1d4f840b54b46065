"""Is a likely same child registered anywhere, also where the actor cannot see?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from zajedno.children.enums import IdentifierKind
from zajedno.children.queries.identifier import blind_of
from zajedno.kernel.script import fold


class Asked(NamedTuple):
    """Who is asked about; `national` is a valid number or empty."""

    given_name: str
    family_name: str
    birth_date: date | None
    national: str = ""


@dataclass(frozen=True, slots=True)
class Likely:
    """A file like the one asked about. What is not `visible` is for verbs only; people are told that there is one.

    `place` counts from 0; `why` is number or name_and_birth; `organisation` keeps the file.
    """

    place: int
    child: int
    uuid: UUID
    why: str
    visible: bool
    organisation: int


def likely_same(people: Sequence[Asked]) -> list[Likely]:
    """Files with the same national number, or the same folded names in either order and birth date. One query."""
    if not people:
        return []
    national = IdentifierKind.NATIONAL
    columns = (
        [blind_of(national, one.national) if one.national else None for one in people],
        [fold(one.given_name) for one in people],
        [fold(one.family_name) for one in people],
        [one.birth_date for one in people],
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "select place - 1, child_id, uuid, why, coalesce(visible, false), organisation"
            " from app.likely_same(%s::bytea[], %s::text[], %s::text[], %s::date[]) order by place, child_id",
            columns,
        )
        return [Likely(*row) for row in cursor.fetchall()]
