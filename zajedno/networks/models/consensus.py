"""What the respondents of a closed round agreed on, question by question."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from zajedno.kernel import privacy
from zajedno.networks.models.round import Round


class Consensus(models.Model):
    """Never edited: the newest row of a question counts. `item` is its name in the form, `value` one of its codes."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="consensus")
    item = models.CharField(max_length=120)
    value = models.CharField(max_length=20)
    evidence = models.TextField()
    decided_by = models.BigIntegerField()
    decided_on = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(evidence=""), name="consensus_has_evidence"),
            models.CheckConstraint(condition=~models.Q(item="") & ~models.Q(value=""), name="consensus_says_what"),
        ]

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"decided_by"}
        plain = {"round", "item", "value", "evidence", "decided_on"}
        retention = "self-evaluation"

    def __str__(self) -> str:
        return f"{self.item}: {self.value}"
