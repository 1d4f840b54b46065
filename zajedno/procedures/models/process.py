"""What runs along a definition, abstract: a higher room says what the process is about and makes these its own.

The concrete `Move` and `Clock` add the foreign key to their process.
"""

from django.db import models
from django.utils import timezone

from zajedno.kernel import privacy


class Process(models.Model):
    """Something under way. It keeps the version it began with."""

    version = models.ForeignKey("procedures.Version", on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=60)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=60, blank=True)  # key of the end reached
    moves_made = models.PositiveIntegerField(default=0)  # a page carries it: an old number tells of a lost race

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=~models.Q(step=""), name="%(class)s_has_step"),
            models.CheckConstraint(
                condition=models.Q(closed_on=None) | models.Q(closed_on__gte=models.F("opened_on")),
                name="%(class)s_closed_later",
            ),
            models.CheckConstraint(
                condition=models.Q(closed_on=None, outcome="") | (~models.Q(closed_on=None) & ~models.Q(outcome="")),
                name="%(class)s_outcome_when_closed",
            ),
        ]

    class Privacy(privacy.Privacy):
        plain = {"version", "step", "opened_on", "closed_on", "outcome", "moves_made"}


class Move(models.Model):
    """One change of state: who, from which post, when, from where to where, why. Never edited."""

    move = models.CharField(max_length=60)
    from_step = models.CharField(max_length=60)
    to_step = models.CharField(max_length=60)
    account = models.BigIntegerField()
    post = models.BigIntegerField(null=True)  # null: a parent, or the system
    moment = models.DateTimeField(default=timezone.now)
    happened_on = models.DateField()  # the day that counts for deadlines
    reason = models.TextField(blank=True)

    class Meta:
        abstract = True
        constraints = [models.CheckConstraint(condition=~models.Q(move=""), name="%(class)s_has_key")]

    class Privacy(privacy.Privacy):
        personal = {"account", "post", "reason"}
        plain = {"move", "from_step", "to_step", "moment", "happened_on"}


class Clock(models.Model):
    """One run of a deadline. A clock that begins anew is a new row."""

    key = models.CharField(max_length=60)  # the deadline in the definition
    started_on = models.DateField()
    due_on = models.DateField()
    due_at = models.DateTimeField(null=True, blank=True)  # of a deadline in hours; `due_on` is its day
    stopped_on = models.DateField(null=True, blank=True)
    paused_on = models.DateField(null=True, blank=True)  # the pause that is open now
    pauses = models.JSONField(default=list, blank=True)  # [{"since", "until", "move"}], closed pauses only
    missed_on = models.DateField(null=True, blank=True)  # the day on which it was seen and told
    reminded = models.JSONField(default=list, blank=True)  # days before, of reminders already sent

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=models.Q(due_on__gte=models.F("started_on")), name="%(class)s_due_later"),
            models.CheckConstraint(
                condition=models.Q(stopped_on=None) | models.Q(stopped_on__gte=models.F("started_on")),
                name="%(class)s_stopped_later",
            ),
            models.CheckConstraint(
                condition=models.Q(stopped_on=None) | models.Q(paused_on=None), name="%(class)s_stopped_not_paused"
            ),
        ]

    class Privacy(privacy.Privacy):
        plain = {
            "key", "started_on", "due_on", "due_at", "stopped_on", "paused_on", "pauses", "missed_on", "reminded",
        }  # fmt: skip
