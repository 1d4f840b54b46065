"""Who comes to a gathering, with what they need sealed; and letters to them, which wait until a person sends them."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from zajedno.exchange.enums import Audience, RegistrationState
from zajedno.exchange.models.gathering import Gathering
from zajedno.kernel import privacy


class Registration(models.Model):
    """Never more confirmed ones than the gathering has places: the database counts under a lock."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    gathering = models.ForeignKey(Gathering, on_delete=models.PROTECT, related_name="registrations")
    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+", null=True)
    name = models.CharField(max_length=200)
    email = models.EmailField()
    institution = models.CharField(max_length=250, blank=True)
    language = models.CharField(max_length=10)  # of the letters
    needs = models.BinaryField(null=True)  # access, interpreting, food: sealed, for the organisers
    state = models.CharField(max_length=10, choices=RegistrationState.choices, default=RegistrationState.ASKED)
    attended = models.BooleanField(default=False)
    evaluated = models.BooleanField(default=False)  # has answered; what, stands nowhere beside this row
    made_on = models.DateTimeField(default=timezone.now)
    queued_on = models.DateTimeField(null=True)  # when the address was confirmed: the order of the waiting list

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"account", "name", "email", "institution", "attended", "evaluated"}
        special: ClassVar[set[str]] = {"needs"}
        plain = {"uuid", "gathering", "language", "state", "made_on", "queued_on"}
        retention = "gathering"

    class Meta:
        ordering = ["queued_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RegistrationState.values), name="registration_state"),
            models.UniqueConstraint(
                fields=["gathering", "email"], condition=~Q(state="cancelled"), name="registration_once"
            ),
            models.CheckConstraint(
                condition=Q(attended=False) | Q(state="confirmed"), name="registration_attended_by_the_confirmed"
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | Q(needs=None), name="registration_cancelled_keeps_no_needs"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "cancelled"]) | Q(queued_on__isnull=False), name="registration_queued"
            ),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="registration_email_lower"),
        ]

    def __str__(self) -> str:
        return self.name


class Evaluation(models.Model):
    """What one person thought of a gathering. It does not say who, nor to the minute when."""

    gathering = models.ForeignKey(Gathering, on_delete=models.PROTECT, related_name="evaluations")
    marks = models.JSONField()  # question -> 1 to 5
    changes = models.TextField(blank=True)  # what they will do otherwise at home
    remarks = models.TextField(blank=True)

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"changes", "remarks"}
        plain = {"gathering", "marks"}
        retention = "gathering"

    class Meta:
        ordering = ["?"]  # in no order that tells who came first

    def __str__(self) -> str:
        return f"evaluation {self.pk}"


class Letter(models.Model):
    """To all of an audience. Its placeholders were checked on saving; once sent it never changes, by trigger."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    gathering = models.ForeignKey(Gathering, on_delete=models.PROTECT, related_name="letters")
    audience = models.CharField(max_length=10, choices=Audience.choices)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    written_by = models.BigIntegerField()
    written_on = models.DateTimeField(default=timezone.now)
    sent_on = models.DateTimeField(null=True)
    sent_by = models.BigIntegerField(null=True)
    sent_to = models.PositiveIntegerField(default=0)

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"subject", "body", "written_by", "sent_by"}
        plain = {"uuid", "gathering", "audience", "written_on", "sent_on", "sent_to"}
        retention = "gathering"

    class Meta:
        ordering = ["-written_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(audience__in=Audience.values), name="letter_audience"),
            models.CheckConstraint(
                condition=Q(sent_on=None, sent_by=None, sent_to=0) | Q(sent_on__isnull=False, sent_by__isnull=False),
                name="letter_sent_by_somebody",
            ),
            models.CheckConstraint(condition=~Q(subject="") & ~Q(body=""), name="letter_says_something"),
        ]

    def __str__(self) -> str:
        return self.subject
