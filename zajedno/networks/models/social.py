"""The social map: which groups live where, what they need, and what is missing, as the municipality knows it."""

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zajedno.kernel import privacy
from zajedno.networks.enums import Vulnerable
from zajedno.networks.logic.social_rows import FEWEST
from zajedno.places.models import Organisation, Territory


class GroupThere(models.Model):
    """A group in a settlement. `place`: the settlement; empty is the whole municipality."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(_("Settlement"), max_length=120, blank=True)
    group = models.CharField(_("Group"), max_length=20, choices=Vulnerable.choices)
    people = models.PositiveIntegerField(_("People"), null=True, blank=True)
    needs = ArrayField(models.CharField(max_length=20), default=list, blank=True)  # keys of places.enums.Need
    gap = models.TextField(_("What is missing"), blank=True, max_length=1000)
    source = models.CharField(_("Source of the number"), max_length=250, blank=True)
    told_by = models.BigIntegerField()
    told_on = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["place", "group"]
        constraints = [
            models.UniqueConstraint(fields=["territory", "place", "group"], name="group_told_once"),
            models.CheckConstraint(
                condition=models.Q(people=None) | models.Q(people__gte=FEWEST),
                name="group_of_few_unnumbered",
                violation_error_message=_("Fewer than five people are not written down: leave the number empty."),
            ),
            models.CheckConstraint(
                condition=models.Q(people=None) | ~models.Q(source=""),
                name="group_number_has_source",
                violation_error_message=_("Write where the number comes from."),
            ),
        ]

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"told_by"}
        plain = {"uuid", "organisation", "territory", "place", "group", "people", "needs", "gap", "source", "told_on"}
        retention = "self-evaluation"

    def __str__(self) -> str:
        return f"{self.get_group_display()}, {self.place or self.territory}"
