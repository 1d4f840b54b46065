"""A round: one form, asked of many people about one network or institution, from one day to another."""

import uuid
from datetime import date
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zajedno.kernel import privacy
from zajedno.networks.enums import State


class Round(models.Model):
    """Keeps the version that was in use when it was opened, so that its answers can be added up."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey("forms.Version", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=120)
    opens_on = models.DateField()
    closes_on = models.DateField()  # the last day on which it can be answered
    opened_by = models.BigIntegerField()

    class Meta:
        ordering = ["-opens_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(title=""), name="round_has_title"),
            models.CheckConstraint(
                condition=models.Q(closes_on__gte=models.F("opens_on")), name="round_closes_after_it_opens"
            ),
        ]

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"opened_by"}
        plain = {"uuid", "organisation", "version", "title", "opens_on", "closes_on"}
        retention = "self-evaluation"

    def __str__(self) -> str:
        return str(self.uuid)

    def state(self, today: date) -> State:
        if hasattr(self, "outcome"):
            return State.CLOSED
        if today < self.opens_on:
            return State.AHEAD
        return State.OPEN if today <= self.closes_on else State.OVER


class Outcome(models.Model):
    """What a round came to, added up once, when it was closed: nobody reads an answer out of a sum that grows.

    `content` as `logic/outcome.py` makes it: what too few people said is not in it.
    """

    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="outcome")
    content = models.JSONField()
    closed_by = models.BigIntegerField()
    closed_on = models.DateTimeField(default=timezone.now)

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"closed_by"}
        plain = {"round", "content", "closed_on"}
        retention = "self-evaluation"

    def __str__(self) -> str:
        return f"outcome {self.pk}"
