"""Marks and absences of a child, as the school's own sheets say them."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zajedno.access.models.batch import BATCH_PLAIN, Batch, BatchRow
from zajedno.kernel import privacy


class Attendance(models.Model):
    """Lessons missed in a half-year, in lessons. What the sheet does not say is None, never 0."""

    child = models.ForeignKey("children.Child", on_delete=models.CASCADE, related_name="attendance")
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    school_year = models.PositiveSmallIntegerField(_("school year beginning in"))
    half_year = models.PositiveSmallIntegerField(_("half-year"))
    lessons = models.PositiveIntegerField(_("lessons held"), null=True)
    excused = models.PositiveIntegerField(_("excused absences"), null=True)
    unexcused = models.PositiveIntegerField(_("unexcused absences"), null=True)
    after_notice = models.PositiveIntegerField(_("unexcused after written notice to the parents"), null=True)
    mean_mark = models.DecimalField(_("mean mark"), max_digits=3, decimal_places=2, null=True)
    negative_marks = models.PositiveSmallIntegerField(_("negative marks"), null=True)
    batch = models.ForeignKey("children.SchoolBatch", on_delete=models.SET_NULL, related_name="+", null=True)
    written_on = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["school_year", "half_year"]
        constraints = [
            models.UniqueConstraint(
                fields=["child", "organisation", "school_year", "half_year"], name="attendance_once_a_half_year"
            ),
            models.CheckConstraint(condition=models.Q(half_year__in=(1, 2)), name="attendance_half_year"),
            models.CheckConstraint(
                condition=models.Q(mean_mark=None) | models.Q(mean_mark__range=(1, 5)), name="attendance_mark_1_to_5"
            ),
            models.CheckConstraint(
                condition=models.Q(after_notice=None) | models.Q(after_notice__lte=models.F("unexcused")),
                name="attendance_after_notice_among_unexcused",
            ),
        ]

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {
            "organisation", "school_year", "half_year", "lessons", "excused", "unexcused", "after_notice", "mean_mark",
            "negative_marks",
        }  # fmt: skip
        plain = {"child", "batch", "written_on"}
        retention = "child"

    def __str__(self) -> str:
        return f"attendance {self.pk}"


class SchoolBatch(Batch):
    """A sheet of marks and absences coming in, of one half-year."""

    school_year = models.PositiveSmallIntegerField(_("school year beginning in"))
    half_year = models.PositiveSmallIntegerField(_("half-year"))

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(half_year__in=(1, 2)), name="school_batch_half_year")]

    class Privacy(privacy.Privacy):
        personal = {"name", "content"}
        plain = BATCH_PLAIN | {"school_year", "half_year"}
        retention = "batch"


class SchoolBatchRow(BatchRow):
    batch = models.ForeignKey(SchoolBatch, on_delete=models.CASCADE, related_name="rows")
    attendance = models.ForeignKey(Attendance, on_delete=models.SET_NULL, related_name="+", null=True)
    before = models.BinaryField(null=True)  # sealed; what was known before the row corrected it, for the undo

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="school_batch_row_once")]
        indexes = [models.Index(fields=["digest"])]

    class Privacy(privacy.Privacy):
        personal = {"content", "before"}
        plain = {"number", "verdict", "digest", "reasons", "batch", "attendance"}
        retention = "batch"
