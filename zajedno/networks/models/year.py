"""The annual report of a body: what its author writes around the numbers, and every edition as it was issued."""

from typing import ClassVar

from django.db import models

from zajedno.access.models.report import EDITION, WORDS, Report, ReportWords, editions_hold, words_hold
from zajedno.kernel import privacy
from zajedno.networks.models.body import Body


class YearWords(ReportWords):
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="years")

    class Meta:
        ordering = ["-year", "id"]
        constraints = words_hold("body", "year_words")

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"written_by"}
        plain: ClassVar[set[str]] = {"body", *WORDS}
        retention = "body"


class YearReport(Report):
    """Of an issued edition only whether everybody may read it changes."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="reports")
    is_public = models.BooleanField(default=False)

    class Meta:
        ordering = ["-year", "-number"]
        constraints = editions_hold("body", "year_report")

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"name", "added_by"}
        plain: ClassVar[set[str]] = {"body", "is_public", *EDITION}
        retention = "body"
