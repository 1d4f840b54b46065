"""The same act for many cases: chosen, tried, done, with a line for each. One person's, seen by nobody else."""

import json
import uuid
from typing import Any

from django.db import models
from django.utils import timezone

from zajedno.casework.enums import BulkState
from zajedno.kernel import privacy, sealed


class Bulk(models.Model):
    """`act` is a word of `actions/bulk_acts.py`; `content` sealed JSON of what it is given, which may tell of a
    child."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    account = models.ForeignKey("access.Account", on_delete=models.CASCADE, related_name="+")
    act = models.CharField(max_length=80, blank=True)
    content = models.BinaryField(null=True)
    chosen_on = models.DateTimeField(default=timezone.now)
    tried_on = models.DateTimeField(null=True)
    done_on = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(done_on=None) | models.Q(tried_on__isnull=False), name="bulk_tried_before_done"
            )
        ]

    class Privacy(privacy.Privacy):
        personal = {"account", "content"}
        plain = {"uuid", "act", "chosen_on", "tried_on", "done_on"}
        retention = "draft"

    def __str__(self) -> str:
        return str(self.uuid)

    def _bound_to(self) -> str:
        return f"casework_bulk.content|{self.uuid}"

    @property
    def given(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(sealed.unseal(self.content, self._bound_to())) if self.content else {}
        return found

    @given.setter
    def given(self, values: dict[str, Any]) -> None:
        self.content = sealed.seal(json.dumps(values, ensure_ascii=False).encode(), self._bound_to())


class BulkRow(models.Model):
    """One case of it. `seen`: its `moves_made` when it was chosen; `said`: why it was refused, in the person's
    language; `opened`: the case that the act began."""

    bulk = models.ForeignKey(Bulk, on_delete=models.CASCADE, related_name="rows")
    case = models.ForeignKey("casework.Case", on_delete=models.CASCADE, related_name="+")
    seen = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=BulkState.choices, default=BulkState.CHOSEN)
    said = models.CharField(max_length=500, blank=True)
    opened = models.ForeignKey("casework.Case", on_delete=models.SET_NULL, related_name="+", null=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["bulk", "case"], name="bulk_case_once")]

    class Privacy(privacy.Privacy):
        personal = {"said"}
        plain = {"bulk", "case", "seen", "state", "opened"}
        retention = "draft"

    def __str__(self) -> str:
        return f"bulk row {self.pk}"
