"""A half-year of a child: what its table promises, who reads it, which levels of risk it proposes."""

import tomllib
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.world import World
from zajedno.children.models import Attendance, Child, SchoolBatch, SchoolBatchRow, Tie
from zajedno.children.queries.attendance import levels, of_child
from zajedno.children.queries.subject import subject_export
from zajedno.kernel.fence import RUNTIME, acting

pytestmark = pytest.mark.django_db
RULES = tomllib.loads((settings.PACKS_DIR / "rs" / "forms" / "dropout-risk.toml").read_text())["score_options"]


@pytest.fixture
def child(world: World) -> Child:
    return world.child()


def told(world: World, child: Child, year: int = 2025, half: int = 1, at: str = "school", **values: Any) -> Attendance:
    when = {"organisation": world.organisations[at], "school_year": year, "half_year": half}
    return Attendance.objects.create(child=child, **when, **values)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("attendance_half_year", {"half": 3}),
        ("attendance_half_year", {"half": 0}),
        ("attendance_mark_1_to_5", {"mean_mark": Decimal("5.01")}),
        ("attendance_mark_1_to_5", {"mean_mark": Decimal("0.99")}),
        ("attendance_after_notice_among_unexcused", {"unexcused": 3, "after_notice": 4}),
        ("unexcused_check", {"unexcused": -1}),
        ("attendance_once_a_half_year", {}),
    ],
)
def test_what_its_table_promises(world: World, child: Child, name: str, values: dict[str, Any]) -> None:
    told(world, child)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        told(world, child, **values)


def test_a_sheet_is_of_a_half_year(world: World) -> None:
    with pytest.raises(IntegrityError, match="school_batch_half_year"), transaction.atomic():
        SchoolBatch.objects.create(organisation=1, added_by=1, name="", school_year=2025, half_year=3)


def test_a_row_of_a_sheet_is_judged_once(world: World) -> None:
    batch = SchoolBatch.objects.create(organisation=1, added_by=1, name="", school_year=2025, half_year=1)
    SchoolBatchRow.objects.create(batch=batch, number=2, verdict="ready", digest=b"x")
    with pytest.raises(IntegrityError, match="school_batch_row_once"), transaction.atomic():
        SchoolBatchRow.objects.create(batch=batch, number=2, verdict="refused", digest=b"y")


def test_what_is_not_known_breaks_no_promise(world: World, child: Child) -> None:
    told(world, child, half=2, after_notice=3)
    told(world, child, unexcused=3, after_notice=3, mean_mark=5)
    assert Attendance.objects.count() == 2


def tie(child: Child, organisation: Any, *fields: str) -> None:
    Tie.objects.create(child=child, organisation=organisation, purpose="additional-support", fields=list(fields),
                       since=date(2020, 1, 1))  # fmt: skip


def read(world: World, who: str, child: Child) -> list[tuple[int, int]]:
    by = world.actor(who)
    with acting(RUNTIME, by.account):
        return [(one.row.school_year, one.row.half_year) for one in of_child(by, child)]


def test_who_reads_it(world: World, child: Child) -> None:
    told(world, child)
    told(world, child, half=2, at="health")
    tie(child, world.organisations["commission"], "identity", "education")
    assert read(world, "ana", child) == [(2025, 1)]
    assert read(world, "csaba", child) == [(2025, 2), (2025, 1)]
    for who in ("besa", "dino", "eva"):
        assert read(world, who, child) == []
    tie(child, world.organisations["health"], "identity")
    assert read(world, "besa", child) == [(2025, 2)]


def test_each_half_year_is_compared_with_the_one_before(world: World, child: Child) -> None:
    told(world, child, 2025, 1, mean_mark=Decimal("4.50"), unexcused=2)
    told(world, child, 2024, 2, mean_mark=Decimal("4.75"))
    by = world.actor("ana")
    with acting(RUNTIME, by.account):
        newer, older = of_child(by, child)
    assert (newer.change("mean_mark"), newer.change("unexcused")) == (Decimal("-0.25"), None)
    assert older.change("mean_mark") is None


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ({}, {}, {}),
        ({"unexcused": 10}, {"unexcused": 16, "after_notice": 16}, {"attendance": 2}),
        ({"unexcused": 10}, {"unexcused": 15, "after_notice": 15}, {}),
        ({"lessons": 600, "excused": 20, "unexcused": 9}, {}, {"attendance": 0}),
        ({"lessons": 600, "excused": 25, "unexcused": 5}, {}, {"attendance": 1}),
        ({"lessons": 600, "excused": 25, "unexcused": 5}, {"lessons": 600, "excused": 90, "unexcused": 0},
         {"attendance": 2}),
        ({"lessons": 600, "excused": 90, "unexcused": 0}, {"lessons": 600, "excused": 5}, {"attendance": 2}),
        ({"negative_marks": 3, "mean_mark": Decimal("3")}, {"negative_marks": 0, "mean_mark": Decimal("3")},
         {"attainment": 0}),
        ({"negative_marks": 0}, {"negative_marks": 1}, {"attainment": 1}),
        ({"mean_mark": Decimal("4.5")}, {"mean_mark": Decimal("4"), "negative_marks": 0}, {"attainment": 1}),
        ({"mean_mark": Decimal("4.5")}, {"mean_mark": Decimal("3.5"), "negative_marks": 2}, {"attainment": 2}),
    ],
)  # fmt: skip
def test_levels_of_a_year(world: World, child: Child, first: Any, second: Any, expected: Any) -> None:
    told(world, child, 2025, 1, **first)
    told(world, child, 2025, 2, **second)
    assert levels([child.pk], 2025, RULES).get(child.pk, {}) == expected


def test_a_new_year_counts_absences_anew_and_marks_from_its_eve(world: World, child: Child) -> None:
    told(world, child, 2024, 1, mean_mark=Decimal("4.60"), negative_marks=0)
    told(world, child, 2024, 2, unexcused=90, after_notice=80, mean_mark=Decimal("4"), negative_marks=0)
    assert levels([child.pk], 2025, RULES) == {child.pk: {"attainment": 1}}
    told(world, child, 2025, 1, lessons=600, excused=0, unexcused=0, mean_mark=Decimal("4"), negative_marks=0)
    assert levels([child.pk], 2025, RULES) == {child.pk: {"attendance": 0, "attainment": 0}}
    assert levels([child.pk], 2026, RULES) == {}
    assert levels([child.pk], 2025, {}) == {}


def test_levels_of_one_institution_and_of_a_class_in_one_query(world: World, child: Child) -> None:
    other = world.child("Besa", "Gashi")
    told(world, child, negative_marks=3, at="health")
    told(world, other, negative_marks=1)
    with CaptureQueriesContext(connection) as captured:
        found = levels([child.pk, other.pk], 2025, RULES)
    assert len(captured) == 1
    assert {pk: items["attainment"] for pk, items in found.items()} == {child.pk: 2, other.pk: 1}
    assert levels([child.pk], 2025, RULES, organisation=world.organisations["school"].pk) == {}


def test_the_export_for_the_representative_tells_it(world: World, child: Child) -> None:
    told(world, child, mean_mark=Decimal("4.50"), unexcused=3)
    (row,) = subject_export(child)["attendance"]
    assert (row["school_year"], row["half_year"], row["mean_mark"], row["unexcused"]) == (2025, 1, "4.50", 3)
