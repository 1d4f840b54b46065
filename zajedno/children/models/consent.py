"""Consent, or the other legal basis on which data are shared."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zajedno.children.enums import Basis
from zajedno.kernel import privacy


class Consent(models.Model):
    """Who allowed what, to whom, until when. A withdrawal ends it for the future; the row stays."""

    class Answer(models.TextChoices):
        GIVEN = "given", _("Given")
        REFUSED = "refused", pgettext_lazy("consent", "Refused")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    child = models.ForeignKey("children.Child", on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=60)
    answer = models.CharField(max_length=8, choices=Answer.choices, default=Answer.GIVEN)
    basis = models.CharField(_("basis"), max_length=12, choices=Basis.choices, default=Basis.CONSENT)
    basis_source = models.CharField(_("law and article"), max_length=250, blank=True)
    scope = ArrayField(models.CharField(max_length=20), default=list)  # parts of the file
    recipients = models.ManyToManyField("places.Organisation", related_name="+")
    giver = models.ForeignKey("children.Guardian", on_delete=models.PROTECT, related_name="+", null=True)
    proof = models.CharField(_("proof"), max_length=250, blank=True)
    given_on = models.DateField()
    until = models.DateField(null=True)
    recorded_by = models.BigIntegerField()
    recorded_on = models.DateTimeField(default=timezone.now)
    withdrawn_on = models.DateField(null=True)
    withdrawn_reason = models.CharField(max_length=250, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(basis="consent", giver=None), name="consent_has_giver"),
            models.CheckConstraint(
                condition=models.Q(basis="consent") | ~models.Q(basis_source=""), name="consent_other_basis_has_source"
            ),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("given_on")), name="consent_ends_later"
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_on=None) | models.Q(withdrawn_on__gte=models.F("given_on")),
                name="consent_withdrawn_later",
            ),
        ]

    class Privacy(privacy.Privacy):
        personal = {"giver", "proof", "recorded_by", "withdrawn_reason", "basis_source", "recipients"}
        plain = {
            "uuid", "child", "purpose", "answer", "basis", "scope", "given_on", "until", "recorded_on", "withdrawn_on",
        }  # fmt: skip
        retention = "child"

    def __str__(self) -> str:
        return str(self.uuid)
