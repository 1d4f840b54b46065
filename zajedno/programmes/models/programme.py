"""A programme of a network: for whom, how many, when they met and who came (counts, never names), what it changed."""

import uuid
from datetime import date
from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from zajedno.kernel import privacy
from zajedno.kernel.money import Money
from zajedno.programmes.enums import ProgrammeKind, ProgrammeState
from zajedno.programmes.models.amount import CURRENCIES, amount_has_currency


class Programme(models.Model):
    """`taken` and `waiting` are counts: who waits waits because all places are taken (the database sees to it).
    `reached`: how many took part in all, each counted once. It is put away (`archived_on`), never deleted."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=ProgrammeKind.choices)
    title = models.CharField(max_length=200)
    target = models.CharField(max_length=250)
    curriculum = models.TextField(blank=True)
    facilitator = models.CharField(max_length=200, blank=True)
    begins_on = models.DateField()
    ends_on = models.DateField(null=True)
    places = models.PositiveIntegerField(null=True)  # None: open to everybody, so nobody waits
    taken = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)
    reached = models.PositiveIntegerField(null=True)
    cost = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, choices=CURRENCIES, blank=True)
    result = models.TextField(blank=True)
    continues = models.TextField(blank=True)
    archived_on = models.DateField(null=True)
    written_by = models.BigIntegerField()
    written_on = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-begins_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(target=""), name="programme_says_for_whom"),
            models.CheckConstraint(condition=Q(kind__in=ProgrammeKind.values), name="programme_kind_known"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("begins_on")), name="programme_ends_later"
            ),
            models.CheckConstraint(condition=Q(places=None) | Q(places__gte=1), name="programme_has_a_place"),
            models.CheckConstraint(condition=Q(places=None) | Q(taken__lte=F("places")), name="programme_not_overfull"),
            models.CheckConstraint(
                condition=Q(waiting=0) | Q(places__isnull=False, taken=F("places")), name="programme_waits_when_full"
            ),
            amount_has_currency("programme", "cost"),
        ]
        indexes = [models.Index(fields=["organisation", "-begins_on"])]

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"facilitator", "written_by"}
        plain = {
            "uuid", "organisation", "territory", "kind", "title", "target", "curriculum", "begins_on", "ends_on",
            "places", "taken", "waiting", "reached", "cost", "currency", "result", "continues", "archived_on",
            "written_on",
        }  # fmt: skip
        retention = "plan"

    def __str__(self) -> str:
        return self.title

    def state(self, today: date) -> ProgrammeState:
        if self.archived_on is not None:
            return ProgrammeState.ARCHIVED
        if today < self.begins_on:
            return ProgrammeState.AHEAD
        return ProgrammeState.OVER if self.ends_on is not None and self.ends_on < today else ProgrammeState.RUNS

    @property
    def free(self) -> int | None:
        """Places left; None where they are not counted."""
        return None if self.places is None else self.places - self.taken

    @property
    def money(self) -> Money | None:
        return None if self.cost is None else Money(self.cost, self.currency)

    @property
    def cost_each(self) -> Money | None:
        """Per person who took part, to the hundredth."""
        return (
            Money(Decimal(self.cost) / self.reached, self.currency) if self.cost is not None and self.reached else None
        )


class Session(models.Model):
    """One meeting. Without counts it is only planned. Counts of a day, so whoever comes twice is counted twice."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="sessions")
    on = models.DateField()
    place = models.CharField(max_length=200)
    topic = models.CharField(max_length=200, blank=True)
    girls = models.PositiveIntegerField(null=True)
    boys = models.PositiveIntegerField(null=True)
    adults = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "on", "place"], name="session_once"),
            models.CheckConstraint(condition=~Q(place=""), name="session_has_place"),
            models.CheckConstraint(
                condition=Q(girls=None, boys=None, adults=None)
                | Q(girls__isnull=False, boys__isnull=False, adults__isnull=False),
                name="session_counted_whole",
            ),
        ]

    class Privacy(privacy.Privacy):
        plain = {"uuid", "programme", "on", "place", "topic", "girls", "boys", "adults"}
        retention = "plan"

    def __str__(self) -> str:
        return f"{self.on} {self.place}"

    @property
    def came(self) -> int | None:
        """None while it is only planned."""
        return None if self.girls is None else self.girls + (self.boys or 0) + (self.adults or 0)


class BeforeAfter(models.Model):
    """What was measured before the programme and, later, after it; `how`: with what, and by whom."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="measured")
    name = models.CharField(max_length=200)
    unit = models.CharField(max_length=60, blank=True)
    before = models.DecimalField(max_digits=12, decimal_places=2)
    after = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    how = models.CharField(max_length=500)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "name"], name="before_after_once"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(how=""), name="before_after_says_how"),
        ]

    class Privacy(privacy.Privacy):
        plain = {"uuid", "programme", "name", "unit", "before", "after", "how"}
        retention = "plan"

    def __str__(self) -> str:
        return self.name

    @property
    def change(self) -> Decimal | None:
        return None if self.after is None else self.after - self.before
