"""What an agreement lets its signatories show each other: the part of it that the program itself keeps."""

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zajedno.kernel import privacy
from zajedno.kernel.labels import label
from zajedno.networks.enums import Direction, Unit
from zajedno.networks.models.agreement import Agreement, Signatory


class Clause(models.Model):
    """For one procedure and its purpose: which `fields` of a file the receiver sees, and how long (`days` after the day
    on which it was opened; None: until the case ends). A deadline and an escalation are given or not.

    It never changes once somebody has signed, so a case that rests on it keeps it. Told when the deadline is missed:
    a part of the case, or who holds a role at an institution.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="clauses")
    number = models.PositiveSmallIntegerField()  # 1, 2, 3 … in the agreement
    procedure = models.CharField(_("procedure"), max_length=60)
    purpose = models.CharField(_("purpose"), max_length=60)
    fields = ArrayField(models.CharField(max_length=20))
    days = models.PositiveSmallIntegerField(_("how many days"), null=True)
    deadline_length = models.PositiveSmallIntegerField(_("time for an answer"), null=True)
    deadline_unit = models.CharField(max_length=12, choices=Unit.choices, blank=True)
    escalation_part = models.CharField(max_length=60, blank=True)
    escalation_role = models.ForeignKey("access.Role", on_delete=models.PROTECT, related_name="+", null=True)
    escalation_at = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+", null=True)
    needs_consent = models.BooleanField(_("the parent's consent is needed"), default=True)
    texts = models.JSONField(_("in words"))  # by language

    class Meta:
        ordering = ["agreement", "number"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="clause_number_once"),
            models.CheckConstraint(condition=~Q(procedure="") & ~Q(purpose=""), name="clause_says_for_what"),
            models.CheckConstraint(condition=Q(fields__len__gt=0), name="clause_opens_something"),
            models.CheckConstraint(condition=Q(days=None) | Q(days__gte=1), name="clause_lasts_a_day"),
            models.CheckConstraint(
                condition=Q(deadline_length=None, deadline_unit="")
                | Q(deadline_length__isnull=False, deadline_unit__in=Unit.values),
                name="clause_deadline_has_unit",
            ),
            models.CheckConstraint(
                condition=Q(escalation_role=None, escalation_at=None)
                | Q(escalation_role__isnull=False, escalation_at__isnull=False, escalation_part=""),
                name="clause_escalates_to_one",
            ),
            models.CheckConstraint(condition=~Q(texts={}), name="clause_has_words"),
        ]

    class Privacy(privacy.Privacy):
        plain = {
            "uuid", "agreement", "number", "procedure", "purpose", "fields", "days", "deadline_length",
            "deadline_unit", "escalation_part", "escalation_role", "escalation_at", "needs_consent", "texts",
        }  # fmt: skip
        retention = "agreement"

    def __str__(self) -> str:
        return label(self.texts)


class ClauseSide(models.Model):
    """Who gives or receives under a clause: all signatories of a sector or kind, or one of them. No row: anybody."""

    clause = models.ForeignKey(Clause, on_delete=models.CASCADE, related_name="sides")
    direction = models.CharField(max_length=8, choices=Direction.choices)
    sector = models.CharField(max_length=20, blank=True)
    kind = models.ForeignKey("places.OrganisationKind", on_delete=models.PROTECT, related_name="+", null=True)
    signatory = models.ForeignKey(Signatory, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["clause", "direction", "sector", "kind", "signatory"], nulls_distinct=False, name="side_once"
            ),
            models.CheckConstraint(
                condition=(~Q(sector="") & Q(kind=None, signatory=None))
                | Q(sector="", kind__isnull=False, signatory=None)
                | Q(sector="", kind=None, signatory__isnull=False),
                name="side_names_one",
            ),
        ]

    class Privacy(privacy.Privacy):
        plain: ClassVar[set[str]] = {"clause", "direction", "sector", "kind", "signatory"}
        retention = "agreement"

    def __str__(self) -> str:
        return f"side {self.pk}"
