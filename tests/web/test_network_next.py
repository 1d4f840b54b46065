"""Each page of the network's desk leads to what is to be done next, and begins a form with what holds there."""

import re

import pytest

from tests.networks.agreements import Agreements
from tests.networks.bodies import Bodies, later
from tests.programmes.money import Money
from tests.programmes.planning import Planning
from tests.web.jajce_world import Jajce
from tests.web.panel_world import English, words
from tests.web.test_network_pages import days
from tests.world import World
from zajedno.kernel import clock
from zajedno.networks.models import Body, Meeting, Member
from zajedno.programmes.actions import plan_part

pytestmark = pytest.mark.django_db
BUTTON = re.compile(r'<a href="([^"]*)" role="button"')


@pytest.fixture
def bodies(world: World) -> Bodies:
    return Bodies(world)


def at(row: Body | Meeting, rest: str = "") -> str:
    return f"/network/{'bodies' if isinstance(row, Body) else 'meetings'}/{row.uuid}/{rest}"


def next_of(go: English, held: Meeting) -> list[str]:
    return [one.removeprefix(at(held)) for one in BUTTON.findall(go("csaba").get(at(held)).content.decode())]


def test_a_meeting_leads_from_its_agenda_to_its_minutes(bodies: Bodies, go: English) -> None:
    row = bodies.seated()
    begins = {"begins": "9:30", "ends": "11", "place": "Градска кућа", **days("day", 3)}
    assert go("csaba").post(at(row, "meetings/new/"), begins).status_code == 302
    held = Meeting.objects.get()
    assert next_of(go, held) == ["items/new/"]
    assert go("csaba").post(at(held, "items/new/"), {"title": "План"}).status_code == 302
    assert next_of(go, held) == ["invite/"]
    assert go("csaba").post(at(held, "invite/")).status_code == 302
    assert next_of(go, held) == []
    assert at(held, "invite/") in go("csaba").get(at(held)).content.decode()  # who was named since
    assert BUTTON.findall(go("besa").get(at(held)).content.decode()) == []
    with clock.on(later(3)):
        assert next_of(go, held) == ["attendance/"]
        bodies.came(held, *Member.objects.all())
        assert next_of(go, held) == ["close/"]
        bodies.close(held)
        assert next_of(go, held) == []


def test_what_is_missing_of_a_body_leads_to_where_it_is_written(bodies: Bodies, go: English) -> None:
    row = bodies.set_up(rules="", contact="")
    page = go("csaba").get(at(row)).content.decode()
    for rest in ("members/new/", "change/"):
        assert f'<a class="govuk-notification-banner__link" href="{at(row, rest)}">' in page
    bodies.seat(row, "besa", "health")
    assert "govuk-notification-banner__link" not in go("besa").get(at(row)).content.decode()


def test_a_mandate_that_ends_leads_to_where_it_is_renewed(bodies: Bodies, go: English) -> None:
    row = bodies.seated()
    assert "When it is renewed" not in words(go("csaba").get(at(row)))
    with clock.on(later(340)):
        assert "The mandate ends on" in words(go("csaba").get(at(row)))
        assert "When it is renewed" not in words(go("besa").get(at(row)))
    with clock.on(later(366)):
        assert "The mandate ended on" in words(go("csaba").get(at(row)))


def test_who_signs_comes_to_the_text_first(world: World, go: English) -> None:
    row = Agreements(world).draft("school")
    here = f"/network/agreements/{row.uuid}/"
    listed = go("ana").get("/network/agreements/").content.decode()
    assert f'href="{here}"' in listed
    assert f"{here}sign/" not in listed
    assert BUTTON.findall(go("ana").get(here).content.decode()) == [f"{here}sign/"]


def test_measures_without_an_activity_are_told_apart(world: World, go: English) -> None:
    planning = Planning(world)
    row = planning.plan()
    with planning.at_work() as by:
        for text in ("Превоз у школу", "Лични пратиоци"):
            plan_part.write_measure(by=by, goal=row.goals.get(), text=text)
    page = words(go("csaba").get(f"/network/plans/{row.uuid}/"))
    assert "1.2 Превоз у школу" in page
    assert "1.3 Лични пратиоци" in page


def test_forms_begin_with_what_holds_in_the_country(world: World, go: English) -> None:
    Jajce(world)
    nura = go("nura")
    assert re.search(r'value="BAM"[^>]*checked', nura.get("/network/money/grants/new/").content.decode())
    for language in ("bs", "sr-latn"):
        nura.cookies["language"] = language
        page = nura.get("/network/bodies/new/").content.decode()
        assert re.search(rf'<option value="{language}"\s+selected', page)


def test_a_title_is_not_an_academic_one(world: World, go: English) -> None:
    """The same English word stands on a post."""
    Planning(world)
    csaba = go("csaba")
    csaba.cookies["language"] = "bs"
    for path in ("plans", "programmes", "agreements"):
        assert "Zvanje" not in csaba.get(f"/network/{path}/new/").content.decode()


def test_all_that_is_wrong_is_said_at_once(bodies: Bodies, go: English) -> None:
    """A missing name, too, at its own field: that of the language in use."""
    csaba = go("csaba")
    csaba.cookies["language"] = "bs"
    wrong = csaba.post("/network/bodies/new/", {"territory": str(bodies.keeper.territory_id)})
    assert wrong.status_code == 422
    page = wrong.content.decode()
    assert 'href="#id_title_bs"' in page
    assert 'href="#id_kind' in page
    assert page.index('name="title_bs"') < page.index('name="title_sr"')
    assert 'href="#id_title_bs"' in csaba.post("/network/agreements/new/", {}).content.decode()


def test_boxes_of_which_there_are_none_are_not_asked_for(world: World, go: English) -> None:
    """Budget codes, in a country whose pack has none: an empty group breaks the script of the page."""
    here = Money(world)
    row = here.budget()
    page = f"/network/money/budgets/{row.uuid}/new/"
    assert "Codes of the budget system" not in words(go("csaba").get(page))
    assert go("csaba").post(page, {"title": "Превоз"}).status_code == 302
