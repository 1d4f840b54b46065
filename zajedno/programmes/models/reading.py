"""How far a result has come, and what was learnt: published with the framework, or told by a place of itself."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from zajedno.kernel import privacy
from zajedno.programmes.models.frame import Frame, Phase, Result

TOLD_OF_PLACE = Q(written_by=None) | Q(place__isnull=False)


class Reading(models.Model):
    """A number with its source: `written_by` is empty for what a pack brings. What is told later does not change what
    was told before; the newest of a period counts. `at_least`: the source says "over" or "more than"."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    result = models.ForeignKey(Result, on_delete=models.PROTECT, related_name="readings")
    phase = models.ForeignKey(Phase, on_delete=models.PROTECT, related_name="readings", null=True)
    place = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+", null=True)
    period = models.CharField(max_length=20)
    value = models.DecimalField(max_digits=18, decimal_places=2)
    out_of = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    at_least = models.BooleanField(default=False)
    source = models.TextField()
    evidence = models.TextField(blank=True)
    verified = models.BooleanField(default=False)
    written_by = models.BigIntegerField(null=True)
    written_on = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["period", "written_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["result", "phase", "place", "period"], condition=Q(written_by=None), nulls_distinct=False,
                name="reading_published_once",
            ),
            models.CheckConstraint(condition=~Q(source="") & ~Q(period=""), name="reading_has_source"),
            models.CheckConstraint(condition=TOLD_OF_PLACE, name="reading_told_of_own_place"),
            models.CheckConstraint(
                condition=Q(written_by=None) | ~Q(evidence=""), name="reading_told_with_evidence"
            ),
            models.CheckConstraint(condition=Q(value__gte=0), name="reading_not_below_nothing"),
        ]  # fmt: skip

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"written_by"}
        plain = {
            "uuid", "result", "phase", "place", "period", "value", "out_of", "at_least", "source", "evidence",
            "verified", "written_on",
        }  # fmt: skip
        retention = "plan"

    def __str__(self) -> str:
        return f"{self.result_id} {self.period}: {self.value}"


class Lesson(models.Model):
    """What was learnt, of the whole, of a phase, or of a place."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    frame = models.ForeignKey(Frame, on_delete=models.PROTECT, related_name="lessons")
    phase = models.ForeignKey(Phase, on_delete=models.PROTECT, related_name="lessons", null=True)
    place = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+", null=True)
    texts = models.JSONField()
    source = models.TextField()
    verified = models.BooleanField(default=False)
    written_by = models.BigIntegerField(null=True)
    written_on = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["written_on", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(source="") & ~Q(texts={}), name="lesson_has_source"),
            models.CheckConstraint(condition=TOLD_OF_PLACE, name="lesson_told_of_own_place"),
        ]

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"written_by"}
        plain = {"uuid", "frame", "phase", "place", "texts", "source", "verified", "written_on"}
        retention = "plan"

    def __str__(self) -> str:
        return str(self.uuid)
