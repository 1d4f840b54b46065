"""How many people live in a territory, by age and sex, as a statistical office published it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from zajedno.kernel.privacy import Impersonal
from zajedno.places.models.territory import Territory


class Population(models.Model):
    class Band(models.TextChoices):
        ALL = "all", _("All ages")
        AGE_0_6 = "0-6", _("0 to 6 years")
        AGE_7_14 = "7-14", _("7 to 14 years")
        AGE_15_18 = "15-18", _("15 to 18 years")
        AGE_15_29 = "15-29", _("15 to 29 years")
        BIRTHS = "births", _("Born alive in the year")

    class Sex(models.TextChoices):
        ALL = "all", _("Both sexes")
        MALE = "male", _("Male")
        FEMALE = "female", _("Female")

    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="population")
    year = models.PositiveSmallIntegerField()
    band = models.CharField(max_length=10, choices=Band.choices)
    sex = models.CharField(max_length=6, choices=Sex.choices, default=Sex.ALL)
    count = models.PositiveIntegerField()
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["territory", "year", "band", "sex"], name="population_once"),
            models.CheckConstraint(condition=models.Q(year__range=(1900, 2100)), name="population_year"),
        ]

    Privacy = Impersonal

    def __str__(self) -> str:
        return f"{self.territory_id} {self.year} {self.band} {self.sex}"
