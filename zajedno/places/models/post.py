"""Who holds which role in which organisation, and when. What a person may do comes from here and nowhere else."""

import uuid

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from zajedno.kernel import privacy
from zajedno.kernel.ranges import Days
from zajedno.places.models.organisation import Organisation


class Post(models.Model):
    """Held from `since` until before `until`: on the day of `until` it is over, so that ending it today ends it now."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="posts")
    role = models.ForeignKey("access.Role", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=120, blank=True)
    seat = models.CharField(_("seat in the body"), max_length=60, blank=True)  # key in a procedure's composition
    since = models.DateField(_("since"))
    until = models.DateField(_("until before"), null=True, blank=True)
    deputy_for = models.ForeignKey("self", on_delete=models.PROTECT, related_name="deputies", null=True, blank=True)
    appointed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    reason = models.CharField(_("reason of ending"), max_length=250, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
                name="post_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_by=None) | ~models.Q(until=None), name="post_ended_has_a_day"
            ),
            models.CheckConstraint(
                condition=models.Q(deputy_for=None) | ~models.Q(deputy_for=models.F("id")),
                name="post_not_its_own_deputy",
            ),
            models.CheckConstraint(
                condition=models.Q(deputy_for=None) | models.Q(until__isnull=False), name="post_deputy_has_an_end"
            ),
            ExclusionConstraint(
                name="post_one_deputy_at_a_time",
                expressions=[
                    ("deputy_for", RangeOperators.EQUAL),
                    (Days("since", "until"), RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="post_held_once",
                condition=models.Q(deputy_for=None),  # who holds the role may stand in for a colleague, too
                expressions=[
                    ("account", RangeOperators.EQUAL),
                    ("organisation", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (Days("since", "until"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [models.Index(fields=["account", "since"]), models.Index(fields=["organisation", "since"])]

    class Privacy(privacy.Privacy):
        personal = {"account", "organisation", "role", "title", "seat", "since", "until", "deputy_for", "reason"}
        plain = {"uuid", "appointed_by", "ended_by"}
        retention = "post"

    def __str__(self) -> str:
        return f"{self.role_id} {self.organisation_id}"
