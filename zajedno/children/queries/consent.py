"""Reads of consents."""

from datetime import date

from django.db.models import Q, QuerySet

from zajedno.children.models import Consent


def of_child(child: int) -> QuerySet[Consent]:
    """All answers, the newest first; withdrawn and refused ones too."""
    return Consent.objects.filter(child=child).select_related("giver").order_by("-given_on", "-id")


def in_force(*, child: int, purpose: str, recipient: int, day: date) -> Consent | None:
    """The newest answer for a purpose and recipient, when it allows on that day."""
    newest = (
        of_child(child)
        .filter(Q(recipients=recipient), purpose=purpose, given_on__lte=day)
        .order_by("-given_on", "-id")
        .first()
    )
    if newest is None or newest.answer != Consent.Answer.GIVEN:
        return None
    ended = (newest.until and newest.until < day) or (newest.withdrawn_on and newest.withdrawn_on <= day)
    return None if ended else newest
