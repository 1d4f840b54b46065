"""What somebody wrote to do harm stands as text on every page and in every file of the exchange; what nobody can mean
is answered, never broken by.

Every text of every table holds it, put there past all verbs; everybody then walks every address. Then every form is
sent back full of it.
"""

from collections.abc import Iterator
from functools import cache
from html import unescape
from html.parser import HTMLParser

import pytest
from django.core.cache import cache as kept
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoDbBlocker

from tests.exchange.harm import MARK, harm
from tests.exchange.hostile_world import Hostile
from tests.stories.addresses import Route, routes
from tests.world import make_world

pytestmark = [pytest.mark.django_db, pytest.mark.pages]  # walks every page of the exchange
PUBLIC = ("/exchange/", "/places/", "/sitemap.xml", "/robots.txt")
DESKS = ("", "dino", "edita")
PAYLOADS = {
    "markup": f"\"'><{MARK} onzaj=1></script></title></textarea>--><svg/onload=zaj()><a href=javascript:zaj()>x</a>",
    "program": "=cmd|' /C calc'!A0 {{ 7|add:7 }}{% load x %} #panic(\"zaj\") #read(\"/etc/passwd\") $x$ %(x)s {x}"
    " javascript:zaj() [x](javascript:zaj()) ![x](http://zaj.invalid/p.png) <javascript:zaj()> data:,zaj",
    "letters": "a\r\nEND:VEVENT\r\nX-ZAJ:1\r\nBEGIN:VEVENT\r\nSet-Cookie: zaj=1\r\n\r\n<b>\x0b\x0c\x1b\x85\u2028zaj"
    "\u202ezaj\u202c \u200b\ufeff\uffff\ufffe\U0010ffff" + "Ж\u0301" * 40 + "\U0001f469\u200d\U0001f467",
}  # fmt: skip


@pytest.fixture(scope="module")
def hostile(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Hostile]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield Hostile(make_world())
        transaction.set_rollback(True)


@cache
def ours() -> list[Route]:
    return [one for one in routes() if one.text.startswith(PUBLIC)]


def test_there_is_a_row_of_every_kind_and_a_way_to_every_page(hostile: Hostile) -> None:
    """Else what follows would prove nothing: whoever adds a table or a page gives it a place in `hostile_world`."""
    assert hostile.empty() == set()
    assert [str(one) for one in ours() if one.unknown(hostile.ids)] == []


@pytest.mark.parametrize("payload", PAYLOADS)
def test_it_stands_as_text(hostile: Hostile, payload: str) -> None:
    found: dict[str, set[str]] = {}
    reached: set[str] = set()
    with transaction.atomic():
        hostile.write(PAYLOADS[payload])
        for who in ("", *(hostile.people if payload == "markup" else DESKS[1:])):
            client = Client(raise_request_exception=False, headers={"accept-language": "en"})
            if who:
                client.force_login(hostile.world.accounts[who])
            for route in (one for one in ours() if not one.unknown(hostile.ids)):
                with transaction.atomic():
                    response = client.get(route.filled(hostile.ids))
                    transaction.set_rollback(True)
                if wrong := harm(response):
                    found.setdefault(str(route), set()).update(wrong)
                if response.status_code == 200:
                    reached.add(str(route))
        transaction.set_rollback(True)
    assert found == {}
    if payload == "markup":
        assert len(reached) > 0.75 * len(ours()), sorted({str(one) for one in ours()} - reached)


# What is asked and sent

PLACES = {
    "null": "%00",
    "half a letter": "%ED%A0%80",
    "a way up": "..%2f..%2fetc",
    "long": "x" * 3000,
    "quotes": "'%22%3E",
}
ASKED = {
    "half a letter": "%ED%A0%80", "below": "-1", "beyond": "999999", "far beyond": "9" * 40,
    "words": "%27%22%3E%28%7C%26%21%3A%2A" + "%D0%B6" * 1000,
}  # fmt: skip
NAMES = ("page", "q", "state", "theme", "order", "p", "a", "in", "version", "year", "lacking", "language", "kind")


def test_a_sign_that_nothing_is_called_by_is_no_address(hostile: Hostile) -> None:
    """PostgreSQL keeps no NUL, so none reaches it: neither in an address nor in what is asked of one."""
    for address in (
        "/exchange/champions/confirm/%00/",
        "/exchange/compare/?p=a%00",
        "/exchange/?q=%00",
        "/places/%00/",
    ):
        response = client_of(hostile, "").get(address)
        assert response.status_code == 400
        assert b"<h1" in response.content
    assert client_of(hostile, "").get("/exchange/practices/?q=%2500").status_code == 200


