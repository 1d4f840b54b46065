"""Shapes of territories. Apart from the territories themselves, because each shape has a licence of its own."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from zajedno.kernel.privacy import Impersonal
from zajedno.places.models.territory import Territory


class Outline(models.Model):
    """`geometry` is GeoJSON in degrees (WGS 84): MultiPolygon for an area, Point for a seat."""

    class Layer(models.TextChoices):
        AREA = "area", _("Area")
        SEAT = "seat", _("Seat")

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="outlines")
    layer = models.CharField(max_length=10, choices=Layer.choices)
    geometry = models.JSONField()
    licence = models.CharField(max_length=40)
    share_alike = models.BooleanField()  # a map that uses it names the source and stays open
    attribution = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["territory", "layer"], name="outline_once"),
            models.CheckConstraint(
                condition=models.Q(share_alike=False) | ~models.Q(attribution=""), name="outline_names_its_source"
            ),
        ]

    Privacy = Impersonal

    def __str__(self) -> str:
        return f"{self.territory_id} {self.layer}"
