"""Who may be the same child, for many rows in one query."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection

from zajedno.children.logic.rows import Person
from zajedno.children.models import Child
from zajedno.kernel import sealed
from zajedno.kernel.script import fold


@dataclass(frozen=True, slots=True)
class Likely:
    """A child that may be the one asked for: `why` is number or name_and_birth. Not `visible`: say only that it is."""

    child: int
    why: str
    visible: bool
    registered_by: int | None = None  # organisation, when visible
    contradicts: bool = False  # another number, or another name or birth date under the same number


_MATCH = """
select n.i, s.child_id, s.why, s.visible, k.registered_by_id,
  (s.why = 'number' and not (k.birth_date = n.birth and (
      (k.given_fold = n.given and k.family_fold = n.family) or (k.given_fold = n.family and k.family_fold = n.given))))
  or (s.why = 'name_and_birth' and n.number is not null and exists (select from children_identifier i
      where i.child_id = s.child_id and i.kind = 'national' and i.blind <> n.number))
from unnest(%s::bytea[], %s::text[], %s::text[], %s::date[]) with ordinality as n (number, given, family, birth, i)
cross join lateral app.likely_same(n.number, n.given, n.family, n.birth) s
left join children_child k on k.id = s.child_id
"""


def likely_same(people: Sequence[Person]) -> list[list[Likely]]:
    """For each person, in their order, the children registered anywhere that share number, or names and birth date."""
    found: list[list[Likely]] = [[] for _person in people]
    with connection.cursor() as cursor:
        cursor.execute(
            _MATCH,
            [
                [sealed.blind(one.national_number, "national") if one.national_number else None for one in people],
                [fold(one.given_name) for one in people],
                [fold(one.family_name) for one in people],
                [one.birth_date for one in people],
            ],
        )
        for at, child, why, visible, registered_by, contradicts in cursor.fetchall():
            found[at - 1].append(Likely(child, why, bool(visible), registered_by, bool(contradicts)))
    return found


def with_keys(ids: Iterable[int]) -> dict[int, Child]:
    """Children by id with their data keys, as far as the asker's fence shows them."""
    return {child.pk: child for child in Child.objects.filter(pk__in=list(ids)).select_related("data_key")}
