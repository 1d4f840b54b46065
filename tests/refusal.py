"""What the database says when it refuses."""

from collections.abc import Callable
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.db.models import Model

from zajedno.kernel.fence import EXCHANGE


def refusal(act: Callable[..., object], *given: Any, **named: Any) -> str:
    """Name of the constraint that the act breaks, or else the database's own words. Empty: nothing was refused."""
    try:
        with transaction.atomic():
            act(*given, **named)
    except DatabaseError as error:
        told = error.__cause__.diag
        return str(told.constraint_name or told.message_primary)
    return ""


def change(row: Model, **fields: Any) -> None:
    """Past all verbs: only the database is asked."""
    type(row)._default_manager.filter(pk=row.pk).update(**fields)


def only_added(table: str) -> dict[str, str]:
    """What the pages of the exchange and the owner of a table are told that keeps every row as it is."""
    return {
        EXCHANGE: f"permission denied for table {table}",
        "none": f"rows of {table} are never changed or deleted",
    }


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
