"""A school's sheet of marks and absences by pages; and what the child's page tells of it."""

from datetime import date
from decimal import Decimal
from inspect import signature
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from openpyxl import load_workbook

from tests.children.marks_sheets import CLASS, NUMBERS, TOTAL, workbook
from tests.children.test_marks import pupil
from tests.places import factories as places
from tests.web.panel_world import English, words
from tests.web.registers_world import KINDS, Case, batch_at, checked, chosen, entered, upload, work
from tests.web.test_registers import PAGES, main
from tests.world import World
from zajedno.children.models import Attendance, Child, SchoolBatch, Tie
from zajedno.web.work.marks import MARKS

pytestmark = pytest.mark.django_db
HEAD = "ученик;одељење;датум рођења;неопр.;српски;математика\n"
SHEET = Case(
    MARKS, SchoolBatch, "ana", "school", f"Прво полугодиште школске 2025/26;;;;;\n{HEAD}",
    "Gashi Besa;V-2;;3;одличан (5);2", "Непознати Марко;5/2;;1;3;3", "Ана Ђурић;5/2;;7;4;1",
)  # fmt: skip
ROW = 5  # of the likely one


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZAJEDNO_TODAY", "2026-02-10")


@pytest.fixture
def client(go: English) -> Client:
    return go("ana")


@pytest.fixture
def children(world: World) -> list[Child]:
    """Besa, and two of one name in one class."""
    return [pupil(world, "Besa Gashi"), pupil(world), pupil(world, born=date(2012, 5, 1))]


def test_it_has_the_same_verbs_and_reads_as_other_registers() -> None:
    other = KINDS["children"].kind
    assert MARKS.actions.__all__ == other.actions.__all__
    for name in other.actions.__all__:
        mine, theirs = (list(signature(getattr(kind.actions, name)).parameters) for kind in (MARKS, other))
        assert [one for one in mine if one not in ("school_year", "half_year")] == theirs, name


def test_a_sheet_comes_in(client: Client, children: list[Child]) -> None:
    assert "Marks and absences" in main(client.get("/work/marks/"))
    here = upload(client, SHEET, SHEET.content())["Location"]
    page = main(client.get(here))
    for said in ("Which column is which?", "2025/2026, first half-year", "Marks in subjects: first column", "Gashi"):
        assert said in page
    client.post(f"{here}columns/", chosen(SHEET, here))
    page = main(client.get(here))
    for said in ("What will be entered", "it is not sure whose a row is", "V-2", "Gashi Besa"):
        assert said in page
    assert not Attendance.objects.exists()
    here = entered(client, SHEET)
    page = main(client.get(here))
    assert "1 row waits for you: it is not sure whose it is." in page
    assert batch_at(SHEET, here).counts == {
        "read": 3, "created": 1, "unchanged": 0, "possible_duplicate": 1, "refused": 1,
    }  # fmt: skip
    found = Attendance.objects.get()
    assert (found.child, found.unexcused, found.mean_mark, found.negative_marks) == (children[0], 3, Decimal("3.50"), 0)
    assert f"/work/child/{children[0].uuid}/" in main(client.get(f"{here}?verdict=created"))
    answer = client.get(f"{here}errors.xlsx")
    assert [row[0] for row in load_workbook(BytesIO(answer.content)).active.iter_rows(min_row=2, values_only=True)] == [
        4
    ]
    assert "2025/2026, first half-year" in main(client.get("/work/marks/"))


def test_columns_between_the_first_and_the_last_mark_are_shown_as_marks(client: Client, children: list[Child]) -> None:
    head = HEAD.replace("математика", "физика;математика")
    content = f"Прво полугодиште 2025/26;;;;;;\n{head}Gashi Besa;V-2;;3;5;4;2\n".encode()
    here = upload(client, SHEET, content)["Location"]
    assert "Mark in a subject" in main(client.get(here))


def test_the_half_year_is_asked_where_no_title_tells_it(client: Client, children: list[Child]) -> None:
    content = f"{HEAD}{SHEET.new}\n".encode()
    answer = upload(client, SHEET, content)
    assert answer.status_code == 422
    assert "does not tell its school year" in main(answer)
    assert upload(client, SHEET, content, school_year="2025", half_year="3").status_code == 422
    here = upload(client, SHEET, content, school_year="2024", half_year="2")["Location"]
    assert (batch_at(SHEET, here).school_year, batch_at(SHEET, here).half_year) == (2024, 2)


