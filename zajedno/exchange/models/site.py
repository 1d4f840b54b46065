"""A site: a place that takes a model over. It walks the procedure `replication`, and tells what became of the model."""

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from zajedno.exchange.enums import Evidence, Presence, Theme
from zajedno.exchange.models.model import ModelVersion
from zajedno.kernel import privacy
from zajedno.procedures.models import Move, Process


class Site(Process):
    """`parent` or `practice` is where it was taken from; neither: from the package itself. It never changes, so the
    lineage is a tree."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    model = models.ForeignKey(ModelVersion, on_delete=models.PROTECT, related_name="sites")
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    mentor = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+", null=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, related_name="taken", null=True)
    practice = models.ForeignKey("exchange.Practice", on_delete=models.PROTECT, related_name="+", null=True)
    language = models.CharField(max_length=10)  # in which the place writes about it
    needs = ArrayField(models.CharField(max_length=20, choices=Theme.choices), default=list)  # what is still sought
    readiness = models.JSONField(default=dict)  # key of a condition -> is it met
    in_spite = models.TextField(blank=True)  # why it goes on although a condition is not met
    indicator = models.CharField(max_length=40, blank=True)  # by which it will be seen whether it worked: named once
    indicator_on = models.DateTimeField(null=True)
    begun_by = models.BigIntegerField()
    moment = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["model", "territory"])]
        constraints = [
            *Process.Meta.constraints,
            models.CheckConstraint(condition=Q(parent=None) | Q(practice=None), name="site_taken_from_one"),
            models.CheckConstraint(condition=Q(mentor=None) | ~Q(mentor=models.F("organisation")), name="site_mentor"),
            models.UniqueConstraint(
                fields=["model", "organisation"], condition=Q(closed_on=None), name="site_open_once"
            ),
            models.CheckConstraint(
                condition=Q(indicator="", indicator_on=None) | ~Q(indicator="") & Q(indicator_on__isnull=False),
                name="site_indicator_has_day",
            ),
        ]

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"begun_by"}
        plain = Process.Privacy.plain | {
            "uuid", "model", "organisation", "territory", "mentor", "parent", "practice", "language", "needs",
            "readiness", "in_spite", "moment", "indicator", "indicator_on",
        }  # fmt: skip
        retention = "practice"

    def __str__(self) -> str:
        return str(self.uuid)


class SiteMove(Move):
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="moves")
    position = models.PositiveIntegerField()  # 1, 2, 3 … within the site

    class Meta:
        ordering = ["site", "position"]
        constraints = [
            *Move.Meta.constraints,
            models.UniqueConstraint(fields=["site", "position"], name="site_move_once"),
        ]

    class Privacy(privacy.Privacy):
        personal = Move.Privacy.personal
        plain = Move.Privacy.plain | {"site", "position"}
        retention = "practice"

    def __str__(self) -> str:
        return f"{self.site} {self.position}"


class Adaptation(models.Model):
    """What a place does otherwise than the model says, and why. Never edited."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="adaptations")
    component = models.SlugField(max_length=60)  # key of a core or adaptable part
    what = models.TextField()
    reason = models.TextField()
    said_by = models.BigIntegerField()
    said_on = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["site", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(what="") & ~Q(reason=""), name="adaptation_has_reason"),
        ]

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"said_by"}
        plain = {"site", "component", "what", "reason", "said_on"}
        retention = "practice"

    def __str__(self) -> str:
        return f"adaptation {self.pk}"


class Fidelity(models.Model):
    """Is a core component there? What is there is shown by evidence."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="fidelity")
    component = models.SlugField(max_length=60)
    presence = models.CharField(max_length=6, choices=Presence.choices)
    evidence = models.CharField(max_length=1000, blank=True)
    said_by = models.BigIntegerField()
    said_on = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "component"], name="fidelity_once"),
            models.CheckConstraint(condition=Q(presence__in=Presence.values), name="fidelity_presence"),
            models.CheckConstraint(
                condition=Q(presence=Presence.NO) | ~Q(evidence=""), name="fidelity_shown_by_evidence"
            ),
        ]

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"said_by"}
        plain = {"site", "component", "presence", "evidence", "said_on"}
        retention = "practice"

    def __str__(self) -> str:
        return f"{self.site_id} {self.component}"


class Result(models.Model):
    """An indicator before and after, with its source. Numbers of places, never of a child."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="results")
    indicator = models.CharField(max_length=200)  # key of one of the model's, or the place's own words
    before = models.DecimalField(max_digits=14, decimal_places=2)
    after = models.DecimalField(max_digits=14, decimal_places=2)
    unit = models.CharField(max_length=40, blank=True)
    source = models.CharField(max_length=500)
    evidence = models.CharField(max_length=10, choices=Evidence.choices)
    said_by = models.BigIntegerField()
    said_on = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["site", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(indicator="") & ~Q(source=""), name="result_has_source"),
            models.CheckConstraint(condition=Q(evidence__in=Evidence.values), name="result_evidence"),
        ]

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"said_by"}
        plain = {"site", "indicator", "before", "after", "unit", "source", "evidence", "said_on"}
        retention = "practice"

    def __str__(self) -> str:
        return f"result {self.pk}"


class Lesson(models.Model):
    """What a place learnt, returned to where it took the model from; the source sees and answers it."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="lessons")
    text = models.TextField()
    said_by = models.BigIntegerField()
    said_on = models.DateTimeField(default=timezone.now)
    seen_on = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)
    answered_by = models.BigIntegerField(null=True)
    answered_on = models.DateTimeField(null=True)

    class Meta:
        ordering = ["site", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="lesson_has_text"),
            models.CheckConstraint(
                condition=Q(answer="", answered_by=None, answered_on=None)
                | ~Q(answer="") & Q(seen_on__isnull=False, answered_by__isnull=False, answered_on__isnull=False),
                name="lesson_answered_by_who_saw_it",
            ),
        ]

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"said_by", "answered_by"}
        plain = {"uuid", "site", "text", "said_on", "seen_on", "answer", "answered_on"}
        retention = "practice"

    def __str__(self) -> str:
        return f"lesson {self.pk}"


class Retraction(models.Model):
    """A change, a result or a lesson that a place told was wrong: it is shown no more. Never edited, never undone."""

    adaptation = models.OneToOneField(Adaptation, on_delete=models.PROTECT, related_name="retraction", null=True)
    result = models.OneToOneField(Result, on_delete=models.PROTECT, related_name="retraction", null=True)
    lesson = models.OneToOneField(Lesson, on_delete=models.PROTECT, related_name="retraction", null=True)
    said_by = models.BigIntegerField()
    said_on = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(adaptation__isnull=False, result=None, lesson=None)
                | Q(adaptation=None, result__isnull=False, lesson=None)
                | Q(adaptation=None, result=None, lesson__isnull=False),
                name="retraction_of_one",
            ),
        ]

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"said_by"}
        plain = {"adaptation", "result", "lesson", "said_on"}
        retention = "practice"

    def __str__(self) -> str:
        return f"retraction {self.pk}"
