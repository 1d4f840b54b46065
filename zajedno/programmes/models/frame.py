"""A framework of results: what a programme of several phases is to change, phase by phase and place by place.

It comes from a pack, with the source of every number. On which level a result stands may be our own arrangement."""

from django.db import models
from django.db.models import F, Q

from zajedno.kernel.labels import label
from zajedno.kernel.privacy import Impersonal
from zajedno.programmes.enums import ResultLevel


class Frame(models.Model):
    """`content` is its file as it was loaded last. What no pack names any more is `retired`, never deleted."""

    key = models.SlugField(max_length=60, unique=True)
    country = models.CharField(max_length=2)
    titles = models.JSONField()
    about = models.JSONField(default=dict)
    source = models.TextField()
    verified = models.BooleanField(default=False)
    is_public = models.BooleanField(default=False)
    retired = models.BooleanField(default=False)
    content = models.JSONField(default=dict)

    class Meta:
        ordering = ["country", "key"]
        constraints = [models.CheckConstraint(condition=~Q(source=""), name="frame_has_source")]

    Privacy = Impersonal

    def __str__(self) -> str:
        return label(self.titles)


class Phase(models.Model):
    """Years, first and last; `places` are the municipalities that it works in."""

    frame = models.ForeignKey(Frame, on_delete=models.PROTECT, related_name="phases")
    key = models.SlugField(max_length=40)
    position = models.PositiveSmallIntegerField()
    titles = models.JSONField()
    begins = models.PositiveSmallIntegerField()
    ends = models.PositiveSmallIntegerField()
    source = models.TextField()
    verified = models.BooleanField(default=False)
    retired = models.BooleanField(default=False)
    places = models.ManyToManyField("places.Territory", related_name="+")

    class Meta:
        ordering = ["frame", "position"]
        constraints = [
            models.UniqueConstraint(fields=["frame", "key"], name="phase_key_once"),
            models.CheckConstraint(condition=Q(ends__gte=F("begins")), name="phase_ends_later"),
            models.CheckConstraint(condition=~Q(source=""), name="phase_has_source"),
        ]

    Privacy = Impersonal

    def __str__(self) -> str:
        return label(self.titles)


class Result(models.Model):
    """Something to be reached, under what it leads to. With an `indicator`, its numbers are released figures alone."""

    frame = models.ForeignKey(Frame, on_delete=models.PROTECT, related_name="results")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, related_name="parts", null=True)
    key = models.SlugField(max_length=60)
    level = models.CharField(max_length=10, choices=ResultLevel.choices)
    position = models.PositiveSmallIntegerField()
    titles = models.JSONField()
    unit = models.CharField(max_length=20, blank=True)
    indicator = models.CharField(max_length=40, blank=True)
    falls = models.BooleanField(default=False)  # less is better
    retired = models.BooleanField(default=False)

    class Meta:
        ordering = ["frame", "position"]
        constraints = [
            models.UniqueConstraint(fields=["frame", "key"], name="result_key_once"),
            models.CheckConstraint(condition=Q(level__in=ResultLevel.values), name="result_level_known"),
            models.CheckConstraint(
                condition=Q(level="impact", parent=None) | ~Q(level="impact") & Q(parent__isnull=False),
                name="result_leads_to_another",
            ),
        ]

    Privacy = Impersonal

    def __str__(self) -> str:
        return label(self.titles)


class Target(models.Model):
    """What a result is to come to: in a phase or in all, in a place or in all together."""

    result = models.ForeignKey(Result, on_delete=models.PROTECT, related_name="targets")
    phase = models.ForeignKey(Phase, on_delete=models.PROTECT, related_name="targets", null=True)
    place = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+", null=True)
    value = models.DecimalField(max_digits=18, decimal_places=2)
    source = models.TextField()
    verified = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["result", "phase", "place"], nulls_distinct=False, name="target_once"),
            models.CheckConstraint(condition=~Q(source=""), name="target_has_source"),
        ]

    Privacy = Impersonal

    def __str__(self) -> str:
        return f"{self.result_id}: {self.value}"
