"""Abstract `Batch`: a register that comes in by stages — uploaded, columns matched, checked, committed, undone."""

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

BATCH_PLAIN = {  # for the `Privacy` of concrete batches
    "uuid", "organisation", "added_by", "added_on", "columns", "state", "read", "done", "counts", "started_on",
    "ended_on",
}  # fmt: skip


class Batch(models.Model):
    class State(models.TextChoices):
        UPLOADED = "uploaded", _("Uploaded")
        CHECKED = "checked", _("Checked")
        COMMITTING = "committing", _("Being entered")
        COMMITTED = "committed", _("Entered")
        UNDONE = "undone", _("Undone")
        FAILED = "failed", _("Failed")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.BigIntegerField()
    added_by = models.BigIntegerField()
    added_on = models.DateTimeField(default=timezone.now)
    name = models.CharField(max_length=200)
    content = models.BinaryField(null=True)  # sealed; emptied when committed
    columns = models.JSONField(default=dict)  # field -> column
    state = models.CharField(max_length=12, choices=State.choices, default=State.UPLOADED)
    read = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)  # created, unchanged, possible_duplicate, refused
    started_on = models.DateTimeField(null=True)
    ended_on = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.uuid)


class BatchRow(models.Model):
    if TYPE_CHECKING:
        batch: Batch  # the key of each room's own table

    class Verdict(models.TextChoices):
        READY = "ready", _("Will be entered")
        CREATED = "created", _("Entered")
        UNCHANGED = "unchanged", _("Already here")
        POSSIBLE_DUPLICATE = "possible_duplicate", _("Possibly the same child")
        REFUSED = "refused", _("Refused")

    number = models.PositiveIntegerField()  # row in the sheet
    verdict = models.CharField(max_length=20, choices=Verdict.choices)
    digest = models.BinaryField(max_length=32)  # keyed: the same row imported twice is known again
    content = models.BinaryField(null=True)  # sealed; kept only while somebody must still decide
    reasons = models.JSONField(default=list)  # codes and columns, no values

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"row {self.number}"
