"""Action plans: goal, measure, activity; adopted once and then frozen; progress beside them; exact totals."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from tests.places.factories import kind, organisation
from tests.programmes.planning import Planning, parts
from tests.refusal import change, refusal, sql
from zajedno.access.models import AuditEntry
from zajedno.kernel import clock
from zajedno.kernel.clock import today
from zajedno.kernel.fence import EXCHANGE, acting
from zajedno.kernel.money import Money
from zajedno.kernel.refusal import NotFound, NotPermitted, Overtaken, Refused
from zajedno.places.models import Population, Service
from zajedno.programmes.actions import plan, plan_part
from zajedno.programmes.logic.glance import glance
from zajedno.programmes.logic.sums import by_currency
from zajedno.programmes.models import Activity, Goal, Measure, Plan, Progress
from zajedno.programmes.queries import plan as queries
from zajedno.programmes.queries.situation import known

pytestmark = pytest.mark.django_db
ADOPTED = "this plan was adopted"
DECISION = {"organ": "Скупштина града", "number": "02-15/2026"}


def test_adopted_by_a_decision_it_only_gets_a_next_version(planning: Planning) -> None:
    row = planning.adopted()
    assert (row.organ, row.number, row.adopted_on) == ("Скупштина града", "02-15/2026", today())
    goal, measure, activity = parts(row)
    with planning.at_work() as by:
        for act in (
            lambda: plan.change(by=by, plan=row, head=planning.head(title="Други")),
            lambda: plan.describe(by=by, plan=row, situation="Друго"),
            lambda: plan.adopt(by=by, plan=row, on=by.today, **DECISION),
            lambda: plan_part.write_goal(by=by, plan=row, text="Још један"),
            lambda: plan_part.write_measure(by=by, goal=goal, text="Друга", measure=measure),
            lambda: plan_part.write_activity(by=by, measure=measure, terms=planning.terms(), activity=activity),
            lambda: plan_part.remove(by=by, plan=row, part=activity),
        ):
            with pytest.raises(Overtaken, match="adopted"):
                act()
        newer = plan.new_version(by=by, plan=row)
        plan_part.write_goal(by=by, plan=newer, text="Нови циљ")
        with pytest.raises(Overtaken):
            plan.new_version(by=by, plan=row)
        with pytest.raises(Refused, match="open"):
            plan.new_version(by=by, plan=newer)
        assert list(queries.newest(by)) == [newer]
    copied = parts(newer)
    assert (newer.version, newer.series, newer.is_adopted) == (2, row.series, False)
    assert [one.text for one in copied] == [goal.text, measure.text, activity.text]
    assert copied[2].thread == activity.thread
    assert not {one.uuid for one in copied} & {goal.uuid, measure.uuid, activity.uuid}
    assert queries.in_force(newer) == row


def test_progress_stands_beside_a_frozen_plan_and_goes_on_in_the_next_version(planning: Planning) -> None:
    row = planning.adopted()
    _goal, _measure, activity = parts(row)
    with planning.at_work() as by:
        assert queries.whole(row, by.today).glance.counts["ahead"] == 1
        plan_part.report(by=by, plan=row, activity=activity, state="underway", reached="4 радионице")
        with pytest.raises(Refused, match="reached"):
            plan_part.report(by=by, plan=row, activity=activity, state="done")
        newer = plan.new_version(by=by, plan=row)
        draft = parts(newer)[2]
        with pytest.raises(Overtaken):
            plan_part.report(by=by, plan=newer, activity=draft, state="done", reached="12")
        plan.adopt(by=by, plan=newer, on=by.today, **DECISION)
        plan_part.report(by=by, plan=newer, activity=draft, state="done", reached="12 радионица")
        line = queries.whole(newer, by.today).lines[0]
    assert (line.standing, line.progress.reached) == ("done", "12 радионица")
    assert [one.state for one in queries.history(activity)] == ["done", "underway"]
    assert AuditEntry.objects.latest("moment").detail == {"progress": "done"}


def test_of_a_plan_that_nobody_adopted_no_progress_is_told(planning: Planning) -> None:
    row = planning.plan()
    with planning.at_work() as by, pytest.raises(Refused, match="open"):
        plan_part.report(by=by, plan=row, activity=parts(row)[2], state="underway")


def test_what_is_past_its_last_day_is_late(planning: Planning) -> None:
    row = planning.plan()
    after = date(planning.year + 1, 1, 1)
    assert [queries.whole(row, day).lines[0].standing for day in (today(), after)] == ["ahead", "late"]
    told = glance([("done", after), ("underway", today()), ("dropped", today()), ("ahead", after)], after)
    assert (told.done, told.due, told.total, told.counts["late"]) == (1, 2, 3, 1)


def test_totals_are_exact_and_one_a_currency(planning: Planning) -> None:
    row = planning.plan()
    measure = parts(row)[1]
    with planning.at_work() as by:
        for amount, code in (("0.10", "RSD"), ("0.20", "RSD"), ("5.00", "EUR"), ("0.05", "EUR"), ("", "")):
            money = Money(Decimal(amount), code) if amount else None
            plan_part.write_activity(by=by, measure=measure, terms=planning.terms(money=money))
        whole = queries.whole(row, by.today)
    assert whole.totals == [Money(Decimal("120000.80")), Money(Decimal("5.05"), "EUR")]
    assert [one.number for one in whole.lines] == [f"1.1.{number}" for number in range(1, 7)]
    with connection.cursor() as cursor:
        cursor.execute("select currency, sum(amount) from programmes_activity where amount is not null group by 1")
        assert dict(cursor.fetchall()) == {one.currency: one.amount for one in whole.totals}
    assert by_currency([]) == []


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"text": " "}, "words"),
        ({"indicator": ""}, "words"),
        ({"ends_on": date(2000, 1, 1)}, "days"),
        ({"begins_on": date(2000, 1, 1)}, "days"),
        ({"money": Money(-1)}, "amount"),
    ],
)
def test_an_activity_that_does_not_hold_together_is_refused(
    planning: Planning, said: dict[str, Any], code: str
) -> None:
    row = planning.plan()
    with planning.at_work() as by, pytest.raises(Refused, match=code):
        plan_part.write_activity(by=by, measure=parts(row)[1], terms=planning.terms(**said))


def test_a_plan_that_does_not_hold_together_is_refused(planning: Planning) -> None:
    for said, code in (({"title": ""}, "title"), ({"first_year": 27}, "year"), ({"years": 2}, "years")):
        with pytest.raises(Refused, match=code):
            planning.plan(**said)
    row = planning.plan()
    with planning.at_work() as by, pytest.raises(Refused, match="days"):
        plan.change(by=by, plan=row, head=planning.head(first_year=planning.year + 1))


def test_what_a_council_adopts_is_a_decision_about_something(planning: Planning) -> None:
    row = planning.plan()
    with planning.at_work() as by:
        for said, code in (({"number": " "}, "decision"), ({"on": by.today + timedelta(days=1)}, "days")):
            with pytest.raises(Refused, match=code):
                plan.adopt(by=by, plan=row, **({"on": by.today} | DECISION | said))
        plan_part.remove(by=by, plan=row, part=parts(row)[2])
        with pytest.raises(Refused, match="empty"):
            plan.adopt(by=by, plan=row, on=by.today, **DECISION)


def test_parts_are_removed_from_below_and_only_of_their_own_plan(planning: Planning) -> None:
    row, other = planning.plan(), planning.plan()
    goal, measure, activity = parts(row)
    with planning.at_work() as by:
        with pytest.raises(Refused, match="under"):
            plan_part.remove(by=by, plan=row, part=goal)
        with pytest.raises(NotFound):
            plan_part.remove(by=by, plan=other, part=activity)
        for part in (activity, measure, goal):
            assert queries.part(row, part.uuid) == part
            plan_part.remove(by=by, plan=row, part=part)
        with pytest.raises(NotFound):
            queries.part(row, parts(other)[0].uuid)
    assert not row.goals.exists()


def test_parts_of_another_plan_are_not_written_through_this_one(planning: Planning) -> None:
    mine, other = planning.plan(), planning.plan(title="Други")
    (goal, measure, _activity), (its_goal, its_measure, its_activity) = parts(mine), parts(other)
    with planning.at_work() as by:
        for act in (
            lambda: plan_part.write_goal(by=by, plan=mine, goal=its_goal, text="Туђе"),
            lambda: plan_part.write_measure(by=by, goal=goal, measure=its_measure, text="Туђе"),
            lambda: plan_part.write_activity(by=by, measure=measure, activity=its_activity, terms=planning.terms()),
        ):
            with pytest.raises(NotFound):
                act()
    assert not Goal.objects.filter(text="Туђе").exists()


def test_only_its_keeper_writes_and_who_is_responsible_reads_what_was_adopted(planning: Planning) -> None:
    draft, adopted = planning.plan(), planning.adopted()
    for who in ("ana", "goran", "dino"):
        with planning.at_work(who) as by:
            with pytest.raises(NotPermitted):
                plan.describe(by=by, plan=draft, situation="x")
            with pytest.raises(NotPermitted):
                plan_part.report(by=by, plan=adopted, activity=parts(adopted)[2], state="underway")
            seen = set(queries.visible_to(by))
            assert seen == ({adopted} if who == "ana" else set())
            with pytest.raises(NotFound):
                queries.find(by, draft.uuid)


def test_what_is_known_without_any_child(planning: Planning) -> None:
    row = planning.plan()
    town = planning.keeper.territory
    Population.objects.filter(territory=town).delete()
    for year, count in ((2020, 1), (2022, 5143)):
        Population.objects.create(territory=town, year=year, band="0-6", count=count, source="РЗС")
    home = organisation(
        "Дневни боравак", kind=kind("social_work_centre", "social_protection"), territory=town, code="x-day"
    )
    for capacity in (12, None, 3):
        Service.objects.create(organisation=home, labels={"sr": "Боравак"}, capacity=capacity)
    Service.objects.create(organisation=home, labels={"sr": "Бивша"}, capacity=9, active_until=today())
    with planning.at_work() as by:
        found = known(by, row)
    assert (found.year, found.source, found.population) == (2022, "РЗС", {("0-6", "all"): 5143})
    mine = next(one for one in found.services if one.number == 3)
    assert (mine.capacity, mine.without) == (15, 1)


# The database refuses what no verb does.


def test_what_was_adopted_stays_as_it_was(planning: Planning) -> None:
    row, other = planning.adopted(), planning.plan()
    goal, measure, activity = parts(row)
    assert refusal(change, row, situation="x") == ADOPTED
    assert refusal(change, row, adopted_on=None, organ="", number="") == ADOPTED
    assert refusal(change, goal, text="x") == ADOPTED
    assert refusal(change, measure, text="x") == ADOPTED
    assert refusal(change, activity, amount=Decimal(1)) == ADOPTED
    assert refusal(change, goal, plan=other, number=9) == ADOPTED
    assert refusal(change, parts(other)[2], measure=measure, number=9) == ADOPTED
    assert refusal(Goal.objects.create, plan=row, number=2, text="x") == ADOPTED
    assert refusal(Measure.objects.create, goal=goal, number=2, text="x") == ADOPTED
    assert refusal(Activity.objects.filter(pk=activity.pk).delete) == ADOPTED
    assert refusal(sql, "delete from programmes_plan") == "plans are not deleted"
    assert refusal(change, other, version=3) == "a plan stays which it is"
    for table in ("plan", "goal", "measure", "activity"):
        assert refusal(sql, f"truncate programmes_{table} cascade")
    with planning.at_work() as by:
        plan_part.report(by=by, plan=row, activity=activity, state="underway")
    assert refusal(sql, "update programmes_progress set state = 'done', reached = 'x'")
    assert refusal(sql, "delete from programmes_progress")


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"title": ""}, "plan_has_title"),
        ({"first_year": 1999}, "plan_year"),
        ({"years": 2}, "plan_yearly_or_three_yearly"),
        ({"adopted_on": today()}, "plan_adopted_by_a_decision"),
        ({"organ": "Скупштина"}, "plan_adopted_by_a_decision"),
        ({"adopted_on": today(), "organ": "Скупштина"}, "plan_adopted_by_a_decision"),
    ],
)
def test_the_database_refuses_a_plan(planning: Planning, fields: dict[str, Any], constraint: str) -> None:
    assert refusal(change, planning.plan(), **fields) == constraint


def test_the_database_refuses_parts_that_say_nothing_or_stand_twice(planning: Planning) -> None:
    row = planning.plan()
    goal, measure, activity = parts(row)
    assert refusal(change, goal, text="") == "goal_has_words"
    assert refusal(change, measure, text="") == "plan_measure_has_words"
    assert refusal(change, activity, indicator="") == "activity_has_indicator"
    assert refusal(change, activity, ends_on=date(2000, 1, 1)) == "activity_ends_later"
    assert refusal(change, activity, currency="") == "activity_amount_has_currency"
    assert refusal(change, activity, currency="HRK") == "activity_amount_has_currency"
    assert refusal(Goal.objects.create, plan=row, number=1, text="x") == "goal_number_once"
    assert refusal(Measure.objects.create, goal=goal, number=1, text="x") == "plan_measure_number_once"
    again = {"measure": measure, "number": 1, "text": "x", "indicator": "x", "responsible": activity.responsible}
    days = {"begins_on": today(), "ends_on": today()}
    assert refusal(Activity.objects.create, **again, **days) == "activity_number_once"
    told = {"activity": activity, "thread": activity.thread, "on": today(), "told_by": 1}
    assert refusal(Progress.objects.create, **told, state="half") == "progress_state_known"
    assert refusal(Progress.objects.create, **told, state="done") == "progress_says_what_was_reached"
    with planning.at_work():
        assert "row-level security" in refusal(Progress.objects.create, **told, state="underway")
    other = {"organisation": row.organisation, "territory": row.territory, "title": "x", "first_year": 2026}
    other |= {"series": row.series, "written_by": 1}
    assert refusal(Plan.objects.create, **other, version=1, adopted_on=today(), **DECISION) == "plan_version_once"
    assert refusal(Plan.objects.create, **other, version=2) == "plan_one_draft"


def test_who_may_not_write_changes_nothing_past_the_verbs(planning: Planning) -> None:
    row = planning.plan()
    acts = ("update programmes_plan set title = 'x'", "update programmes_activity set text = 'x'",
            "delete from programmes_activity", "update programmes_goal set text = 'x'",
            "delete from programmes_measure")  # fmt: skip
    with planning.at_work("ana"):
        for act in acts:
            with connection.cursor() as cursor:
                cursor.execute(act)
                assert cursor.rowcount == 0
        assert "row-level security" in refusal(Plan.objects.create, organisation=row.organisation, title="x",
                                               territory=row.territory, first_year=2026, written_by=1)  # fmt: skip
    with pytest.raises(DatabaseError), transaction.atomic(), acting(EXCHANGE):
        Plan.objects.count()
    with clock.on(today()), planning.at_work() as by:
        assert queries.find(by, row.uuid) == row
