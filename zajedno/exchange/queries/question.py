"""Questions about a practice: the answered ones are public, the open ones are for those who can answer."""

from uuid import UUID

from django.db.models import QuerySet

from zajedno.exchange.models import Practice, Question
from zajedno.exchange.queries.practice import is_own
from zajedno.exchange.rules import EDIT
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound


def public(practice: Practice) -> QuerySet[Question]:
    """Answered and not hidden, in the order of asking."""
    return Question.objects.filter(practice=practice, hidden_on=None, answered_on__isnull=False).order_by("asked_on")


def to_answer(by: Actor, practice: Practice) -> QuerySet[Question]:
    """Open ones, for the author, their institution and editors; none for all others."""
    if not (is_own(by, practice) or by.may(EDIT.key)):
        return Question.objects.none()
    rows = Question.objects.filter(practice=practice, hidden_on=None, answered_on=None)
    return rows.select_related("practice", "asked_by").order_by("asked_on")


def find_shown(by: Actor, practice: Practice, uuid: UUID) -> Question:
    """One that an editor can take off the page."""
    rows = Question.objects.filter(practice=practice, hidden_on=None) if by.may(EDIT.key) else Question.objects.none()
    found = rows.filter(uuid=uuid).first()
    if found is None:
        raise NotFound("")
    return found


def find(by: Actor, practice: Practice, uuid: UUID) -> Question:
    """An open question that the actor can answer."""
    found = to_answer(by, practice).filter(uuid=uuid).first()
    if found is None:
        raise NotFound("")
    return found
