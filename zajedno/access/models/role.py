"""A role is a named bundle of verbs, loaded from `roles.toml` of the packs."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from zajedno.kernel.labels import label
from zajedno.kernel.privacy import Impersonal


class Role(models.Model):
    key = models.SlugField(primary_key=True, max_length=60)
    labels = models.JSONField()
    verbs = ArrayField(models.CharField(max_length=80), default=list)
    opens_files = models.BooleanField(default=False)  # do ties of the organisation reach who holds it?
    requires_second_factor = models.BooleanField(default=False)
    break_glass = models.BooleanField(default=False)
    supervises = ArrayField(models.CharField(max_length=60), default=list)
    may_end = ArrayField(models.CharField(max_length=60), default=list)
    retired_on = models.DateField(null=True)

    Privacy = Impersonal

    def __str__(self) -> str:
        return label(self.labels)
