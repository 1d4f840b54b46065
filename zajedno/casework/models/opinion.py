"""What each member thinks, and what the commission says together."""

import uuid

from django.db import models
from django.utils import timezone

from zajedno.casework.models.sealing import Narrative
from zajedno.kernel import privacy


class Opinion(Narrative):
    """A member's own opinion from their field. Once submitted it is only replaced by a newer one, never changed."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey("casework.Case", on_delete=models.CASCADE, related_name="opinions")
    author = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+")
    seat = models.CharField(max_length=60)
    saved_on = models.DateTimeField(default=timezone.now)
    submitted_on = models.DateTimeField(null=True)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, related_name="replaced_by", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "author"], condition=models.Q(submitted_on=None), name="opinion_one_draft"
            ),
            models.CheckConstraint(
                condition=models.Q(submitted_on=None) | models.Q(sealed__isnull=False), name="opinion_says_something"
            ),
        ]

    class Privacy(privacy.Privacy):
        personal = {"author", "seat"}
        special = {"sealed"}
        plain = {"uuid", "case", "saved_on", "submitted_on", "replaces"}
        retention = "case"

    def __str__(self) -> str:
        return str(self.uuid)


class JointOpinion(Narrative):
    """The commission's one opinion on a case. Sealed text is JSON: findings, needs, strengths, outcomes, dissent."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.OneToOneField("casework.Case", on_delete=models.CASCADE, related_name="joint_opinion")
    sitting = models.ForeignKey("casework.Sitting", on_delete=models.PROTECT, related_name="+", null=True)
    saved_on = models.DateTimeField(default=timezone.now)
    saved_by = models.BigIntegerField()
    adopted_on = models.DateField(null=True)
    review_on = models.DateField(null=True)

    class Privacy(privacy.Privacy):
        personal = {"saved_by"}
        special = {"sealed"}
        plain = {"uuid", "case", "sitting", "saved_on", "adopted_on", "review_on"}
        retention = "case"

    def __str__(self) -> str:
        return str(self.uuid)
