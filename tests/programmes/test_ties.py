"""What ties a plan, a budget, a grant and a round together: of one institution, said once, never converted."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import ProtectedError

from tests.networks.world import SELF, Network
from tests.programmes.money import Money as Purse
from tests.programmes.planning import Planning, parts
from tests.world import World
from zajedno.kernel.clock import today
from zajedno.kernel.fence import RUNTIME, acting
from zajedno.kernel.money import Money
from zajedno.kernel.refusal import NotFound, NotPermitted, Overtaken, Refused
from zajedno.networks.actions import step as steps
from zajedno.networks.models import NextStep, Round
from zajedno.programmes.actions import budget, draw, funding, origin, plan, plan_part
from zajedno.programmes.models import Activity, Budget, BudgetLine, Draw, Goal, Grant, Measure, Origin, Plan
from zajedno.programmes.queries import plan as queries
from zajedno.programmes.queries.budget import has_line, standing
from zajedno.programmes.queries.draw import drawing, lines_for
from zajedno.programmes.queries.funding import grants_for, use
from zajedno.programmes.queries.origin import in_plans
from zajedno.programmes.queries.origin import places as places_to

pytestmark = pytest.mark.django_db
RSD = "RSD"


class Tied:
    """A network that plans and pays: its plan of this year and its budget with a line."""

    def __init__(self, world: World) -> None:
        self.rounds = Network(world)
        self.planning, self.purse = Planning(world), Purse(world)
        self.at_work, self.year = self.planning.at_work, today().year
        self.budget = self.purse.budget(year=self.year)
        self.line = self.purse.line(self.budget, "Радионице")

    def draw(self, row: Plan, line: BudgetLine | None = None, who: str = "csaba", **said: Any) -> Draw:
        with self.at_work(who) as by:
            return draw.draw(by=by, plan=row, activity=parts(row)[2], line=line or self.line, **said)

    def grant(self, **said: Any) -> Grant:
        values = {"funder": "Донатор", "title": "Пратиоци", "amount": Decimal(1000), "currency": RSD,
                  "agreed_on": date(self.year, 1, 1), "ends_on": date(self.year, 12, 31)} | said  # fmt: skip
        with self.at_work() as by:
            return funding.enter_grant(by=by, organisation=self.purse.keeper.pk, **values)

    def step(self, text: str = "Предложити одлуку") -> tuple[Round, NextStep]:
        closed = self.rounds.open(SELF, "ana", title="Јесен")
        self.rounds.answer(closed, "ana", anchoring="0")
        self.rounds.close(closed)
        with self.rounds.at_work("csaba") as by:
            return closed, steps.propose(by=by, round=closed, item="", text=text)


@pytest.fixture
def tied(world: World) -> Tied:
    return Tied(world)


def refused(tied: Tied, who: str, act: Any) -> bool:
    try:
        with transaction.atomic(), acting(RUNTIME, tied.planning.world.accounts[who].pk):
            act()
    except DatabaseError:
        return True
    return False


def test_an_adopted_activity_draws_on_a_line_and_its_next_version_too(tied: Tied) -> None:
    row = tied.planning.adopted()
    whole = queries.whole(row, today())
    assert [one.number for one in whole.unpaid(tied.year)] == ["1.1.1"]
    tied.draw(row)
    whole = queries.whole(row, today())
    assert [str(one) for one in whole.lines[0].draws] == [f"{tied.year} Радионице"]
    assert whole.unpaid(tied.year) == []
    with tied.at_work() as by:
        made = plan.new_version(by=by, plan=row)
    assert [one.line for one in queries.whole(made, today()).lines[0].draws] == [tied.line]
    (one,) = drawing(tied.line).rows  # of the version in force, once
    assert (one.number, one.plan, one.money) == ("1.1.1", row, Money(Decimal("120000.50"), RSD))
    assert drawing(tied.line).total == Money(Decimal("120000.50"), RSD)


def test_only_the_currency_of_the_budget_is_added_and_what_was_dropped_is_not(tied: Tied) -> None:
    row = tied.planning.plan()
    _goal, measure, one = parts(row)
    with tied.at_work() as by:
        terms = tied.planning.terms(money=Money(Decimal(900), "EUR"))
        other = plan_part.write_activity(by=by, measure=measure, terms=terms)
        draw.draw(by=by, plan=row, activity=other, line=tied.line)
        free = tied.planning.terms(money=Money(Decimal(0)))  # needs no line
        plan_part.write_activity(by=by, measure=measure, terms=free)
    tied.draw(row)
    assert queries.whole(row, today()).unpaid(tied.year) == []
    found = drawing(tied.line)
    assert [(line.number, line.counts) for line in found.rows] == [("1.1.1", True), ("1.1.2", False)]
    assert found.total == Money(Decimal("120000.50"), RSD)
    with tied.at_work() as by:
        plan.adopt(by=by, plan=row, organ="Скупштина", number="1", on=by.today)
        plan_part.report(by=by, plan=row, activity=one, state="dropped", reached="Нема новца")
    assert [line.number for line in drawing(tied.line).rows] == ["1.1.2"]


def test_an_activity_of_several_years_draws_its_share_each_year(tied: Tied) -> None:
    year = tied.year
    row = tied.planning.plan(years=3)
    measure, one = parts(row)[1:]
    terms = tied.planning.terms(ends_on=date(year + 1, 6, 1), money=Money(Decimal(100)))
    with tied.at_work() as by:
        plan_part.write_activity(by=by, measure=measure, activity=one, terms=terms)
        plan.adopt(by=by, plan=row, organ="Скупштина", number="1", on=by.today)
    tied.draw(row)
    assert (drawing(tied.line).rows[0].money, drawing(tied.line).total) == (None, Money(Decimal(0)))
    tied.draw(row, share=Decimal("60.10"))
    assert drawing(tied.line).total == Money(Decimal("60.10"))
    assert [line.number for line in queries.whole(row, today()).unpaid(year + 1)] == ["1.1.1"]
    later = tied.purse.line(tied.purse.budget(year=year + 1), "Радионице")
    with pytest.raises(Refused, match="share"):
        tied.draw(row, later, share=Decimal("39.91"))
    tied.draw(row, later, share=Decimal("39.90"))
    assert drawing(later).total == Money(Decimal("39.90"))
    assert queries.whole(row, today()).unpaid(year + 1) == []
    last = tied.purse.line(tied.purse.budget(year=year + 2), "Радионице")
    assert [one.budget.year for one in lines_for(row)] == [year, year + 1, year + 2]
    with pytest.raises(Refused, match="year"):
        tied.draw(row, last)


def test_a_line_of_another_institution_or_year_pays_nothing(tied: Tied) -> None:
    row = tied.planning.plan()
    other = Budget.objects.create(organisation=tied.planning.world.organisations["school"],
                                  territory=row.territory, year=tied.year, currency=RSD)  # fmt: skip
    foreign = BudgetLine.objects.create(budget=other, title="Школа")
    with pytest.raises(NotFound):
        tied.draw(row, foreign)
    for who in ("ana", "dino"):
        with pytest.raises(NotPermitted):
            tied.draw(row, who=who)
    made = tied.draw(row)
    one = parts(row)[2]
    new = {"activity": one, "thread": one.thread, "year": tied.year}
    Draw.objects.all().delete()
    for wrong in (
        {"line": foreign},
        {"line": tied.line, "year": tied.year + 1},
        {"line": tied.line, "thread": uuid4()},
    ):
        assert refused(tied, "csaba", lambda wrong=wrong: Draw.objects.create(**(new | wrong)))
    assert refused(tied, "ana", lambda: Draw.objects.create(**new, line=tied.line))
    made = tied.draw(row)
    assert refused(tied, "csaba", lambda: Draw.objects.filter(pk=made.pk).update(share=3))
    with tied.at_work("ana"):
        assert Draw.objects.all().delete()[0] == 0
    with pytest.raises(IntegrityError, match="activity_draws_once_a_year"), transaction.atomic():
        Draw.objects.create(**new, line=tied.purse.line(tied.budget, "Друго"))


def test_a_tie_holds_the_days_of_its_activity_and_goes_with_it(tied: Tied) -> None:
    row = tied.planning.plan(years=3)
    measure, one = parts(row)[1:]
    tied.draw(row)
    moved = tied.planning.terms(begins_on=date(tied.year + 1, 1, 1), ends_on=date(tied.year + 1, 2, 1))
    with tied.at_work() as by, pytest.raises(Refused, match="days"):
        plan_part.write_activity(by=by, measure=measure, activity=one, terms=moved)
    with tied.at_work() as by:
        draw.let_go(by=by, plan=row, activity=one, line=tied.line)
        with pytest.raises(NotFound):
            draw.let_go(by=by, plan=row, activity=one, line=tied.line)
    tied.draw(row)
    with tied.at_work() as by:
        plan_part.remove(by=by, plan=row, part=Activity.objects.get(pk=one.pk))
    assert not Draw.objects.exists()


def test_what_is_spent_of_a_grant_is_what_its_lines_spent(tied: Tied) -> None:
    grant = tied.grant()
    line = tied.purse.line(tied.budget, "Пратиоци", grant=grant)
    tied.purse.enter(line, "plan", "900.00")
    tied.purse.enter(line, "execution", "600.25")
    tied.purse.enter(line, "execution", "-0.25")
    tied.purse.enter(tied.line, "plan", "50")
    tied.purse.enter(tied.line, "execution", "50")  # own money
    found = use(grant)
    assert [str(one) for one in (found.planned, found.spent, found.left)] == ["900,00 RSD", "600,00 RSD", "400,00 RSD"]
    with pytest.raises(Refused, match="grant_left"):
        tied.purse.enter(line, "execution", "400.01")
    tied.purse.enter(line, "execution", "400")
    assert use(grant).left == Money(Decimal(0))


def test_a_grant_pays_within_its_days_lines_of_its_own(tied: Tied) -> None:
    short = tied.grant(ends_on=date(tied.year, 3, 1))
    line = tied.purse.line(tied.budget, "Кратко", grant=short)
    tied.purse.enter(line, "plan", "10")
    with pytest.raises(Refused, match="grant_days"):
        tied.purse.enter(line, "execution", "1")  # in May
    euro, grant = tied.grant(currency="EUR"), tied.grant()
    with tied.at_work() as by:
        assert set(grants_for(by, tied.budget)) == {short, grant}
        with pytest.raises(Refused, match="grant"):
            budget.earmark(by=by, line=tied.line, grant=euro)
        budget.earmark(by=by, line=tied.line, grant=grant)
    assert refused(tied, "csaba", lambda: BudgetLine.objects.filter(pk=tied.line.pk).update(grant=euro))
    tied.purse.enter(tied.line, "plan", "10")
    tied.purse.enter(tied.line, "execution", "1")
    with tied.at_work() as by, pytest.raises(Refused, match="spent"):
        budget.earmark(by=by, line=tied.line, grant=None)
    assert refused(tied, "csaba", lambda: BudgetLine.objects.filter(pk=tied.line.pk).update(grant=None))
    assert not standing(tied.line).can_change_payer
    with tied.at_work("ana") as by, pytest.raises(NotPermitted):
        budget.earmark(by=by, line=line, grant=None)


def test_a_step_becomes_a_goal_once_and_says_where_it_came_from(tied: Tied) -> None:
    (closed, one), row = tied.step(), tied.planning.plan()
    with tied.at_work() as by:
        assert [(place.plan, place.goal) for place in places_to(by)] == [(row, None), (row, parts(row)[0])]
        made = origin.put_in(by=by, plan=row, round=closed, step=one.uuid)
        assert isinstance(made, Goal)
        assert (made.number, made.text, made.origin and made.origin.about) == (2, "Предложити одлуку", "Јесен")
        with pytest.raises(Refused, match="twice"):
            origin.put_in(by=by, plan=row, round=closed, step=one.uuid, goal=parts(row)[0])
        assert in_plans(by, [one.pk]) == {one.pk: row}
        with pytest.raises(Refused, match="in_plan"):
            steps.take_back(by=by, round=closed, step=one.uuid)
        plan.adopt(by=by, plan=row, organ="Скупштина", number="1", on=by.today)
        again = plan.new_version(by=by, plan=row)
        assert again.goals.get(number=2).origin == made.origin  # the same in the next version
        assert queries.whole(again, by.today).rounds == {closed.uuid}
        with pytest.raises(Overtaken):
            origin.put_in(by=by, plan=row, round=closed, step=one.uuid)
        plan_part.remove(by=by, plan=again, part=again.goals.get(number=2))
    assert Origin.objects.count() == 1  # the adopted version holds it
    with tied.rounds.at_work("doctor") as by:
        assert in_plans(by, [one.pk]) == {one.pk: None}  # it is in a plan that others write


def test_a_measure_that_is_taken_out_lets_its_step_go(tied: Tied) -> None:
    (closed, one), row = tied.step(), tied.planning.plan()
    with tied.at_work() as by:
        made = origin.put_in(by=by, plan=row, round=closed, step=one.uuid, goal=parts(row)[0])
        assert isinstance(made, Measure)
        plan_part.remove(by=by, plan=row, part=made)
        assert in_plans(by, [one.pk]) == {}
        origin.put_in(by=by, plan=row, round=closed, step=one.uuid)
    with tied.at_work("ana") as by, pytest.raises(NotPermitted):
        origin.put_in(by=by, plan=row, round=closed, step=one.uuid)
    with tied.at_work("ana"), pytest.raises(ProtectedError):
        Origin.objects.all().delete()
    assert refused(tied, "ana", lambda: Origin.objects.create(
        step=NextStep.objects.get(), round=closed.uuid, about="x", series=row.series))  # fmt: skip
    other = tied.planning.plan()
    with tied.at_work() as by, pytest.raises(NotFound):
        origin.put_in(by=by, plan=other, round=closed, step=uuid4())
    with tied.at_work() as by, pytest.raises(NotFound):
        origin.put_in(by=by, plan=other, round=closed, step=one.uuid, goal=parts(row)[0])


def test_whether_next_year_has_a_line(tied: Tied) -> None:
    at = tied.purse.keeper.pk
    assert has_line(at, tied.year)
    assert not has_line(at, tied.year + 1)
    tied.purse.budget(year=tied.year + 1)
    assert not has_line(at, tied.year + 1)  # a budget without a line
