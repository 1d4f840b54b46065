"""An action plan: goal → measure → activity with its indicator, in versions; frozen when the council adopts it."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from zajedno.kernel import privacy
from zajedno.kernel.money import Money
from zajedno.programmes.enums import ActivityState, Years
from zajedno.programmes.models.amount import CURRENCIES, amount_has_currency
from zajedno.programmes.models.origin import Origin


class Plan(models.Model):
    """One version. It is written until a council has adopted it (the database sees to it); a change is the next version
    of the `series`. What is done meanwhile is told in `Progress`, beside it."""

    series = models.UUIDField(default=uuid.uuid4, editable=False)
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.PositiveSmallIntegerField(default=1)
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    first_year = models.PositiveSmallIntegerField()
    years = models.PositiveSmallIntegerField(choices=Years.choices, default=Years.ONE)
    situation = models.TextField(blank=True)
    organ = models.CharField(max_length=200, blank=True)
    number = models.CharField(max_length=60, blank=True)
    adopted_on = models.DateField(null=True)
    written_by = models.BigIntegerField()
    written_on = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-first_year", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["series", "version"], name="plan_version_once"),
            models.UniqueConstraint(fields=["series"], condition=Q(adopted_on=None), name="plan_one_draft"),
            models.CheckConstraint(condition=~Q(title=""), name="plan_has_title"),
            models.CheckConstraint(condition=Q(version__gte=1), name="plan_counts_from_one"),
            models.CheckConstraint(condition=Q(first_year__range=(2000, 2100)), name="plan_year"),
            models.CheckConstraint(condition=Q(years__in=Years.values), name="plan_yearly_or_three_yearly"),
            models.CheckConstraint(
                condition=Q(adopted_on=None, organ="", number="")
                | (Q(adopted_on__isnull=False) & ~Q(organ="") & ~Q(number="")),
                name="plan_adopted_by_a_decision",
            ),
        ]

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"written_by"}
        plain = {
            "uuid", "series", "version", "organisation", "territory", "title", "first_year", "years", "situation",
            "organ", "number", "adopted_on", "written_on",
        }  # fmt: skip
        retention = "plan"

    def __str__(self) -> str:
        return self.title

    @property
    def last_year(self) -> int:
        return self.first_year + self.years - 1

    @property
    def is_adopted(self) -> bool:
        return self.adopted_on is not None


class Goal(models.Model):
    """What shall be otherwise when the plan is over. `origin`: what asked for it; the same in every version."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="goals")
    number = models.PositiveSmallIntegerField()  # 1, 2, 3 … in the plan
    text = models.CharField(max_length=500)
    origin = models.ForeignKey(Origin, on_delete=models.PROTECT, related_name="goals", null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="goal_number_once"),
            models.CheckConstraint(condition=~Q(text=""), name="goal_has_words"),
        ]

    class Privacy(privacy.Privacy):
        plain = {"uuid", "plan", "number", "text", "origin"}
        retention = "plan"

    def __str__(self) -> str:
        return self.text


class Measure(models.Model):
    """By what a goal is reached. Not the measure of a child's support plan: no child is here."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="measures")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=500)
    origin = models.ForeignKey(Origin, on_delete=models.PROTECT, related_name="measures", null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["goal", "number"], name="plan_measure_number_once"),
            models.CheckConstraint(condition=~Q(text=""), name="plan_measure_has_words"),
        ]

    class Privacy(privacy.Privacy):
        plain = {"uuid", "goal", "number", "text", "origin"}
        retention = "plan"

    def __str__(self) -> str:
        return self.text


class Activity(models.Model):
    """Who does what from when until when, how one sees that it is done, and what it costs. `thread` is the same in
    every version, so that what was told of it goes on. `budget_line`: words for what no
    budget has yet (see `Draw`)."""

    thread = models.UUIDField(default=uuid.uuid4, editable=False)
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="activities")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=500)
    indicator = models.CharField(max_length=300)
    responsible = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    begins_on = models.DateField()
    ends_on = models.DateField()
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, choices=CURRENCIES, blank=True)
    budget_line = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["measure", "number"], name="activity_number_once"),
            models.CheckConstraint(condition=~Q(text="") & ~Q(indicator=""), name="activity_has_indicator"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("begins_on")), name="activity_ends_later"),
            amount_has_currency("activity", "amount"),
        ]
        indexes = [models.Index(fields=["thread"])]

    class Privacy(privacy.Privacy):
        plain = {
            "uuid", "thread", "measure", "number", "text", "indicator", "responsible", "begins_on", "ends_on", "amount",
            "currency", "budget_line",
        }  # fmt: skip
        retention = "plan"

    def __str__(self) -> str:
        return self.text

    @property
    def money(self) -> Money | None:
        return None if self.amount is None else Money(self.amount, self.currency)

    @property
    def years(self) -> range:
        return range(self.begins_on.year, self.ends_on.year + 1)


class Progress(models.Model):
    """How far an activity has come: a row each time somebody tells it, never edited; the newest counts."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="progress")
    thread = models.UUIDField(editable=False)
    state = models.CharField(max_length=8, choices=ActivityState.choices)
    reached = models.CharField(max_length=300, blank=True)
    on = models.DateField()
    told_by = models.BigIntegerField()
    told_on = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ActivityState.values), name="progress_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=["done", "dropped"]) | ~Q(reached=""), name="progress_says_what_was_reached"
            ),
        ]
        indexes = [models.Index(fields=["thread", "-id"])]

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"told_by"}
        plain = {"activity", "thread", "state", "reached", "on", "told_on"}
        retention = "plan"

    def __str__(self) -> str:
        return f"progress {self.pk}"
