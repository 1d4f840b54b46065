"""A meeting of a body: what is on its agenda, who was there, what was decided, and who does what until when."""

import uuid
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from zajedno.kernel import privacy
from zajedno.networks.enums import MeetingState, Presence
from zajedno.networks.models.body import Body, Member


class Meeting(models.Model):
    """Written until its minutes are closed: from then on the database keeps it as it is. `needed`: the quorum as it was
    when they were closed, of so many members (`seats`).
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="meetings")
    number = models.PositiveSmallIntegerField()  # 1, 2, 3 … of the body
    begins = models.DateTimeField()
    ends = models.DateTimeField()
    place = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=MeetingState.choices, default=MeetingState.PLANNED)
    invited_on = models.DateTimeField(null=True)
    guests = models.CharField(max_length=500, blank=True)
    chaired_by = models.CharField(max_length=200, blank=True)
    recorded_by = models.CharField(max_length=200, blank=True)
    needed = models.PositiveSmallIntegerField(null=True)
    seats = models.PositiveSmallIntegerField(null=True)
    closed_on = models.DateField(null=True)

    class Meta:
        ordering = ["-begins", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["body", "number"], name="meeting_number_once"),
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="meeting_ends_later"),
            models.CheckConstraint(
                condition=Q(state="closed", closed_on__isnull=False, needed__isnull=False, seats__isnull=False)
                | (~Q(state="closed") & Q(closed_on=None)),
                name="meeting_closed_on_a_day",
            ),
        ]

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"guests", "chaired_by", "recorded_by"}
        plain = {
            "uuid", "body", "number", "begins", "ends", "place", "state", "invited_on", "needed", "seats", "closed_on",
        }  # fmt: skip
        retention = "body"

    def __str__(self) -> str:
        return f"meeting {self.pk}"


class AgendaItem(models.Model):
    """What is talked about; afterwards what was said, and what was decided, if anything."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=250)
    discussion = models.TextField(blank=True)
    decision = models.TextField(blank=True)
    votes_for = models.PositiveSmallIntegerField(null=True)
    votes_against = models.PositiveSmallIntegerField(null=True)
    votes_abstained = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "position"], name="agenda_position_once"),
            models.CheckConstraint(condition=~Q(title=""), name="agenda_item_has_a_title"),
            models.CheckConstraint(
                condition=Q(votes_for=None, votes_against=None, votes_abstained=None)
                | (Q(votes_for__isnull=False, votes_against__isnull=False, votes_abstained__isnull=False)
                   & ~Q(decision="")),
                name="agenda_votes_on_a_decision",
            ),
        ]  # fmt: skip

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"discussion", "decision"}
        plain = {"uuid", "meeting", "position", "title", "votes_for", "votes_against", "votes_abstained"}
        retention = "body"

    def __str__(self) -> str:
        return self.title


class Attendance(models.Model):
    """`name`: who was there, as they were called then."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    presence = models.CharField(max_length=8, choices=Presence.choices)
    name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "member"], name="attendance_once")]

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"member", "presence", "name"}
        plain = {"meeting"}
        retention = "body"

    def __str__(self) -> str:
        return f"attendance {self.pk}"


class BodyTask(models.Model):
    """What a member has taken on, until the day `due_on`."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="tasks")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=500)
    due_on = models.DateField()
    done_on = models.DateField(null=True)
    outcome = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="body_task_says_what")]

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"member", "text", "outcome"}
        plain = {"uuid", "meeting", "due_on", "done_on"}
        retention = "body"

    def __str__(self) -> str:
        return self.text

    def is_late(self, day: date) -> bool:
        return self.done_on is None and self.due_on < day
