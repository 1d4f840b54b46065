"""A wave of an attitude survey. Answers lie apart from the tickets that let each person answer once: nothing, neither
a key nor a number nor a time, leads from one to the other."""

import uuid
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from zajedno.exchange.enums import WaveKind
from zajedno.exchange.models.campaign import Campaign
from zajedno.forms.models.sheet import AnswerSheet
from zajedno.kernel import privacy
from zajedno.kernel.privacy import Impersonal


class Wave(models.Model):
    """Open from `opens_on` to the end of `closes_on`, unless it is ended before.

    `margins`: shares of the population to weight by (answer: share, by question). `quotas`: highest number of answers,
    by cell (`logic.wave.cell`). `by_code`: only who has an invitation code answers; else one answer a browser.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="waves")
    version = models.ForeignKey("forms.Version", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=WaveKind.choices)
    opens_on = models.DateField()
    closes_on = models.DateField()
    ended_on = models.DateField(null=True)
    by_code = models.BooleanField(default=True)
    margins = models.JSONField(default=dict)
    quotas = models.JSONField(default=dict)
    opened_by = models.BigIntegerField()

    class Meta:
        ordering = ["opens_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "opens_on"], name="wave_of_a_day_once"),
            models.CheckConstraint(condition=Q(kind__in=WaveKind.values), name="wave_kind"),
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="wave_closes_after_it_opens"),
        ]

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"opened_by"}
        plain = {
            "uuid", "campaign", "version", "kind", "opens_on", "closes_on", "ended_on", "by_code", "margins", "quotas",
        }  # fmt: skip
        retention = "practice"

    def __str__(self) -> str:
        return str(WaveKind(self.kind).label)

    def is_open(self, today: date) -> bool:
        return self.ended_on is None and self.opens_on <= today <= self.closes_on

    def is_over(self, today: date) -> bool:
        """Figures are shown only then: between two looks at an open wave one answer could be read off."""
        return self.ended_on is not None or today > self.closes_on


class WaveTicket(models.Model):
    """That somebody may answer, or has answered: a keyed hash of an invitation code, which goes when it is used, or of
    a browser's random token (`spent`). When the wave is over, all of them go."""

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="tickets")
    mark = models.BinaryField(max_length=32)
    spent = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["wave", "mark"], name="wave_ticket_once")]

    Privacy = Impersonal

    def __str__(self) -> str:
        return f"ticket of {self.wave_id}"


class WaveAnswer(AnswerSheet):
    """What somebody answered, on a day. The key is drawn by lot, so that it tells no order either."""

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    filled_by = None
    sent_on = None  # type: ignore[assignment]
    reason = None  # type: ignore[assignment]
    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="answers")
    answers = models.JSONField()  # by the question's name; of nobody
    cell = models.CharField(max_length=120, blank=True)  # of the quotas

    class Meta:
        indexes = [models.Index(fields=["wave", "cell"], name="wave_answer_cell")]

    Privacy = Impersonal
