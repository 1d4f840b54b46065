"""An amount keeps its currency beside it: neither stands without the other."""

from django.db import models
from django.db.models import Q

from zajedno.kernel.money import CURRENCIES as SIGNS

CURRENCIES = [(code, sign) for code, sign in SIGNS.items()]


def amount_has_currency(table: str, column: str) -> models.CheckConstraint:
    """None with no currency, or not below nought with a known one."""
    told = Q(**{f"{column}__isnull": False, f"{column}__gte": 0, "currency__in": list(SIGNS)})
    return models.CheckConstraint(
        condition=Q(**{column: None, "currency": ""}) | told, name=f"{table}_{column}_has_currency"
    )
