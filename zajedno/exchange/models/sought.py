"""What the catalogue is searched for: a number by theme and month. No words, no day, nobody."""

from django.db import models
from django.db.models import F, Q

from zajedno.exchange.enums import Theme
from zajedno.kernel.privacy import Impersonal


class Sought(models.Model):
    """`unfound`: how many of these searches found no practice."""

    month = models.DateField()  # its first day
    theme = models.CharField(max_length=20, choices=Theme.choices)
    number = models.PositiveIntegerField(default=0)
    unfound = models.PositiveIntegerField(default=0)

    Privacy = Impersonal

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["month", "theme"], name="sought_once_a_month"),
            models.CheckConstraint(condition=Q(theme__in=Theme.values), name="sought_theme"),
            models.CheckConstraint(condition=Q(unfound__lte=F("number")), name="sought_unfound_of_number"),
            models.CheckConstraint(condition=Q(month__day=1), name="sought_says_no_day"),
        ]

    def __str__(self) -> str:
        return f"{self.theme} {self.month:%Y-%m}"
