"""The individual support plan: goals, measures that serve them, and what became of each. One for a child.

A case wrote each line, but the line is the child's: who may read the plan by a tie reads it whatever case it came from.
Only what a case apart wrote (`apart`: its procedure opens what tells of violence) stays in that case.
"""

import uuid

from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Round
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zajedno.casework.enums import Gain, LifeArea, MeasureState, Said, Unmet, Whose
from zajedno.casework.models.sealing import Narrative
from zajedno.kernel import privacy

ICF = r"[bsde][0-9]{1,5}"  # a code of the ICF: component and digits


class PlanLine(Narrative):
    """Of a child, written in a case; `at` is who keeps that case. Readers may see the line and not the case."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    child = models.ForeignKey("children.Child", on_delete=models.PROTECT, related_name="+")
    at = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    apart = models.BooleanField(default=False)
    written_by = models.BigIntegerField(null=True)
    written_on = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True

    def _key(self) -> bytes:
        key: bytes = self.child.data_key.open()
        return key

    def __str__(self) -> str:
        return str(self.uuid)


class Goal(PlanLine):
    """What is to become possible for the child; the sealed text says it. `icf`: a code, when somebody gives one."""

    case = models.ForeignKey("casework.Case", on_delete=models.CASCADE, related_name="goals")
    position = models.PositiveSmallIntegerField(default=0)
    whose = models.CharField(_("who asks for it"), max_length=10, choices=Whose.choices)
    area = models.CharField(_("area of life"), max_length=2, choices=LifeArea.choices, blank=True)
    icf = models.CharField(_("ICF code"), max_length=6, blank=True, validators=[RegexValidator(f"^{ICF}$")])
    adopted_on = models.DateField(null=True)
    dropped_on = models.DateField(null=True)

    class Meta:
        ordering = ["position", "id"]
        indexes = [models.Index(fields=["child"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(icf="") | models.Q(icf__regex=f"^{ICF}$"), name="goal_icf_is_a_code"
            ),
            models.CheckConstraint(condition=models.Q(whose__in=Whose.values), name="goal_is_somebodys"),
            models.CheckConstraint(condition=models.Q(sealed__isnull=False), name="goal_says_something"),
        ]

    class Privacy(privacy.Privacy):
        personal = {"child", "at", "written_by", "whose"}
        special = {"sealed", "area", "icf"}
        plain = {"uuid", "case", "apart", "position", "written_on", "adopted_on", "dropped_on"}
        retention = "case"


class Measure(PlanLine):
    """A measure of support. `code` and `legal_group` come from the pack; the sealed text says what exactly is meant.

    Adopted, a line is changed by a new version only (`replaces`; the old one is `superseded_on` that day). A line that
    takes a place in a `service` is counted there by trigger. `unmet` says why there is none.
    """

    case = models.ForeignKey("casework.Case", on_delete=models.CASCADE, related_name="measures")
    also = models.ManyToManyField("casework.Case", related_name="+")  # further cases whose plan it is a line of
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="measures", null=True)
    position = models.PositiveSmallIntegerField(default=0)
    code = models.CharField(_("measure"), max_length=60)
    legal_group = models.CharField(_("legal group"), max_length=40)
    responsible = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+", null=True)
    responsible_person = models.CharField(_("responsible person"), max_length=200, blank=True)
    since = models.DateField(_("from"), null=True)
    until = models.DateField(_("until"), null=True)
    frequency = models.CharField(_("how often"), max_length=120, blank=True)
    payer = models.CharField(_("who pays"), max_length=40, blank=True)
    needs_funds = models.BooleanField(_("needs extra funds"), default=False)
    cost = models.DecimalField(_("estimated cost"), max_digits=12, decimal_places=2, null=True)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    unit_price = models.DecimalField(_("price of a unit"), max_digits=12, decimal_places=2, null=True)
    units = models.DecimalField(_("units each time"), max_digits=8, decimal_places=2, null=True)
    times = models.PositiveIntegerField(_("how many times"), null=True)
    currency = models.CharField(max_length=3, default="RSD")
    state = models.CharField(max_length=10, choices=MeasureState.choices, default=MeasureState.PLANNED)
    state_on = models.DateField(null=True)
    gain = models.CharField(_("effect"), max_length=8, choices=Gain.choices, blank=True)
    review_on = models.DateField(_("next review"), null=True)
    service = models.ForeignKey("places.Service", on_delete=models.PROTECT, related_name="+", null=True)
    unmet = models.CharField(_("unmet need"), max_length=12, choices=Unmet.choices, blank=True)
    unmet_on = models.DateField(null=True)
    adopted_on = models.DateField(null=True)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, related_name="replaced_by", null=True)
    version = models.PositiveSmallIntegerField(default=1)
    superseded_on = models.DateField(null=True)  # a newer version stands, or its plan was never adopted

    class Meta:
        ordering = ["legal_group", "position", "id"]
        indexes = [
            models.Index(fields=["child", "code"]),
            models.Index(
                fields=["responsible", "review_on"], name="measure_in_hand",
                condition=models.Q(superseded_on=None, state__in=["planned", "running"]),
            ),
            models.Index(fields=["at", "unmet"], name="measure_unmet", condition=~models.Q(unmet="")),
        ]  # fmt: skip
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(since=None) | models.Q(until__gte=models.F("since")),
                name="measure_ends_later",
            ),
            models.CheckConstraint(condition=models.Q(cost=None) | models.Q(cost__gte=0), name="measure_cost_positive"),
            models.CheckConstraint(
                condition=models.Q(unit_price=None)
                | models.Q(
                    units__isnull=False,
                    times__isnull=False,
                    cost__isnull=False,
                    units__gt=0,
                    times__gt=0,
                    cost=Round(models.F("unit_price") * models.F("units") * models.F("times"), precision=2),
                ),
                name="measure_cost_adds_up",
            ),
            models.CheckConstraint(
                condition=models.Q(unmet="") | models.Q(service=None, unmet_on__isnull=False),
                name="measure_unmet_has_no_place",
            ),
            models.CheckConstraint(
                condition=models.Q(replaces=None, version=1) | models.Q(replaces__isnull=False, version__gt=1),
                name="measure_version_follows",
            ),
        ]

    class Privacy(privacy.Privacy):
        personal = {"child", "at", "written_by", "responsible", "responsible_person"}
        special = {"sealed", "code", "gain", "unmet", "service"}
        plain = {
            "uuid", "case", "also", "apart", "goal", "position", "legal_group", "since", "until", "frequency", "payer",
            "needs_funds", "cost", "unit", "unit_price", "units", "times", "currency", "state", "state_on",
            "review_on", "unmet_on", "adopted_on", "replaces", "version", "superseded_on", "written_on",
        }  # fmt: skip
        retention = "case"


class PlanEntry(PlanLine):
    """A line of the plan's history: never changed. The sealed text is what was said; `value` a code of its kind."""

    case = models.ForeignKey("casework.Case", on_delete=models.CASCADE, related_name="entries")
    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="entries", null=True)
    kind = models.CharField(max_length=10, choices=Said.choices)
    value = models.CharField(max_length=20, blank=True)
    happened_on = models.DateField()
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["-happened_on", "-id"]
        indexes = [models.Index(fields=["child", "-happened_on"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="view") | models.Q(measure__isnull=False), name="plan_entry_has_its_measure"
            ),
        ]

    class Privacy(privacy.Privacy):
        personal = {"child", "at", "written_by", "organisation"}
        special = {"sealed", "kind", "value"}
        plain = {"uuid", "case", "measure", "apart", "happened_on", "written_on"}
        retention = "case"
