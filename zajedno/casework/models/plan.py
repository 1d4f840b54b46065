"""The individual support plan: measures with who, when, and who pays. Belongs to the child; a case wrote each line."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from zajedno.casework.enums import MeasureState
from zajedno.casework.models.sealing import Narrative
from zajedno.kernel import privacy


class Measure(Narrative):
    """A measure of support. `code` and `legal_group` come from the pack; the sealed text is the goal and its detail."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey("casework.Case", on_delete=models.CASCADE, related_name="measures")
    position = models.PositiveSmallIntegerField(default=0)
    code = models.CharField(_("measure"), max_length=60)
    legal_group = models.CharField(_("legal group"), max_length=40)
    responsible = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+", null=True)
    responsible_person = models.CharField(_("responsible person"), max_length=200, blank=True)
    since = models.DateField(_("from"), null=True)
    until = models.DateField(_("until"), null=True)
    frequency = models.CharField(_("how often"), max_length=120, blank=True)
    payer = models.CharField(_("who pays"), max_length=40, blank=True)
    needs_funds = models.BooleanField(_("needs extra funds"), default=False)
    cost = models.DecimalField(_("estimated cost"), max_digits=12, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, default="RSD")
    state = models.CharField(max_length=10, choices=MeasureState.choices, default=MeasureState.PLANNED)
    state_on = models.DateField(null=True)

    class Meta:
        ordering = ["legal_group", "position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(since=None) | models.Q(until__gte=models.F("since")),
                name="measure_ends_later",
            ),
            models.CheckConstraint(condition=models.Q(cost=None) | models.Q(cost__gte=0), name="measure_cost_positive"),
        ]

    class Privacy(privacy.Privacy):
        personal = {"responsible", "responsible_person"}
        special = {"sealed", "code"}
        plain = {
            "uuid", "case", "position", "legal_group", "since", "until", "frequency", "payer", "needs_funds", "cost",
            "currency", "state", "state_on",
        }  # fmt: skip
        retention = "case"

    def __str__(self) -> str:
        return str(self.uuid)
