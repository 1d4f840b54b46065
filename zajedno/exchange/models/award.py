"""A cycle of champions of inclusion: what is honoured, by what it is judged, and by whom."""

import uuid
from datetime import date
from typing import ClassVar

from django.db import models

from zajedno.exchange.enums import CycleState, Mode
from zajedno.kernel import privacy
from zajedno.kernel.labels import label
from zajedno.kernel.privacy import Impersonal


class Cycle(models.Model):
    """Nominations from `opens_on` to the end of `closes_on`; then a decision, which is published once."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    titles = models.JSONField()  # by language, as texts of packs
    mode = models.CharField(max_length=12, choices=Mode.choices)
    opens_on = models.DateField()
    closes_on = models.DateField()
    opened_by = models.BigIntegerField()
    decided_on = models.DateField(null=True)
    decided_by = models.BigIntegerField(null=True)
    published_on = models.DateField(null=True)

    class Meta:
        ordering = ["-opens_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(mode__in=Mode.values), name="cycle_mode"),
            models.CheckConstraint(condition=~models.Q(titles={}), name="cycle_has_title"),
            models.CheckConstraint(
                condition=models.Q(closes_on__gte=models.F("opens_on")), name="cycle_closes_after_it_opens"
            ),
            models.CheckConstraint(
                condition=models.Q(decided_on=None, decided_by=None)
                | models.Q(decided_by__isnull=False, decided_on__isnull=False, decided_on__gt=models.F("closes_on")),
                name="cycle_decided_after_it_closed",
            ),
            models.CheckConstraint(
                condition=models.Q(published_on=None)
                | models.Q(decided_on__isnull=False, published_on__gte=models.F("decided_on")),
                name="cycle_published_after_decision",
            ),
        ]

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"opened_by", "decided_by"}
        plain = {
            "uuid", "organisation", "titles", "mode", "opens_on", "closes_on", "decided_on", "published_on",
        }  # fmt: skip
        retention = "award"

    def __str__(self) -> str:
        return label(self.titles)

    def state(self, today: date) -> CycleState:
        if self.decided_on:
            return CycleState.PUBLISHED if self.published_on else CycleState.DECIDED
        if today < self.opens_on:
            return CycleState.AHEAD
        return CycleState.OPEN if today <= self.closes_on else CycleState.JUDGED


class AwardCategory(models.Model):
    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="categories")
    position = models.PositiveSmallIntegerField()
    labels = models.JSONField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["cycle", "position"], name="award_category_once")]

    Privacy = Impersonal

    def __str__(self) -> str:
        return label(self.labels)


class AwardCriterion(models.Model):
    """By what the jury scores; `weight` is its share in the sum."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField()
    labels = models.JSONField()
    weight = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "position"], name="award_criterion_once"),
            models.CheckConstraint(condition=models.Q(weight__range=(1, 100)), name="award_criterion_weight"),
        ]

    Privacy = Impersonal

    def __str__(self) -> str:
        return label(self.labels)


class Juror(models.Model):
    """A seat in the jury of one cycle."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="jury")
    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+")
    named_by = models.BigIntegerField()
    named_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cycle", "account"], name="juror_once")]

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"account", "named_by"}
        plain = {"cycle", "named_on"}
        retention = "award"

    def __str__(self) -> str:
        return f"juror {self.pk}"
