"""A case: one child carried along one procedure, with who takes part, what moved, and which clocks run."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from zajedno.casework.enums import Initiator
from zajedno.casework.models.sealing import Narrative
from zajedno.kernel import privacy
from zajedno.procedures.models import Clock as AbstractClock
from zajedno.procedures.models import Move as AbstractMove
from zajedno.procedures.models import Process


class Case(Process):
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    child = models.ForeignKey("children.Child", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    initiator = models.CharField(_("initiated by"), max_length=12, choices=Initiator.choices)
    initiated_by = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+", null=True)
    number = models.CharField(_("registry number"), max_length=60, blank=True)
    received_on = models.DateField(_("received"))
    assessment_on = models.DateField(_("day of the assessment"), null=True)
    assessment_place = models.CharField(_("place of the assessment"), max_length=200, blank=True)
    due_on = models.DateField(null=True, editable=False)  # the nearest running clock: kept by trigger, lists sort by it
    due_key = models.CharField(max_length=60, blank=True, editable=False)
    beside = ArrayField(models.CharField(max_length=60), default=list)  # steps gone through beside `step`, by name
    repeats = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True)
    batch = models.ForeignKey("casework.CaseBatch", on_delete=models.SET_NULL, related_name="+", null=True)
    acl = ArrayField(models.IntegerField(), default=list, editable=False)  # kept by trigger from participants' ties

    class Meta:
        constraints = [
            *Process.Meta.constraints,
            models.UniqueConstraint(
                fields=["organisation", "number"], condition=~models.Q(number=""), name="case_number_once"
            ),
            models.CheckConstraint(
                condition=models.Q(initiator="parent") | ~models.Q(initiated_by=None),
                name="case_initiative_has_institution",
            ),
        ]
        indexes = [
            models.Index(fields=["child"]),
            models.Index(fields=["organisation", "step", "received_on"]),
            models.Index(fields=["received_on"]),
        ]

    class Privacy(privacy.Privacy):
        personal = {
            "child",
            "number",
            "initiator",
            "initiated_by",
            "organisation",
            "received_on",
            "step",
            "beside",
            "outcome",
            "assessment_on",
            "assessment_place",
        }
        plain = {"uuid", "version", "opened_on", "closed_on", "moves_made", "repeats", "batch", "acl",
            "due_on", "due_key"}  # fmt: skip
        retention = "case"

    def __str__(self) -> str:
        return str(self.uuid)


class Participant(models.Model):
    """Who plays which part in a case. The tie behind it is what opens the child's file; when it ends, so does this.

    The part of the family may have nobody who logs in: then there is no tie. A tie that rests on a `clause` of an
    agreement was given by the institution `giver`: when one of the two leaves it, or it ends, the tie ends at once.
    `since`, `until` and `is_family` are the tie's, kept by trigger: lists of work then need not ask each tie.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="participants")
    tie = models.ForeignKey("children.Tie", on_delete=models.PROTECT, related_name="+")
    key = models.IntegerField()  # of the tie: organisation, or minus the account
    part = models.CharField(max_length=60)  # of the procedure
    seat = models.CharField(max_length=60, blank=True)  # of the body, for members
    is_open = models.BooleanField(default=True)  # the case is not closed: what lists start from
    since = models.DateField(editable=False)
    until = models.DateField(null=True, editable=False)
    is_family = models.BooleanField(default=False, editable=False)  # as a parent, not at work
    clause = models.ForeignKey("networks.Clause", on_delete=models.PROTECT, related_name="+", null=True)
    giver = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "key", "part"], name="participant_once"),
            models.CheckConstraint(
                condition=models.Q(clause=None, giver=None)
                | models.Q(clause__isnull=False, giver__isnull=False, key__gt=0),
                name="participant_clause_is_given",
            ),
        ]
        indexes = [models.Index(fields=["key", "is_open", "case"])]

    class Privacy(privacy.Privacy):
        personal = {"tie", "key", "part", "seat", "giver", "since", "until", "is_family"}
        plain = {"case", "is_open", "clause"}
        retention = "case"

    def __str__(self) -> str:
        return f"participant {self.pk}"


class Move(Narrative, AbstractMove):
    """The sealed text is the reason: it may tell of the family, so it is not the plain column of other rooms."""

    reason = None  # type: ignore[assignment]  # Django's way to leave out a column of the abstract table
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    position = models.PositiveIntegerField()  # 1, 2, 3 … in the case
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="moves")
    paper = models.ForeignKey("casework.Paper", on_delete=models.RESTRICT, related_name="+", null=True)  # given with it

    class Meta:
        constraints = [
            *AbstractMove.Meta.constraints,
            models.UniqueConstraint(fields=["case", "position"], name="move_position_once"),
        ]

    class Privacy(privacy.Privacy):
        personal = {"account", "post"}
        special = {"sealed"}
        plain = {"uuid", "case", "paper", "position", "move", "from_step", "to_step", "moment", "happened_on"}
        retention = "case"


class Clock(AbstractClock):
    """`clause`: of the agreement that says how long it runs, and who else is told when it is missed."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="clocks")
    clause = models.ForeignKey("networks.Clause", on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            *AbstractClock.Meta.constraints,
            models.UniqueConstraint(
                fields=["case", "key"], condition=models.Q(stopped_on=None), name="clock_runs_once"
            ),
        ]
        indexes = [models.Index(fields=["due_on"], condition=models.Q(stopped_on=None), name="clock_running")]

    class Privacy(privacy.Privacy):
        plain = {
            "case", "key", "started_on", "due_on", "due_at", "stopped_on", "paused_on", "pauses", "missed_on",
            "reminded", "clause",
        }  # fmt: skip
        retention = "case"


class Recusal(models.Model):
    """A member declared a conflict of interest in a case; `deputy` sits instead."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="recusals")
    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+")
    deputy = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+", null=True)
    declared_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "account"], name="recusal_once"),
            models.CheckConstraint(
                condition=models.Q(deputy=None) | ~models.Q(deputy=models.F("account")),
                name="recusal_deputy_is_another",
            ),
        ]

    class Privacy(privacy.Privacy):
        personal = {"account", "deputy"}
        plain = {"case", "declared_on"}
        retention = "case"

    def __str__(self) -> str:
        return f"recusal {self.pk}"


class CaseNumber(models.Model):
    """The last number given by an organisation in a year and series."""

    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    series = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "series", "year"], name="case_number_series_once")
        ]

    Privacy = privacy.Impersonal

    def __str__(self) -> str:
        return f"{self.series} {self.year}"
