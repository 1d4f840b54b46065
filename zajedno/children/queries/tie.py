"""Ties as they stand today."""

from django.db.models import F, Q, QuerySet

from zajedno.children.enums import PARENTHOOD, Field
from zajedno.children.models import Child, Tie
from zajedno.kernel.actor import Actor


def living(by: Actor) -> QuerySet[Tie]:
    """Ties that reach the actor today: of their organisations and of their account, where they hold the post it asks
    for. As a parent they are reached by the ties of parents alone, and at work by all others."""
    posts = Q(while_at=None) | Q(while_at__in={seat.organisation for seat in by.seats})
    own = Q(purpose=PARENTHOOD) if by.is_family else ~Q(purpose=PARENTHOOD)
    return Tie.objects.filter(posts, own, Q(until=None) | Q(until__gte=by.today), key__in=by.keys, since__lte=by.today)


def opening(by: Actor, *parts: Field | F) -> QuerySet[Tie]:
    """Those of them that open these parts of the file."""
    return living(by).filter(fields__contains=list(parts))


def keys_open(by: Actor, child: Child, *, reading: bool = False) -> set[int]:
    """Keys of the actor whose ties let them act about this child today (or read, with `reading`), with the organisation
    at which a tie of their account asks for a post. One query."""
    ties = living(by).filter(child=child)
    rows = (ties if reading else ties.filter(reads=False)).values_list("key", "while_at")
    return {key for row in rows for key in row if key is not None}


def fields_open(by: Actor, child: Child) -> frozenset[Field]:
    """Parts of the file that the actor's ties open today. One query."""
    rows = living(by).filter(child=child).values_list("fields", flat=True)
    return frozenset(Field(name) for row in rows for name in row)


def ties_of(child: Child) -> QuerySet[Tie]:
    """Every tie of a child that the actor has found, also ended ones; the newest first."""
    return Tie.objects.filter(child=child).select_related("organisation", "account").order_by("-since", "-id")
