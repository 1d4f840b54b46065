"""Budgets: one sheet of lines and totals, from which the page, the export and the letter are all made."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from zajedno.kernel.actor import Actor
from zajedno.kernel.money import Money, total
from zajedno.kernel.refusal import NotFound
from zajedno.programmes.models import Budget, BudgetLine, Code, Entry
from zajedno.programmes.rules import KEEP_BUDGET

if TYPE_CHECKING:
    from zajedno.figures.models import Value

PLAN, REVISION, EXECUTION = Entry.Kind.PLAN, Entry.Kind.REVISION, Entry.Kind.EXECUTION
KINDS = Entry.Kind.choices  # of what is entered, the plan first


@dataclass(frozen=True)
class Standing:
    """A line as it stands. `needed` is the released figure it names, where that is in the budget's currency."""

    line: BudgetLine
    planned: Money
    revised: Money
    executed: Money
    needed: Money | None

    @property
    def left(self) -> Money:
        return self.revised - self.executed

    @property
    def sums(self) -> tuple[Money, ...]:
        """Planned, revised, spent, left: in this order on every page."""
        return self.planned, self.revised, self.executed, self.left

    @property
    def can_change_payer(self) -> bool:
        """While nothing is spent."""
        return not any(one.kind == EXECUTION for one in self.line.entries.all())


@dataclass(frozen=True)
class Sheet:
    budget: Budget
    lines: list[Standing]
    planned: Money
    revised: Money
    executed: Money

    @property
    def left(self) -> Money:
        return self.revised - self.executed

    @property
    def sums(self) -> tuple[Money, ...]:
        return self.planned, self.revised, self.executed, self.left


def visible_to(by: Actor) -> QuerySet[Budget]:
    rows = Budget.objects.filter(organisation__in=by.organisations_for(KEEP_BUDGET.key))
    return rows.select_related("organisation", "territory").order_by("-year", "territory__key", "currency")


def find(by: Actor, uuid: UUID) -> Budget:
    """NotFound for a budget of others as for none."""
    found = visible_to(by).filter(uuid=uuid).first()
    if found is None:
        raise NotFound("")
    return found


def find_line(budget: Budget, uuid: UUID) -> BudgetLine:
    found = budget.lines.filter(uuid=uuid).first()
    if found is None:
        raise NotFound("")
    return found


def has_line(organisation: int, year: int) -> bool:
    """Does a budget of the organisation (its id) have a line in a year?"""
    return BudgetLine.objects.filter(budget__organisation=organisation, budget__year=year).exists()


def sheet(budget: Budget) -> Sheet:
    """Every line with its sums. Three queries; whoever shows, exports or prints a budget starts from here."""
    return _added_up(budget, _lines().filter(budget=budget))


def sheets(by: Actor) -> list[Sheet]:
    """Of every budget the actor keeps, the newest year first, in as many queries as for one."""
    return [_added_up(one, one.lines.all()) for one in visible_to(by).prefetch_related(Prefetch("lines", _lines()))]


def _lines() -> QuerySet[BudgetLine]:
    return BudgetLine.objects.select_related("figure__edition", "grant__funder").prefetch_related("codes", "entries")


def _added_up(budget: Budget, lines: Iterable[BudgetLine]) -> Sheet:
    found = [standing(line, budget) for line in lines]
    sums = {name: total((getattr(one, name) for one in found), budget.currency)
            for name in ("planned", "revised", "executed")}  # fmt: skip
    return Sheet(budget, found, **sums)


def standing(line: BudgetLine, of: Budget | None = None) -> Standing:
    """`of`: its budget, where that is at hand."""
    budget = of or line.budget
    entries = list(line.entries.all())
    plans = [one for one in entries if one.kind == PLAN]
    revisions = [one for one in entries if one.kind == REVISION]
    spent = [one.amount for one in entries if one.kind == EXECUTION]
    return Standing(
        line=line,
        planned=_money(budget, plans),
        revised=_money(budget, revisions[-1:] or plans),
        executed=Money(sum(spent, Decimal(0)), budget.currency),
        needed=_needed(budget, line.figure),
    )


def _money(budget: Budget, entries: list[Entry]) -> Money:
    return Money(entries[0].amount if entries else Decimal(0), budget.currency)


def _needed(budget: Budget, figure: "Value | None") -> Money | None:
    if figure is None or figure.value is None or figure.edition.unit != budget.currency:
        return None
    return Money(figure.value, budget.currency)


def codes(country: str, year: int) -> list[Code]:
    """Codes of the budget system that hold in a budget year."""
    rows = Code.objects.filter(country=country)
    return [one for one in rows if (one.since or year) <= year <= (one.until or year)]


def unverified() -> dict[tuple[str, str], list[Code]]:
    """Codes that nobody has checked in the regulation, by country and source."""
    found: dict[tuple[str, str], list[Code]] = {}
    for one in Code.objects.filter(verified=False).order_by("country", "source", "pk"):
        found.setdefault((one.country, one.source), []).append(one)
    return found


def codes_by_id(keys: Iterable[str]) -> list[Code]:
    return list(Code.objects.filter(pk__in=[int(key) for key in keys]))
