"""From which line of a budget an activity of a plan takes its money."""

import uuid

from django.db import models
from django.db.models import Q

from zajedno.kernel import privacy
from zajedno.programmes.models.budget import BudgetLine
from zajedno.programmes.models.plan import Activity


class Draw(models.Model):
    """In a year at most once. It stands beside the plan, since budgets come year by year while an adopted plan stays as
    it is, and holds for the `thread`: in later versions, too. `share`: what of an activity of several years falls into
    this one, in the activity's currency. The line is of the plan's organisation (the database sees to it)."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="draws")
    thread = models.UUIDField(editable=False)
    line = models.ForeignKey(BudgetLine, on_delete=models.PROTECT, related_name="draws")
    year = models.PositiveSmallIntegerField()
    share = models.DecimalField(max_digits=14, decimal_places=2, null=True)

    class Meta:
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(fields=["thread", "year"], name="activity_draws_once_a_year"),
            models.CheckConstraint(condition=Q(share=None) | Q(share__gte=0), name="draw_not_negative"),
        ]

    class Privacy(privacy.Privacy):
        plain = {"uuid", "activity", "thread", "line", "year", "share"}
        retention = "plan"

    def __str__(self) -> str:
        return f"{self.year} {self.line}"
