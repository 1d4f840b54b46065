"""Who is asked in a round, and for which institution they speak."""

from typing import ClassVar

from django.db import models

from zajedno.kernel import privacy
from zajedno.networks.models.round import Round
from zajedno.places.enums import Sector


class Respondent(models.Model):
    """One person, one sheet. The sector is that of the institution on the day of the invitation."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="respondents")
    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    sector = models.CharField(max_length=20, choices=Sector.choices)
    invited_on = models.DateField()
    reminded_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "account"], name="respondent_asked_once"),
            models.CheckConstraint(
                condition=models.Q(reminded_on=None) | models.Q(reminded_on__gte=models.F("invited_on")),
                name="respondent_reminded_later",
            ),
        ]

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"account", "organisation"}
        plain = {"round", "sector", "invited_on", "reminded_on"}
        retention = "self-evaluation"

    def __str__(self) -> str:
        return f"respondent {self.pk}"
