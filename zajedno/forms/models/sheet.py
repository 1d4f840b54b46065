"""An answered form, abstract: a higher room says whom it is about and how the answers are kept.

A concrete sheet adds `corrects`, a key to the sheet it puts right. Sheets are never edited.
"""

import uuid

from django.db import models
from django.utils import timezone

SHEET_PERSONAL = {"filled_by", "reason"}  # for the `Privacy` of concrete sheets
SHEET_PLAIN = {"uuid", "version", "holds_on", "sent_on", "retired"}
DRAFT_PLAIN = {"uuid", "version", "saved_on"}


class AnswerSheet(models.Model):
    """Keeps the version it was filled in."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.ForeignKey("forms.Version", on_delete=models.PROTECT, related_name="+")
    holds_on = models.DateField()  # the day that the answers are true of
    filled_by = models.BigIntegerField(null=True)  # an account; null: somebody without one
    sent_on = models.DateTimeField(default=timezone.now)
    retired = models.BooleanField(default=False)  # came in a version that was no longer the newest
    reason = models.CharField(max_length=250, blank=True)  # of a correction

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.uuid)


class SheetDraft(models.Model):
    """A sheet half filled in: one person's, sealed."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.ForeignKey("forms.Version", on_delete=models.PROTECT, related_name="+")
    account = models.BigIntegerField()
    content = models.BinaryField()  # sealed JSON of the answers so far
    saved_on = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.uuid)
