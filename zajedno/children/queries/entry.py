"""Children as `logic.matching` compares them: for the job alone, which sees every file and shows none."""

from collections.abc import Collection

from django.db import connection
from django.db.models import Q

from zajedno.children.enums import GuardianKind, IdentifierKind
from zajedno.children.logic.matching import Entry
from zajedno.children.models import Child, Guardian, Identifier

MOST_NEAR = 2000
"""Children compared with one that is new; who was born on 1 January is looked for by night, among all."""
_COLUMNS = ("pk", "given_name", "family_name", "sex", "birth_date", "residence__name_lat", "address")


def entries(only: Collection[int] | None = None) -> list[Entry]:
    """An entry for each child (`key`: its id as text), or for those named; three queries. Numbers are unsealed."""
    chosen = Q() if only is None else Q(pk__in=only)
    beside = Q() if only is None else Q(child__in=only)
    numbers = {
        row.child_id: row.value
        for row in Identifier.objects.filter(beside, kind=IdentifierKind.NATIONAL).iterator(chunk_size=5000)
    }
    parents = _parents(beside)
    rows = Child.objects.filter(chosen).order_by("pk").values_list(*_COLUMNS)
    return [
        Entry(str(pk), given, family, sex, born, numbers.get(pk, ""), parents.get(pk, ""), place or "", address)
        for pk, given, family, sex, born, place, address in rows.iterator(chunk_size=5000)
    ]


def _parents(beside: Q) -> dict[int, str]:
    """The mother, or else the first parent or guardian of each child: registers name one."""
    rows = Guardian.objects.filter(beside, represents=True).order_by("-id").values_list("child", "kind", "name")
    found: dict[int, tuple[bool, str]] = {}
    for child, kind, name in rows.iterator(chunk_size=5000):
        mother = kind == GuardianKind.MOTHER
        if mother or not found.get(child, (False,))[0]:
            found[child] = (mother, name)
    return {child: name for child, (_mother, name) in found.items()}


def near(children: Collection[int]) -> list[int]:
    """Who may be one of these: by an index each, the same national number, both names in either order, birth date."""
    with connection.cursor() as cursor:
        cursor.execute(_NEAR, [list(children), MOST_NEAR])
        return [pk for (pk,) in cursor.fetchall()]


_NEAR = """
with new as (select * from children_child where id = any (%s))
select distinct x.id from new n cross join lateral (
  select c.id from children_child c where c.given_fold = n.given_fold and c.family_fold = n.family_fold
  union all
  select c.id from children_child c where c.given_fold = n.family_fold and c.family_fold = n.given_fold
  union all
  select o.child_id from children_identifier i join children_identifier o on o.blind = i.blind and o.kind = i.kind
    where i.child_id = n.id and i.kind = 'national'
  union all
  (select c.id from children_child c where c.birth_date = n.birth_date limit %s)
) x"""


def unsought(most: int) -> list[int]:
    """Take children who came in or changed off the list of the job, at most so many, each once. Under the worker."""
    with connection.cursor() as cursor:
        cursor.execute(
            "delete from children_unsought where child_id in"
            " (select child_id from children_unsought order by child_id limit %s) returning child_id",
            [most],
        )
        return sorted({pk for (pk,) in cursor.fetchall()})
