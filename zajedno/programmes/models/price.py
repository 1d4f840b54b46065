"""What a unit of help costs at a place, who pays it, and from when until when; what a currency was worth on a day."""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zajedno.kernel import privacy
from zajedno.kernel.money import CURRENCIES
from zajedno.kernel.ranges import Days
from zajedno.procedures.logic.codes import PAYERS

MONEY = [(code, code) for code in CURRENCIES]


class Price(models.Model):
    """Of a coded measure, or of one service: at a place a thing has one price a day. `valid_until` is the last day."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    code = models.CharField(_("measure"), max_length=60, blank=True)
    service = models.ForeignKey("places.Service", on_delete=models.PROTECT, related_name="+", null=True)
    unit = models.CharField(_("unit"), max_length=40)
    amount = models.DecimalField(_("price"), max_digits=12, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3, choices=MONEY)
    payer = models.CharField(_("who pays"), max_length=40)
    source = models.CharField(_("source"), max_length=250)
    valid_from = models.DateField(_("from"))
    valid_until = models.DateField(_("last day"), null=True)
    written_by = models.BigIntegerField()
    written_on = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["code", "service", "-valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(service=None) & ~Q(code="") | Q(service__isnull=False, code=""), name="price_of_one_thing"
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="price_not_negative"),
            models.CheckConstraint(condition=Q(currency__in=CURRENCIES), name="price_in_a_known_currency"),
            models.CheckConstraint(condition=Q(payer__in=PAYERS), name="price_payer_known"),
            models.CheckConstraint(condition=~Q(unit="") & ~Q(source=""), name="price_says_of_what_and_whence"),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")), name="price_ends_later"
            ),
            *(
                ExclusionConstraint(
                    name=f"price_of_a_{thing}_once_a_day",
                    condition=only,
                    expressions=[
                        ("territory", RangeOperators.EQUAL),
                        (thing, RangeOperators.EQUAL),
                        (Days("valid_from", "valid_until", Value("[]")), RangeOperators.OVERLAPS),
                    ],
                )
                for thing, only in (("code", ~Q(code="")), ("service", Q(service__isnull=False)))
            ),
        ]

    class Privacy(privacy.Privacy):
        personal = {"written_by"}
        plain = {
            "uuid", "territory", "code", "service", "unit", "amount", "currency", "payer", "source", "valid_from",
            "valid_until", "written_on",
        }  # fmt: skip
        retention = "agreement"

    def __str__(self) -> str:
        return f"{self.code or self.service_id} {self.amount} {self.currency}"


class Rate(models.Model):
    """How much of `into` one unit of `currency` was worth on a day, as the municipality entered it. Nothing is
    converted by itself: who asks for a sum in another currency names the rate."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    currency = models.CharField(_("one"), max_length=3, choices=MONEY)
    into = models.CharField(_("is worth, in"), max_length=3, choices=MONEY)
    rate = models.DecimalField(_("rate"), max_digits=14, decimal_places=6)
    valid_on = models.DateField(_("day"))
    source = models.CharField(_("source"), max_length=250)
    written_by = models.BigIntegerField()
    written_on = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-valid_on", "currency", "into"]
        constraints = [
            models.UniqueConstraint(fields=["territory", "currency", "into", "valid_on"], name="rate_once_a_day"),
            models.CheckConstraint(condition=Q(rate__gt=0), name="rate_positive"),
            models.CheckConstraint(condition=~Q(currency=F("into")), name="rate_between_two"),
            models.CheckConstraint(
                condition=Q(currency__in=CURRENCIES, into__in=CURRENCIES), name="rate_of_known_currencies"
            ),
            models.CheckConstraint(condition=~Q(source=""), name="rate_has_a_source"),
        ]

    class Privacy(privacy.Privacy):
        personal = {"written_by"}
        plain = {"uuid", "territory", "currency", "into", "rate", "valid_on", "source", "written_on"}
        retention = "agreement"

    def __str__(self) -> str:
        return f"1 {self.currency} = {self.rate} {self.into}"
