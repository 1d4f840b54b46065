"""What a respondent answered, and what they have not sent yet."""

import json
from typing import Any, ClassVar

from django.db import models

from zajedno.forms.models.sheet import DRAFT_PLAIN, SHEET_PERSONAL, SHEET_PLAIN, AnswerSheet, SheetDraft
from zajedno.kernel import privacy, sealed
from zajedno.networks.models.respondent import Respondent


class RoundSheet(AnswerSheet):
    """Never edited: what puts it right is another one, so that the first and its corrections are a chain."""

    respondent = models.ForeignKey(Respondent, on_delete=models.PROTECT, related_name="sheets")
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, related_name="corrected_by", null=True)
    answers = models.JSONField()  # as `Sheet.answers()` gives them

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["respondent"], condition=models.Q(corrects=None), name="roundsheet_begins_once"
            ),
            models.CheckConstraint(
                condition=models.Q(corrects=None) | ~models.Q(reason=""), name="roundsheet_correction_has_reason"
            ),
            models.CheckConstraint(condition=~models.Q(corrects=models.F("id")), name="roundsheet_corrects_another"),
        ]

    class Privacy(privacy.Privacy):
        personal = SHEET_PERSONAL | {"answers"}
        plain = SHEET_PLAIN | {"respondent", "corrects"}
        retention = "self-evaluation"


class RoundDraft(SheetDraft):
    """One a respondent; when a sheet was sent already, what will put it right."""

    respondent = models.OneToOneField(Respondent, on_delete=models.CASCADE, related_name="draft")

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"account", "content"}
        plain = DRAFT_PLAIN | {"respondent"}
        retention = "draft"

    def _bound_to(self) -> str:
        return f"networks_rounddraft.content|{self.uuid}"

    @property
    def answers(self) -> dict[str, Any]:
        return dict(json.loads(sealed.unseal(self.content, self._bound_to())))

    @answers.setter
    def answers(self, value: dict[str, Any]) -> None:
        self.content = sealed.seal(json.dumps(value, ensure_ascii=False).encode(), self._bound_to())
