"""The report of a programme on a year, to who pays for it."""

from typing import ClassVar

from django.db import models

from zajedno.access.models.report import EDITION, WORDS, Report, ReportWords, editions_hold, words_hold
from zajedno.kernel import privacy
from zajedno.programmes.models.programme import Programme


class ProgrammeWords(ReportWords):
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="words")

    class Meta:
        ordering = ["-year", "id"]
        constraints = words_hold("programme", "programme_words")

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"written_by"}
        plain: ClassVar[set[str]] = {"programme", *WORDS}
        retention = "plan"


class ProgrammeReport(Report):
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="reports")

    class Meta:
        ordering = ["-year", "-number"]
        constraints = editions_hold("programme", "programme_report")

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"name", "added_by"}
        plain: ClassVar[set[str]] = {"programme", *EDITION}
        retention = "plan"
