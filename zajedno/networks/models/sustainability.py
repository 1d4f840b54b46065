"""How lasting a network is: a level for each of ten dimensions, with what shows it, day after day."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone

from zajedno.kernel import privacy
from zajedno.networks.enums import Dimension, Level


class SustainabilityLevel(models.Model):
    """Never edited: of a dimension, the row of the newest day counts, of one day the one written last."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    dimension = models.CharField(max_length=16, choices=Dimension.choices)
    level = models.PositiveSmallIntegerField(choices=Level.choices)
    evidence = models.TextField()
    holds_on = models.DateField()
    written_by = models.BigIntegerField()
    written_on = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["holds_on", "id"]
        indexes = [models.Index(fields=["organisation", "dimension", "holds_on"])]
        constraints = [
            models.CheckConstraint(condition=models.Q(level__in=Level.values), name="sustainability_level_is_known"),
            models.CheckConstraint(
                condition=models.Q(dimension__in=Dimension.values), name="sustainability_dimension_is_known"
            ),
            models.CheckConstraint(condition=~models.Q(evidence=""), name="sustainability_has_evidence"),
        ]

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"written_by"}
        plain = {"uuid", "organisation", "dimension", "level", "evidence", "holds_on", "written_on"}
        retention = "self-evaluation"

    def __str__(self) -> str:
        return f"{self.dimension} {self.level}"
