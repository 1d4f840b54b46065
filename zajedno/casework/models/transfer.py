"""Handing a case over to another institution. What was said stands, sealed, in the moves of the case's history."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zajedno.casework.enums import Afterwards, TransferState
from zajedno.kernel import privacy


class Transfer(models.Model):
    """An offer and what became of it. The keeper of the case changes with acceptance alone."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey("casework.Case", on_delete=models.CASCADE, related_name="transfers")
    sender = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+", null=True)  # to whom there
    afterwards = models.CharField(_("what the sender keeps"), max_length=8, choices=Afterwards.choices)
    state = models.CharField(max_length=10, choices=TransferState.choices, default=TransferState.OFFERED)
    offered_by = models.BigIntegerField()
    offered_on = models.DateTimeField(default=timezone.now)
    decided_by = models.BigIntegerField(null=True)
    decided_on = models.DateTimeField(null=True)
    number_before = models.CharField(_("registry number of the sender"), max_length=60, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=models.Q(state="offered"), name="transfer_one_offer"),
            models.CheckConstraint(condition=~models.Q(sender=models.F("receiver")), name="transfer_to_another"),
            models.CheckConstraint(
                condition=models.Q(state="offered") ^ models.Q(decided_by__isnull=False), name="transfer_decided_by"
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["accepted", "rejected"]) | ~models.Q(decided_by=models.F("offered_by")),
                name="transfer_answered_by_another",
            ),
        ]

    class Privacy(privacy.Privacy):
        personal = {"sender", "receiver", "person", "offered_by", "decided_by", "number_before"}
        plain = {"uuid", "case", "afterwards", "state", "offered_on", "decided_on"}
        retention = "case"

    def __str__(self) -> str:
        return str(self.uuid)
