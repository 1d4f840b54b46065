"""Released values. A row is written once, by the statistics role, and never changed."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from zajedno.figures.logic.pools import FEWEST
from zajedno.kernel.privacy import Impersonal


class Edition(models.Model):
    """One table of an indicator for a place and a period, as it was released. `axes` name the parts of its cells;
    `unit` is a currency, or empty for plain numbers. What differs in currency is never one table."""

    indicator = models.CharField(max_length=40)
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    period = models.CharField(max_length=10)
    unit = models.CharField(max_length=3, blank=True)
    number = models.CharField(max_length=10)  # such as 2026-4: the quarter in which it was made
    axes = ArrayField(models.CharField(max_length=20))
    released_on = models.DateField()

    class Meta:
        ordering = ["-released_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "territory", "period", "unit", "number"], name="edition_once"
            )
        ]  # fmt: skip

    Privacy = Impersonal

    def __str__(self) -> str:
        return f"{self.indicator} {self.period} {self.number}"


class Value(models.Model):
    """A cell: `cell` has one word for each axis, an empty one for the total over it. Withheld, it has neither value nor
    count; `count` is of children."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="values")
    cell = ArrayField(models.CharField(max_length=60, blank=True))
    value = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    count = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["cell"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "cell"], name="value_once"),
            models.CheckConstraint(
                condition=Q(value=None, count=None) | Q(value__isnull=False, count__gte=FEWEST),
                name="value_has_enough_behind_it",
            ),
        ]

    Privacy = Impersonal

    def __str__(self) -> str:
        return f"{self.edition_id} {self.cell}"
