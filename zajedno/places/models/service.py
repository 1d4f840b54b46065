"""What an organisation offers: for whom, how many, at what age."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from zajedno.kernel.labels import label
from zajedno.kernel.privacy import Impersonal
from zajedno.places.models.organisation import Organisation


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
        ]

    Privacy = Impersonal

    def __str__(self) -> str:
        return label(self.labels)

    @property
    def free(self) -> int | None:
        """Places that are left; None when nobody said how many there are."""
        return None if self.capacity is None else self.capacity - self.taken

    def is_for(self, age: int | None) -> bool:
        """Is it for a child of so many completed years? An age that is not known fits."""
        return age is None or (self.age_from or 0) <= age <= (age if self.age_until is None else self.age_until)
