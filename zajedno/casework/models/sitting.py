"""A sitting of the commission: when and where, which cases, who came."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zajedno.casework import enums
from zajedno.casework.models.sealing import Narrative
from zajedno.kernel import privacy


class Sitting(models.Model):
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(_("number"), max_length=40, blank=True)
    begins = models.DateTimeField(_("begins"))
    ended = models.DateTimeField(_("ended"), null=True)
    place = models.CharField(_("place"), max_length=200)
    state = models.CharField(max_length=10, choices=enums.SittingState.choices, default=enums.SittingState.PLANNED)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "begins"], name="sitting_once_at_a_time"),
            models.CheckConstraint(condition=~models.Q(place=""), name="sitting_has_place"),
        ]
        indexes = [models.Index(fields=["organisation", "begins"])]

    class Privacy(privacy.Privacy):
        plain = {"uuid", "organisation", "number", "begins", "ended", "place", "state"}
        retention = "case"

    def __str__(self) -> str:
        return str(self.uuid)


class AgendaItem(Narrative):
    """A case on the agenda. The sealed text is what the minutes say of it."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sitting = models.ForeignKey(Sitting, on_delete=models.CASCADE, related_name="agenda")
    case = models.ForeignKey("casework.Case", on_delete=models.CASCADE, related_name="agenda")
    position = models.PositiveSmallIntegerField(default=0)
    added_on = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["sitting", "case"], name="agenda_case_once")]

    class Privacy(privacy.Privacy):
        special = {"sealed"}
        plain = {"uuid", "sitting", "case", "position", "added_on"}
        retention = "case"

    def __str__(self) -> str:
        return str(self.uuid)


class Attendee(models.Model):
    sitting = models.ForeignKey(Sitting, on_delete=models.CASCADE, related_name="attendees")
    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+")
    seat = models.CharField(max_length=60, blank=True)
    votes = models.BooleanField(default=True)
    state = models.CharField(max_length=8, choices=enums.Attendance.choices, default=enums.Attendance.INVITED)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sitting", "account"], name="attendee_once")]

    class Privacy(privacy.Privacy):
        personal = {"account", "seat", "state"}
        plain = {"sitting", "votes"}
        retention = "case"

    def __str__(self) -> str:
        return f"attendee {self.pk}"
