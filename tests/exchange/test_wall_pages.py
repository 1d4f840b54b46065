"""No page of the public side answers otherwise for a child that is there: not its words, its head, its status, or how
much it asks of the database."""

import re
from collections.abc import Iterator
from urllib.parse import quote, quote_plus
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoDbBlocker

from tests.exchange.hostile_world import Hostile
from tests.exchange.test_abuse_pages import ours
from tests.web.panel_world import Another
from tests.world import make_world
from zajedno.casework.models import Case

pytestmark = [pytest.mark.django_db, pytest.mark.pages]  # walks every page of the exchange
NUMBER, OTHER = "0405016825018", "0405016825026"  # a national number that is there, and one that is not
CASE = "III-17/2026"
ASKED = ("q", "page", "in", "p", "a", "theme", "state", "language", "child", "case", "id", "uuid", "next")
CHANGING = {"Date", "Set-Cookie", "ETag"}  # of what was asked itself; ETag is of the words, which are compared


@pytest.fixture(scope="module")
def hostile(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Hostile]:
    """An exchange beside a child with a case."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = Hostile(make_world())
        child = made.world.child("Ђурђица", "Џиновић", number=NUMBER)
        made.case = Another(made.world, child).case
        Case.objects.filter(pk=made.case.pk).update(number=CASE)
        yield made
        transaction.set_rollback(True)


def pairs(hostile: Hostile) -> dict[str, tuple[str, str]]:
    """What is there, and what could be there as well, of the same length."""
    case = hostile.case
    return {
        "key of the child": (str(case.child.uuid), str(uuid4())), "key of the case": (str(case.uuid), str(uuid4())),
        "name": ("Ђурђица Џиновић", "Ђурђица Џинувић"), "name in Latin": ("Đurđica Džinović", "Đurđica Džinuvić"),
        "national number": (NUMBER, OTHER), "number of the case": (CASE, CASE[::-1]),
    }  # fmt: skip


def told(client: Client, address: str, value: str) -> tuple[object, ...]:
    """Status, number of queries, words and head of an answer, without what was asked itself and what is drawn anew."""
    with transaction.atomic(), CaptureQueriesContext(connection) as asked:
        response = client.get(address)
        transaction.set_rollback(True)
    whole = b"".join(response.streaming_content) if response.streaming else response.content
    head = {name: _bare(text, value) for name, text in response.items() if name not in CHANGING}
    return response.status_code, len(asked), head, _bare(whole.decode(errors="replace"), value)


def _bare(text: str, value: str) -> str:
    for said in (value, quote(value), quote_plus(value)):
        text = text.replace(said, "X")
    return re.sub(r'(DTSTAMP:|csrfmiddlewaretoken" value=|nonce[-=])"?[\w-]+', r"\1", text)


@pytest.mark.parametrize(
    "kind", ["key of the child", "key of the case", "name", "name in Latin", "national number", "number of the case"]
)
@pytest.mark.parametrize("who", ["", "dino"])
def test_a_child_that_is_there_is_answered_as_one_that_is_not(hostile: Hostile, who: str, kind: str) -> None:
    real, invented = pairs(hostile)[kind]
    client, different = Client(raise_request_exception=False), {}
    if who:
        client.force_login(hostile.world.accounts[who])
    for route in ours():
        if route.unknown(hostile.ids):
            continue
        whole = route.filled(hostile.ids)
        filled = [f"{whole}?" + "&".join(f"{name}={{}}" for name in ASKED)]
        for name in route.places:
            if name in route.ids and not kind.startswith("key"):
                continue  # only a key fits there
            ids = {
                key: "{}" if f"/{route.places[name]}".endswith(f"/{key}") else one for key, one in hostile.ids.items()
            }
            filled.append(route.filled(ids))
        for address in filled:
            client.get(address.replace("{}", invented))  # once, for what is read once
            one, other = (told(client, address.replace("{}", value), value) for value in (real, invented))
            if one != other:
                different[address] = next((a, b) for a, b in zip(_parts(one), _parts(other), strict=False) if a != b)
    assert different == {}


def _parts(answer: tuple[object, ...]) -> list[object]:
    return [*answer[:3], *str(answer[3]).splitlines()]
