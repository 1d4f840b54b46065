"""Reads of consents."""

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet

from zajedno.children.models import Consent


def of_child(child: int) -> QuerySet[Consent]:
    """All answers, the newest first; withdrawn and refused ones too."""
    return Consent.objects.filter(child=child).select_related("giver").order_by("-given_on", "-id")


def in_force(*, child: int, purpose: str, recipient: int, day: date) -> Consent | None:
    """The newest answer for a purpose and recipient, when it allows on that day."""
    return all_in_force([child], purpose=purpose, recipient=recipient, day=day).get(child)


def all_in_force(children: Sequence[int], *, purpose: str, recipient: int, day: date) -> dict[int, Consent]:
    """The same for many children, by child; one query."""
    rows = Consent.objects.filter(child__in=children, recipients=recipient, purpose=purpose, given_on__lte=day)
    newest = rows.order_by("child", "-given_on", "-id").distinct("child")
    return {row.child_id: row for row in newest if _allows(row, day)}


def _allows(newest: Consent, day: date) -> bool:
    ended = (newest.until and newest.until < day) or (newest.withdrawn_on and newest.withdrawn_on <= day)
    return newest.answer == Consent.Answer.GIVEN and not ended
