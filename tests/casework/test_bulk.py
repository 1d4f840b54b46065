"""The same for many cases: each in a savepoint of its own, tried without a trace, done once."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.casework.everyday import Everyday
from tests.refusal import refusal
from tests.world import World
from zajedno.access.models import AuditEntry, Message
from zajedno.casework.actions import bulk as actions
from zajedno.casework.actions import bulk_acts, daily
from zajedno.casework.actions.bulk_acts import packed, unpacked
from zajedno.casework.models import Bulk, BulkRow, Case, Flag, Task
from zajedno.kernel import clock
from zajedno.kernel.fence import RUNTIME, WORKER, acting
from zajedno.kernel.refusal import NotFound, Overtaken, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def everyday(world: World) -> Everyday:
    return Everyday(world)


def choose(everyday: Everyday, *cases: Case, who: str = "ana") -> Bulk:
    with everyday.as_(who):
        return actions.choose(by=everyday.world.actor(who), cases=[case.uuid for case in cases])


def do(everyday: Everyday, bulk: Bulk, act: str, *, who: str = "ana", **given: Any) -> list[tuple[str, str]]:
    by = everyday.world.actor(who)
    with everyday.as_(who):
        actions.prepare(by=by, bulk=bulk, act=act, given=given)
        actions.carry_out(by=by, bulk=bulk)
    return list(bulk.rows.values_list("state", "said"))


def test_a_foreign_case_and_an_invented_one_are_not_found_and_none_is_asked_for(everyday: Everyday) -> None:
    foreign = everyday.another("Савић")
    by = everyday.world.actor("besa")
    for cases in ([foreign.uuid], [uuid4()]):
        with pytest.raises(NotFound):
            actions.choose(by=by, cases=cases)
    with pytest.raises(Refused, match="none"):
        actions.choose(by=everyday.world.actor("ana"), cases=[])


def test_trying_leaves_no_trace(everyday: Everyday) -> None:
    bulk = choose(everyday, everyday.case, everyday.another("Савић"))
    counts = [model.objects.count() for model in (Task, Message, AuditEntry)]
    with everyday.as_("ana"):
        actions.prepare(
            by=everyday.world.actor("ana"), bulk=bulk, act="task",
            given={"what": "Позвати.", "to": everyday.id("maja"), "due_on": clock.today()},
        )  # fmt: skip
    assert [model.objects.count() for model in (Task, Message, AuditEntry)] == counts
    assert set(bulk.rows.values_list("state", flat=True)) == {"ready"}


def test_what_fails_in_the_middle_of_one_case_writes_nothing_of_it_and_stops_no_other(
    everyday: Everyday, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = everyday.another("Савић")
    bulk, act = choose(everyday, everyday.case, other), bulk_acts._acts["flag"]

    def half(file: Any, *rest: Any) -> None:
        act(file, *rest)
        if file.case.pk == other.pk:
            Case.objects.filter(pk=file.case.pk).update(initiated_by=None)  # a constraint of the database refuses it

    monkeypatch.setitem(bulk_acts._acts, "flag", half)
    rows = do(everyday, bulk, "flag", message="Пази.")
    assert [state for state, _said in rows] == ["done", "refused"]
    assert "could not be written" in rows[1][1]
    assert [flag.case_id for flag in Flag.objects.all()] == [everyday.case.pk]


def test_who_moved_first_is_told_for_that_case_alone(everyday: Everyday) -> None:
    other = everyday.another("Савић")
    bulk = choose(everyday, everyday.case, other, who="csaba")
    everyday.move("csaba", "register", registry_number="auto")
    rows = do(everyday, bulk, "move:additional-support:withdraw", who="csaba", reason="Сеоба.")
    assert [state for state, _said in rows] == ["refused", "done"]
    assert "Somebody has moved this case" in rows[0][1]
    assert Case.objects.get(pk=other.pk).closed_on == clock.today()


def test_a_case_of_another_procedure_is_left_alone(everyday: Everyday) -> None:
    ((state, said),) = do(everyday, choose(everyday, everyday.case), "move:referral:withdraw", reason="x")
    assert (state, said) == ("refused", "This case is of another procedure.")


def test_tasks_are_handed_over_where_there_are_any(everyday: Everyday) -> None:
    other = everyday.another("Савић")
    mine, done = everyday.task("ana", "ana", days=-3), everyday.task("ana", "ana", case=other)
    Task.objects.filter(pk=done.pk).update(done_on=clock.now(), done_by=everyday.id("ana"))
    rows = do(everyday, choose(everyday, everyday.case, other), "hand_over", to=everyday.id("maja"))
    assert [state for state, _said in rows] == ["done", "refused"]
    mine.refresh_from_db()
    assert (mine.assignee_id, mine.due_on) == (everyday.id("maja"), clock.today() - timedelta(days=3))
    assert Message.objects.filter(account=everyday.id("maja"), key__startswith="task-").count() == 1


def test_it_is_done_once_and_only_by_whose_it_is(everyday: Everyday) -> None:
    bulk, ana = choose(everyday, everyday.case), everyday.world.actor("ana")
    with pytest.raises(Refused, match="act"):
        actions.carry_out(by=ana, bulk=bulk)
    do(everyday, bulk, "flag", message="Пази.")
    for again in (
        lambda: actions.carry_out(by=ana, bulk=bulk),
        lambda: actions.prepare(by=ana, bulk=bulk, act="flag", given={"message": "x"}),
    ):
        with pytest.raises(Overtaken):
            again()
    with pytest.raises(NotFound):
        actions.carry_out(by=everyday.world.actor("maja"), bulk=bulk)
    assert Flag.objects.count() == 1
    entry = AuditEntry.objects.get(verb="casework.act_on_many")
    assert entry.detail == {"act": "flag", "done": 1, "refused": 0}


def test_the_database_shows_it_to_nobody_else_and_drops_it_after_thirty_days(everyday: Everyday) -> None:
    choose(everyday, everyday.case)
    for who, seen in (("ana", 1), ("maja", 0), ("csaba", 0)):
        with acting(RUNTIME, everyday.id(who)):
            assert (Bulk.objects.count(), BulkRow.objects.count()) == (seen, seen)
    for days, left in ((29, 1), (31, 0)):  # at whatever hour it is today
        with clock.on(clock.today() + timedelta(days=days)), acting(WORKER):
            daily.run()
        assert Bulk.objects.count() == left


def test_constraints(everyday: Everyday) -> None:
    bulk = choose(everyday, everyday.case)
    assert refusal(BulkRow.objects.create, bulk=bulk, case=everyday.case, seen=1) == "bulk_case_once"
    assert refusal(Bulk.objects.filter(pk=bulk.pk).update, done_on=clock.now()) == "bulk_tried_before_done"


def test_what_is_given_is_kept_sealed_and_comes_back_as_it_was(everyday: Everyday) -> None:
    given = {
        "message": "Мајка.", "due_on": clock.today(), "keeper": everyday.world.organisations["school"],
        "who": everyday.world.accounts["ana"], "to": 7, "empty": "",
    }  # fmt: skip
    bulk = choose(everyday, everyday.case)
    bulk.given = packed(given)
    assert "Мајка".encode() not in bytes(bulk.content)
    assert unpacked(bulk.given) == {name: value for name, value in given.items() if name != "empty"}
