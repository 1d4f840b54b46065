"""A child's data handed out to the system of another institution: that it was, to whom, on which consent."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from zajedno.kernel import privacy


class Handout(models.Model):
    """One file that left. It is not kept, only its digest and which parts of the child's file it held."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey("casework.Case", on_delete=models.CASCADE, related_name="handouts")
    sender = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    consent = models.ForeignKey("children.Consent", on_delete=models.PROTECT, related_name="+")
    fields = ArrayField(models.CharField(max_length=20))  # parts of the file
    sha256 = models.BinaryField()
    made_by = models.BigIntegerField()
    made_on = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-made_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(sender=models.F("receiver")), name="handout_to_another"),
            models.CheckConstraint(condition=~models.Q(fields=[]), name="handout_holds_something"),
        ]

    class Privacy(privacy.Privacy):
        personal = {"sender", "receiver", "made_by"}
        plain = {"uuid", "case", "consent", "fields", "sha256", "made_on"}
        retention = "case"

    def __str__(self) -> str:
        return str(self.uuid)
