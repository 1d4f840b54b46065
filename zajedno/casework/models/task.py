"""A task in a case: what, who, by when, done or not."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zajedno.casework.models.sealing import Narrative
from zajedno.kernel import privacy


class Task(Narrative):
    """The sealed text is what is to be done. `reminded_on`, `missed_on`: days on which the round told of it, once."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey("casework.Case", on_delete=models.CASCADE, related_name="tasks")
    assignee = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(_("by when"))
    given_by = models.BigIntegerField()
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+", null=True)
    given_on = models.DateTimeField(default=timezone.now)
    done_by = models.BigIntegerField(null=True)
    done_on = models.DateTimeField(null=True)
    reminded_on = models.DateField(null=True)
    missed_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(sealed__isnull=False), name="task_says_what"),
            models.CheckConstraint(
                condition=models.Q(done_by=None, done_on=None) | models.Q(done_by__isnull=False, done_on__isnull=False),
                name="task_done_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["assignee", "due_on"], condition=models.Q(done_on=None), name="task_waiting"),
            models.Index(fields=["given_by"]),
        ]

    class Privacy(privacy.Privacy):
        personal = {"assignee", "given_by", "organisation", "done_by"}
        special = {"sealed"}
        plain = {"uuid", "case", "due_on", "given_on", "done_on", "reminded_on", "missed_on"}
        retention = "case"

    def __str__(self) -> str:
        return str(self.uuid)
