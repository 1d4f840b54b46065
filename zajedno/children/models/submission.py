"""What arrives from phones in the field: children by random codes, and what could not be given to a child."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone

from zajedno.access.models.file import File
from zajedno.children.enums import Held
from zajedno.kernel import privacy


class FieldCode(models.Model):
    """A child's random code on one device, printed on the worklist: no list of children leaves for the phone."""

    child = models.ForeignKey("children.Child", on_delete=models.CASCADE, related_name="field_codes")
    device = models.ForeignKey("places.Device", on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=12)
    issued_on = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["device", "code"], name="field_code_once"),
            models.UniqueConstraint(fields=["device", "child"], name="field_code_one_for_a_child"),
        ]

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"code", "device"}
        plain = {"child", "issued_on"}
        retention = "child"

    def __str__(self) -> str:
        return f"code {self.pk}"


class Submission(models.Model):
    """One submission, once, however often it is sent. What cannot be given to a child is held until a person decides.

    `content`: the sheet as it came, sealed, while it is held; `assessment`: what became of it.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    instance = models.UUIDField(unique=True)
    device = models.ForeignKey("places.Device", on_delete=models.PROTECT, related_name="+")
    organisation = models.BigIntegerField()
    form = models.CharField(max_length=80)  # key and version as the phone named them
    form_version = models.CharField(max_length=40, blank=True)
    received_on = models.DateTimeField(default=timezone.now)
    held = models.CharField(max_length=20, choices=Held.choices, blank=True)  # why; empty: it was given to a child
    content = models.BinaryField(null=True)
    assessment = models.ForeignKey(
        "children.Assessment", on_delete=models.SET_NULL, related_name="submissions", null=True
    )
    decided_by = models.BigIntegerField(null=True)
    decided_on = models.DateTimeField(null=True)
    reason = models.CharField(max_length=250, blank=True)

    class Meta:
        ordering = ["-received_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(held="") | ~models.Q(assessment=None), name="submission_held_or_given"
            )
        ]

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"device", "decided_by", "reason"}
        special: ClassVar[set[str]] = {"content"}
        plain = {
            "uuid", "instance", "organisation", "form", "form_version", "received_on", "held", "assessment",
            "decided_on",
        }  # fmt: skip
        retention = "child"

    def __str__(self) -> str:
        return str(self.uuid)

    def bound_to(self) -> str:
        return f"children_submission.content|{self.uuid}"


class SubmissionFile(File):
    """A picture or paper sent with a submission; `content` is sealed."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="files")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["submission", "name"], name="submission_file_once")]

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"name", "added_by"}
        special: ClassVar[set[str]] = {"content"}
        plain = {"uuid", "media_type", "size", "sha256", "added_on", "submission"}
        retention = "child"

    def bound_to(self) -> str:
        return f"children_submissionfile.content|{self.uuid}"
