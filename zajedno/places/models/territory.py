"""Countries and what lies in them, loaded from packs."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from zajedno.kernel.labels import label
from zajedno.kernel.privacy import Impersonal


class Folded(models.Func):
    """The search key of a text, made by the database (`app.fold`, equal to `kernel.script.fold`)."""

    function = "app.fold"
    output_field = models.TextField()


class Country(models.Model):
    code = models.CharField(max_length=2, primary_key=True)
    labels = models.JSONField()
    languages = ArrayField(models.CharField(max_length=10), default=list)
    currency = models.CharField(max_length=3, blank=True)

    Privacy = Impersonal

    def __str__(self) -> str:
        return label(self.labels)


class Territory(models.Model):
    """`is_unit` marks the units of local self-government and city municipalities that the official lists name."""

    class Kind(models.TextChoices):
        COUNTRY = "country", _("Country")
        ENTITY = "entity", _("Entity")
        PROVINCE = "province", _("Province")
        REGION = "region", _("Region")
        CANTON = "canton", _("Canton")
        DISTRICT = "district", _("District")
        CITY = "city", _("City")
        MUNICIPALITY = "municipality", _("Municipality")
        CITY_MUNICIPALITY = "city_municipality", _("City municipality")
        SETTLEMENT = "settlement", _("Settlement")

    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="+")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, related_name="children", null=True, blank=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    code = models.CharField(max_length=60)
    iso = models.CharField(max_length=6, blank=True)
    is_unit = models.BooleanField(default=False)
    name_lat = models.CharField(max_length=120)
    name_cyr = models.CharField(max_length=120)
    city = models.CharField(max_length=120, blank=True)  # of a city municipality, in Cyrillic
    languages = ArrayField(models.CharField(max_length=10), default=list)  # official; "hu(s)": in some settlements
    languages_verified = models.BooleanField(default=False)
    seed20 = models.BooleanField(default=False)  # one of the 20 of "Učimo svi zajedno"
    spis_phase = models.CharField(max_length=40, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    key = models.GeneratedField(expression=Folded("name_lat"), output_field=models.TextField(), db_persist=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["country", "code"], name="territory_code_once"),
            models.CheckConstraint(
                condition=models.Q(kind="country", parent=None) | ~models.Q(kind="country") & ~models.Q(parent=None),
                name="territory_lies_in_another",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_until=None)
                | models.Q(valid_until__gte=models.F("valid_from"))
                | models.Q(valid_from=None),
                name="territory_valid_in_order",
            ),
        ]
        indexes = [models.Index(fields=["key"])]

    Privacy = Impersonal

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the script of the language in use."""
        return self.name_cyr if (get_language() or "sr") == "sr" else self.name_lat
