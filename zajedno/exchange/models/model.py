"""A model package: what of a practice must be taken over, what may be changed, and what it asks for. Versioned."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from zajedno.kernel import privacy
from zajedno.kernel.labels import label

Parts = Sequence[Mapping[str, Any]]  # [{"key": "body", "labels": {"sr": …, "bs": …, "en": …}}, …]


class ModelPackage(models.Model):
    """One model for ever; `slug` is its public address. Without `organisation` it came with a pack."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    titles = models.JSONField()  # by language, as texts of packs
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+", null=True)
    practice = models.ForeignKey("exchange.Practice", on_delete=models.PROTECT, related_name="+", null=True)
    retired_on = models.DateTimeField(null=True)  # no pack has it any more: sites go on, none begins

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(titles={}), name="model_has_title")]

    class Privacy(privacy.Privacy):
        plain = {"uuid", "slug", "titles", "organisation", "practice", "retired_on"}
        retention = "practice"

    def __str__(self) -> str:
        return label(self.titles)


class ModelVersion(models.Model):
    """What a model says. A trigger refuses every change; a change is a new version."""

    package = models.ForeignKey(ModelPackage, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    summary = models.JSONField(default=dict)  # by language
    core = models.JSONField()  # Parts that make the model what it is: fidelity is judged by them
    adaptable = models.JSONField(default=list)  # Parts that a place may do its own way
    conditions = models.JSONField(default=list)  # Parts: what must be there before one begins
    tools = models.JSONField(default=list)  # Parts; "kind" is form, procedure or letter, "key" that of the pack
    indicators = models.JSONField(default=list)  # Parts
    cost = models.JSONField(default=dict)  # by language, in words: what is expected
    sources = models.JSONField(default=list)  # [{"text", "url", "verified", "note"}]
    digest = models.CharField(max_length=64)  # SHA-256 of all of it, hexadecimal
    published_on = models.DateTimeField(default=timezone.now)
    published_by = models.BigIntegerField(null=True)  # None: came with a pack

    class Meta:
        ordering = ["package", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["package", "number"], name="model_version_once"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="model_version_from_one"),
            models.CheckConstraint(condition=~models.Q(core=[]), name="model_version_has_core"),
        ]

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"published_by"}
        plain = {
            "package", "number", "summary", "core", "adaptable", "conditions", "tools", "indicators", "cost", "sources",
            "digest", "published_on",
        }  # fmt: skip
        retention = "practice"

    def __str__(self) -> str:
        return f"{self.package} {self.number}"

    @property
    def names(self) -> dict[str, str]:
        """What core and adaptable parts are called, by key."""
        return {part["key"]: label(part["labels"]) for part in [*self.core, *self.adaptable]}
