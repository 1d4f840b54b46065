"""The page of passages ahead: who sees whom, what is offered, what is carried away."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.casework.test_radar import TODAY, Place
from tests.web.browser import check_page, picture
from tests.web.panel_world import English, words
from tests.world import World
from zajedno.children.models import Enrolment
from zajedno.kernel import clock
from zajedno.kernel.clock import today

pytestmark = pytest.mark.django_db
PATH, FILE = "/work/transitions/", "/work/transitions/transitions.csv"


@pytest.fixture
def place(world: World) -> Iterator[Place]:
    with clock.on(TODAY):
        yield Place(world)


def table(response: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_nobody_yet(place: Place, go: English) -> None:
    page = words(go("iva").get(PATH))
    assert "No passage ahead" in page
    assert "Narrow the list" not in page
    assert go("iva").get(FILE).status_code == 404
    for who in ("dino", "eva"):
        assert go(who).get(PATH).status_code == go(who).get(FILE).status_code == 403
    assert go("iva").post(PATH).status_code == 405


def test_from_beginning_the_plan_to_opening_it(place: Place, go: English) -> None:
    child = place.child("Ива")
    client = go("iva")
    page = words(client.get(PATH))
    for text in ("Ива Њежић", "From kindergarten to primary school", "by age", "No plan", "no place yet"):
        assert text in page
    begin = f"/work/child/{child.uuid}/begin/transition/"
    assert begin in page
    assert client.get(begin).status_code == 200
    case = place.begin(child, "kindergarten_school")
    page = words(client.get(PATH))
    assert begin not in page
    assert f"/work/case/{case.uuid}/" in page
    assert "Plan begun" in page
    assert "Ива Њежић" not in words(go("ana").get(PATH))


@pytest.mark.parametrize("language", ["sr", "sr-latn", "bs"])
def test_in_the_languages_of_the_desk(place: Place, go: English, language: str) -> None:
    place.child("Ива")
    client = go("iva")
    client.get("/", headers={"accept-language": language})
    page = words(client.get(PATH, headers={"accept-language": language}))
    assert {"sr": "Из вртића у основну школу", "sr-latn": "Iz vrtića u osnovnu školu"}.get(
        language, "Iz vrtića"
    ) in page


def test_narrowed_and_nothing_left(place: Place, go: English) -> None:
    place.begin(place.child("Ива"), "kindergarten_school")
    place.child("Мина")
    client = go("iva")
    page = words(client.get(f"{PATH}?lacks=plan"))
    assert "Мина Њежић" in page
    assert "Ива Њежић" not in page
    assert "2 passages" in words(client.get(f"{PATH}?month=2027-09&passage=kindergarten_school&lacks=place"))
    assert "2 passages" in words(client.get(f"{PATH}?month=nonsense"))  # what is not there narrows nothing
    place.begin(place.child("Лука", born=None), "between_places")
    assert [row[0] for row in table(client.get(f"{FILE}?lacks=plan"))[1:]] == ["Мина Њежић"]
    assert "No passage fits" in words(client.get(f"{PATH}?month=2027-09&passage=between_places"))


def test_no_cell_becomes_a_formula(place: Place, go: English) -> None:
    place.child('=HYPERLINK("x")')
    response = go("iva").get(FILE)
    assert response["Content-Disposition"] == 'attachment; filename="transitions.csv"'
    heads, row = table(response)
    assert len(heads) == len(row) == 10
    assert row[0].startswith("'=HYPERLINK")
    assert row[4:6] == ["2027-09-01", "2027-01-01"]
    assert row[-2:] == ["No plan", "no"]


def test_my_work_says_how_many_plans_should_be_begun(place: Place, go: English) -> None:
    place.child("Ива")
    assert "Who goes on to another institution within a year" in words(go("iva").get("/work/"))
    assert PATH not in words(go("csaba").get("/work/"))  # no passage starts at a commission
    with clock.on(date(2027, 1, 2)):
        assert "For 1 child a plan should be begun now." in words(go("iva").get("/work/"))
        assert "For 1 child a plan should be begun now." in words(go("iva").get(PATH))
        assert "Begin the plan now" in words(go("iva").get(PATH))


def test_many_children_on_pages_at_no_more_queries(place: Place, go: English) -> None:
    client, counts = go("iva"), []
    for number in (1, 60):
        for at in range(number):
            place.child(f"Име{number}-{at}")
        client.get(PATH)
        with CaptureQueriesContext(connection) as queries:
            page = words(client.get(PATH))
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert "61 passages" in page
    assert "?page=2" in page
    assert page.count("/begin/transition/") == 50


def test_a_class_that_is_not_sure_says_so(place: Place, go: English) -> None:
    place.child("Лука", born=date(2008, 5, 4), at="school", group="VI-1")
    Enrolment.objects.update(school_year=2024)
    page = words(go("ana").get(PATH))
    assert "class VI-1 in 2024, counted on; to be checked" in page


@pytest.mark.browser
@pytest.mark.parametrize("size", ["page", "narrow_page"])
def test_in_a_browser(site: str, world: World, go: English, request: pytest.FixtureRequest, size: str) -> None:
    page, place = request.getfixturevalue(size), Place(world)
    next_autumn = today().year + (today().month >= 9)
    place.child("Ива", born=date(next_autumn - 7, 5, 4))
    place.begin(place.child("Мина", born=date(next_autumn - 7, 6, 4)), "kindergarten_school")
    cookie = go("iva").cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}])
    page.goto(f"{site}{PATH}")
    check_page(page)
    picture(page, f"transitions-{size}")
    page.select_option("[name=lacks]", "plan")
    page.click("form:has([name=lacks]) button")
    page.wait_for_url("**lacks=plan**")
    assert "Мина" not in page.inner_text("main")
    page.click("a[href$='/begin/transition/']")
    assert "/begin/transition/" in page.url
