"""Released values. A row is written once, by the statistics role, and never changed."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from zajedno.figures.logic.figure import Said
from zajedno.figures.logic.pools import FEWEST
from zajedno.kernel.labels import label
from zajedno.kernel.privacy import Impersonal


class Definition(models.Model):
    """What an indicator is and how it is counted, as a pack says it. A new way to count is a new `method`."""

    class Kind(models.TextChoices):
        SHARE = "share"
        RATE = "rate"
        COUNT = "count"
        MEDIAN = "median"
        MEAN = "mean"
        MONEY = "money"

    code = models.CharField(max_length=40)
    method = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    words = models.JSONField(default=dict)  # name, numerator, denominator, definition: each in many languages
    unit = models.CharField(max_length=20, blank=True)
    per = models.PositiveIntegerField(default=100)
    better = models.CharField(max_length=10, default="neither")  # higher, lower or neither
    period = models.CharField(max_length=12, default="year")  # year or school_year
    room = models.CharField(max_length=20, blank=True)
    by = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    bands = ArrayField(models.CharField(max_length=20), default=list, blank=True)  # of a median or mean, in order
    population = ArrayField(models.CharField(max_length=10), default=list, blank=True)  # of a rate; empty: 0 to 18
    is_impersonal = models.BooleanField(default=False)  # counts no person: meetings, plans, practices
    small_below = models.PositiveIntegerField(default=0)  # a rate on fewer is marked
    target = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    baseline = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    owner = models.CharField(max_length=200, blank=True)
    source = models.TextField(blank=True)
    verified = models.BooleanField(default=False)

    class Meta:
        ordering = ["code", "-method"]
        constraints = [
            models.UniqueConstraint(fields=["code", "method"], name="definition_method_once"),
            models.CheckConstraint(condition=Q(kind__in=["share", "rate", "count", "median", "mean", "money"]),
                                   name="definition_kind"),
        ]  # fmt: skip

    Privacy = Impersonal

    def __str__(self) -> str:
        return label(self.words.get("name", {})) or self.code


class Edition(models.Model):
    """One table of an indicator for a place and a period, as it was released. `axes` name the parts of its cells;
    `unit` is a currency, or empty for plain numbers. What differs in currency is never one table.

    Of a closed period (`closed_on`) `turn` says the how many-th it is: one after the first corrects it, with a reason.
    """

    indicator = models.CharField(max_length=40)
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    period = models.CharField(max_length=10)
    unit = models.CharField(max_length=3, blank=True)
    number = models.CharField(max_length=10)  # such as 2026-4: the quarter in which it was made; or its turn
    axes = ArrayField(models.CharField(max_length=20))
    released_on = models.DateField()
    closed_on = models.DateField(null=True)  # the last day of its period
    turn = models.PositiveSmallIntegerField(default=0)
    reason = models.TextField(blank=True)
    method = models.PositiveSmallIntegerField(default=1)
    reported = models.PositiveIntegerField(null=True)  # institutions that had sent something
    expected = models.PositiveIntegerField(null=True)
    layout = models.JSONField(default=dict)  # which places and blocks are told together

    class Meta:
        ordering = ["-released_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "territory", "period", "unit", "number"], name="edition_once"
            ),
            models.UniqueConstraint(
                fields=["indicator", "territory", "period", "turn"], condition=Q(turn__gte=1), name="edition_turn_once"
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None, turn=0)
                | Q(closed_on__isnull=False, closed_on__lt=F("released_on"), turn__gte=1),
                name="edition_of_what_is_over",
            ),
            models.CheckConstraint(condition=Q(turn__lte=1) | ~Q(reason=""), name="correction_says_why"),
            models.CheckConstraint(
                condition=Q(reported=None) | Q(expected=None) | Q(reported__lte=F("expected")),
                name="edition_reported_of_expected",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["indicator", "period", "territory", "-turn"], name="edition_newest")]

    Privacy = Impersonal

    def __str__(self) -> str:
        return f"{self.indicator} {self.period} {self.number}"


class Value(models.Model):
    """A cell: `cell` has one word for each axis, an empty one for the total over it. Withheld, it has neither value nor
    count; `count` is of children, and there is none where nothing is counted that is of a person."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="values")
    cell = ArrayField(models.CharField(max_length=200, blank=True))
    value = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    count = models.PositiveIntegerField(null=True)
    is_impersonal = models.BooleanField(default=False)

    class Meta:
        ordering = ["cell"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "cell"], name="value_once"),
            models.CheckConstraint(
                condition=Q(value=None, count=None)
                | Q(value__isnull=False, is_impersonal=False, count__isnull=False, count__gte=FEWEST)
                | Q(value__isnull=False, is_impersonal=True, count=None),
                name="value_has_enough_behind_it",
            ),
        ]

    Privacy = Impersonal

    def __str__(self) -> str:
        return f"{self.edition_id} {self.cell}"


class Reading(models.Model):
    """What an edition says of one territory, reckoned from its values when it was made: what pages read."""

    SAID = [(one.value, one.value) for one in Said]

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="readings")
    place = models.CharField(max_length=60)  # code of a territory of any level
    by = models.CharField(max_length=20, blank=True)
    word = models.CharField(max_length=60, blank=True)
    said = models.CharField(max_length=10, choices=SAID)
    value = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    low = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    high = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    top = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    bottom = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    bottom_year = models.PositiveSmallIntegerField(null=True)
    left_out = models.PositiveSmallIntegerField(null=True)  # of a rate: places in it that nobody published people of
    count = models.PositiveIntegerField(null=True)  # children who are surely behind it
    is_impersonal = models.BooleanField(default=False)
    reported = models.PositiveIntegerField(null=True)
    expected = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["edition", "place", "by", "word"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "place", "by", "word"], name="reading_once"),
            models.CheckConstraint(
                condition=Q(said="exact", value__isnull=False, low=None, high=None)
                | Q(said="between", value=None, low__isnull=False)
                | Q(
                    said__in=["withheld", "absent"], value=None, low=None, high=None, top=None, bottom=None, count=None
                ),
                name="reading_says_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(said__in=["withheld", "absent"])
                | Q(is_impersonal=True, count=None)
                | Q(is_impersonal=False, count__isnull=False, count__gte=FEWEST),
                name="reading_has_enough_behind_it",
            ),
        ]

    Privacy = Impersonal

    def __str__(self) -> str:
        return f"{self.edition_id} {self.place} {self.by} {self.word}"


class Late(models.Model):
    """At least FEWEST children of its period came after an edition. Never how many: that would be subtracted."""

    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="late")
    noticed_on = models.DateField()

    Privacy = Impersonal

    def __str__(self) -> str:
        return f"{self.edition_id} {self.noticed_on}"
