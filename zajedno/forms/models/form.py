"""A questionnaire by its key for ever, each text of it, who approved one from an office, and where it is in use."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zajedno.kernel import privacy
from zajedno.kernel.privacy import Impersonal


class Form(models.Model):
    """A key that means one questionnaire for ever; retired with a date, never reused nor deleted."""

    class About(models.TextChoices):
        CHILD = "child", _("A child")
        NETWORK = "network", _("A network or institution")
        ANYONE = "anyone", _("Nobody in particular (anonymous)")

    key = models.SlugField(max_length=80)
    country = models.CharField(max_length=2, blank=True)  # code of the country; empty: any
    owner = models.BigIntegerField(null=True)  # organisation that uploaded it; null: from a pack
    about = models.CharField(max_length=10, choices=About.choices)
    retired_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "country"], name="form_key_once"),
            models.CheckConstraint(condition=~models.Q(key=""), name="form_has_key"),
        ]

    Privacy = Impersonal

    def __str__(self) -> str:
        return self.key


class Version(models.Model):
    """One text of a form. A trigger refuses every change of a row and every deletion."""

    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    book = models.JSONField()  # the XLSForm as rows: `logic.book`
    facts = models.JSONField()  # what lies beside it: about, parts, purpose, score, source, names of findings
    xml = models.TextField()  # the XForm made of it
    digest = models.CharField(max_length=64)  # SHA-256 of book and facts, hexadecimal
    loaded_by = models.BigIntegerField(null=True)  # null: the command line
    loaded_on = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["form", "number"]
        constraints = [
            models.UniqueConstraint(fields=["form", "number"], name="form_version_number_once"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="form_version_number_from_one"),
        ]

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"loaded_by"}
        plain = {"form", "number", "book", "facts", "xml", "digest", "loaded_on"}
        retention = "post"

    def __str__(self) -> str:
        return f"{self.form} {self.number}"


class Approval(models.Model):
    """What an administrator said of a version from an office. Versions of packs need none: loading is the approval."""

    version = models.OneToOneField(Version, on_delete=models.PROTECT, related_name="approval")
    approved = models.BooleanField()
    reason = models.CharField(max_length=500, blank=True)
    decided_by = models.BigIntegerField()
    decided_on = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(approved=True) | ~models.Q(reason=""), name="form_refusal_has_reason"
            )
        ]

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"decided_by"}
        plain = {"version", "approved", "reason", "decided_on"}
        retention = "post"

    def __str__(self) -> str:
        return f"{self.version}: {self.approved}"


class Enabling(models.Model):
    """A form in use in an organisation, always in its newest approved version; ended with a date."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="enablings")
    organisation = models.BigIntegerField()
    since = models.DateField()
    until = models.DateField(null=True)  # the first day on which it is no longer in use
    enabled_by = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["organisation"])]
        constraints = [
            models.UniqueConstraint(
                fields=["form", "organisation"], condition=models.Q(until=None), name="form_enabled_once"
            ),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")), name="form_enabled_ends_later"
            ),
        ]

    class Privacy(privacy.Privacy):
        personal: ClassVar[set[str]] = {"enabled_by"}
        plain = {"uuid", "form", "organisation", "since", "until"}
        retention = "post"

    def __str__(self) -> str:
        return str(self.uuid)