def client_of(hostile: Hostile, who: str) -> Client:
    client = Client(raise_request_exception=False, headers={"accept-language": "en"})
    if who:
        client.force_login(hostile.world.accounts[who])
    return client


def visited(client: Client, method: str, *sent: object) -> HttpResponse:
    with transaction.atomic():
        response: HttpResponse = getattr(client, method)(*sent)
        transaction.set_rollback(True)
    return response


@pytest.mark.parametrize("who", DESKS)
def test_an_address_that_nobody_can_mean_is_answered(hostile: Hostile, who: str) -> None:
    client, broken = client_of(hostile, who), {}
    for route in ours():
        if route.unknown(hostile.ids):
            continue
        for name in route.places:
            for kind, value in ({"far": "9" * 30} if name in route.ids else PLACES).items():
                address = route.filled(hostile.ids).replace(str(_id(route, hostile, name)), value)
                if visited(client, "get", address).status_code >= 500:
                    broken[f"{route} {name}"] = kind
    assert broken == {}


def _id(route: Route, hostile: Hostile, name: str) -> object:
    only = Route(f"%({name})s", {name: route.places[name]}, frozenset())
    return only.filled(hostile.ids)


@pytest.mark.parametrize("who", DESKS)
def test_a_question_that_nobody_can_mean_is_answered(hostile: Hostile, who: str) -> None:
    client, broken = client_of(hostile, who), {}
    for route in ours():
        if route.unknown(hostile.ids) or visited(client, "get", route.filled(hostile.ids)).status_code != 200:
            continue
        for kind, value in ASKED.items():
            asked = "&".join(f"{name}={value}" for name in NAMES)
            response = visited(client, "get", f"{route.filled(hostile.ids)}?{asked}")
            if response.status_code >= 500:
                broken[f"{route} {kind}"] = repr(getattr(response, "exc_info", ""))[:200]
    assert broken == {}


FOREIGN = ("csrfmiddlewaretoken", "language", "next", "q")  # of the shell, and searches, which are asked, not sent


class Boxes(HTMLParser):
    """What a page lets somebody fill in: name -> kind."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        name = told.get("name") or ""
        if tag in ("input", "textarea", "select") and name and name not in FOREIGN:
            self.found.setdefault(name, told.get("type") or "text" if tag == "input" else tag)


LONG = "ab cd " * 10_000  # 10,000 words twice
SENT = {
    "long": lambda name, kind: f"{name} {LONG}" if kind in ("text", "textarea", "email") else "1",
    "null": lambda name, kind: "a\0b",
    "numbers": lambda name, kind: "9" * 40 if kind != "email" else "a@demo.invalid",
    "below": lambda name, kind: "-1",
    "lines": lambda name, kind: "a\r\nBcc: b@demo.invalid\r\n\r\n\u202e\u2028",
}  # fmt: skip


@pytest.fixture(scope="module")
def forms(hostile: Hostile) -> dict[Route, tuple[str, dict[str, str]]]:
    """Every form, with one who finds it and its boxes."""
    found: dict[Route, tuple[str, dict[str, str]]] = {}
    for who in ("", *hostile.people):
        client = client_of(hostile, who)
        for route in (one for one in ours() if one not in found):
            page = visited(client, "get", route.filled(hostile.ids))
            if page.status_code == 200 and page["Content-Type"].startswith("text/html"):
                boxes = Boxes()
                boxes.feed(page.content.decode())
                if boxes.found:
                    found[route] = who, boxes.found
    return found


@pytest.mark.parametrize("sent", SENT)
def test_a_form_that_nobody_can_mean_is_answered(
    hostile: Hostile, forms: dict[Route, tuple[str, dict[str, str]]], sent: str
) -> None:
    """Too long a text comes back whole with 422, or was taken whole; nothing breaks."""
    broken = {}
    for route, (who, boxes) in forms.items():
        kept.clear()  # how often one address may send is told elsewhere
        given = {name: SENT[sent](name, kind) for name, kind in boxes.items()}
        response = visited(client_of(hostile, who), "post", route.filled(hostile.ids), given)
        if response.status_code >= 500:
            broken[f"{who}: {route}"] = repr(getattr(response, "exc_info", ""))[:300]
        elif sent == "long" and response.status_code in (200, 422):
            shown = unescape(response.content.decode())
            lost = [name for name, text in given.items() if len(text) > 1000 and text.strip() not in shown]
            if lost and "Nothing was saved" not in shown:
                broken[f"{who}: {route}"] = f"{response.status_code}, lost {lost}"
    assert broken == {}
    assert len(forms) > 40
