"""A budget is begun, its lines are named, and what is planned, revised and spent is written down: never over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.kernel.actor import Actor
from zajedno.kernel.money import CURRENCIES
from zajedno.kernel.refusal import NotFound, Refused
from zajedno.kernel.verbs import ask
from zajedno.places.queries.territory import of_organisation
from zajedno.programmes.models import Budget, BudgetLine, Code, Entry, Grant
from zajedno.programmes.queries.funding import use
from zajedno.programmes.rules import KEEP_BUDGET

if TYPE_CHECKING:
    from zajedno.figures.models import Value
    from zajedno.places.models import Territory


@transaction.atomic
def begin(*, by: Actor, organisation: int, territory: "Territory", year: int, currency: str) -> Budget:
    ask(by, KEEP_BUDGET, organisation)
    if territory.pk not in {one.pk for one in of_organisation([organisation])} or currency not in CURRENCIES:
        raise Refused(_("Choose a place that your institution serves, and a currency."), "place")
    if not 2000 <= year <= 2100:
        raise Refused(_("Write the year with four digits."), "year")
    try:
        with transaction.atomic():
            row = Budget.objects.create(organisation_id=organisation, territory=territory, year=year, currency=currency)
    except IntegrityError:
        raise Refused(_("There is a budget for this year already."), "twice") from None
    _record(by, row, {"year": year})
    return row


@dataclass(frozen=True)
class Named:
    """What a line is for. A figure in another currency than the budget's is refused: nothing is converted."""

    title: str
    codes: Sequence[Code] = ()
    figure: "Value | None" = None
    grant: Grant | None = None


@transaction.atomic
def add_line(*, by: Actor, budget: Budget, named: Named) -> BudgetLine:
    ask(by, KEEP_BUDGET, budget.organisation_id)
    title = " ".join(named.title.split())[:250]
    if not title:
        raise Refused(_("Write what the line is for."), "empty")
    if named.figure is not None and named.figure.edition.territory_id != budget.territory_id:
        raise NotFound("")
    if named.figure is not None and (named.figure.value is None or named.figure.edition.unit != budget.currency):
        raise Refused(_("This figure is withheld, or in another currency than the budget."), "figure")
    _may_pay(named.grant, budget)
    try:
        with transaction.atomic():
            row = BudgetLine.objects.create(budget=budget, title=title, figure=named.figure, grant=named.grant)
    except IntegrityError:
        raise Refused(_("There is such a line already."), "twice") from None
    row.codes.set(named.codes)
    _record(by, budget, {"line": title})
    return row


def _may_pay(grant: Grant | None, budget: Budget) -> None:
    if grant is not None and grant.funder.organisation_id != budget.organisation_id:
        raise NotFound("")
    if grant is not None and grant.currency != budget.currency:
        raise Refused(_("The grant is in another currency than the budget."), "grant")


@transaction.atomic
def earmark(*, by: Actor, line: BudgetLine, grant: Grant | None) -> None:
    """Who pays the line: a grant, or the organisation itself. What was spent stays with who paid it."""
    ask(by, KEEP_BUDGET, line.budget.organisation_id)
    row = BudgetLine.objects.select_for_update().get(pk=line.pk)
    _may_pay(grant, row.budget)
    if row.entries.filter(kind=Entry.Kind.EXECUTION).exists():
        raise Refused(_("Something is spent already, so it stays as it is. Add another line."), "spent")
    row.grant = grant
    row.save(update_fields=["grant"])
    _record(by, row.budget, {"line": row.title, "grant": str(grant.uuid) if grant else ""})


@transaction.atomic
def enter(*, by: Actor, line: BudgetLine, kind: str, amount: Decimal, day: date, reason: str) -> Entry:
    """The plan once, then revisions, each with the new sum; executions with what was spent (less than nothing where it
    was given back)."""
    ask(by, KEEP_BUDGET, line.budget.organisation_id)
    line = BudgetLine.objects.select_for_update(of=("self",)).select_related("budget").get(pk=line.pk)
    if kind not in Entry.Kind.values:
        raise Refused(_("Choose what you enter."), "kind")
    if not reason.strip():
        raise Refused(_("Write on what ground: a decision, an invoice."), "empty")
    if kind != Entry.Kind.EXECUTION and amount < 0:
        raise Refused(_("A plan is not less than zero."), "negative")
    if kind == Entry.Kind.EXECUTION:
        _leaves_enough(BudgetLine.objects.select_for_update().get(pk=line.pk), amount, day)
    planned = line.entries.filter(kind=Entry.Kind.PLAN).exists()
    if planned == (kind == Entry.Kind.PLAN):
        raise Refused(
            _("The line is planned already: enter a revision.") if planned else _("First enter the plan."), "order"
        )
    row = Entry.objects.create(
        line=line, kind=kind, amount=amount, entered_for=day, reason=" ".join(reason.split())[:250],
        written_by=by.account,
    )  # fmt: skip
    _record(by, line.budget, {"line": line.title, "entered": kind})
    return row


def _leaves_enough(line: BudgetLine, amount: Decimal, day: date) -> None:
    """A grant pays within its days, and not more than it is. Held until the end of the transaction."""
    if line.grant_id is None or amount < 0:
        return
    grant = Grant.objects.select_for_update().get(pk=line.grant_id)
    if not grant.agreed_on <= day <= grant.ends_on:
        raise Refused(_("The grant that pays this line may not be spent on that day."), "grant_days")
    if amount > use(grant).left.amount:
        raise Refused(_("That is more than is left of the grant that pays this line."), "grant_left")


def _record(by: Actor, row: Budget, detail: dict[str, object]) -> None:
    audit.record(by=by, verb=KEEP_BUDGET.key, about=row, organisation=row.organisation_id, detail=detail)
