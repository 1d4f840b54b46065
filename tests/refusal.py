"""What the database says when it refuses."""

from collections.abc import Callable
from typing import Any

from django.db import DatabaseError, connection, transaction


def refusal(act: Callable[..., object], *given: Any, **named: Any) -> str:
    """Name of the constraint that the act breaks, or else the database's own words. Empty: nothing was refused."""
    try:
        with transaction.atomic():
            act(*given, **named)
    except DatabaseError as error:
        told = error.__cause__.diag
        return str(told.constraint_name or told.message_primary)
    return ""


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
