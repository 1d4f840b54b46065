"""The API: asked by schemathesis what its description allows and what it does not; and what each part promises."""

import gzip
import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
import schemathesis
from django.core.cache import cache, caches
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client, RequestFactory
from django.urls import get_resolver, resolve
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import load_all_checks
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.exchange.catalogue_world import load_events, publish
from tests.places import factories
from tests.web.released_world import CODE, release
from zajedno.access.actions import token as tokens
from zajedno.access.models import AuditEntry
from zajedno.kernel.clock import today
from zajedno.places.models import Post, Service
from zajedno.places.queries.actor import actor_for
from zajedno.web.api import tokens as door
from zajedno.web.api.about import nothing
from zajedno.web.api.catalogue import ENDPOINTS
from zajedno.web.api.declared import Endpoint
from zajedno.web.api.openapi import document
from zajedno.web.shared import limits
from zajedno.web.shared.fence import DESKS

pytestmark = pytest.mark.django_db
HERE = "/api/1/"
KEEPER = [
    "access.issue_token", "access.revoke_token", "places.change_service", "access.read_audit", "casework.open_case",
    "casework.move_case", "casework.write_note", "casework.hand_out",
]  # fmt: skip
# What no program is told of here: with the reason.
NOT_DESCRIBED = {
    "/healthz": "for who watches over the server",
    "/robots.txt": "for search engines",
    "/sitemap.xml": "for search engines",
    "/monitor/": "for a person with a session",
    "/exchange/gathering-desk/": "for a person with a session",
    "/networks/<slug:slug>/report.pdf": "a paper to be read",
    "/exchange/gatherings/": "entries for a calendar (RFC 5545)",
    "/api/openrosa/": "OpenRosa describes itself, for phones",
    "/api/1/openapi.json": "the description itself",
    "/api/1/^": "there is nothing",
    "/^account/": "for a person with a session",
}
SCOPES = ("services:read", "services:write", "audit:read", "referrals:send", "children:hand_out")


