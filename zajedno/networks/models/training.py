"""What a network does for the knowledge of its people: trainings, mentoring, visits, and what changed after them."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone

from zajedno.kernel import privacy
from zajedno.networks.enums import TrainingKind


class Training(models.Model):
    """Never edited: a wrong one is put right by another (`corrects`). `took_part`: how many people, by sector."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=TrainingKind.choices)
    topic = models.CharField(max_length=200)
    held_on = models.DateField()
    led_by = models.CharField(max_length=200)
    took_part = models.JSONField()
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, related_name="corrected_by", null=True)
    written_by = models.BigIntegerField()
    written_on = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-held_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(topic="") & ~models.Q(led_by="") & ~models.Q(took_part={}),
                name="training_says_what_who_and_how_many",
            ),
            models.CheckConstraint(condition=models.Q(kind__in=TrainingKind.values), name="training_kind_is_known"),
            models.CheckConstraint(condition=~models.Q(corrects=models.F("id")), name="training_corrects_another"),
        ]

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"led_by", "written_by"}
        plain = {"uuid", "organisation", "kind", "topic", "held_on", "took_part", "corrects", "written_on"}
        retention = "self-evaluation"

    def __str__(self) -> str:
        return self.topic


class TrainingEffect(models.Model):
    """What changed after it, found on a day; often months later, so that there may be several. Never edited."""

    training = models.ForeignKey(Training, on_delete=models.PROTECT, related_name="effects")
    text = models.TextField()
    found_on = models.DateField()
    written_by = models.BigIntegerField()
    written_on = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["found_on", "id"]
        constraints = [models.CheckConstraint(condition=~models.Q(text=""), name="effect_says_what")]

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"written_by"}
        plain = {"training", "text", "found_on", "written_on"}
        retention = "self-evaluation"

    def __str__(self) -> str:
        return f"effect {self.pk}"
