"""An event at which communities met, as its source tells it. What that does not say is None, never guessed."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from zajedno.exchange.enums import Theme
from zajedno.kernel.labels import label
from zajedno.kernel.privacy import Impersonal


class Event(models.Model):
    """`content` is the pack's file as it was read (see `logic.event`); the columns are what lists are made from."""

    key = models.SlugField(max_length=80, unique=True)  # its public address
    titles = models.JSONField()  # language -> text
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+", null=True)
    place = models.CharField(max_length=120)  # as the source writes it
    year = models.PositiveSmallIntegerField(null=True)  # None: the source does not say it
    days = ArrayField(models.CharField(max_length=5))  # "11-06": month and day, known where the year is not
    themes = ArrayField(models.CharField(max_length=20, choices=Theme.choices), default=list)
    content = models.JSONField()
    loaded_on = models.DateTimeField(default=timezone.now)
    retired_on = models.DateTimeField(null=True)  # no pack has it any more

    Privacy = Impersonal

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(year=None) | models.Q(year__range=(1900, 2100)), name="event_year_in_range"
            ),
            models.CheckConstraint(condition=~models.Q(days=[]), name="event_has_days"),
        ]

    def __str__(self) -> str:
        return label(self.titles)

    @property
    def dates(self) -> list[date]:
        """Whole days, only where the year is known."""
        return [date.fromisoformat(f"{self.year}-{day}") for day in self.days] if self.year else []


class EventPlace(models.Model):
    """A municipality that took part: the unit that is meant, and beside it the name as the source spells it."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="participants")
    number = models.PositiveSmallIntegerField()  # order in the source
    written = models.CharField(max_length=120)
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+", null=True)

    Privacy = Impersonal

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "number"], name="event_place_number_once"),
            models.UniqueConstraint(fields=["event", "territory"], name="event_place_once"),
        ]

    def __str__(self) -> str:
        return self.written

    @property
    def is_spelled_otherwise(self) -> bool:
        """Does the source write the name in a way of its own?"""
        return self.territory is not None and self.written not in (self.territory.name_cyr, self.territory.name_lat)
