"""What an organisation offers: for whom, how many, at what age; and what the public directory says of it."""

import uuid
from datetime import date, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zajedno.kernel import privacy
from zajedno.kernel.labels import label
from zajedno.places.enums import Fee
from zajedno.places.models.organisation import Organisation

FRESH = timedelta(days=365)  # own rule: what nobody has checked for longer is marked


class Service(models.Model):
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="services")
    labels = models.JSONField()
    target = models.CharField(_("for whom"), max_length=250, blank=True)
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True)
    taken = models.PositiveIntegerField(default=0, editable=False)  # kept by trigger of the room that gives places
    age_from = models.PositiveSmallIntegerField(_("from age, years"), null=True, blank=True)
    age_until = models.PositiveSmallIntegerField(_("to age, years"), null=True, blank=True)
    active_from = models.DateField(null=True, blank=True)
    active_until = models.DateField(null=True, blank=True)
    needs = ArrayField(models.CharField(max_length=20), default=list, blank=True)  # keys of enums.Need
    about = models.TextField(_("What it is"), blank=True, max_length=4000)
    entry = models.TextField(_("How to enter"), blank=True, max_length=2000)
    fee = models.CharField(pgettext_lazy("service", "Cost"), max_length=10, choices=Fee.choices, blank=True)
    fee_note = models.TextField(_("What it costs, in words"), blank=True, max_length=1000)
    languages = ArrayField(models.CharField(max_length=10), default=list, blank=True)  # ISO 639
    accessibility = models.TextField(_("Accessibility"), blank=True, max_length=2000)
    phone = models.CharField(_("telephone"), max_length=100, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    url = models.URLField(_("Page on the internet"), blank=True, max_length=500)
    free_told = models.PositiveIntegerField(_("Free places"), null=True, blank=True)  # by the provider, for the public
    checked_on = models.DateField(null=True, blank=True)
    is_public = models.BooleanField(default=False)
    kept = models.JSONField(default=dict, blank=True)  # the HSDS record it came in, for what no column holds
    names_people = models.BooleanField(default=False)  # are contact persons of that record named to the public?

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(capacity=None) | models.Q(taken__lte=models.F("capacity")),
                name="service_not_overbooked",
                violation_error_message=_("More places are taken than there would be. First free some."),
            ),
            models.CheckConstraint(
                condition=models.Q(age_from=None)
                | models.Q(age_until=None)
                | models.Q(age_until__gte=models.F("age_from")),
                name="service_ages_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(active_from=None)
                | models.Q(active_until=None)
                | models.Q(active_until__gte=models.F("active_from")),
                name="service_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=models.Q(fee__in=["", *Fee.values]),
                name="service_fee",
            ),
        ]

    class Privacy(privacy.Privacy):
        personal = {"phone", "email", "kept"}  # an office's, but a small office is one person
        plain = {
            "uuid", "organisation", "labels", "target", "capacity", "taken", "age_from", "age_until", "active_from",
            "active_until", "needs", "about", "entry", "fee", "fee_note", "languages", "accessibility", "url",
            "free_told", "checked_on", "is_public", "names_people",
        }  # fmt: skip
        retention = "organisation"

    def __str__(self) -> str:
        return label(self.labels)

    @property
    def free(self) -> int | None:
        """Places that are left; None when nobody said how many there are."""
        return None if self.capacity is None else self.capacity - self.taken

    def is_for(self, age: int | None) -> bool:
        """Is it for a child of so many completed years? An age that is not known fits."""
        return age is None or (self.age_from or 0) <= age <= (age if self.age_until is None else self.age_until)

    def is_stale(self, today: date) -> bool:
        """Has nobody said for a year that it is still so?"""
        return self.checked_on is None or self.checked_on + FRESH < today

    def is_offered(self, today: date) -> bool:
        return (self.active_from or today) <= today and (self.active_until is None or self.active_until > today)
