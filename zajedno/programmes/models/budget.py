"""Codes of the budget system, a year's budget, its lines, and what was planned, revised and spent: rows, for ever."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zajedno.kernel import privacy
from zajedno.kernel.labels import label
from zajedno.kernel.money import CURRENCIES
from zajedno.programmes.enums import CodeKind
from zajedno.programmes.models.funding import Grant
from zajedno.programmes.models.price import MONEY


class Code(models.Model):
    """A code of the country's budget system as the pack gives it; one code may mean another thing in other years.
    `since` and `until` are budget years, both within; `verified`: somebody has read it in the regulation."""

    country = models.CharField(max_length=2)  # code of the country
    kind = models.CharField(max_length=10, choices=CodeKind.choices)
    code = models.CharField(max_length=20)
    labels = models.JSONField()
    since = models.PositiveSmallIntegerField(null=True)
    until = models.PositiveSmallIntegerField(null=True)
    source = models.CharField(max_length=250)
    verified = models.BooleanField(default=False)

    class Meta:
        ordering = ["kind", "code", "since"]
        constraints = [
            models.UniqueConstraint(
                fields=["country", "kind", "code", "since"], name="budget_code_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(since=None) | Q(until__gte=F("since")), name="budget_code_ends_later"
            ),
        ]

    Privacy = privacy.Impersonal

    def __str__(self) -> str:
        return f"{self.code} {label(self.labels)}"


class Budget(models.Model):
    """What an organisation plans for a place in a year, in one currency."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey("places.Organisation", on_delete=models.PROTECT, related_name="+")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("year"))
    currency = models.CharField(_("currency"), max_length=3, choices=MONEY)

    class Meta:
        ordering = ["-year", "territory"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "territory", "year", "currency"], name="budget_once"),
            models.CheckConstraint(condition=Q(year__range=(2000, 2100)), name="budget_year"),
            models.CheckConstraint(condition=Q(currency__in=CURRENCIES), name="budget_in_a_known_currency"),
        ]

    class Privacy(privacy.Privacy):
        plain = {"uuid", "organisation", "territory", "year", "currency"}
        retention = "agreement"

    def __str__(self) -> str:
        return f"{self.year} {self.currency}"


class BudgetLine(models.Model):
    """`figure`: the released value that it answers to. `grant`: the money that may be spent for this alone."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="lines")
    title = models.CharField(_("for what"), max_length=250)
    codes = models.ManyToManyField(Code, related_name="+")
    figure = models.ForeignKey("figures.Value", on_delete=models.PROTECT, related_name="+", null=True)
    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="lines", null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["budget", "title"], name="budget_line_once"),
            models.CheckConstraint(condition=~Q(title=""), name="budget_line_says_for_what"),
        ]

    class Privacy(privacy.Privacy):
        plain = {"uuid", "budget", "title", "codes", "figure", "grant"}
        retention = "agreement"

    def __str__(self) -> str:
        return self.title


class Entry(models.Model):
    """Never changed: the plan once, each revision the new sum, each execution what was spent (or given back)."""

    class Kind(models.TextChoices):
        PLAN = "plan", _("Plan")
        REVISION = "revision", _("Revision")
        EXECUTION = "execution", _("Execution")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    line = models.ForeignKey(BudgetLine, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(_("what"), max_length=9, choices=Kind.choices)
    amount = models.DecimalField(_("amount"), max_digits=16, decimal_places=2)
    entered_for = models.DateField(_("day"))
    reason = models.CharField(_("on what ground"), max_length=250)
    written_by = models.BigIntegerField()
    written_on = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["entered_for", "id"]
        constraints = [
            models.UniqueConstraint(fields=["line"], condition=Q(kind="plan"), name="budget_line_planned_once"),
            models.CheckConstraint(condition=Q(kind="execution") | Q(amount__gte=0), name="plan_not_negative"),
            models.CheckConstraint(condition=~Q(reason=""), name="entry_says_why"),
        ]

    class Privacy(privacy.Privacy):
        personal = {"written_by"}
        plain = {"uuid", "line", "kind", "amount", "entered_for", "reason", "written_on"}
        retention = "agreement"

    def __str__(self) -> str:
        return f"{self.kind} {self.amount}"
