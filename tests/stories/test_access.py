"""Who has no tie to a child finds the child by no address; a foreign id is answered as one that nobody has."""

import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.db import connection, reset_queries
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from tests.stories.addresses import Route, routes
from tests.stories.town import GUARDIAN, NOBODY, Town
from zajedno.casework.actions.case import open_case

pytestmark = [pytest.mark.django_db, pytest.mark.pages]  # asks every address there is

# Public side only; numbers only; a nurse elsewhere; another school; another commission; the platform's administrator;
# the administrator of the child's own school; not logged in.
OUTSIDERS = ("dino", "eva", "besa", "milica", "zita", "admin", "mira", NOBODY)
INSIDERS = ("ana", "csaba", "goran", "filip")
EXCHANGING = ("dino", "edita", "rade", "petra", "amra", "mirza")  # who writes, edits, reviews, translates, takes over
REFUSED = (403, 404, 405)
EVERYBODY = (*INSIDERS, "admin", "dino", NOBODY)
DESKS = ("/work/", "/panel/", "/family/", "/manage/", "/network/")
# For everybody, or for colleagues whose network works in the same town; they reach no child (test_wall).
OPEN = ("/exchange/", "/services/", "/networks/", "/network/lasting/", "/network/trainings/")
PROGRAMS = "/api/1/"  # let in by a token, not by logging in: tests/web/test_fhir_api.py
ID = re.compile(r"[0-9a-f-]{36}|987654")
TOKEN = re.compile(r'(name="csrfmiddlewaretoken" value|nonce)="[^"]*"')


def test_every_place_in_an_address_is_known(town: Town) -> None:
    unknown = {str(route): places for route in routes() if (places := route.unknown(town.ids))}
    assert not unknown, f"new in an address; give Town.ids (tests/stories/town.py) a real row for it: {unknown}"


def is_log_in(response: HttpResponse) -> bool:
    return response.status_code == 302 and response["Location"].startswith("/login/")


def leads_up(response: HttpResponse) -> bool:
    """Does a page that is only sent to lead to the page above it, which then refuses?"""
    request = response.wsgi_request
    return response.status_code == 302 and request.method == "GET" and request.path.startswith(response["Location"])


def found_by(town: Town, route: Route, response: HttpResponse) -> str:
    """What is wrong with an answer to somebody who has no child; empty when nothing is."""
    if response.status_code >= 500:
        return f"breaks with {response.status_code}"
    if signs := town.traces(response.headers.get("Location", "") + response.content.decode(errors="replace")):
        return f"shows {signs}"
    if "Content-Disposition" in response and route.text.startswith(("/work/", "/panel/", "/family/")):
        return "hands out a file"
    if route.is_of_a_child and not (response.status_code in REFUSED or is_log_in(response) or leads_up(response)):
        return f"answers {response.status_code}"
    return ""


@pytest.mark.parametrize("who", OUTSIDERS)
def test_without_a_tie_no_address_leads_to_a_child(town: Town, who: str) -> None:
    found = {(method, str(route)): found_by(town, route, answer) for (method, route), answer in town.walk(who).items()}
    assert {where: what for where, what in found.items() if what} == {}


def test_somebody_with_a_tie_opens_each_of_these_addresses(town: Town) -> None:
    """Else the walks of outsiders would prove nothing."""
    opened = {
        route
        for who in (*INSIDERS, "admin", "mira", *EXCHANGING, NOBODY)
        for (method, route), answer in town.walk(who).items()
        if method == "get" and answer.status_code in (200, 302) and not is_log_in(answer)
    }
    people = [route for route in routes() if route.ids and not route.text.startswith(PROGRAMS)]
    assert [str(route) for route in people if route not in opened] == []
    shown = {route for who in INSIDERS for (_, route), answer in town.walk(who).items() if town.shows(answer)}
    assert len(shown) > 40


@pytest.mark.parametrize("who", INSIDERS)
def test_no_address_breaks(town: Town, who: str) -> None:
    assert [
        (method, str(route)) for (method, route), answer in town.walk(who).items() if answer.status_code >= 500
    ] == []


def answer(town: Town, who: str, method: str, address: str, **sent: str) -> tuple[int, str, int]:
    """Status, page without its tokens and its own address, number of queries."""
    reset_queries()  # the log has room for 9,000, and a town has many addresses
    with CaptureQueriesContext(connection) as queries:
        response = town.visit(who, method, address, **sent)
    page = ID.sub("ID", response.headers.get("Location", "")) + TOKEN.sub("", response.content.decode(errors="replace"))
    return response.status_code, page.replace(address, "HERE"), len(queries)


def guesses(route: Route) -> Iterator[tuple[str, ...]]:
    """Names to invent: each id alone, then all."""
    yield from {*((name,) for name in route.ids), tuple(route.ids)}


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("who", ["dino", "milica", "zita"])
def test_a_foreign_id_is_answered_as_an_invented_one(town: Town, who: str, method: str) -> None:
    town.walk(who)  # so that definitions are in memory
    told = []
    for route in filter(lambda one: one.ids, routes()):
        real = answer(town, who, method, route.filled(town.ids))
        if route.text.startswith(OPEN) and real[0] != 404:
            continue
        invented = [answer(town, who, method, route.filled(town.ids, *names)) for names in guesses(route)]
        told += [(str(route), real[::2], other[::2]) for other in invented if other != real]
    assert not told, "\n".join(map(str, told))


