"""Papers that came in, and notes of what was said and done. Both sealed."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zajedno.casework.enums import Heard, PaperKind, Seal
from zajedno.casework.models.sealing import Narrative
from zajedno.kernel import privacy


class Paper(Narrative):
    """The sealed content is the file as it was uploaded."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey("casework.Case", on_delete=models.CASCADE, related_name="papers")
    kind = models.CharField(_("kind of paper"), max_length=12, choices=PaperKind.choices)
    name = models.CharField(_("name"), max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.BinaryField(max_length=32)
    added_by = models.BigIntegerField()
    added_on = models.DateTimeField(default=timezone.now)
    removed_on = models.DateTimeField(null=True)
    removed_reason = models.CharField(max_length=250, blank=True)

    class Privacy(privacy.Privacy):
        personal = {"name", "added_by", "removed_reason"}
        special = {"sealed"}
        plain = {"uuid", "case", "kind", "media_type", "size", "sha256", "added_on", "removed_on"}
        retention = "case"

    def __str__(self) -> str:
        return str(self.uuid)


class Note(Narrative):
    """Something that happened: the family was heard, an observation, a delivery, a follow-up report, a plain note.

    A plain note may be under a seal: then whoever's tie does not open that field, or whose role may not, does not even
    learn that it is there. Other kinds are never sealed so, since a need that they fulfil must not depend on who asks.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey("casework.Case", on_delete=models.CASCADE, related_name="notes")
    kind = models.CharField(_("what happened"), max_length=12, choices=Heard.choices)
    seal = models.CharField(_("who may read it"), max_length=12, choices=Seal.choices, blank=True)
    happened_on = models.DateField(_("day"))
    written_by = models.BigIntegerField()
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+", null=True)
    written_on = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["happened_on", "id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(seal="") | models.Q(kind="note"), name="note_sealed_is_plain"),
            models.CheckConstraint(condition=models.Q(seal__in=["", *Seal.values]), name="note_seal_known"),
        ]

    class Privacy(privacy.Privacy):
        personal = {"written_by", "organisation"}
        special = {"sealed", "kind", "seal"}
        plain = {"uuid", "case", "happened_on", "written_on"}
        retention = "case"

    def __str__(self) -> str:
        return str(self.uuid)
