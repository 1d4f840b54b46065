"""Abstract `ReportWords` and `Report`: what an author writes around the facts of a year, and every edition as it was
issued. Each room keeps its own, behind its own fence."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from zajedno.access.models.file import File


class ReportWords(models.Model):
    """What the author says in one section of a year's report: rewritten until they are content."""

    year = models.PositiveSmallIntegerField()
    section = models.CharField(max_length=40)
    text = models.TextField(blank=True)
    written_by = models.BigIntegerField()
    written_on = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.year} {self.section}"


class Report(File):
    """An edition: `content` is the PDF, `word` the same for Word, `said` all that it says, with its figures as they
    stood. It stays as it was issued; a correction is the next edition, with its `reason`."""

    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()  # 1, 2, 3 … of the year
    language = models.CharField(max_length=10, blank=True)
    reason = models.TextField(blank=True)
    word = models.BinaryField(null=True)
    said = models.JSONField(default=dict)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.year}/{self.number}"


WORDS = {"year", "section", "text", "written_on"}  # columns that name nobody, for `Privacy`
EDITION = {
    "uuid", "media_type", "size", "sha256", "content", "added_on", "year", "number", "language", "reason", "word",
    "said",
}  # fmt: skip


def words_hold(of: str, name: str) -> list[models.BaseConstraint]:
    """One text for each section of each year of the same thing."""
    return [
        models.UniqueConstraint(fields=[of, "year", "section"], name=f"{name}_once"),
        models.CheckConstraint(condition=Q(year__range=(2000, 2100)), name=f"{name}_year"),
        models.CheckConstraint(condition=~Q(section=""), name=f"{name}_section"),
    ]


def editions_hold(of: str, name: str) -> list[models.BaseConstraint]:
    """Editions of a year are numbered; every one after the first says why it was made."""
    return [
        models.UniqueConstraint(fields=[of, "year", "number"], name=f"{name}_number_once"),
        models.CheckConstraint(condition=Q(number=1) | ~Q(reason=""), name=f"{name}_says_why"),
    ]
