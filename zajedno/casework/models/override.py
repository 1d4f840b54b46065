"""A need that somebody authorised set aside, with the reason."""

import uuid

from django.db import models
from django.utils import timezone

from zajedno.casework.models.sealing import Narrative
from zajedno.kernel import privacy


class Override(Narrative):
    """The sealed text is the reason. Never changed; a move that asks for the need anew ends what it allowed."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey("casework.Case", on_delete=models.CASCADE, related_name="overrides")
    need = models.CharField(max_length=80)
    account = models.BigIntegerField()
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    made_on = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(sealed=None), name="override_has_reason"),
        ]

    class Privacy(privacy.Privacy):
        personal = {"account", "organisation"}
        special = {"sealed"}
        plain = {"uuid", "case", "need", "made_on"}
        retention = "case"

    def __str__(self) -> str:
        return str(self.uuid)
