"""Pages of champions: nominated by a stranger, confirmed and answered by links, judged, shown, gone."""

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from tests.exchange.award_world import NURSE, Champions, like
from tests.world import World
from zajedno.exchange.actions.nomination import withdraw
from zajedno.exchange.models import Cycle, Honour, Nomination, Score
from zajedno.kernel import clock
from zajedno.kernel.script import latin
from zajedno.places.models import Post

pytestmark = pytest.mark.django_db
WALL = "/exchange/champions/"
FORM = {
    "kind": "person", "adult": "on", "nominee": NURSE.nominee, "role": NURSE.role, "institution": NURSE.institution,
    "place": NURSE.place, "sector": "health", "story": NURSE.story, "email": NURSE.email, "name": "Сусетка",
    "your_email": "susetka@demo.invalid", "unnamed": "on",
}  # fmt: skip


@pytest.fixture
def champions(world: World) -> Champions:
    cache.clear()
    return Champions(world)


def text(response: HttpResponse) -> str:
    return unescape(response.content.decode())


def as_(champions: Champions, who: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(champions.world.accounts[who])
    return client


@pytest.fixture
def anybody() -> Client:
    return Client(headers={"accept-language": "en"})


def test_the_wall_says_when_it_is_empty_and_where_to_nominate(champions: Champions, anybody: Client) -> None:
    page = text(anybody.get(WALL))
    assert "No champion is shown yet." in page
    assert f"{WALL}nominate/{champions.cycle.uuid}/" in page
    with clock.on(champions.cycle.closes_on + timedelta(days=1)):
        assert "nominate/" not in text(anybody.get(WALL))
        assert anybody.get(f"{WALL}nominate/{champions.cycle.uuid}/").status_code == 404


def test_a_stranger_nominates_and_both_letters_lead_on(champions: Champions, anybody: Client) -> None:
    answer = anybody.post(f"{WALL}nominate/{champions.cycle.uuid}/", FORM)
    assert (answer.status_code, answer["Location"]) == (302, f"{WALL}said/confirm/")
    row = Nomination.objects.get()
    link = f"{WALL}confirm/{champions.to(row)}/"
    for _look in range(2):  # looking changes nothing
        assert NURSE.nominee not in text(anybody.get(WALL))
        assert anybody.get(link).status_code == 200
    assert anybody.post(link)["Location"] == f"{WALL}said/thanks/"
    assert anybody.get(link).status_code == anybody.get(f"{WALL}confirm/x/").status_code == 404
    asked = f"{WALL}consent/{champions.to(row)}/"
    page = text(anybody.get(asked))
    assert latin(NURSE.story) in page
    assert NURSE.email not in page
    answer = anybody.post(asked, {"answer": "yes"})
    assert anybody.get(asked).status_code == 404
    assert "Withdraw and erase" in text(anybody.get(answer["Location"]))
    assert anybody.post(answer["Location"], {"answer": "yes"}).status_code == 200  # answered already
    assert anybody.post(answer["Location"], {"answer": "withdraw"})["Location"] == f"{WALL}said/withdrawn/"
    assert not Nomination.objects.exclude(nominee="").exists()


def test_a_no_erases(champions: Champions, anybody: Client) -> None:
    row = champions.add()
    answer = anybody.post(f"{WALL}consent/{champions.to(row)}/", {"answer": "no"})
    assert answer["Location"] == f"{WALL}said/refused/"
    for what in ("confirm", "thanks", "refused", "withdrawn"):
        assert anybody.get(f"{WALL}said/{what}/").status_code == 200
    assert anybody.get(f"{WALL}said/other/").status_code == 404


@pytest.mark.parametrize(
    "fields",
    [
        {"adult": ""},
        {"role": "ученик"},
        {"unnamed": ""},
        {"story": "реч " * 10_000},
        {"kind": "child"},
        {"sector": "x"},
        {"nominee": "x" * 201},
        {"your_email": ""},
        {"story": "JMB 0405016825018"},
    ],
)
def test_what_does_not_fit_comes_back_filled(champions: Champions, anybody: Client, fields: dict[str, Any]) -> None:
    answer = anybody.post(f"{WALL}nominate/{champions.cycle.uuid}/", FORM | fields)
    assert answer.status_code == 422
    assert NURSE.email in text(answer)
    assert not Nomination.objects.exists()


def test_one_address_cannot_send_without_end(champions: Champions, anybody: Client) -> None:
    answers = [anybody.post(f"{WALL}nominate/{champions.cycle.uuid}/", {}).status_code for _turn in range(31)]
    assert (set(answers[:30]), answers[30]) == ({422}, 429)


def test_what_was_written_is_text(champions: Champions, anybody: Client) -> None:
    row = champions.agreed(like(nominee="<script>alert(1)</script>", story="<img src=x onerror=alert(1)>"))
    (honour,) = champions.decide(row, citation="<b>x</b>")
    champions.publish()
    for address in (WALL, f"{WALL}{honour.slug}/"):
        page = anybody.get(address).content.decode()
        assert not any(bad in page for bad in ("<script>alert", "<img src=x", "<b>x"))


def test_shown_in_both_scripts_and_gone_at_once(champions: Champions, anybody: Client) -> None:
    row = champions.add()
    token = champions.agree(row)
    (honour,) = champions.decide(row)
    address = f"{WALL}{honour.slug}/"
    assert anybody.get(address).status_code == 404  # decided, not published
    champions.publish()
    assert "Nevena Izmišljena" in text(anybody.get(WALL))
    assert "Невена Измишљена" in text(Client(headers={"accept-language": "sr"}).get(address))
    own = anybody.get(f"{WALL}consent/{token}/plaque/")
    assert own.content.startswith(b"%PDF")
    withdraw(token=token)
    assert "Nevena" not in text(anybody.get(WALL))
    gone, never = anybody.get(address), anybody.get(f"{WALL}2026-1-99/")
    assert (gone.status_code, gone.content) == (404, never.content)
    assert anybody.get(f"{WALL}consent/{token}/plaque/").status_code == 404


def test_the_wall_does_not_ask_more_for_more(
    champions: Champions, anybody: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        champions.agreed(like(email=f"{number}@demo.invalid"))
    Cycle.objects.update(mode="all")
    champions.cycle.refresh_from_db()
    champions.decide()
    champions.publish()
    with django_assert_max_num_queries(12):
        anybody.get(WALL)


def test_the_organiser_opens_names_decides_and_publishes(champions: Champions, anybody: Client) -> None:
    edita = as_(champions, "edita")
    sent = {"title_sr": "Други", "opens_on": "1.1.2030", "mode": "one", "criteria": "а = 2"}
    sent |= {f"{name}_{part}": value for name, year in (("opens_on", "2098"), ("closes_on", "2099"))
             for part, value in (("day", "1"), ("month", "6"), ("year", year))}  # fmt: skip
    answer = edita.post("/exchange/awards/new/", sent)
    assert answer.status_code == 302, text(answer)
    assert edita.post("/exchange/awards/new/", {**sent, "criteria": "= 4"}).status_code == 422
    at = f"/exchange/awards/{champions.cycle.uuid}/"
    post = champions.world.accounts["jura"].pk
    answer = edita.post(f"{at}jury/?q=jura", {"posts": [str(Post.objects.get(account=post).uuid)]})
    assert answer["Location"] == at
    row = champions.agreed()
    ballot = {f"c{key}": "7" for key in champions.cycle.criteria.values_list("pk", flat=True)}
    jura, one = as_(champions, "jura"), f"/exchange/awards/nominations/{row.uuid}/"
    assert "To score" in text(jura.get(at))
    assert jura.post(one, {**ballot, next(iter(ballot)): "11"}).status_code == 422
    assert jura.post(one, ballot).status_code == 302
    assert Score.objects.count() == 2
    assert "susetka" not in text(jura.get(one))
    assert "susetka" in text(edita.get(one))
    assert "7.00 · 1 ballot" in text(edita.get(at))
    for address in ("", "prolong/", "jury/", "decide/", "publish/"):
        assert edita.get(at + address).status_code == 200
        assert as_(champions, "nada").get(at + address).status_code == 404
        assert as_(champions, "ana").get(at + address).status_code == 403
        assert anybody.get(at + address).status_code == 302
    for address in ("decide/", "publish/", "prolong/", "jury/"):
        assert jura.get(at + address).status_code == 404
    with clock.on(champions.cycle.closes_on + timedelta(days=1)):
        edita, late = as_(champions, "edita"), {f"yes-{row.uuid}": "on", f"for-{row.uuid}": "За упорност."}
        assert edita.post(f"{at}decide/", {}).status_code == 422
        assert edita.post(f"{at}decide/", late).status_code == 302
        assert edita.get(f"{one}plaque/").content.startswith(b"%PDF")
        assert edita.post(f"{at}publish/")["Location"] == WALL
    assert "Nevena" in text(anybody.get(f"{WALL}{Honour.objects.get().slug}/"))
    assert edita.post(f"{one}remove/", {"why": "withdrawn"}).status_code == 302
    assert "Nevena" not in text(anybody.get(WALL))
    assert "Nothing is kept" in text(edita.get(at))


def test_conflicts_are_said_by_the_juror_and_noted_by_the_organiser(champions: Champions) -> None:
    jura, nada = champions.jury("jura", "nada")
    row = champions.agreed(like(institution="Дом здравља Суботица"))
    one = f"/exchange/awards/nominations/{row.uuid}/"
    assert "because of a conflict" in text(as_(champions, "nada").get(one))
    assert as_(champions, "jura").post(f"{one}conflict/").status_code == 302
    assert "because of a conflict" in text(as_(champions, "jura").get(one))
    assert as_(champions, "edita").post(f"{one}conflict/", {"juror": "0"}).status_code == 422
    assert as_(champions, "edita").post(f"{one}conflict/", {"juror": str(nada.pk)}).status_code == 302
    assert as_(champions, "jura").get(f"{one}remove/").status_code == 404
    assert jura.conflicts.count() == nada.conflicts.count() == 1


def test_no_search_engine_and_no_proxy_keeps_a_champion(champions: Champions, anybody: Client) -> None:
    """As the page says on which a nominee agrees."""
    row = champions.agreed()
    (honour,) = champions.decide(row)
    champions.publish()
    for path in (WALL, f"{WALL}{honour.slug}/"):
        response = anybody.get(path)
        assert "Nevena" in text(response)
        assert response["X-Robots-Tag"].startswith("noindex")
        assert response["Cache-Control"] == "private, no-cache"
        again = anybody.get(path, headers={"if-none-match": response["ETag"]})
        assert (again.status_code, again["Cache-Control"]) == (304, "private, no-cache")
    withdraw(token=champions.to(row, "agreed"))
    for place in (WALL, "/exchange/feed.xml", "/sitemap.xml", "/exchange/data/practices.json", "/exchange/"):
        told = anybody.get(place)
        content = b"".join(told) if told.streaming else told.content
        assert not any(one.encode() in content for one in ("Nevena", "Невена", honour.slug))
