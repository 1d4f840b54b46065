"""The pages of a class through Django's client: for who may, the same 404 for who may not; what is typed and kept."""

import re
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.children.classes import OTHER_CLASS, RISK, THIS_CLASS, School, risk
from tests.places import factories as places
from tests.web.panel_world import English, words
from tests.world import World
from zajedno.access.models import AuditEntry
from zajedno.children.models import Assessment, Attendance, Child
from zajedno.children.queries.enrolment import school_year
from zajedno.children.queries.school_class import classes
from zajedno.forms.models import Enabling
from zajedno.kernel.clock import today

pytestmark = [pytest.mark.django_db, pytest.mark.pages]  # every page of a class
ITEMS = 24


@pytest.fixture
def school(world: World) -> School:
    made = School(world)
    made.entrust()
    return made


@pytest.fixture
def vera(school: School, go: English) -> Client:
    return go("vera")


def address(school: School, class_name: str = THIS_CLASS, rest: str = f"{RISK}/") -> str:
    found = classes(school.world.actor("ana"), [school.place.pk])
    return f"/work/classes/{school.place.code}/{next(one.key for one in found if one.name == class_name)}/{rest}"


def main(response: HttpResponse) -> str:
    return words(response).split("<main")[1].split("</main>")[0]


def sent(page: str) -> dict[str, str]:
    """What a browser would send of the table, as it stands."""
    found = {}
    for tag in re.findall(r"<input [^>]*>", page):
        name, value = (re.search(rf' {what}="([^"]*)"', tag) for what in ("name", "value"))
        if name and name[1] != "csrfmiddlewaretoken":
            found[name[1]] = value[1] if value else ""
    return found


def cell(page: str, child: Child, item: int = 0) -> str:
    """The name of a cell in the row of a child."""
    row = re.search(rf'name="(r\d+)" value="{child.uuid}', page)
    assert row, "the child has no row"
    return f"{row[1]}-{item}"


def value(page: str, child: Child, item: int = 0) -> str:
    return sent(page)[cell(page, child, item)]


def test_the_teacher_lands_on_her_class(vera: Client, school: School) -> None:
    landed = vera.get("/after-login/", follow=True)
    assert landed.redirect_chain[-1][0] == "/work/classes/"
    page = main(landed)
    for said in (THIS_CLASS, f'href="{address(school)}"', "Ризик од напуштања школе", "Вера Лукић"):
        assert said in page
    assert OTHER_CLASS not in page
    assert "#entrust" not in page


def test_ana_finds_the_classes_on_her_desk(go: English, school: School) -> None:
    ana = go("ana")
    assert 'href="/work/classes/"' in words(ana.get("/work/"))
    page = main(ana.get("/work/classes/"))
    assert [page.index(name) for name in (OTHER_CLASS, THIS_CLASS)]
    assert f"{address(school, rest='')}#entrust" in page
    assert "Перић" not in page  # a list of classes names no pupil
    assert not AuditEntry.objects.filter(verb="children.open_file").exists()


def test_a_desk_without_classes_says_what_to_do(go: English, school: School) -> None:
    assert "Ask the expert associate of your school" in main(go("ivan").get("/work/classes/"))
    Child.objects.all().delete()
    assert "Bring in a list" in main(go("ana").get("/work/classes/"))
    Enabling.objects.all().delete()
    school.pupil("Нови", "Ученик")
    assert "No form for a whole class is in use" in main(go("ana").get("/work/classes/"))


def test_ana_entrusts_a_class(go: English, school: School) -> None:
    ana, here = go("ana"), address(school, OTHER_CLASS, "")
    page = main(ana.get(here))
    assert "Ivan Horvat" in page
    assert "Ана Вуковић" not in page.split("<select")[1]
    assert ana.post(here, {"teacher": ""}).status_code == 422
    teacher = str(school.world.accounts["ivan"].pk)
    assert ana.post(here, {"teacher": teacher})["Location"] == here
    assert "1 pupil is new" in main(ana.get(here))
    assert OTHER_CLASS in main(go("ivan").get("/work/classes/"))
    ana.post(here, {"teacher": "nobody"})
    assert OTHER_CLASS not in main(go("ivan").get("/work/classes/"))


def test_a_school_without_teachers_says_so(go: English, world: World) -> None:
    school = School(world)
    from zajedno.places.models import Post

    Post.objects.filter(role="class-teacher").delete()
    assert "appoints them under Administration" in main(go("ana").get(address(school, rest="")))


