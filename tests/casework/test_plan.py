"""One plan for a child: nobody plans twice, what was adopted stays, what happens is kept, and each reads their part."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from tests.casework.plans import SECRET, SPEECH, Planned, days
from tests.world import World
from zajedno.access.models import AuditEntry
from zajedno.casework.actions.goal import drop_goal, write_goal
from zajedno.casework.actions.plan import Twice, count_here, drop_measure, revise_measure, write_measure
from zajedno.casework.actions.support import report_measure, write_view
from zajedno.casework.models import Goal, Measure, PlanEntry
from zajedno.casework.queries import plan as plans
from zajedno.casework.queries.case import find
from zajedno.casework.queries.needs import facts
from zajedno.kernel import clock
from zajedno.kernel.refusal import NotFound, NotPermitted, Overtaken, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def first(world: World) -> Planned:
    return Planned(world, world.child())


@pytest.fixture
def second(first: Planned) -> Planned:
    """Another procedure for the same child."""
    return Planned(first.world, first.child, "early-support")


def goal_of(story: Planned, text: str = "Сам каже шта жели.", **values: Any) -> Goal:
    with story.as_("csaba"):
        given = {"whose": "parent", "area": "d3"} | values
        return write_goal(by=story.world.actor("csaba"), file=story.file("csaba"), values=given, text=text, row=None)


BROKEN: dict[str, tuple[str, Callable[[Measure], dict[str, Any]]]] = {
    "price without units": ("measure_cost_adds_up", lambda row: {"unit_price": 5}),
    "a wrong sum": ("measure_cost_adds_up", lambda row: {"unit_price": 5, "units": 2, "times": 3, "cost": 31}),
    "no units": ("measure_cost_adds_up", lambda row: {"unit_price": 5, "units": 0, "times": 3, "cost": 0}),
    "an end before the beginning": ("measure_ends_later", lambda row: {"since": days(2), "until": days(1)}),
    "less than nothing": ("measure_cost_positive", lambda row: {"cost": -1}),
    "unmet since nobody knows when": ("measure_unmet_has_no_place", lambda row: {"unmet": "no_place"}),
    "a version of nothing": ("measure_version_follows", lambda row: {"version": 2}),
}


@pytest.mark.parametrize("what", BROKEN)
def test_the_database_refuses(first: Planned, what: str) -> None:
    row, (name, values) = first.plan(), BROKEN[what]
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Measure.objects.filter(pk=row.pk).update(**values(row))


def test_the_database_refuses_goals_of_nobody_and_codes_that_are_none(first: Planned) -> None:
    goal = goal_of(first)
    wrong = {"goal_icf_is_a_code": {"icf": "x166"}, "goal_is_somebodys": {"whose": "school"},
             "goal_says_something": {"sealed": None}}  # fmt: skip
    for name, values in wrong.items():
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            Goal.objects.filter(pk=goal.pk).update(**values)
    with pytest.raises(IntegrityError, match="plan_entry_has_its_measure"), transaction.atomic():
        PlanEntry.objects.create(
            case=first.case, child=first.child, at=first.case.organisation, kind="state", happened_on=clock.today()
        )


def test_a_goal_is_sealed_and_a_code_tells_its_area(first: Planned) -> None:
    goal = goal_of(first, area="", icf="D330", whose="child")
    assert (goal.whose, goal.area, goal.icf) == ("child", "d3", "d330")
    assert "жели" not in bytes(Goal.objects.get(pk=goal.pk).sealed).decode(errors="replace")
    assert Goal.objects.get(pk=goal.pk).text == "Сам каже шта жели."
    with pytest.raises(Refused, match="empty"):
        goal_of(first, text="  ")


def test_measures_serve_goals_and_a_goal_that_is_served_stays(first: Planned) -> None:
    goal = goal_of(first)
    row = first.plan({**SPEECH, "goal": goal})
    by, file = first.world.actor("csaba"), first.file("csaba")
    drop_goal(by=by, file=file, row=goal)  # nothing is adopted yet: the measure stays without it
    row.refresh_from_db()
    assert row.goal is None
    assert not Goal.objects.exists()
    other = goal_of(first)
    write_measure(by=by, file=file, values={"goal": other}, goal=SECRET, row=row)
    first.adopt()
    with pytest.raises(Refused, match="served"):
        drop_goal(by=by, file=first.file("csaba"), row=Goal.objects.get())


def test_cost_is_reckoned_in_the_currency_of_the_country(first: Planned) -> None:
    row = first.plan({**SPEECH, "unit_price": Decimal("1200.50"), "units": Decimal("1.5"), "times": 36, "unit": "час"})
    assert (row.cost, row.currency) == (Decimal("64827.00"), "RSD")
    with pytest.raises(Refused, match="cost"):
        first.plan({"code": "transport", "legal_group": "realised", "unit_price": Decimal("9999999999"), "times": 2})


# ---------------------------------------------------------------- nobody plans twice


def test_the_same_measure_is_not_planned_twice_across_procedures(first: Planned, second: Planned) -> None:
    row = first.plan()
    with pytest.raises(Twice) as refusal:
        second.plan()
    assert (refusal.value.code, refusal.value.row) == ("planned_already", row)
    assert not second.case.measures.exists()
    again = second.plan(different="Ово је у школи, оно у дому здравља.")
    entry = again.entries.get(kind="different")
    assert (entry.text, entry.written_by) == ("Ово је у школи, оно у дому здравља.", second.world.accounts["csaba"].pk)


def test_in_the_same_plan_it_is_not_written_twice_either(first: Planned) -> None:
    row = first.plan()
    with pytest.raises(Twice):
        first.plan()
    by, file = first.world.actor("csaba"), first.file("csaba")
    write_measure(by=by, file=file, values=SPEECH, goal="Друге речи.", row=row)  # itself it may be
    assert first.line().text == "Друге речи."


@pytest.mark.parametrize("over", [{"state": "done"}, {"state": "not_done"}, {"until": -1}])
def test_what_is_over_may_be_planned_again(first: Planned, second: Planned, over: dict[str, Any]) -> None:
    row = first.plan()
    if "until" in over:
        over = {"until": days(over["until"])}
    Measure.objects.filter(pk=row.pk).update(**over)
    assert second.plan().pk != row.pk


def test_a_measure_of_another_procedure_can_count_here_instead(first: Planned, second: Planned) -> None:
    row = first.plan({**SPEECH, "since": days(0)})
    by, file = second.world.actor("csaba"), second.file("csaba")
    assert list(plans.elsewhere(file)) == [row]
    assert not facts(file)["support_plan"]
    with second.as_("csaba"):
        count_here(by=by, file=file, row=row)
    assert (list(plans.lines(file)), list(plans.elsewhere(file))) == ([row], [])
    assert facts(second.file("csaba"))["support_plan"]
    with pytest.raises(NotFound):
        count_here(by=by, file=file, row=row)


def test_a_plan_that_was_never_adopted_stands_in_nobodys_way(first: Planned, second: Planned) -> None:
    row, goal = first.plan(), goal_of(first)
    first.move("csaba", "withdraw", reason="Породица одустаје.")
    for one in (row, goal):
        one.refresh_from_db()
    assert (row.superseded_on, goal.dropped_on) == (clock.today(), clock.today())
    assert second.plan()


def test_two_who_plan_at_the_same_moment_wait_for_each_other(first: Planned) -> None:
    from django.db import connection

    first.plan()
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()")
        assert cursor.fetchone()[0] >= 1


# ---------------------------------------------------------------- adopted, then changed


def test_an_adopted_plan_is_changed_by_versions_with_a_reason(first: Planned) -> None:
    first.plan()
    first.adopt()
    row, by = first.line(), first.world.actor("csaba")
    assert row.adopted_on == clock.today()
    for act in (
        lambda: write_measure(by=by, file=first.file("csaba"), values={}, goal="", row=row),
        lambda: write_measure(by=by, file=first.file("csaba"), values=SPEECH, goal="", row=None),
        lambda: drop_measure(by=by, file=first.file("csaba"), row=row),
    ):
        with pytest.raises(Refused, match="adopted"):
            act()
    given = {
        "by": by,
        "file": first.file("csaba"),
        "values": {"frequency": "једном недељно"},
        "goal": SECRET,
        "row": row,
    }
    with pytest.raises(Refused, match="no_reason"):
        revise_measure(reason=" ", **given)
    with first.as_("csaba"):
        after = revise_measure(reason="Мање термина.", **given)
    row.refresh_from_db()
    assert (row.superseded_on, row.frequency) == (clock.today(), "двапут недељно")
    assert (after.version, after.replaces, after.frequency, after.code) == (2, row, "једном недељно", "speech_therapy")
    entry = after.entries.get(kind="version")
    assert (entry.text, entry.value, entry.written_by) == ("Мање термина.", "2", by.account)
    with pytest.raises(Refused, match="superseded"):
        revise_measure(reason="Још једном.", **given)


def test_a_line_that_is_added_later_says_why_and_lets_its_institution_in(first: Planned) -> None:
    first.carry_out()
    by = first.world.actor("csaba")
    assert not plans.visible_to(first.world.actor("besa"), Measure.objects.all()).exists()
    values = {**SPEECH, "responsible": first.world.organisations["health"]}
    with first.as_("csaba"):
        row = revise_measure(by=by, file=first.file("csaba"), values=values, goal=SECRET, row=None, reason="Нов налаз.")
    assert (row.version, row.adopted_on) == (1, clock.today())
    with first.as_("besa"):
        assert set(plans.visible_to(first.world.actor("besa"), Measure.objects.all())) >= {row}
        assert find(first.world.actor("besa"), first.case.uuid).parts == {"implementer"}


def test_the_database_keeps_what_was_adopted_and_what_was_said(first: Planned) -> None:
    first.plan()
    first.carry_out()
    row = first.line()
    report_measure(by=first.world.actor("csaba"), row=row, state="running")
    for act in (
        lambda: Measure.objects.filter(pk=row.pk).update(frequency="никад"),
        lambda: Measure.objects.filter(pk=row.pk)._raw_delete("default"),
        lambda: PlanEntry.objects.filter(measure=row).update(value="done"),
    ):
        with pytest.raises(DatabaseError), first.as_("csaba"):
            act()
    row.refresh_from_db()
    assert (row.frequency, row.state) == ("двапут недељно", "running")


# ---------------------------------------------------------------- realisation and effect


def test_who_gives_the_support_says_how_far_it_has_come_and_what_it_brought(first: Planned) -> None:
    first.plan({**SPEECH, "review_on": days(3)})
    first.carry_out()
    row, besa = first.line(), first.world.actor("besa")
    with first.as_("besa"):
        found = plans.find(besa, first.child, row.uuid)
        report_measure(by=besa, row=found, state="running", happened_on=days(0), text="Почело је.")
        report_measure(by=besa, row=found, gain="some", text="Говори гласније.", review_on=days(90))
    row.refresh_from_db()
    assert (row.state, row.state_on, row.gain, row.review_on) == ("running", days(0), "some", days(90))
    told = [(one.kind, one.value, one.text) for one in row.entries.order_by("id")]
    assert told == [("state", "running", "Почело је."), ("effect", "some", "Говори гласније.")]
    assert {one.organisation for one in row.entries.all()} == {first.world.organisations["health"]}
    entries = AuditEntry.objects.filter(verb="casework.report_follow_up", subject=str(row.uuid))
    assert entries.count() == 2
    assert SECRET not in str([one.detail for one in entries])


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "nothing": ({}, "empty"),
    "no state": ({"state": "burnt"}, "unknown"),
    "the future": ({"state": "running", "happened_on": 1}, "future"),
    "a review in the past": ({"state": "running", "review_on": -1}, "past"),
    "an effect without words": ({"gain": "much"}, "no_words"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_report_that_makes_no_sense_is_refused(first: Planned, what: str) -> None:
    first.plan()
    first.carry_out()
    given, code = REFUSED[what]
    given = {key: days(value) if isinstance(value, int) else value for key, value in given.items()}
    with pytest.raises(Refused, match=code):
        report_measure(by=first.world.actor("csaba"), row=first.line(), **given)


def test_others_do_not_answer_for_a_measure_and_nothing_is_said_before_adoption(first: Planned) -> None:
    row = first.plan()
    with pytest.raises(Refused, match="not_adopted"):
        report_measure(by=first.world.actor("csaba"), row=row, state="running")
    first.carry_out()
    with pytest.raises(NotPermitted):
        report_measure(by=first.world.actor("ana"), row=first.line(), state="running")  # the health centre gives it
    old = first.line()
    with first.as_("csaba"):
        revise_measure(
            by=first.world.actor("csaba"), file=first.file("csaba"), values={}, goal="", row=old, reason="Ново."
        )
    with pytest.raises(Overtaken):
        report_measure(by=first.world.actor("besa"), row=old, state="running")


def test_what_the_child_and_the_parent_think_is_kept_as_it_was_said(first: Planned) -> None:
    by, file = first.world.actor("csaba"), first.file("csaba")
    for whose, text in (("child", "Волим логопеда."), ("parent", "Далеко је.")):
        with first.as_("csaba"):
            write_view(by=by, file=file, whose=whose, text=text, told_on=clock.today())
    assert [(one.value, one.text) for one in first.case.entries.order_by("id")] == [
        ("child", "Волим логопеда."),
        ("parent", "Далеко је."),
    ]
    for given in ({"whose": "team"}, {"told_on": days(1)}, {"text": " "}):
        with pytest.raises(Refused):
            write_view(by=by, file=file, **{"whose": "child", "text": "x", "told_on": clock.today()} | given)
