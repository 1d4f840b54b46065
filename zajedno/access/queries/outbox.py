"""Reads of the outbox."""

from django.db.models import QuerySet

from zajedno.access.models import Message


def waiting() -> QuerySet[Message]:
    """Letters that are written and not sent, the oldest first; `attempts` above zero means trouble."""
    return Message.objects.filter(sent_on=None).select_related("account").order_by("written_on", "id")


def in_trouble() -> QuerySet[Message]:
    """Letters that could not be sent at least once."""
    return waiting().filter(attempts__gt=0)
