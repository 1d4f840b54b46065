"""An agreement (protocol, memorandum …) between institutions, in versions, and who signs it."""

import uuid
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zajedno.access.models.file import File
from zajedno.kernel import privacy
from zajedno.kernel.labels import label
from zajedno.networks.enums import AgreementKind, AgreementState, Signature


class Agreement(models.Model):
    """One version. It is written until somebody has signed it, and is signed when all have (the database sees to both);
    a change is the next version of the `series`. `organisation` keeps it. `valid_until` is the last day.
    """

    series = models.UUIDField(default=uuid.uuid4, editable=False)
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.PositiveSmallIntegerField(default=1)
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    titles = models.JSONField(_("title"))  # by language
    kind = models.CharField(_("kind"), max_length=12, choices=AgreementKind.choices, default=AgreementKind.PROTOCOL)
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    organ = models.CharField(_("body that adopts it"), max_length=200, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("last day"), null=True)
    review_on = models.DateField(_("to be reviewed on"), null=True)
    state = models.CharField(max_length=8, choices=AgreementState.choices, default=AgreementState.DRAFT)
    signed_on = models.DateField(_("day of signature"), null=True)
    ended_on = models.DateField(null=True)
    ended_reason = models.CharField(max_length=250, blank=True)
    written_by = models.BigIntegerField()
    written_on = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-valid_from", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["series", "version"], name="agreement_version_once"),
            models.UniqueConstraint(fields=["series"], condition=Q(state="draft"), name="agreement_one_draft"),
            models.CheckConstraint(condition=~Q(titles={}), name="agreement_has_title"),
            models.CheckConstraint(condition=Q(version__gte=1), name="agreement_counts_from_one"),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")), name="agreement_ends_later"
            ),
            models.CheckConstraint(
                condition=Q(review_on=None) | Q(review_on__gte=F("valid_from")), name="agreement_reviewed_later"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", signed_on=None)
                | Q(state="signed", signed_on__isnull=False)
                | Q(state="ended"),
                name="agreement_signed_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state="ended", ended_on__isnull=False) | (~Q(state="ended") & Q(ended_on=None)),
                name="agreement_ended_on_a_day",
            ),
        ]
        indexes = [models.Index(fields=["series", "-version"])]

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"written_by"}
        plain = {
            "uuid", "series", "version", "organisation", "titles", "kind", "territory", "organ", "valid_from",
            "valid_until", "review_on", "state", "signed_on", "ended_on", "ended_reason", "written_on",
        }  # fmt: skip
        retention = "agreement"

    def __str__(self) -> str:
        return label(self.titles)

    def holds(self, day: date) -> bool:
        """Signed, begun and not over on that day. A later version may stand in its place: see `queries.agreement`."""
        begun = self.state == AgreementState.SIGNED and self.valid_from <= day
        return begun and (self.valid_until is None or day <= self.valid_until)


class Signatory(models.Model):
    """An institution that signs, or is asked to. `representative`: in whose name, as it stands on paper."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="signatories")
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=Signature.choices, default=Signature.WAITING)
    signed_by = models.ForeignKey("access.Account", on_delete=models.PROTECT, related_name="+", null=True)
    representative = models.CharField(_("signed by"), max_length=200, blank=True)
    signed_on = models.DateField(null=True)
    left_on = models.DateField(null=True)
    reason = models.CharField(max_length=250, blank=True)  # of who refused or left

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "organisation"], name="signatory_once"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "refused"], signed_on=None, signed_by=None)
                | Q(state__in=["signed", "left"], signed_on__isnull=False, signed_by__isnull=False),
                name="signatory_signed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state="left", left_on__gte=F("signed_on")) | (~Q(state="left") & Q(left_on=None)),
                name="signatory_left_later",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["refused", "left"]) | ~Q(reason=""), name="signatory_says_why_not"
            ),
        ]

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"signed_by", "representative"}
        plain = {"uuid", "agreement", "organisation", "state", "signed_on", "left_on", "reason"}
        retention = "agreement"

    def __str__(self) -> str:
        return f"signatory {self.pk}"


class AgreementFile(File):
    """The paper as it was signed, scanned."""

    agreement = models.OneToOneField(Agreement, on_delete=models.PROTECT, related_name="file")

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"name", "added_by"}
        plain = {"uuid", "media_type", "size", "sha256", "content", "added_on", "agreement"}
        retention = "agreement"
