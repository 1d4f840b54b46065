"""A letter as it went out: numbered, hashed, in the language and script it was issued in. Never changed."""

import uuid

from django.db import models
from django.utils import timezone

from zajedno.casework.models.sealing import Narrative
from zajedno.kernel import privacy


class Letter(Narrative):
    """The sealed content is the PDF."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey("casework.Case", on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=60)  # key of the letter in the procedure
    number = models.CharField(max_length=80)
    language = models.CharField(max_length=10)
    sha256 = models.BinaryField(max_length=32)
    size = models.PositiveIntegerField()
    issued_on = models.DateField()
    issued_by = models.BigIntegerField()
    written_on = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "number", "language"], name="letter_number_once")]
        ordering = ["id"]

    class Privacy(privacy.Privacy):
        personal = {"number", "issued_by"}
        special = {"sealed"}
        plain = {"uuid", "case", "kind", "language", "sha256", "size", "issued_on", "written_on"}
        retention = "case"

    def __str__(self) -> str:
        return str(self.uuid)
