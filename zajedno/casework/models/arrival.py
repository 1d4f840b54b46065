"""A referral that another system sent: it waits apart until somebody of the receiver says whom it is about."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone

from zajedno.casework.enums import ArrivalState
from zajedno.kernel import privacy


class Arrival(models.Model):
    """One referral, once, however often it is sent. `content`: as it came, sealed, while it waits.

    `number`: blind index of the sender's own number of it. `sent_by` is the account whose token sent it;
    `decided_by` nobody's (0) where its time was over.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.BinaryField()
    sender = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    sent_by = models.BigIntegerField()
    sent_on = models.DateTimeField(default=timezone.now)
    urgent = models.BooleanField(default=False)
    content = models.BinaryField(null=True)
    state = models.CharField(max_length=12, choices=ArrivalState.choices, default=ArrivalState.WAITING)
    case = models.ForeignKey("casework.Case", on_delete=models.CASCADE, related_name="arrivals", null=True)
    reason = models.CharField(max_length=250, blank=True)  # why it was turned down; the sender reads it
    decided_by = models.BigIntegerField(null=True)
    decided_on = models.DateTimeField(null=True)
    warned_on = models.DateField(null=True)  # when who receives was told that its time is nearly over

    class Meta:
        ordering = ["-sent_on", "-id"]
        indexes = [models.Index(fields=["receiver", "state", "sent_on"])]
        constraints = [
            models.UniqueConstraint(fields=["sender", "number"], name="arrival_once"),
            models.CheckConstraint(condition=~models.Q(sender=models.F("receiver")), name="arrival_from_another"),
            models.CheckConstraint(
                condition=models.Q(state="taken", case__isnull=False)
                | (~models.Q(state="taken") & models.Q(case=None)),
                name="arrival_taken_has_case",
            ),
            models.CheckConstraint(
                condition=models.Q(state="waiting", content__isnull=False, decided_by=None)
                | (~models.Q(state="waiting") & models.Q(content=None, decided_by__isnull=False)),
                name="arrival_kept_while_it_waits",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="turned_down") | ~models.Q(reason=""), name="arrival_turned_down_has_reason"
            ),
        ]

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"number", "sender", "receiver", "sent_by", "reason", "decided_by"}
        special: ClassVar[set[str]] = {"content"}
        plain = {"uuid", "case", "sent_on", "urgent", "state", "decided_on", "warned_on"}
        retention = "case"

    def __str__(self) -> str:
        return str(self.uuid)

    def bound_to(self) -> str:
        return f"casework_arrival.content|{self.uuid}"