@pytest.fixture(autouse=True)
def released(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    release()
    monkeypatch.setattr(door, "REQUESTS", 100_000)
    monkeypatch.setattr(door, "FAILURES", 100_000)
    monkeypatch.setattr(limits, "OPEN_REQUESTS", 100_000)


def keeper() -> tuple[Post, str]:
    post = factories.post(role=factories.role(verbs=KEEPER))
    _row, word = tokens.issue(
        by=actor_for(post.account_id, today()), organisation=post.organisation_id, label="Регистар",
        scopes=SCOPES, expires_on=today() + timedelta(days=30),
    )  # fmt: skip
    return post, word


def get(path: str, word: str = "", **headers: str) -> Any:
    sent = {"Authorization": f"Bearer {word}", **headers} if word else headers
    return Client().get(HERE + path, headers=sent)


@pytest.fixture
def kept_open() -> Iterator[None]:
    """Through WSGI the end of a request would close the connection, and with it the test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.usefixtures("kept_open")
def test_nothing_breaks_is_undocumented_or_is_open_that_needs_a_token(mode: GenerationMode):
    """All checks of schemathesis: no 5xx, no other status, type or shape, wrong data refused, the token not ignored."""
    load_all_checks()
    post, word = keeper()
    Service.objects.create(organisation=post.organisation, labels={"en": "Speech therapy"}, is_public=True)
    schema = schemathesis.openapi.from_dict(json.loads(json.dumps(document(ENDPOINTS))))
    schema.validate()
    schema.app = WSGIHandler()
    operations = [result.ok() for result in schema.get_all_operations()]
    assert len(operations) == len(ENDPOINTS)
    for operation in operations:
        if mode == GenerationMode.NEGATIVE and not operation.path.startswith("/api/1/"):
            continue  # HSDS and files beside pages pass over what they do not know
        asked_of(operation, mode, word if operation.definition.raw["security"] else "")


def asked_of(operation: Any, mode: GenerationMode, word: str) -> None:
    @settings(
        max_examples=4, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
    )  # fmt: skip
    @given(case=operation.as_strategy(mode))
    def ask(case: Any) -> None:
        headers = {"Accept-Encoding": "identity"}  # its client unpacks nothing
        if word:
            headers["Authorization"] = f"Bearer {word}"
        # two days may each be right and lie too far apart, and what must stand in a resource FHIR says: no schema does
        beyond = operation.path.endswith("/own/audit") or "/fhir/" in operation.path
        apart = [positive_data_acceptance] if beyond else []
        case.call_and_validate(headers=headers, excluded_checks=apart)

    with suppress(Unsatisfiable):  # of an operation without parameters nothing can be wrong
        ask()


def addressed(one: Endpoint) -> str:
    """An address of it."""
    path = one.path.replace("{ending}", "csv")
    for name in ("{id}", "{uuid}"):
        path = path.replace(name, "5f0cf1a8-0d6e-4d1b-9ed5-4d4f8a1a2b3c")
    return path.replace("{", "").replace("}", "")


def test_every_described_address_is_routed():
    for one in ENDPOINTS:
        assert resolve(addressed(one)).func is not nothing, one.path


def routes(patterns: Any, before: str = "/") -> Iterator[tuple[str, Any]]:
    for one in patterns:
        here = before + str(one.pattern)
        if hasattr(one, "url_patterns"):
            yield from routes(one.url_patterns, here)
        else:
            yield here, one.callback


def test_every_address_that_a_program_may_read_is_described_or_says_why_not():
    """Pages end with a slash; what is outside of the desks and does not is for programs."""
    described = {resolve(addressed(one)).func for one in ENDPOINTS}
    data = [(route, view) for route, view in routes(get_resolver().url_patterns)
            if not route.endswith("/") and not route.startswith(DESKS)]  # fmt: skip
    missing = [route for route, view in data if view not in described and not route.startswith((*NOT_DESCRIBED,))]
    assert missing == []
    assert [why for why in NOT_DESCRIBED if not any(route.startswith(why) for route, _view in data)] == []


def test_who_asks_too_often_without_a_token_waits(monkeypatch: pytest.MonkeyPatch):
    """Whatever is open to programs; where they ask from is kept nowhere as it is."""
    monkeypatch.setattr(limits, "OPEN_REQUESTS", 0)
    for one in ENDPOINTS:
        if one.is_open:
            answer = Client().get(addressed(one))
            assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60"), one.path
    kept = vars(caches["counts"])["_cache"]
    assert kept
    assert not [key for key in kept if "127.0.0.1" in key]
    near = [limits.mark(RequestFactory(REMOTE_ADDR=at).get("/")) for at in ("2001:db8::1", "2001:db8::2", "10.0.0.1")]
    assert (near[0] == near[1], near[1] == near[2]) == (True, False)


def test_figures_are_read_a_page_at_a_time_and_kept():
    first = get("figures?country=RS&period=2025&by=sex&per_page=3")
    told = first.json()
    assert (told["total_items"], told["total_pages"], told["size"]) == (4, 2, 3)
    boy = next(one for one in told["contents"] if one["word"] == "boy")
    assert (boy["said"], boy["value"], boy["low"]) == ("withheld", None, None)
    assert first.headers["Last-Modified"] == "Thu, 15 Jan 2026 00:00:00 GMT"
    assert first.headers["Cache-Control"] == "public, max-age=300"
    again = get("figures?country=RS&period=2025&by=sex&per_page=3", **{"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    since = {"If-Modified-Since": "Mon, 02 Feb 2026 00:00:00 GMT"}
    assert get("figures?country=RS&period=2025&by=sex&per_page=3", **since).status_code == 304
    assert get("figures?country=RS&place=RS").json()["contents"][0]["value"] == 12345.5


def test_what_is_open_is_packed_for_who_takes_it_and_what_a_token_opens_is_not():
    for path in ("figures?country=RS", "figures.csv?country=RS", "openapi.json"):
        plain, packed = get(path), get(path, **{"Accept-Encoding": "br, gzip"})
        assert gzip.decompress(packed.content) == plain.content, path
        assert packed.headers["ETag"] == f"W/{plain.headers['ETag']}"
        again = get(path, **{"Accept-Encoding": "gzip", "If-None-Match": packed.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        for refusing in ("gzip;q=0, identity", "identity, gzip; q=0.0"):
            assert "Content-Encoding" not in get(path, **{"Accept-Encoding": refusing}).headers
    _post, word = keeper()
    assert "Content-Encoding" not in get("own/services", word, **{"Accept-Encoding": "gzip"}).headers


def test_every_status_of_reading_is_described():
    """Also those of conditions and of a sign that no address takes, at files beside pages too."""
    for one in (each for each in ENDPOINTS if each.is_open and each.method == "GET"):
        path = addressed(one)
        for asked in (Client().get(path, headers={"If-Match": '"no"'}), Client().get(f"{path}?lang=%00")):
            assert asked.status_code in one.statuses, (path, asked.status_code)
    assert get("indicators", **{"If-Match": '"no"'}).status_code == 412


def test_what_is_wrong_is_told_as_a_problem_and_not_repeated():
    for path, status in (("figures", 400), ("figures?country=RS&level=street", 400), ("figures?country=RS&shoe=1", 400),
                         ("figures?country=RS&country=BA", 400), ("places/nowhere", 404), ("nothing", 404),
                         ("indicators/nothing", 404), ("figures?country=RS&by=%00", 400)):  # fmt: skip
        wrong = get(path)
        assert (wrong.status_code, wrong.headers["Content-Type"]) == (status, "application/problem+json"), path
        assert wrong.json()["status"] == status
        assert b"street" not in wrong.content
        assert b"shoe" not in wrong.content
    refused = Client().delete(f"{HERE}indicators")
    assert (refused.status_code, refused.headers["Allow"]) == (405, "GET, HEAD")


def test_indicators_say_how_they_are_counted_and_where_there_are_figures():
    assert get(f"indicators/{CODE}").json()["released"] == {"RS": ["2025", "2024"]}
    assert get("indicators").json()["contents"][0]["definition"]["en"].startswith("Of all opinions")


def test_practices_and_events_are_those_of_the_public_pages():
    publish("spoj")
    load_events()
    one = get("practices").json()["contents"][0]
    assert one["address"].endswith(f"/exchange/practices/{one['slug']}/")
    assert get(f"practices/{one['slug']}").json() == one
    assert get("practices/draft").status_code == 404
    assert get("events").json()["total_items"] >= 1


def test_an_institution_keeps_its_free_places_and_no_others():
    post, word = keeper()
    mine = Service.objects.create(organisation=post.organisation, labels={"en": "Speech therapy"})
    other = Service.objects.create(organisation=factories.organisation(), labels={"en": "Day care"}, is_public=True)
    assert [one["id"] for one in get("own/services", word).json()["contents"]] == [str(mine.uuid)]

    def tell(service: Service, content: str, **headers: str) -> Any:
        return Client().post(f"{HERE}own/services/{service.uuid}/free-places", content, "application/json",
                             headers={"Authorization": f"Bearer {word}", **headers})  # fmt: skip

    assert tell(mine, '{"free_places": 3}').json()["free_places"] == 3
    mine.refresh_from_db()
    assert (mine.free_told, mine.checked_on) == (3, today())
    assert AuditEntry.objects.filter(verb="places.change_service", account=post.account_id).exists()
    assert tell(other, '{"free_places": 3}').status_code == 404
    for wrong in ('{"free_places": -1}', '{"free_places": 1, "is_public": true}', '{"free_places": "<b>"}', "[]"):
        assert tell(mine, wrong).status_code == 422
        assert b"<b>" not in tell(mine, wrong).content
    assert tell(mine, "{").status_code == 400


def test_the_trail_is_taken_out_by_days_and_that_is_an_entry():
    _post, word = keeper()
    day = today().isoformat()
    told = get(f"own/audit?since={day}&until={day}", word)
    assert [one["verb"] for one in told.json()["entries"]] == ["access.issue_token"]
    assert told.headers["Cache-Control"] == "no-store"
    assert AuditEntry.objects.filter(verb="access.export_audit").count() == 1
    assert get(f"own/audit?since=2020-01-01&until={day}", word).json()["parameter"] == "until"


def test_without_a_token_nothing_is_told_of_an_institution():
    for one in (each for each in ENDPOINTS if each.scope):
        path = addressed(one)
        for header in ({}, {"Authorization": "Bearer zaj_x"}, {"Authorization": "Basic YTpi"}):
            refused = Client().generic(one.method, path, headers=header)
            assert refused.status_code == 401
            assert refused.headers["WWW-Authenticate"].startswith("Bearer")
            assert refused.headers["Content-Type"].startswith(one.speech.refuses)


def test_a_session_opens_nothing_here():
    post, _word = keeper()
    client = Client()
    client.force_login(post.account)
    assert client.get(f"{HERE}own/services").status_code == 401


def test_the_page_for_people_names_every_address():
    page = Client().get("/developers/", headers={"Accept-Language": "en"}).content.decode()
    for one in ENDPOINTS:
        assert f"{one.method} {one.path}" in page
    assert "services:write" in page
