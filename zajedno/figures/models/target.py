"""What a place decided that a number shall come to. A row is never changed: it ends, and another one follows."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from zajedno.kernel import privacy


class Target(models.Model):
    """`until`: the period by whose end it shall be so. `baseline`: from where, in the period `since`. `source`: where
    it is decided (decision, plan, page). One is in force of an indicator in a place; the others have ended."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    indicator = models.CharField(max_length=40)
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    value = models.DecimalField(max_digits=18, decimal_places=2)
    until = models.CharField(max_length=10)
    baseline = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    since = models.CharField(max_length=10, blank=True)
    source = models.TextField()
    link = models.URLField(max_length=500, blank=True)
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")  # in whose name
    set_on = models.DateField()
    set_by = models.BigIntegerField()
    ended_on = models.DateField(null=True)
    ended_by = models.BigIntegerField(null=True)
    ended_why = models.TextField(blank=True)

    class Meta:
        ordering = ["indicator", "-id"]
        indexes = [models.Index(fields=["territory", "indicator"], name="target_of_place")]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "territory"], condition=Q(ended_on=None), name="target_one_in_force"
            ),
            models.CheckConstraint(
                condition=Q(value__gte=0) & (Q(baseline=None) | Q(baseline__gte=0)), name="target_not_below_nought"
            ),
            models.CheckConstraint(condition=Q(until__regex=r"^\d{4}(/\d{2})?$"), name="target_until_a_period"),
            models.CheckConstraint(
                condition=Q(baseline=None, since="") | Q(baseline__isnull=False, since__regex=r"^\d{4}(/\d{2})?$"),
                name="target_baseline_has_period",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="target_says_where_decided"),
            models.CheckConstraint(
                condition=Q(ended_on=None, ended_by=None, ended_why="")
                | Q(ended_on__gte=F("set_on"), ended_by__isnull=False),
                name="target_ends_as_a_whole",
            ),
        ]  # fmt: skip

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"set_by", "ended_by"}
        plain: ClassVar[set[str]] = {
            "uuid", "indicator", "territory", "value", "until", "baseline", "since", "source", "link", "organisation",
            "set_on", "ended_on", "ended_why",
        }  # fmt: skip
        retention = "plan"

    def __str__(self) -> str:
        return f"{self.indicator} {self.until}: {self.value}"
