"""How a practice came to stand where it stands: a row for each change of its state, never edited."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from zajedno.exchange.enums import State
from zajedno.exchange.models.practice import Practice, PracticeVersion
from zajedno.kernel import privacy


class PracticeMove(models.Model):
    """Of a version; `state` is the one it came to, `note` says why where it was returned, to be updated or retired."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="moves")
    version = models.ForeignKey(PracticeVersion, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=12, choices=State.choices)
    note = models.TextField(blank=True)
    moved_by = models.BigIntegerField()
    moved_on = models.DateTimeField(default=timezone.now)

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"moved_by", "note"}
        plain = {"practice", "version", "state", "moved_on"}
        retention = "practice"

    def __str__(self) -> str:
        return f"{self.version} {self.state}"