def test_a_person_says_whose_a_row_is(client: Client, children: list[Child]) -> None:
    here = entered(client, SHEET)
    page = main(client.get(f"{here}row/{ROW}/"))
    for one in ("whose is it?", "More than one child of", "27 Feb 2012", "1 May 2012", "None of the children here"):
        assert one in page, one
    assert "another institution" not in page
    for wrong in ("", "same", str(uuid4()), str(children[0].uuid)):
        assert client.post(f"{here}row/{ROW}/", {"answer": wrong}).status_code == 422
    assert client.post(f"{here}row/{ROW}/", {"answer": str(children[2].uuid)})["Location"] == here
    assert "The row is entered." in main(client.get(here))
    assert Attendance.objects.get(child=children[2]).unexcused == 7
    assert entered(client, SHEET) != here
    assert "waits for you" not in main(client.get(f"{here}"))


def test_nobody_is_meant(client: Client, children: list[Child]) -> None:
    here = entered(client, SHEET)
    client.post(f"{here}row/{ROW}/", {"answer": "another"})
    page = main(client.get(here))
    assert "none of the children here is meant" in page
    assert batch_at(SHEET, here).rows.get(number=ROW).verdict == "refused"


def test_a_correction_is_said_and_taken_back(client: Client, children: list[Child]) -> None:
    entered(client, SHEET, SHEET.new)
    here = checked(client, SHEET, SHEET.new.replace(";3;", ";4;"))
    assert "it is corrected" in main(client.get(here))
    here = entered(client, SHEET, SHEET.new.replace(";3;", ";4;"))
    assert Attendance.objects.get().unexcused == 4
    assert "what it corrected is again as it was" in main(client.get(f"{here}undo/"))
    assert client.post(f"{here}undo/")["Location"] == here
    assert Attendance.objects.get().unexcused == 3


def test_what_a_later_sheet_corrected_stays(client: Client, children: list[Child]) -> None:
    first = entered(client, SHEET, SHEET.new)
    entered(client, SHEET, SHEET.new.replace(";3;", ";4;"))
    answer = client.post(f"{first}undo/")
    assert answer.status_code == 422
    assert "Take the later sheet back first" in main(answer)


@pytest.mark.parametrize("state", [checked, entered])
def test_a_foreign_sheet_is_as_one_that_nobody_has(
    client: Client, go: English, world: World, children: list[Child], state: Any
) -> None:
    here = state(client, SHEET)
    other = places.organisation("Друга", kind=world.organisations["school"].kind)
    places.post(account=world.accounts["eva"], organisation=other, role_id="school-associate")
    stranger = go("eva")
    for rest in (*PAGES, f"row/{ROW}/"):
        for method in ("get", "post"):
            one, two = (
                getattr(stranger, method)(f"/work/marks/{code}/{rest}") for code in (here.split("/")[-2], uuid4())
            )
            assert one.status_code == two.status_code == 404
            assert one.content == two.content
    for who in ("besa", "dino", "hana", "csaba"):
        for address in ("/work/marks/", *(f"{here}{rest}" for rest in PAGES)):
            assert go(who).get(address).status_code == go(who).post(address).status_code == 403
    assert Client().get(here)["Location"] == f"/login/?next={here}"


def test_my_work_leads_there(go: English) -> None:
    assert 'href="/work/marks/"' in main(go("ana").get("/work/"))
    assert 'href="/work/marks/"' not in main(go("besa").get("/work/"))


def test_no_title_names_a_child(client: Client, children: list[Child]) -> None:
    here = entered(client, SHEET)
    for address in ("/work/marks/", here, f"{here}row/{ROW}/", f"{here}undo/", f"{here}columns/"):
        title = words(client.get(address, follow=True)).split("<title>")[1].split("</title>")[0]
        assert not {"Ана", "Ђурић", "Gashi", "Ђорђе"} & set(title.split())


def test_the_childs_page_tells_it_and_what_changed(client: Client, go: English, world: World) -> None:
    child = pupil(world, national=NUMBERS["Ана"])
    address = f"/work/child/{child.uuid}/"
    assert "Marks and absences" not in main(client.get(address))
    entered_as(client, workbook(*CLASS, TOTAL))
    page = main(client.get(address))
    for said in ("2025/2026, first half-year", "4.56", "612"):
        assert said in page
    told = {"child": child, "organisation": world.organisations["school"], "school_year": 2024, "half_year": 2}
    Attendance.objects.create(**told, unexcused=13, after_notice=2, mean_mark=Decimal("4.80"))
    page = main(client.get(address))
    for said in ("0.24 less than before", "10 less than before", "2 after notice to the parents"):
        assert said in page
    tie = Tie.objects.create(child=child, organisation=world.organisations["commission"], fields=["identity"],
                             purpose="additional-support", since=Tie.objects.get().since)  # fmt: skip
    assert "Marks and absences" not in main(go("csaba").get(address))
    Tie.objects.filter(pk=tie.pk).update(fields=["identity", "education"])
    assert "0.24 less than before" in main(go("csaba").get(address))


def entered_as(client: Client, content: bytes) -> None:
    here = upload(client, SHEET, content)["Location"]
    client.post(f"{here}columns/", chosen(SHEET, here))
    client.post(f"{here}enter/")
    work()
