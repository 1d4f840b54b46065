"""Programmes: places and who waits, meetings in counts, what was measured, cost; each constraint is broken."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from tests.programmes.planning import Planning
from tests.refusal import change, refusal, sql
from zajedno.access.models import AuditEntry
from zajedno.kernel.clock import today
from zajedno.kernel.fence import EXCHANGE, acting
from zajedno.kernel.money import Money
from zajedno.kernel.refusal import NotFound, NotPermitted, Overtaken, Refused
from zajedno.programmes.actions import programme, session
from zajedno.programmes.enums import ProgrammeState
from zajedno.programmes.models import BeforeAfter, Programme, Session
from zajedno.programmes.queries import programme as queries

pytestmark = pytest.mark.django_db
TOMORROW, YESTERDAY = today() + timedelta(days=1), today() - timedelta(days=1)


def counts(row: Programme) -> tuple[int, int]:
    row.refresh_from_db()
    return row.taken, row.waiting


def test_who_finds_no_place_waits_and_moves_up_when_one_is_free(planning: Planning) -> None:
    row = planning.programme(places=10)
    seen = []
    with planning.at_work() as by:
        for act, number in (
            (programme.take_in, 8), (programme.take_in, 5), (programme.let_go, 2), (programme.give_up, 1),
            (programme.let_go, 4),
        ):  # fmt: skip
            act(by=by, programme=row, number=number)
            seen.append(counts(row))
    assert seen == [(8, 0), (10, 3), (10, 1), (10, 0), (6, 0)]
    assert AuditEntry.objects.latest("moment").detail == {"leaving": 4, "taken": 6, "waiting": 0}


def test_more_places_take_in_who_waits_and_nobody_is_put_out(planning: Planning) -> None:
    row = planning.programme(places=3)
    head = {"kind": "parents", "title": "Школа", "target": "Родитељи", "territory": row.territory, "begins_on": today()}
    with planning.at_work() as by:
        programme.take_in(by=by, programme=row, number=7)
        programme.change(by=by, programme=row, head=programme.Head(**head, places=5))
        assert counts(row) == (5, 2)
        with pytest.raises(Refused, match="number"):
            programme.change(by=by, programme=row, head=programme.Head(**head, places=4))
        programme.change(by=by, programme=row, head=programme.Head(**head))
        assert counts(row) == (7, 0)


@pytest.mark.parametrize("number", [0, -1, 11])
def test_nobody_leaves_who_was_not_there(planning: Planning, number: int) -> None:
    row = planning.programme()
    with planning.at_work() as by:
        programme.take_in(by=by, programme=row, number=10)
        for act in (programme.let_go, programme.give_up):
            with pytest.raises(Refused, match="number"):
                act(by=by, programme=row, number=number)
    assert counts(row) == (10, 0)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"title": " "}, "title"),
        ({"target": ""}, "target"),
        ({"kind": "sport"}, "kind"),
        ({"ends_on": YESTERDAY}, "days"),
        ({"places": 0}, "places"),
    ],
)
def test_a_programme_that_does_not_hold_together_is_refused(
    planning: Planning, said: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused, match=code):
        planning.programme(**said)


def test_meetings_are_counted_and_never_name_anybody(planning: Planning) -> None:
    row = planning.programme(begins_on=YESTERDAY)
    with planning.at_work() as by:
        first = session.plan_session(by=by, programme=row, on=today(), place="Школа")
        second = session.plan_session(by=by, programme=row, on=TOMORROW, place="Школа")
        session.count(by=by, session=first, came=session.Came(4, 3, 9))
        session.count(by=by, session=first, came=session.Came(4, 4, 9))
        found = queries.attendance(row)
        with pytest.raises(Refused, match="early"):
            session.count(by=by, session=second, came=session.Came())
        with pytest.raises(Refused, match="held"):
            session.call_off(by=by, session=first)
        with pytest.raises(Refused, match="twice"):
            session.plan_session(by=by, programme=row, on=TOMORROW, place="Школа")
        with pytest.raises(Refused, match="days"):
            session.plan_session(by=by, programme=row, on=YESTERDAY - timedelta(days=1), place="Школа")
        session.call_off(by=by, session=second)
    assert (found.held, found.planned, found.girls, found.boys, found.adults, found.came) == (1, 1, 4, 4, 9, 17)
    assert list(queries.sessions(row)) == [first]
    personal = {name for model in (Session, BeforeAfter) for name in model.Privacy.personal}
    assert personal == set()


def test_before_and_after(planning: Planning) -> None:
    row = planning.programme()
    values = {"name": "Стрес родитеља", "unit": "бодова", "before": Decimal("24.5"), "how": "Упитник, 10 родитеља"}
    with planning.at_work() as by:
        made = session.measure(by=by, programme=row, values=session.Values(**values, after=None))
        assert made.change is None
        session.measure(by=by, programme=row, values=session.Values(**values, after=Decimal("18.25")), row=made)
        assert queries.measured(row).get().change == Decimal("-6.25")
        with pytest.raises(Refused, match="twice"):
            session.measure(by=by, programme=row, values=session.Values(**values, after=None))
        with pytest.raises(Refused, match="how"):
            session.measure(by=by, programme=row, values=session.Values("x", "", Decimal(1), None, " "))


def test_cost_each_is_exact_and_keeps_its_currency(planning: Planning) -> None:
    row = planning.programme()
    with planning.at_work() as by:
        told = programme.Outcome("Мање стреса", 7, Money(Decimal("1000.10"), "BAM"), "Школа наставља")
        programme.tell(by=by, programme=row, outcome=told)
    row.refresh_from_db()
    assert (row.money, row.cost_each) == (Money(Decimal("1000.10"), "BAM"), Money(Decimal("142.87"), "BAM"))
    row.reached = 0
    assert row.cost_each is None


def test_put_away_it_is_read_and_changed_no_more(planning: Planning) -> None:
    row = planning.programme()
    with planning.at_work() as by:
        programme.archive(by=by, programme=row)
        assert queries.find(by, row.uuid).state(by.today) == ProgrammeState.ARCHIVED
        assert not queries.current(by).exists()
        for act in (
            lambda: programme.archive(by=by, programme=row),
            lambda: programme.take_in(by=by, programme=row, number=1),
            lambda: session.plan_session(by=by, programme=row, on=by.today, place="Школа"),
        ):
            with pytest.raises(Overtaken):
                act()


def test_a_state_follows_from_the_days(planning: Planning) -> None:
    row = planning.programme(begins_on=today(), ends_on=TOMORROW)
    days = [YESTERDAY, today(), TOMORROW, TOMORROW + timedelta(days=1)]
    assert [row.state(day).value for day in days] == ["ahead", "runs", "runs", "over"]


def test_only_the_networks_people_run_and_find_it(planning: Planning) -> None:
    row = planning.programme()
    for who in ("ana", "goran", "dino"):
        with planning.at_work(who) as by:
            with pytest.raises(NotPermitted):
                programme.take_in(by=by, programme=row, number=1)
            with pytest.raises(NotFound):
                queries.find(by, row.uuid)


# The database refuses what no verb does.


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"title": ""}, "programme_says_for_whom"),
        ({"kind": "sport"}, "programme_kind_known"),
        ({"ends_on": YESTERDAY}, "programme_ends_later"),
        ({"places": 0}, "programme_has_a_place"),
        ({"taken": 11}, "programme_not_overfull"),
        ({"waiting": 1}, "programme_waits_when_full"),
        ({"places": None, "waiting": 1}, "programme_waits_when_full"),
        ({"cost": Decimal(1)}, "programme_cost_has_currency"),
        ({"currency": "RSD"}, "programme_cost_has_currency"),
        ({"cost": Decimal(-1), "currency": "RSD"}, "programme_cost_has_currency"),
    ],
)
def test_the_database_refuses_a_programme(planning: Planning, fields: dict[str, Any], constraint: str) -> None:
    assert refusal(change, planning.programme(), **fields) == constraint


def test_the_database_refuses_half_a_count_and_a_deletion(planning: Planning) -> None:
    row = planning.programme()
    one = Session.objects.create(programme=row, on=today(), place="Школа")
    assert refusal(change, one, girls=1) == "session_counted_whole"
    assert refusal(change, one, place="") == "session_has_place"
    assert refusal(Session.objects.create, programme=row, on=today(), place="Школа") == "session_once"
    values = {"programme": row, "before": 1, "how": "x"}
    assert refusal(BeforeAfter.objects.create, name="", **values) == "before_after_says_how"
    BeforeAfter.objects.create(name="x", **values)
    assert refusal(BeforeAfter.objects.create, name="x", **values) == "before_after_once"
    change(one, girls=1, boys=1, adults=1)
    for table in ("session", "beforeafter", "programme"):
        assert refusal(sql, f"delete from programmes_{table}")


def test_who_may_not_write_changes_nothing_past_the_verbs(planning: Planning) -> None:
    row = planning.programme()
    with planning.at_work("ana"):
        for act in ("update programmes_programme set taken = 1", "delete from programmes_programme"):
            with connection.cursor() as cursor:
                cursor.execute(act)
                assert cursor.rowcount == 0
        assert "row-level security" in refusal(Session.objects.create, programme=row, on=today(), place="Школа")
    with pytest.raises(DatabaseError), transaction.atomic(), acting(EXCHANGE):
        Programme.objects.count()
