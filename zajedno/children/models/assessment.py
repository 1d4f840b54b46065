"""A form answered about a child, what it came to, and what people made of it. All of it sealed, none of it edited."""

import json
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from zajedno.children.enums import Field, LedTo
from zajedno.forms.models.sheet import DRAFT_PLAIN, SHEET_PERSONAL, SHEET_PLAIN, AnswerSheet, SheetDraft
from zajedno.kernel import privacy, sealed


class Sealed(models.Model):
    """JSON under the child's own key, which the caller opens once for many rows."""

    sealed = models.BinaryField()

    class Meta:
        abstract = True

    def _bound_to(self) -> str:
        """table.column|row, as `kernel.sealed` asks."""
        raise NotImplementedError

    def seal(self, content: dict[str, Any], key: bytes) -> None:
        self.sealed = sealed.seal(json.dumps(content, ensure_ascii=False).encode(), self._bound_to(), key)

    def open(self, key: bytes) -> dict[str, Any]:
        content: dict[str, Any] = json.loads(sealed.unseal(self.sealed, self._bound_to(), key))
        return content


class Assessment(Sealed, AnswerSheet):
    """The sealed content is JSON under the child's own key: answers, facts, findings, missing.

    It belongs to one part of the file; who filled it in always sees it, others when their tie opens that part.
    """

    child = models.ForeignKey("children.Child", on_delete=models.CASCADE, related_name="assessments")
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=20, choices=Field.choices)
    consent = models.ForeignKey("children.Consent", on_delete=models.PROTECT, related_name="+", null=True)
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, related_name="corrected_by", null=True)
    instance = models.UUIDField(null=True, unique=True)  # of a submission from a phone: stored once however often sent

    class Meta:
        ordering = ["holds_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(corrects=None) | ~models.Q(reason=""), name="assessment_correction_has_reason"
            ),
            models.CheckConstraint(condition=~models.Q(corrects=models.F("id")), name="assessment_corrects_another"),
        ]

    class Privacy(privacy.Privacy):
        personal = SHEET_PERSONAL | {"organisation"}
        special: ClassVar[set[str]] = {"sealed", "part"}
        plain = SHEET_PLAIN | {"child", "consent", "corrects", "instance"}
        retention = "child"

    def _bound_to(self) -> str:
        return f"children_assessment.sealed|{self.uuid}"


class Judgement(Sealed):
    """What people made of an assessment: what it led to; sealed: another band of a finding, and the reason. Never
    edited."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="judgements")
    led_to = models.CharField(max_length=20, choices=LedTo.choices)
    judged_by = models.BigIntegerField()
    judged_on = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["judged_on", "id"]

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"judged_by"}
        special: ClassVar[set[str]] = {"sealed", "led_to"}
        plain = {"assessment", "judged_on"}
        retention = "child"

    def __str__(self) -> str:
        return f"judgement {self.pk}"

    def _bound_to(self) -> str:
        return f"children_judgement.sealed|{self.assessment.uuid}"


class AssessmentDraft(SheetDraft):
    """A form about a child half filled in: only who began it finds it; gone after thirty days."""

    child = models.ForeignKey("children.Child", on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey("places.Organisation", on_delete=models.CASCADE, related_name="+")
    corrects = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="+", null=True)

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"account", "organisation"}
        special: ClassVar[set[str]] = {"content"}
        plain = DRAFT_PLAIN | {"child", "corrects"}
        retention = "draft"

    def _bound_to(self) -> str:
        return f"children_assessmentdraft.content|{self.uuid}"

    @property
    def answers(self) -> dict[str, Any]:
        return dict(json.loads(sealed.unseal(self.content, self._bound_to(), self.child.data_key.open())))

    @answers.setter
    def answers(self, value: dict[str, Any]) -> None:
        plain = json.dumps(value, ensure_ascii=False).encode()
        self.content = sealed.seal(plain, self._bound_to(), self.child.data_key.open())
