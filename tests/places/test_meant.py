"""Asking the directory badly: slips of the pen in either script, other words, odd numbers; each is answered."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.places import factories as places
from tests.places.test_directory import service
from zajedno.kernel.clock import today
from zajedno.places.queries.meant import nearest
from zajedno.places.queries.organisation import kept_services, stale_services
from zajedno.places.rules import CHANGE_SERVICE

pytestmark = pytest.mark.django_db


@pytest.fixture
def speech() -> None:
    service("Логопедски третман", needs=["speech"])


def page(query: str) -> str:
    client = Client(headers={"Accept-Language": "en"})
    answer = client.get(f"/services/?{query}")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.usefixtures("speech")
@pytest.mark.parametrize("text", ["logopedksi", "ЛОГОПЕЦКИ", "логопедски тертман", "logopedki tretman"])
def test_a_slip_of_the_pen_is_answered_with_the_word(text: str) -> None:
    assert "logopedski" in nearest(text, today())
    found = page(f"q={text}")
    assert "Did you mean:" in found
    assert "?q=logopedski" in found


@pytest.mark.usefixtures("speech")
@pytest.mark.parametrize(
    ("text", "address"), [("mucanje i govor", "?need=speech"), ("beszed", "?need=speech"), ("Subotca", "?place=80438")]
)
def test_a_need_or_a_place_in_words_leads_to_it(text: str, address: str) -> None:
    assert f'href="/services/{address}"' in page(f"q={text}")


@pytest.mark.usefixtures("speech")
def test_nothing_is_guessed_where_nothing_is_near() -> None:
    assert nearest("аутомеханичар", today()) == ""
    found = page("q=аутомеханичар")
    assert "Nothing found" in found
    assert "Did you mean" not in found


@pytest.mark.usefixtures("speech")
@pytest.mark.parametrize(
    "query",
    ["age=-1", "age=7.5", "age=999", "page=99999", "page=-3", "page=0", "page=x", "need=x&place=x", "q=!!!", "q=%20%20",
     "q=' | & ! :*&page=99999", "age=²", "fee=free'--"],
)  # fmt: skip
def test_odd_questions_are_answered_as_what_can_be_read_of_them(query: str) -> None:
    found = page(query)
    assert "1 service" in found
    assert found.count("z-card__title") == 1


@pytest.mark.parametrize("text", ["%' or 1=1", "語", "a" * 5000, "<b>x</b>", "(((", "logoped\\"])
def test_no_text_breaks_the_search(text: str) -> None:
    service()
    assert Client().get("/services/", {"q": text, "age": "3"}).status_code == 200


def test_a_keeper_sees_first_what_nobody_checked() -> None:
    home = places.organisation()
    by = places.actor(CHANGE_SERVICE.key, at=home)
    old = by.today - timedelta(days=400)
    fresh = service("Нова", organisation=home)
    stale = service("Стара", organisation=home, checked_on=old)
    hidden = service("Скривена", organisation=home, checked_on=old - timedelta(days=1), is_public=False)
    over = service("Бивша", organisation=home, checked_on=None, active_until=by.today - timedelta(days=9))
    assert list(kept_services(by)) == [hidden, stale, fresh, over]
    assert stale_services(by) == 1
    told = page("")
    assert told.count("not checked for over a year") == 1
