"""A sheet of marks and absences comes in: each row to a child who goes here, twice is once, all can be taken back."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.children.marks_sheets import CLASS, NUMBERS, TOTAL, csv, workbook
from tests.world import World
from zajedno.access.models import AuditEntry
from zajedno.children.actions import batch as registers
from zajedno.children.actions import marks
from zajedno.children.actions.batch import job
from zajedno.children.models import Attendance, Child, Enrolment, Identifier, SchoolBatch, SchoolBatchRow, Tie
from zajedno.children.queries import marks as queries
from zajedno.kernel import clock, sealed
from zajedno.kernel.fence import RUNTIME, acting
from zajedno.kernel.refusal import NotFound, NotPermitted, Overtaken, Refused

pytestmark = pytest.mark.django_db
TODAY = date(2026, 2, 10)
HEAD = "ученик;одељење;ЈМБГ;ЈОБ;датум рођења;опр.;неопр.;просек"
FIRST = ("Извештај за прво полугодиште 2025/26;;;;;;;", HEAD)


@pytest.fixture(autouse=True)
def today() -> Any:
    with clock.on(TODAY):
        yield


def pupil(world: World, name: str = "Ана Ђурић", place: str = "5/2", born: date = date(2012, 2, 27), at: str = "school",
          year: int = 2025, until: date | None = None, **numbers: str) -> Child:  # fmt: skip
    given, family = name.split(" ", 1)
    organisation = world.organisations[at]
    child = world.child(given, family, born, registered_by=organisation, number=numbers.pop("national", ""))
    since = date(year, 9, 1)
    Enrolment.objects.create(
        child=child, organisation=organisation, school_year=year, class_name=place, since=since, until=until
    )
    for kind, value in numbers.items():
        row = Identifier(child=child, kind=kind, blind=sealed.blind(value, kind))
        row.sealed = sealed.seal(value.encode(), f"children_identifier.sealed|{row.uuid}")
        row.save()
    return child


@pytest.fixture
def ana(world: World) -> Child:
    return pupil(world, national=NUMBERS["Ана"])


def do(world: World, act: Callable[..., Any], who: str = "ana", /, **about: Any) -> Any:
    by = world.actor(who)
    with acting(RUNTIME, by.account):
        return act(by=by, **about)


def send(world: World, content: bytes, who: str = "ana", **about: Any) -> SchoolBatch:
    organisation = world.organisations["school"].pk
    found = do(world, marks.upload, who, organisation=organisation, name="sheet.csv", content=content, **about)
    found = do(world, marks.match, who, batch=found, columns=found.columns)
    return do(world, marks.check, who, batch=found)


def bring(world: World, content: bytes, who: str = "ana", **about: Any) -> SchoolBatch:
    """Entered as its check promised."""
    found = send(world, content, who, **about)
    promised = dict(found.counts)
    found = do(world, marks.commit, who, batch=found)
    assert found.counts == promised
    return found


def lines(*rows: str, head: tuple[str, ...] = FIRST) -> bytes:
    return csv(*head, *rows)


def verdicts(batch: SchoolBatch) -> list[str]:
    return list(batch.rows.order_by("number").values_list("verdict", flat=True))


def codes(batch: SchoolBatch) -> list[list[str]]:
    return [[one["code"] for one in row.reasons] for row in batch.rows.order_by("number")]


def told(child: Child, half_year: int = 1) -> tuple[Any, ...]:
    row = Attendance.objects.get(child=child, half_year=half_year)
    return (row.excused, row.unexcused, row.mean_mark)


def test_a_class_comes_in_and_twice_is_once(world: World, ana: Child) -> None:
    besa, djordje = pupil(world, "Besa Gashi"), pupil(world, "Ђорђе Његић", national=NUMBERS["Ђорђе"])
    Child.objects.filter(pk=djordje.pk).update(family_name="Њежић")
    content = workbook(*CLASS, ("", "Непознати Марко", None, 612, 1, 2), TOTAL)
    first = bring(world, content)
    assert verdicts(first) == ["created"] * 3 + ["refused"] * 2
    assert codes(first) == [[], [], [], ["child_unknown"], ["looks_like_note"]]
    assert (first.school_year, first.half_year, first.content is None) == (2025, 1, False)
    assert told(ana) == (12, 3, Decimal("4.56"))
    assert told(besa) == (24, 17, Decimal("3.12"))
    assert told(djordje) == (9, 8, 4)
    assert Attendance.objects.get(child=besa).after_notice == 16
    assert Attendance.objects.get(child=djordje).negative_marks is None
    before = list(Attendance.objects.values())
    second = bring(world, content)
    assert second.counts == {**first.counts, "created": 0, "unchanged": 3}
    assert list(Attendance.objects.values()) == before
    assert Child.objects.count() == 3


@pytest.mark.parametrize(
    ("row", "verdict", "code"),
    [
        ("Ђурић Ана;5/2;;;;1;2;", "ready", ""),
        ("ĐURIĆ ANA;V-2;;;;1;2;", "ready", ""),
        ("Ана (Милан) Ђурић;5-2;;;;1;2;", "ready", ""),
        (";;2702012783304;;;1;2;", "ready", ""),
        ("Ана Ђурић;6/1;2702012783304;;;1;2;", "ready", ""),
        ("Ана Ђурић;;;abcd 1234 efgh 5678;;1;2;", "ready", ""),
        ("Ана Ђурић;;ABCD1234EFGH5678;;;1;2;", "ready", ""),
        ("Ана Ђурић;;;;27.2.2012.;1;2;", "ready", ""),
        ("Ана Ђурић;5/2;2702012783305;;;1;2;", "ready", "number_bad_checksum"),
        ("Ана Ђурић;;;;;1;2;", "possible_duplicate", "name_only"),
        ("Ана Ђурић;5/3;;;;1;2;", "possible_duplicate", "other_class"),
        ("Ана Ђурић;5/2;;;27.2.2013.;1;2;", "possible_duplicate", "birth_is_another"),
        ("Ана Ђурић;5/2;0405016825018;;;1;2;", "possible_duplicate", "number_is_another"),
        ("Мира Петровић;5/2;2702012783304;;;1;2;", "possible_duplicate", "number_and_name_differ"),
        ("Ана Ђурић Петровић;5/2;;;;1;2;", "possible_duplicate", "name_near"),
        ("Anna Gyurity;5/2;;;;1;2;", "possible_duplicate", "name_near"),
        ("Мира Петровић;5/2;;;;1;2;", "refused", "child_unknown"),
        ("Ана Ђурић;5/2;;;;;;", "refused", "nothing_told"),
    ],
)
def test_whose_a_row_is(world: World, row: str, verdict: str, code: str) -> None:
    pupil(world, national=NUMBERS["Ана"], education="ABCD1234EFGH5678")
    batch = send(world, lines(row))
    assert verdicts(batch) == [verdict]
    assert codes(batch)[0][:1] == ([code] if code else [])
    assert not Attendance.objects.exists()


def test_a_class_of_another_year_is_counted_on_or_back(world: World) -> None:
    pupil(world, place="6/2", year=2026)
    pupil(world, "Besa Gashi", "4-2", year=2024)
    batch = send(world, lines("Ана Ђурић;5/2;;;;1;2;", "Gashi Besa;V2;;;;1;2;"))
    assert verdicts(batch) == ["ready", "ready"]


def test_only_who_goes_here_and_is_seen(world: World) -> None:
    gone = pupil(world, "Мира Петровић", "4/2", year=2024, until=date(2025, 8, 31))
    hidden = pupil(world, "Besa Gashi")
    Tie.objects.filter(child=hidden).update(since=date(2025, 9, 1), until=date(2026, 1, 1))
    elsewhere = pupil(world, "Ђорђе Његић", at="health")
    with acting(RUNTIME, world.accounts["ana"].pk):
        assert Child.objects.filter(pk__in=(gone.pk, hidden.pk, elsewhere.pk)).count() == 1
    rows = [f"{child.full_name};5/2;;;;1;2;" for child in (gone, hidden, elsewhere)]
    assert codes(send(world, lines(*rows))) == [["child_unknown"]] * 3


def test_who_may_bring_in_and_see(world: World, ana: Child) -> None:
    batch = bring(world, lines("Ана Ђурић;5/2;;;;1;2;"))
    for who in ("besa", "csaba", "dino", "eva"):
        with pytest.raises(NotPermitted):
            send(world, lines("Ана Ђурић;5/2;;;;1;2;"), who)
        with pytest.raises(NotPermitted):
            do(world, marks.undo, who, batch=batch)
        with acting(RUNTIME, world.accounts[who].pk):
            assert not SchoolBatch.objects.exists()
            assert not SchoolBatchRow.objects.exists()
            assert not Attendance.objects.exists()
            with pytest.raises(NotFound):
                queries.find(world.actor(who), batch.uuid)


def test_the_half_year_is_told_by_the_titles_or_by_a_person(world: World, ana: Child) -> None:
    plain = lines("Ана Ђурић;5/2;;;;1;2;", head=(HEAD,))
    for said in ({}, {"half_year": 2}, {"school_year": 2025}):
        with pytest.raises(Refused, match="half_year_missing"):
            send(world, plain, **said)
    for wrong in ({"half_year": 3}, {"school_year": 2026}, {"school_year": 1999}):
        with pytest.raises(Refused, match="half_year_wrong"):
            send(world, plain, **{"school_year": 2025, "half_year": 1, **wrong})
    assert bring(world, lines("Ана Ђурић;4/2;;;;1;2;", head=(HEAD,)), school_year=2024, half_year=2).half_year == 2
    assert bring(world, lines("Ана Ђурић;5/2;;;;4;5;"), half_year=2).school_year == 2025
    told = Attendance.objects.values_list("school_year", "half_year", "excused")
    assert sorted(told) == [(2024, 2, 1), (2025, 2, 4)]


def test_titles_may_stand_in_cells_of_their_own(world: World, ana: Child) -> None:
    titles = ("Школска година:;2025/26;", "Полугодиште:;друго;", "Одељење:;V-2;")
    batch = bring(world, csv(*titles, "ученик;опр.;неопр.", "Ана Ђурић;1;2"))
    assert (batch.school_year, batch.half_year, verdicts(batch)) == (2025, 2, ["created"])


def test_a_later_sheet_completes_and_corrects(world: World, ana: Child) -> None:
    absences = bring(world, lines("Ана Ђурић;5/2;;;;1;2;"))
    more = bring(world, lines("Ана Ђурић;5/2;;;;;;4,5"))
    assert codes(more) == [["completes_known"]]
    assert told(ana) == (1, 2, Decimal("4.50"))
    right = bring(world, lines("Ана Ђурић;5/2;;;;1;7;"))
    assert codes(right) == [["corrects_known"]]
    assert told(ana) == (1, 7, Decimal("4.50"))
    for earlier in (absences, more):
        with pytest.raises(Refused, match="used"):
            do(world, marks.undo, batch=earlier)
    assert told(ana) == (1, 7, Decimal("4.50"))
    assert do(world, marks.undo, batch=right) == 1
    assert told(ana) == (1, 2, Decimal("4.50"))
    assert Attendance.objects.get().batch == more
    assert do(world, marks.undo, batch=more) == 1
    assert told(ana) == (1, 2, None)
    assert do(world, marks.undo, batch=absences) == 1
    assert not Attendance.objects.exists()
    assert verdicts(bring(world, lines("Ана Ђурић;5/2;;;;1;2;"))) == ["created"]


def test_a_correction_that_cannot_be_true_is_refused(world: World, ana: Child) -> None:
    head = (FIRST[0], "ученик;одељење;неопр.;после обавештења")
    bring(world, lines("Ана Ђурић;5/2;20;16", head=head))
    batch = bring(world, lines("Ана Ђурић;5/2;10;", head=head))
    assert (verdicts(batch), codes(batch)) == (["refused"], [["known_contradicts", "after_notice_more"]])
    assert Attendance.objects.get().unexcused == 20


def test_what_was_corrected_is_sealed(world: World, ana: Child) -> None:
    bring(world, lines("Ана Ђурић;5/2;;;;1;2;4,37"))
    bring(world, lines("Ана Ђурић;5/2;;;;1;7;"))
    kept = SchoolBatchRow.objects.exclude(before=None).get()
    assert b"4.37" not in bytes(kept.before)


def test_not_undone_when_a_child_is_seen_no_more(world: World, ana: Child) -> None:
    pupil(world, "Besa Gashi")
    batch = bring(world, lines("Ана Ђурић;5/2;;;;1;2;", "Besa Gashi;5/2;;;;1;2;"))
    Tie.objects.filter(child=ana).update(until=date(2026, 2, 9))
    with pytest.raises(Refused, match="used"):
        do(world, marks.undo, batch=batch)
    assert Attendance.objects.count() == 2


def test_a_child_twice_in_a_file(world: World, ana: Child) -> None:
    same, other = "Ана Ђурић;5/2;;;;1;2;", "Ђурић Ана;V-2;;;;1;3;"
    batch = bring(world, lines(same, same, other))
    assert verdicts(batch) == ["created", "unchanged", "refused"]
    assert codes(batch) == [[], ["row_in_file"], ["child_in_file"]]


def twins(world: World) -> tuple[Child, Child]:
    return pupil(world), pupil(world, born=date(2012, 5, 1))


ROW = "Ана Ђурић;5/2;;;;1;2;"


def test_a_person_says_which_of_two_it_is(world: World) -> None:
    one, other = twins(world)
    batch = bring(world, lines(ROW))
    assert (verdicts(batch), codes(batch)) == (["possible_duplicate"], [["name_twice"]])
    row = batch.rows.get()
    looked = do(world, marks.look, row=row)
    assert [known.child for known in looked.known] == [one, other]
    assert AuditEntry.objects.filter(verb="children.compare").count() == 2
    for wrong in (True, uuid4()):
        with pytest.raises(Refused, match="which_child"):
            do(world, marks.decide, row=batch.rows.get(), same=wrong)
    row = do(world, marks.decide, row=batch.rows.get(), same=other.uuid)
    assert (row.verdict, row.attendance.child, row.content) == ("created", other, None)
    with pytest.raises(Overtaken):
        do(world, marks.look, row=batch.rows.get())
    again = bring(world, lines(ROW))
    assert verdicts(again) == ["unchanged"]
    assert Attendance.objects.count() == 1
    assert do(world, marks.undo, batch=batch) == 1
    assert not Attendance.objects.exists()


def test_a_decision_can_correct_and_is_taken_back(world: World) -> None:
    one, _other = twins(world)
    bring(world, lines("Ана Ђурић;5/2;;;27.2.2012.;9;9;"))
    batch = bring(world, lines(ROW))
    assert do(world, marks.decide, row=batch.rows.get(), same=one.uuid).verdict == "created"
    assert told(one) == (1, 2, None)
    assert do(world, marks.undo, batch=batch) == 1
    assert told(one) == (9, 9, None)


def test_nobody_here_is_meant(world: World) -> None:
    twins(world)
    batch = bring(world, lines(ROW))
    row = do(world, marks.decide, row=batch.rows.get(), same=False)
    assert (row.verdict, row.reasons) == ("refused", [{"code": "nobody_here", "column": ""}])
    batch.refresh_from_db()
    assert batch.counts["refused"] == 1
    assert not Attendance.objects.exists()
    assert Child.objects.count() == 2


def test_two_rows_are_not_of_one_child(world: World) -> None:
    one, _other = twins(world)
    batch = bring(world, lines(ROW, "Ана Ђурић;5/2;;;27.2.2012.;9;9;"))
    assert verdicts(batch) == ["possible_duplicate", "created"]
    with pytest.raises(Refused, match="child_in_file"):
        do(world, marks.decide, row=batch.rows.get(verdict="possible_duplicate"), same=one.uuid)
    assert told(one) == (9, 9, None)


def test_a_sheet_without_names_or_values_is_refused(world: World) -> None:
    for head in ("одељење;опр.", "ученик;одељење", "име;опр."):
        with pytest.raises(Refused, match="column_missing"):
            send(world, lines("5/2;1", head=("прво полугодиште 2025/26;", head)))


def test_entered_in_the_background_and_only_once(world: World, ana: Child) -> None:
    batch = send(world, lines(ROW))
    do(world, marks.start, batch=batch, hand_over=lambda **_about: None)
    for _turn in range(2):
        job.run(marks, queries, batch=str(batch.uuid), account=world.accounts["ana"].pk)
    batch.refresh_from_db()
    assert batch.state == "committed"
    assert Attendance.objects.count() == 1
    with pytest.raises(Refused, match="entered"):
        do(world, marks.commit, batch=batch)


def test_the_trail_tells_of_the_children(world: World, ana: Child) -> None:
    batch = bring(world, lines(ROW))
    rows = AuditEntry.objects.filter(verb="children.import_school").order_by("id")
    steps = [(row.noun, row.subject, row.detail.get("step", "")) for row in rows]
    assert steps == [
        *(("children.schoolbatch", str(batch.uuid), step) for step in ("upload", "check", "commit")),
        ("children.child", str(ana.uuid), ""),
    ]


def test_queries_do_not_grow_with_the_rows(world: World) -> None:
    def count(names: list[str]) -> int:
        batch = send(world, lines(*(f"{name};5/2;;;;1;2;" for name in names)))
        with CaptureQueriesContext(connection) as captured:
            do(world, marks.commit, batch=batch)
        assert batch.counts["created"] == len(names)
        return len(captured)

    names = [f"Ана {'абвгд'[at % 5]}{'лмнопрст'[at // 5]}ић" for at in range(40)]
    for name in names:
        pupil(world, name)
    assert count(names[:3]) == count(names[3:])


def test_a_child_with_marks_is_used(world: World) -> None:
    """The register that brought the child can be taken back no more; once the sheet is taken back, it can."""
    content = "име;презиме;датум рођења;одељење\nАна;Ђурић;27.2.2012.;5/2\n".encode()
    found = do(world, registers.upload, organisation=world.organisations["school"].pk, name="a", content=content)
    found = do(world, registers.commit, batch=do(world, registers.check, batch=found))
    sheet = bring(world, lines(ROW))
    with pytest.raises(Refused, match="used"):
        do(world, registers.undo, batch=found)
    assert Attendance.objects.count() == 1
    do(world, marks.undo, batch=sheet)
    assert do(world, registers.undo, batch=found) == 1
    assert not Child.objects.exists()
