"""Where a child goes to school or kindergarten."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from zajedno.kernel import privacy


class DateRange(models.Func):
    function = "daterange"


class Enrolment(models.Model):
    child = models.ForeignKey("children.Child", on_delete=models.CASCADE, related_name="enrolments")
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    school_year = models.PositiveSmallIntegerField(_("school year beginning in"))
    class_name = models.CharField(_("class or group"), max_length=60, blank=True)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")), name="enrolment_ends_later"
            ),
            ExclusionConstraint(
                name="enrolment_one_at_a_time_in_an_institution",
                index_type="GIST",
                expressions=[
                    ("child", RangeOperators.EQUAL),
                    ("organisation", RangeOperators.EQUAL),
                    (
                        DateRange("since", "until", RangeBoundary(inclusive_lower=True, inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    class Privacy(privacy.Privacy):
        personal = {"organisation", "school_year", "class_name", "since", "until"}
        plain = {"child"}
        retention = "child"

    def __str__(self) -> str:
        return f"enrolment {self.pk}"
