"""A municipality that was invited in one act, and what that act made, so that it can be taken back."""

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from zajedno.kernel import privacy


class Arrival(models.Model):
    """`posts` are of its first administrator, one for each body; `made`: bodies that were not here (or not working)
    before; `enabled`: pairs of form and body."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    account = models.BigIntegerField()
    posts = ArrayField(models.BigIntegerField(), default=list)
    made = ArrayField(models.BigIntegerField(), default=list)
    enabled = models.JSONField(default=list)
    invited_by = models.BigIntegerField()
    invited_on = models.DateTimeField(default=timezone.now)
    taken_back_on = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-invited_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["territory"], condition=Q(taken_back_on=None), name="arrival_open_once"),
        ]

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"account", "invited_by"}
        plain = {"uuid", "territory", "posts", "made", "enabled", "invited_on", "taken_back_on"}
        retention = "post"

    def __str__(self) -> str:
        return str(self.uuid)
