"""The report of an institution on its year: a commission on its work, a school on dropout. No child stands in it."""

from typing import ClassVar

from django.db import models

from zajedno.access.models.report import EDITION, WORDS, Report, ReportWords, editions_hold, words_hold
from zajedno.kernel import privacy


class OfficeWords(ReportWords):
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-year", "id"]
        constraints = words_hold("organisation", "office_words")

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"written_by"}
        plain: ClassVar[set[str]] = {"organisation", *WORDS}
        retention = "body"


class OfficeReport(Report):
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-year", "-number"]
        constraints = editions_hold("organisation", "office_report")

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"name", "added_by"}
        plain: ClassVar[set[str]] = {"organisation", *EDITION}
        retention = "body"
