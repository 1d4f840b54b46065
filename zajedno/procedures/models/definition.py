"""What packs define, by key for ever, and each loaded text of it, which never changes."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from zajedno.kernel.privacy import Impersonal


class Definition(models.Model):
    """A key that means one thing for ever; retired with a date, never reused nor deleted."""

    class Kind(models.TextChoices):
        PROCEDURE = "procedure", _("Procedure")
        MEASURES = "measures", _("Measures of support")
        PURPOSES = "purposes", _("Purposes of ties and consents")
        RETENTION = "retention", _("How long data are kept")

    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.PROCEDURE)
    key = models.SlugField(max_length=80)
    country = models.CharField(max_length=2, blank=True)  # code of the country; empty: any
    retired_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "key", "country"], name="definition_key_once"),
            models.CheckConstraint(condition=~models.Q(key=""), name="definition_has_key"),
        ]

    Privacy = Impersonal

    def __str__(self) -> str:
        return f"{self.country or '*'}/{self.key}"


class Version(models.Model):
    """One loaded text. A trigger refuses every change of a row and every deletion."""

    definition = models.ForeignKey(Definition, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()  # canonical tables, without stories
    digest = models.CharField(max_length=64)  # SHA-256 of the canonical content, hexadecimal
    loaded_on = models.DateTimeField()

    class Meta:
        ordering = ["definition", "number"]
        constraints = [
            models.UniqueConstraint(fields=["definition", "number"], name="version_number_once"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="version_number_from_one"),
        ]

    Privacy = Impersonal

    def __str__(self) -> str:
        return f"{self.definition} {self.number}"
