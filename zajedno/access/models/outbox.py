"""The outbox: a letter is written in the transaction of the act and sent afterwards, once."""

from django.db import models
from django.utils import timezone

from zajedno.kernel import privacy


class Message(models.Model):
    account = models.ForeignKey("access.Account", on_delete=models.CASCADE, related_name="+", null=True)
    address = models.EmailField(blank=True)  # of somebody without an account, who asked for it; emptied when sent
    key = models.CharField(max_length=120, unique=True)  # the same reminder is never written twice
    subject = models.CharField(max_length=200)  # never personal data
    body = models.TextField()  # emptied when sent
    headers = models.JSONField(default=dict)  # of the mail, beside the usual ones; emptied when sent
    calendar = models.TextField(blank=True)  # an iCalendar file that goes with it; emptied when sent
    written_on = models.DateTimeField(default=timezone.now)
    not_before = models.DateTimeField(default=timezone.now)
    sent_on = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["not_before"], condition=models.Q(sent_on=None), name="message_waiting")]
        constraints = [
            models.CheckConstraint(
                condition=(models.Q(account=None) | models.Q(address=""))
                & (models.Q(account__isnull=False) | ~models.Q(address="") | models.Q(sent_on__isnull=False)),
                name="message_has_one_receiver",
            )
        ]

    class Privacy(privacy.Privacy):
        personal = {"account", "address", "body", "headers", "calendar"}
        plain = {"key", "subject", "written_on", "not_before", "sent_on", "attempts", "trouble"}
        retention = "outbox"

    def __str__(self) -> str:
        return self.key