@pytest.mark.parametrize("who", ["dino", "milica"])
def test_a_foreign_id_in_a_form_is_answered_as_an_invented_one(town: Town, who: str) -> None:
    children = (town.child.uuid, uuid4())
    real, invented = (answer(town, who, "post", "/work/request/", child=str(one)) for one in children)
    assert real == invented
    assert real[0] in REFUSED


def under(town: Town, who: str) -> dict[str, object]:
    """Real ids, but file, case and sitting are others that the person may open."""
    if who == "csaba":
        case, sitting = town.later.case, town.later.case.agenda.get().sitting
        return town.ids | {"case/uuid": case.uuid, "child/uuid": town.brother.uuid, "sittings/uuid": sitting.uuid}
    school, commission = town.world.organisations["milica"], town.world.organisations["zita"]
    child = town.world.child("Мина", "Савић", registered_by=school)
    with town.at_work("milica") as by:
        case = open_case(
            by=by,
            child=child,
            keeper=commission,
            procedure="additional-support",
            initiator="institution",
            initiated_by=school,
        )
    return town.ids | {"case/uuid": case.uuid, "child/uuid": child.uuid}


@pytest.mark.parametrize("who", ["csaba", "milica"])
def test_a_row_is_found_under_its_own_file_only(town: Town, who: str) -> None:
    ids = under(town, who)
    for address in (f"/work/case/{ids['case/uuid']}/", f"/work/child/{ids['child/uuid']}/"):
        assert town.visit(who, "get", address).status_code == 200
    wrong = {}
    own = ("/work/", "/panel/sittings/") if who == "csaba" else "/work/"
    barred = "/work/marks/" if who == "csaba" else "/panel/register/"  # only schools bring in marks
    for route in filter(lambda one: len(one.ids) == 2 and one.text.startswith(own), routes()):
        if route.text.startswith(barred):
            continue
        inner = next(name for name in route.ids if name != "uuid")
        for method in ("get", "post"):
            real, invented = (answer(town, who, method, route.filled(ids, *name)) for name in ((), (inner,)))
            if real != invented or real[0] != 404:
                wrong[method, str(route)] = (real[::2], invented[::2])
    assert wrong == {}


def test_filip_opens_nothing_of_another_child(town: Town) -> None:
    """Not of the brother, whose father is another in the file; not at a desk where people work; not of his own child
    what is not for him."""
    foreign = town.ids | {"case/uuid": town.later.case.uuid, "child/uuid": town.brother.uuid}
    for ids, own in ((foreign, ()), (town.ids, ("/family/",))):
        told = {}
        for route in filter(lambda one: one.is_of_a_child and not one.text.startswith(own or ("-",)), routes()):
            for method in ("get", "post"):
                response = town.visit("filip", method, route.filled(ids))
                shown = town.traces(response.content.decode(errors="replace")) - {GUARDIAN}  # who he is himself
                if shown or not (response.status_code in REFUSED or leads_up(response)):
                    told[method, str(route)] = (response.status_code, shown)
        assert told == {}


@pytest.mark.parametrize("who", EVERYBODY)
def test_no_page_of_a_desk_is_kept(town: Town, who: str) -> None:
    kept = [
        (method, str(route))
        for (method, route), answer in town.walk(who).items()
        if (who or route.text.startswith(DESKS))
        and answer.headers["Cache-Control"] != "no-store"
        and not (route.text.startswith(PROGRAMS) and _is_told_to_all(town, method, route, answer))
    ]
    assert kept == []


def _is_told_to_all(town: Town, method: str, route: Route, answer: HttpResponse) -> bool:
    """No cookie counts where programs ask: who asks makes no difference."""
    anybodys = town.visit("", method, route.filled(town.ids))
    return (answer.content, answer.headers["ETag"]) == (anybodys.content, anybodys.headers["ETag"])


def pages(town: Town) -> Iterator[tuple[str, HttpResponse, str]]:
    """Every page of the desks that somebody with a tie is shown: where it is, its answer, its text."""
    for who in INSIDERS:
        for (method, route), answer in town.walk(who).items():
            if route.text.startswith(DESKS[:3]) and answer["Content-Type"].startswith("text/html"):
                yield f"{who}: {method} {route}", answer, answer.content.decode()


def written_in(pattern: str, page: str) -> str:
    return " ".join(re.findall(pattern, page, re.DOTALL))


def test_no_address_title_or_cookie_names_a_child(town: Town) -> None:
    """What a browser keeps in its history, sends on as a referrer or stores. A title may hold a registry number."""
    told, numbers = {}, {town.case.number, town.later.case.number}
    for where, answer, page in pages(town):
        titles = written_in(r"<title>(.*?)</title>", page)
        addresses = written_in(r'(?:href|action|src|formaction|hx-\w+)="([^"]*)"', page)
        cookies = " ".join(morsel.value for morsel in answer.cookies.values())
        addresses += f" {answer.headers.get('Location', '')} {cookies}"
        if signs := town.traces(addresses) | town.traces(titles) - numbers:
            told[where] = signs
    assert told == {}


def test_nothing_that_is_typed_on_a_desk_goes_into_an_address(town: Town) -> None:
    """A form that is sent by its address offers choices alone, or a day: no name and no registry number is written."""
    typed, day = {}, {"then_day", "then_month", "then_year"}
    for where, _answer, page in pages(town):
        forms = written_in(r'<form[^>]*method="get".*?</form>', page)
        named = re.findall(r'<input(?![^>]*type="(?:hidden|radio|checkbox)")[^>]*name="(\w+)"', forms)
        if fields := {*named} - day:
            typed[where] = sorted(fields)
    assert typed == {}
