"""Many children at once: who may be the same, who they are, and whether anybody has written on them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from zajedno.children.enums import IdentifierKind
from zajedno.children.logic.rows import ChildRow
from zajedno.children.models import Child, Consent, Enrolment, FamilyLink, Identifier
from zajedno.children.queries.identifier import blind_of
from zajedno.children.queries.likely import Asked, Likely, likely_same
from zajedno.kernel.script import fold


@dataclass(frozen=True, slots=True)
class Match:
    """A child that may be the one of a row; `contradicts`: they share something, but not all that both tell."""

    likely: Likely
    contradicts: bool


@dataclass(frozen=True, slots=True)
class _Here:
    names: frozenset[str]
    birth: object
    number: bytes | None


def matches(rows: Sequence[ChildRow]) -> list[list[Match]]:
    """For each row, in their order, the children registered anywhere that share number, or names and birth date."""
    asked = [Asked(row.given_name, row.family_name, row.birth_date, row.national_number) for row in rows]
    found = likely_same(asked)
    here = _here({one.child for one in found if one.visible})
    answer: list[list[Match]] = [[] for _row in rows]
    for one in found:
        known = here.get(one.child)
        answer[one.place].append(Match(one, known is not None and _contradicts(rows[one.place], known)))
    return answer


def _here(ids: Iterable[int]) -> dict[int, _Here]:
    rows = Child.objects.filter(pk__in=list(ids)).values_list("pk", "given_fold", "family_fold", "birth_date")
    numbers = dict(
        Identifier.objects.filter(child__in=list(ids), kind=IdentifierKind.NATIONAL).values_list("child", "blind")
    )
    return {
        pk: _Here(frozenset((given, family)), birth, bytes(numbers[pk]) if pk in numbers else None)
        for pk, given, family, birth in rows
    }


def _contradicts(row: ChildRow, known: _Here) -> bool:
    names = frozenset((fold(row.given_name), fold(row.family_name)))
    if names != known.names or row.birth_date != known.birth:
        return True
    number = blind_of(IdentifierKind.NATIONAL, row.national_number) if row.national_number else None
    return number is not None and known.number is not None and number != known.number


def with_keys(ids: Iterable[int]) -> dict[int, Child]:
    """Children by id with their data keys, as far as the asker's fence shows them."""
    return {child.pk: child for child in Child.objects.filter(pk__in=list(ids)).select_related("data_key")}


def written_on(children: Sequence[int], since: datetime | None) -> bool:
    """Has anybody recorded a consent since, or anything of those of the children who are registered since?"""
    new = list(Child.objects.filter(pk__in=children, created_on__gte=since).values_list("pk", flat=True))
    return (
        Consent.objects.filter(child__in=children, recorded_on__gt=since).exists()
        or FamilyLink.objects.filter(Q(first__in=new) | Q(second__in=new)).exists()
        or Enrolment.objects.filter(child__in=new).exists()
    )
