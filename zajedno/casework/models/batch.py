"""A commission's register coming in."""

from django.db import models

from zajedno.access.models.batch import BATCH_PLAIN, Batch, BatchRow
from zajedno.kernel import privacy


class CaseBatch(Batch):
    children = models.ForeignKey("children.ChildBatch", on_delete=models.SET_NULL, related_name="+", null=True)

    class Privacy(privacy.Privacy):
        personal = {"name", "content"}
        plain = BATCH_PLAIN | {"children"}
        retention = "batch"


class CaseBatchRow(BatchRow):
    batch = models.ForeignKey(CaseBatch, on_delete=models.CASCADE, related_name="rows")
    case = models.ForeignKey("casework.Case", on_delete=models.SET_NULL, related_name="+", null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="case_batch_row_once")]
        indexes = [models.Index(fields=["digest"])]

    class Privacy(privacy.Privacy):
        personal = {"content"}
        plain = {"number", "verdict", "digest", "reasons", "batch", "case"}
        retention = "batch"
