"""A register of children coming in."""

from django.db import models

from zajedno.access.models.batch import BATCH_PLAIN, Batch, BatchRow
from zajedno.kernel import privacy


class ChildBatch(Batch):
    class Privacy(privacy.Privacy):
        personal = {"name", "content"}
        plain = BATCH_PLAIN
        retention = "batch"


class ChildBatchRow(BatchRow):
    batch = models.ForeignKey(ChildBatch, on_delete=models.CASCADE, related_name="rows")
    child = models.ForeignKey("children.Child", on_delete=models.SET_NULL, related_name="+", null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="child_batch_row_once")]
        indexes = [models.Index(fields=["digest"])]

    class Privacy(privacy.Privacy):
        personal = {"content"}
        plain = {"number", "verdict", "digest", "reasons", "batch", "child"}
        retention = "batch"