@pytest.mark.parametrize("who", ["ivan", "besa", "csaba", "dino", "eva"])
@pytest.mark.parametrize("rest", ["", f"{RISK}/", f"{RISK}/by-hand/", f"{RISK}/overview/"])
def test_others_are_answered_as_if_there_were_no_class(go: English, school: School, who: str, rest: str) -> None:
    client, here = go(who), address(school, rest=rest)
    nowhere = f"/work/classes/{school.place.code}/0123456789ab/{rest}"
    assert client.get(here).status_code == client.get(nowhere).status_code == 404
    assert client.post(here, {}).status_code in (404, 405)
    assert client.get(here.replace(school.place.code, "nothing")).status_code == 404


def test_a_form_that_is_not_for_classes_or_not_in_use_is_not_there(vera: Client, school: School) -> None:
    assert vera.get(address(school, rest="cfm-5-17/")).status_code == 404
    Enabling.objects.all().delete()
    assert vera.get(address(school)).status_code == 404


def test_the_table_has_a_row_a_pupil_and_a_named_cell_a_question(vera: Client, school: School) -> None:
    page = main(vera.get(address(school)))
    assert page.count("<tr") == 2 + 3
    assert re.findall(r'<span id="r\d+">([^<]*)', page) == ["Ana Čavić", "Ђорђе Њежић", "Пера Перић"]
    assert page.count('inputmode="numeric"') == 3 * ITEMS
    assert 'id="q0" title="1: misses 5 %' in page
    assert "0: no difficulty, 1: mild, 2: marked" in page
    assert [page.count(f'colspan="{span}"') for span in (2, 4, 3, 11)] == [3, 1, 1, 1]
    assert "Our own construction" in page
    assert AuditEntry.objects.filter(verb="children.open_file").count() == 3


def test_what_is_typed_is_kept_and_the_rest_is_left_alone(vera: Client, school: School) -> None:
    here, (pera, djordje, _ana) = address(school), school.pupils
    page = main(vera.get(here))
    answers = sent(page)
    for item in range(ITEMS):
        answers[cell(page, pera, item)] = "1"
    answers[cell(page, djordje)] = "2"
    assert vera.post(here, answers)["Location"] == here
    page = main(vera.get(here))
    assert "2 pupils saved. 0 unchanged." in page
    assert value(page, pera, 5) == "1"
    assert (value(page, djordje), value(page, djordje, 1)) == ("2", "")
    assert '<td>50<span class="z-small">High</span></td>' in page
    assert '<td>–<span class="z-small"></span></td>' in page  # too few items for an index
    assert vera.post(here, sent(page)).status_code == 302
    assert "0 pupils saved. 2 unchanged." in main(vera.get(here))
    assert Assessment.objects.count() == 2


def test_rows_that_cannot_be_kept_come_back_as_they_were_typed(vera: Client, school: School) -> None:
    here, (pera, djordje, ana) = address(school), school.pupils
    page = main(vera.get(here))
    answers = sent(page) | {cell(page, pera): "1", cell(page, djordje): "7", cell(page, djordje, 1): "2"}
    answers[cell(page, ana, 3)] = "<b>"
    response = vera.post(here, answers)
    assert response.status_code == 422
    page = main(response)
    assert "1 pupil saved. 0 unchanged. 2 not saved." in page
    assert [value(page, djordje, at) for at in (0, 1)] == ["7", "2"]
    assert "&lt;b&gt;" in page
    assert "<b>" not in page
    wrong = cell(page, djordje)
    assert f'href="#{wrong}">Ђорђе Њежић: Regular attendance: type one of 0, 1, 2, or leave it empty.' in page
    assert f'id="{wrong}" aria-invalid="true" aria-describedby="{wrong[:2]}-e"' in page
    answers = sent(page) | {cell(page, djordje): "0", cell(page, ana, 3): ""}
    assert vera.post(here, answers).status_code == 302
    assert {row.child for row in Assessment.objects.all()} == {pera, djordje}


def test_who_was_overtaken_is_told_and_may_insist(vera: Client, school: School) -> None:
    here, pera = address(school), school.pupils[0]
    page = main(vera.get(here))
    school.take_in({pera.pk: risk(attendance=1)}, by="ana")
    response = vera.post(here, sent(page) | {cell(page, pera): "2"})
    assert response.status_code == 422
    page = main(response)
    assert "meanwhile" in page
    assert value(page, pera) == "2"
    assert vera.post(here, sent(page)).status_code == 302
    assert value(main(vera.get(here)), pera) == "2"


def test_nothing_is_saved_of_rows_that_nobody_changed(vera: Client, school: School) -> None:
    """Ana has filled in a row meanwhile: who did not touch it does not put it back."""
    here, (pera, djordje, _ana) = address(school), school.pupils
    page = main(vera.get(here))
    school.take_in({pera.pk: risk(attendance=1)}, by="ana")
    assert vera.post(here, sent(page) | {cell(page, djordje): "2"}).status_code == 302
    assert value(main(vera.get(here)), pera) == "1"


