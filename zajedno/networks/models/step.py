"""What follows from a closed round: steps that are handed to the action plan."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone

from zajedno.kernel import privacy
from zajedno.networks.models.round import Round


class NextStep(models.Model):
    """A proposal: not edited, taken back instead. `item`: what of the form it answers, or empty for the whole."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="steps")
    item = models.CharField(max_length=120, blank=True)
    text = models.TextField()
    responsible = models.CharField(max_length=200, blank=True)  # an institution or body
    due_on = models.DateField(null=True)
    written_by = models.BigIntegerField()
    written_on = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [models.CheckConstraint(condition=~models.Q(text=""), name="next_step_says_what")]

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"written_by"}
        plain = {"uuid", "round", "item", "text", "responsible", "due_on", "written_on"}
        retention = "self-evaluation"

    def __str__(self) -> str:
        return f"step {self.pk}"
