"""Institutions, associations, commissions and teams. A commission is an organisation that covers territories."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from zajedno.kernel import privacy
from zajedno.kernel.labels import label
from zajedno.kernel.script import latin
from zajedno.places.enums import Sector
from zajedno.places.models.territory import Folded, Territory


class OrganisationKind(models.Model):
    key = models.SlugField(primary_key=True, max_length=60)
    sector = models.CharField(max_length=20, choices=Sector.choices)
    labels = models.JSONField()
    retired_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sector__in=Sector.values),
                name="organisation_kind_sector",
            )
        ]

    Privacy = privacy.Impersonal

    def __str__(self) -> str:
        return label(self.labels)


class Organisation(models.Model):
    """`territory` is the seat; `covers` the territories it serves. Works until before `active_until`."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.SlugField(_("short code"), max_length=60, unique=True)
    kind = models.ForeignKey(OrganisationKind, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name as registered"), max_length=250)
    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    covers = models.ManyToManyField(Territory, related_name="+", blank=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, related_name="parts", null=True, blank=True)
    registry_number = models.CharField(_("company number"), max_length=20, blank=True)
    tax_number = models.CharField(_("tax number"), max_length=20, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=10, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    phone = models.CharField(_("telephone"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    contact_person = models.CharField(_("contact person"), max_length=200, blank=True)
    language = models.CharField(
        _("language and script of letters"), max_length=10, choices=settings.LANGUAGES, default="sr"
    )
    active_from = models.DateField(_("works since"), null=True, blank=True)
    active_until = models.DateField(_("works until"), null=True, blank=True)
    key = models.GeneratedField(expression=Folded("name"), output_field=models.TextField(), db_persist=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(active_from=None)
                | models.Q(active_until=None)
                | models.Q(active_until__gte=models.F("active_from")),
                name="organisation_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=models.Q(parent=None) | ~models.Q(parent=models.F("id")), name="organisation_not_its_own_part"
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="organisation_has_a_name"),
            models.UniqueConstraint(
                fields=["registry_number"],
                condition=~models.Q(registry_number=""),
                name="organisation_registry_number_once",
            ),
        ]
        indexes = [models.Index(fields=["kind", "territory"])]

    class Privacy(privacy.Privacy):
        personal = {"contact_person", "phone", "email"}
        plain = {
            "uuid", "code", "kind", "name", "territory", "covers", "parent", "registry_number", "tax_number", "address",
            "postal_code", "place", "language", "active_from", "active_until", "key",
        }  # fmt: skip
        retention = "organisation"

    def __str__(self) -> str:
        """The registered name, in Latin where the language in use is written in it. Never the other way round."""
        return self.name if (get_language() or "sr") == "sr" else latin(self.name)

    @property
    def name_lat(self) -> str:
        return latin(self.name)
