"""An extract for research: who asked for which columns and why, on which agreement, who approved, until when."""

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from zajedno.access.models.file import File
from zajedno.indicators.enums import FileKind
from zajedno.indicators.logic.extract.anonymous import FEWEST
from zajedno.kernel import privacy, sealed


class Extract(models.Model):
    """Never without an agreement that has a first and a last day, never approved by who asked, never downloaded after
    `expires_on`. `researcher` is an account: what is made is given to it alone."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    country = models.ForeignKey("places.Country", on_delete=models.PROTECT, related_name="+")
    purpose = models.TextField()
    researcher = models.BigIntegerField()
    institution = models.CharField(max_length=200)
    agreement_number = models.CharField(max_length=60)
    agreement_from = models.DateField()
    agreement_until = models.DateField()  # last day
    columns = ArrayField(models.CharField(max_length=20))
    year_from = models.PositiveSmallIntegerField()
    year_until = models.PositiveSmallIntegerField()
    k = models.PositiveSmallIntegerField(default=FEWEST)  # children who share every combination
    language = models.CharField(max_length=10)  # of the dictionary
    expires_on = models.DateField()  # last day
    requested_by = models.BigIntegerField()
    requested_on = models.DateTimeField(default=timezone.now)
    approved_by = models.BigIntegerField(null=True)
    approved_on = models.DateTimeField(null=True)
    made_on = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=20, blank=True)  # why it could not be made
    rows = models.PositiveIntegerField(null=True)
    dictionary = models.JSONField(default=list)  # as it went out
    revoked_by = models.BigIntegerField(null=True)
    revoked_on = models.DateTimeField(null=True)
    deleted_on = models.DateTimeField(null=True)  # since then there is no file

    class Meta:
        ordering = ["-requested_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(approved_by=F("requested_by")), name="extract_second_person"),
            models.CheckConstraint(
                condition=~Q(researcher=F("approved_by")) & ~Q(researcher=F("requested_by")), name="extract_for_another"
            ),
            models.CheckConstraint(
                condition=Q(agreement_until__gte=F("agreement_from"), expires_on__lte=F("agreement_until")),
                name="extract_within_agreement",
            ),
            models.CheckConstraint(condition=Q(k__gte=FEWEST), name="extract_k"),
            models.CheckConstraint(condition=~Q(columns=[]), name="extract_asks_something"),
            models.CheckConstraint(condition=~Q(purpose="") & ~Q(agreement_number=""), name="extract_says_why"),
            models.CheckConstraint(condition=Q(year_until__gte=F("year_from")), name="extract_years_in_order"),
            models.CheckConstraint(
                condition=Q(approved_by=None, approved_on=None, made_on=None)
                | Q(approved_by__isnull=False, approved_on__isnull=False),
                name="extract_made_when_approved",
            ),
        ]

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"researcher", "institution", "requested_by", "approved_by", "revoked_by"}
        plain = {
            "uuid", "country", "purpose", "agreement_number", "agreement_from", "agreement_until", "columns",
            "year_from", "year_until", "k", "language", "expires_on", "requested_on", "approved_on", "made_on",
            "trouble", "rows", "dictionary", "revoked_on", "deleted_on",
        }  # fmt: skip
        retention = "audit"

    def __str__(self) -> str:
        return str(self.uuid)


class ExtractFile(File):
    """The agreement as it was signed, and what was made. Both sealed; the second is deleted when it expires."""

    extract = models.ForeignKey(Extract, on_delete=models.CASCADE, related_name="files")
    kind = models.CharField(max_length=10, choices=FileKind.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["extract", "kind"], name="extract_file_once"),
            models.CheckConstraint(condition=Q(kind__in=FileKind.values), name="extract_file_kind"),
        ]

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"name", "added_by"}
        special: ClassVar[set[str]] = {"content"}
        plain = {"uuid", "media_type", "size", "sha256", "added_on", "extract", "kind"}
        retention = "audit"

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def plain(self) -> bytes:
        return sealed.unseal(self.content, self._bound_to())

    @plain.setter
    def plain(self, value: bytes) -> None:
        self.content = sealed.seal(value, self._bound_to())

    def _bound_to(self) -> str:
        return f"indicators_extractfile.content|{self.uuid}"