def absences(school: School, child: Child, **told: Any) -> None:
    told = {"organisation": school.place, "school_year": school_year(today()), "half_year": 1} | told
    Attendance.objects.create(child=child, **told)


def test_marks_and_absences_propose_and_people_decide(vera: Client, school: School) -> None:
    here, (pera, djordje, ana) = address(school), school.pupils
    absences(school, pera, unexcused=30, after_notice=20)
    absences(school, djordje, unexcused=0, after_notice=0, lessons=400, excused=0, negative_marks=3)
    other = places.organisation("ОШ „Друга”")
    absences(school, ana, organisation=other, unexcused=99, after_notice=99)
    page = main(vera.get(here))
    assert (value(page, pera), value(page, djordje), value(page, ana)) == ("2", "0", "")
    assert value(page, djordje, 2) == "2"
    assert f'name="{cell(page, pera)}"' in page
    assert page.count('title="Proposed by marks and absences"') == 3
    vera.post(here, sent(page))
    assert not Assessment.objects.exists()  # a proposal alone is nobody's answer
    vera.post(here, sent(page) | {cell(page, pera): "1", cell(page, djordje, 5): "0"})
    page = main(vera.get(here))
    assert (value(page, pera), value(page, djordje, 2)) == ("1", "2")
    assert 'title="Marks and absences would say 2"' in page
    assert "Proposed by marks" not in page


def test_a_newer_version_does_not_mix_up_what_was_begun(vera: Client, school: School) -> None:
    here, pera = address(school), school.pupils[0]
    page = main(vera.get(here))
    answers = sent(page) | {cell(page, pera): "1"}
    assert answers["version"] == "1"
    assert vera.post(here, answers | {"version": "9"}).status_code == 404
    assert vera.post(here, answers | {"version": "x"}).status_code == 404
    assert vera.post(here, answers).status_code == 302


def test_foreign_and_broken_rows_change_nothing(vera: Client, school: School) -> None:
    here, pera = address(school), school.pupils[0]
    page = main(vera.get(here))
    answers = sent(page)
    name = cell(page, pera)
    for kept in (f"{school.other.uuid}||", "nobody", f"{pera.uuid}|no-sheet|"):
        vera.post(here, {"version": "1", name[:2]: kept, name: "1"})
    assert {row.child for row in Assessment.objects.all()} <= {pera}
    assert vera.post(here, {"version": "1"}).status_code == 302
    assert answers


def test_the_overview_puts_the_highest_first(vera: Client, go: English, school: School) -> None:
    here, (pera, djordje, _ana) = address(school), school.pupils
    page = main(vera.get(here))
    levels = {pera: "1", djordje: "2"}
    answers = sent(page) | {cell(page, child, at): level for child, level in levels.items() for at in range(ITEMS)}
    vera.post(here, answers)
    page = main(vera.get(f"{here}overview/"))
    table = page.split('id="pupils"')[1]
    assert [table.index(name) for name in ("Ђорђе", "Пера", "Ana")] == sorted(
        table.index(name) for name in ("Ђорђе", "Пера", "Ana")
    )
    for said in ("people decide", "Very high", "100", "Not filled in yet", "Pupils in each band"):
        assert said in page
    link = f"/work/child/{djordje.uuid}/assessments/"
    assert link in table
    assert vera.get(link).status_code == 200
    assert "Risk index: 100 – Very high" in main(vera.get(link))


def test_the_table_is_printed_empty(vera: Client, school: School) -> None:
    page = main(vera.get(f"{address(school)}by-hand/"))
    assert "Пера Перић" in page
    assert "<input" not in page
    assert page.count("<tr") == 2 + 3 + 5
    assert AuditEntry.objects.filter(verb="children.open_file").count() == 3


def test_a_large_class_costs_no_more_queries(vera: Client, school: School) -> None:
    here = address(school)
    page = main(vera.get(here))
    with CaptureQueriesContext(connection) as few_posted:
        vera.post(here, sent(page) | {cell(page, child): "1" for child in school.pupils})
    with CaptureQueriesContext(connection) as few:
        vera.get(here)
    more = [school.pupil(f"Станислава{number}", "Тодоровић-Његовановић") for number in range(37)]
    school.entrust()
    for child in more:
        absences(school, child, unexcused=30, after_notice=20, negative_marks=3)
    with CaptureQueriesContext(connection) as many:
        page = main(vera.get(here))
    assert page.count("<tr") == 2 + 40
    with CaptureQueriesContext(connection) as many_posted:
        vera.post(here, sent(page) | {cell(page, child, 2): "1" for child in more})
    assert Assessment.objects.count() == 40
    assert (len(many), len(many_posted)) == (len(few), len(few_posted))
