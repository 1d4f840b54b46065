"""Who gives money besides the municipality, and what was promised for it."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zajedno.kernel import privacy
from zajedno.kernel.money import CURRENCIES
from zajedno.programmes.models.price import MONEY


class Funder(models.Model):
    """A source of money that the organisation knows: a fund, a donor, a transfer."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=200)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="funder_once"),
            models.CheckConstraint(condition=~Q(name=""), name="funder_has_a_name"),
        ]

    class Privacy(privacy.Privacy):
        plain = {"uuid", "organisation", "name"}
        retention = "agreement"

    def __str__(self) -> str:
        return self.name


class Grant(models.Model):
    """Money for one purpose only. `ends_on` is the last day on which it may be spent."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    funder = models.ForeignKey(Funder, on_delete=models.PROTECT, related_name="grants")
    title = models.CharField(_("for what"), max_length=250)
    amount = models.DecimalField(_("amount"), max_digits=16, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3, choices=MONEY)
    agreed_on = models.DateField(_("agreed on"))
    ends_on = models.DateField(_("to be spent until"))
    written_by = models.BigIntegerField()
    written_on = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-agreed_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="grant_of_something"),
            models.CheckConstraint(condition=Q(currency__in=CURRENCIES), name="grant_in_a_known_currency"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("agreed_on")), name="grant_ends_later"),
        ]

    class Privacy(privacy.Privacy):
        personal = {"written_by"}
        plain = {"uuid", "funder", "title", "amount", "currency", "agreed_on", "ends_on", "written_on"}
        retention = "agreement"

    def __str__(self) -> str:
        return self.title


class Promise(models.Model):
    """What a grant asks for: a condition to be met, or a report to be sent (`is_report`), by a day."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    grant = models.ForeignKey(Grant, on_delete=models.CASCADE, related_name="promises")
    text = models.CharField(_("what"), max_length=250)
    is_report = models.BooleanField(default=False)
    due_on = models.DateField(_("by"), null=True)
    kept_on = models.DateField(_("done on"), null=True)

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(is_report=False) | Q(due_on__isnull=False), name="report_has_a_day"),
            models.CheckConstraint(condition=~Q(text=""), name="promise_says_what"),
        ]

    class Privacy(privacy.Privacy):
        plain = {"uuid", "grant", "text", "is_report", "due_on", "kept_on"}
        retention = "agreement"

    def __str__(self) -> str:
        return self.text
