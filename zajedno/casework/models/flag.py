"""A flag: something that whoever works on a case must not miss, with a day or without. Removed, never deleted."""

import json
import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zajedno.casework.models.sealing import Narrative
from zajedno.kernel import privacy


class Flag(Narrative):
    """The sealed text is JSON: `message`, and `reason` once it is removed."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey("casework.Case", on_delete=models.CASCADE, related_name="flags")
    due_on = models.DateField(_("day"), null=True)
    raised_by = models.BigIntegerField()
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+", null=True)
    raised_on = models.DateTimeField(default=timezone.now)
    removed_by = models.BigIntegerField(null=True)
    removed_on = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(sealed__isnull=False), name="flag_has_message"),
            models.CheckConstraint(
                condition=models.Q(removed_by=None, removed_on=None)
                | models.Q(removed_by__isnull=False, removed_on__isnull=False),
                name="flag_removed_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["case", "due_on"], condition=models.Q(removed_on=None), name="flag_raised")]

    class Privacy(privacy.Privacy):
        personal = {"raised_by", "organisation", "removed_by"}
        special = {"sealed"}
        plain = {"uuid", "case", "due_on", "raised_on", "removed_on"}
        retention = "case"

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def message(self) -> str:
        return self._words["message"]

    @property
    def reason(self) -> str:
        return self._words.get("reason", "")

    @property
    def _words(self) -> dict[str, str]:
        words: dict[str, str] = json.loads(self.text)
        return words

    def say(self, **words: str) -> None:
        """Seal `message`, or the `reason` beside it."""
        self.text = json.dumps({**(self._words if self.sealed else {}), **words}, ensure_ascii=False)
