"""The annual report of a body: what its author writes around the numbers, and every edition as it was issued."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from zajedno.access.models.file import File
from zajedno.kernel import privacy
from zajedno.networks.models.body import Body


class YearWords(models.Model):
    """Introduction and conclusion of a year's report: one row a year, rewritten until the author is content."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="years")
    year = models.PositiveSmallIntegerField()
    introduction = models.TextField(blank=True)
    conclusion = models.TextField(blank=True)
    written_by = models.BigIntegerField()
    written_on = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["body", "year"], name="year_words_once"),
            models.CheckConstraint(condition=Q(year__range=(2000, 2100)), name="year_words_year"),
        ]

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"written_by"}
        plain = {"body", "year", "introduction", "conclusion", "written_on"}
        retention = "body"

    def __str__(self) -> str:
        return f"{self.year}"


class YearReport(File):
    """An edition as it was issued (PDF). A later one stands beside it; only whether everybody may read it changes."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="reports")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()  # 1, 2, 3 … of the year
    is_public = models.BooleanField(default=False)

    class Meta:
        ordering = ["-year", "-number"]
        constraints = [models.UniqueConstraint(fields=["body", "year", "number"], name="year_report_number_once")]

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"name", "added_by"}
        plain = {"uuid", "media_type", "size", "sha256", "content", "added_on", "body", "year", "number", "is_public"}
        retention = "body"

    def __str__(self) -> str:
        return f"{self.year}/{self.number}"
