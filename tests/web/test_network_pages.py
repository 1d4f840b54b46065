"""The pages of the network's desk, with right and wrong people."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.networks.world import INSTITUTION, SELF, TIES, Network
from tests.web.panel_world import English, words
from tests.world import World
from zajedno.kernel import clock
from zajedno.kernel.clock import today
from zajedno.networks.models import Consensus, Respondent, Round, RoundSheet
from zajedno.places.models import Post

pytestmark = pytest.mark.django_db
UNKNOWN = "0d6f3f2e-7f59-4c1b-9d0e-6f2f6a0c1234"


@pytest.fixture
def network(world: World) -> Network:
    return Network(world)


def days(name: str, plus: int) -> dict[str, str]:
    day = today() + timedelta(days=plus)
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


def at(row: Round, rest: str = "") -> str:
    return f"/network/rounds/{row.uuid}/{rest}"


def closed(network: Network, levels: str = "013") -> Round:
    """Three people gave these levels of `anchoring`."""
    people = ("ana", "doctor", "worker")
    row = network.open(SELF, *people)
    for who, level in zip(people, levels, strict=True):
        network.answer(row, who, anchoring=level, anchoring_evidence=f"Доказ {level}")
    network.close(row)
    return row


def test_the_desk_opens_for_people_of_networks(network: Network, go: English) -> None:
    for who in ("csaba", "ana", "worker"):
        page = go(who).get("/network/")
        assert page.status_code == 200
        assert 'href="/network/" aria-current="true"' in words(page)
    for who in ("dino", "eva", "goran"):
        assert go(who).get("/network/").status_code == 403
    assert Client().get("/network/").headers["Location"] == "/login/?next=/network/"
    assert go("worker").get("/after-login/").headers["Location"] == "/network/"


def test_a_round_from_opening_to_what_was_agreed(network: Network, go: English) -> None:
    coordinator = go("csaba")
    form = f"{network.organisation.pk} {SELF}"
    sent = {"form": form, "title": "Јесен", **days("opens_on", 0), **days("closes_on", 14)}
    assert coordinator.post("/network/rounds/new/", sent).status_code == 302
    row = Round.objects.get()
    posts = Post.objects.filter(account__in=[network.world.accounts[who] for who in ("ana", "doctor", "worker")])
    invited = coordinator.post(at(row, "people/"), {"posts": [str(one.uuid) for one in posts]}, follow=True)
    assert "3 people are invited." in words(invited)
    assert "1 missing" in words(invited)
    for who, level in (("ana", "1"), ("doctor", "2"), ("worker", "2")):
        fill(go(who), row, level)
    assert "1 missing" not in words(coordinator.get(at(row)))
    assert "3 of 3 have answered" in words(coordinator.get(at(row, "close/")))
    page = words(coordinator.post(at(row, "close/"), follow=True))
    assert "1.67" in page
    settled = {"value": "2", "evidence": "Одлука скупштине"}
    page = words(coordinator.post(f"/network/results/{row.uuid}/settle/anchoring/", settled, follow=True))
    assert "Одлука скупштине" in page
    assert "Strengths" in page
    assert "Одлука скупштине" in words(go("ana").get(f"/network/results/{row.uuid}/"))


def fill(client: Client, row: Round, level: str) -> None:
    """Through the pages of the form, each with what it asks."""
    draft = client.post(at(row, "answer/"))
    address = draft.headers["Location"]
    index = words(client.get(address))
    pages = dict.fromkeys(re.findall(rf'href="{address}([\w.-]+)/"', index))
    for page in pages:
        if page not in ("check", "drop"):
            fields = {"data_about_anchoring_anchoring": level} if page == "2" else {"data_voice": "own"}
            client.post(f"{address}{page}/", fields)
    page = words(client.get(f"{address}check/"))
    assert "Nobody else sees your answers beside your name." in page
    assert client.post(f"{address}check/").headers["Location"] == at(row)


def test_answers_are_corrected_with_a_reason_and_read_again(network: Network, go: English) -> None:
    row, ana = network.open(SELF, "ana"), go("ana")
    network.answer(row, "ana", anchoring="1")
    assert "Put your answers right" in words(ana.get(at(row)))
    address = ana.post(at(row, "answer/")).headers["Location"]
    ana.post(f"{address}2/", {"data_about_anchoring_anchoring": "3"})
    assert ana.post(f"{address}check/", {"reason": ""}).status_code == 422
    assert ana.post(f"{address}check/", {"reason": "Погрешан ред."}).status_code == 302
    assert RoundSheet.objects.count() == 2
    assert "Погрешан ред." in words(ana.get(at(row, "sent/")))
    for paper in ("paper/", "sent/paper/"):
        assert ana.get(at(row, paper)).content.startswith(b"%PDF-")
    draft = ana.post(at(row, "answer/")).headers["Location"]
    assert ana.get(f"{draft}drop/").status_code == 200
    assert ana.post(f"{draft}drop/").headers["Location"] == at(row)


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"title": ""}, "Fill in “Title of the round”."),
        ({"form": "1 nothing"}, "Select a valid choice"),
        (days("opens_on", -2), "The round begins today or later"),
        (days("closes_on", -3), "The round begins today or later"),
    ],
)
def test_a_round_that_is_not_taken_comes_back_filled(
    network: Network, go: English, sent: dict[str, str], told: str
) -> None:
    good = {
        "form": f"{network.organisation.pk} {SELF}",
        "title": "Јесен",
        **days("opens_on", 0),
        **days("closes_on", 14),
    }
    page = go("csaba").post("/network/rounds/new/", good | sent)
    assert page.status_code == 422
    assert told in words(page)
    assert not Round.objects.exists()


def test_who_may_not_open_is_told_and_a_form_must_be_in_use(network: Network, go: English) -> None:
    assert go("ana").get("/network/rounds/new/").status_code == 403
    page = words(go("csaba").get("/network/rounds/new/"))
    assert page.count('type="radio"') == 3  # two of self-evaluation, one of collaboration; none about a child
    network.world.organisations["network"].posts.update(organisation=network.world.organisations["ngo"])
    assert "No form about networks is in use" in words(go("csaba").get("/network/rounds/new/"))


def test_people_are_searched_by_name_and_institution(network: Network, go: English) -> None:
    row = network.open()
    assert "Дом здравља Палић" not in words(go("csaba").get(at(row, "people/?q=vukovic")))
    assert "Vuković" in words(go("csaba").get(at(row, "people/?q=vukovic"))) or "Вуковић" in words(
        go("csaba").get(at(row, "people/?q=vukovic"))
    )
    assert "Nobody fits." in words(go("csaba").get(at(row, "people/?q=zzz")))
    assert go("csaba").post(at(row, "people/"), {"posts": [UNKNOWN]}).status_code == 422


def test_reminding_says_to_how_many(network: Network, go: English) -> None:
    row = network.open(SELF, "ana", "worker")
    assert "was written to today already" in words(go("csaba").post(at(row, "remind/"), follow=True))
    with clock.on(today() + timedelta(days=1)):
        page = words(go("csaba").post(at(row, "remind/"), follow=True))
    assert "2 people were reminded." in page
    assert "Reminded on" in page


def test_the_last_day_is_moved(network: Network, go: English) -> None:
    row = network.open()
    assert go("csaba").post(at(row, "time/"), days("closes_on", -1)).status_code == 422
    assert go("csaba").post(at(row, "time/"), days("closes_on", 40)).status_code == 302
    assert Round.objects.get().closes_on == today() + timedelta(days=40)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("who", ["worker", "ana"])
def test_a_foreign_and_an_invented_round_are_the_same(network: Network, go: English, who: str, method: str) -> None:
    """To somebody who answers elsewhere; Ana, who is asked in it, cannot run it."""
    row = network.open(SELF, "ana", "doctor")
    elsewhere = network.open(SELF, "worker")
    assert go("worker").get(at(elsewhere)).status_code == 200
    pages = ["people/", "remind/", "time/", "close/"] + ([""] if who == "worker" else [])
    for rest in [*pages, *(["answer/", "sent/", "sent/paper/", "paper/"] if who == "worker" else [])]:
        told = [_answer(go(who), method, f"/network/rounds/{uuid}/{rest}") for uuid in (row.uuid, UNKNOWN)]
        assert told[0] == told[1], rest
        assert told[0][0] in (404, 302), rest


def test_a_foreign_and_an_invented_outcome_or_draft_are_the_same(network: Network, go: English) -> None:
    row = closed(network)
    other = network.open(SELF, "ana")
    draft = go("ana").post(at(other, "answer/")).headers["Location"].split("/")[-2]
    for address, real in (
        ("/network/results/{}/", row.uuid), ("/network/results/{}/settle/anchoring/", row.uuid),
        ("/network/sheet/{}/", draft), ("/network/sheet/{}/check/", draft), ("/network/sheet/{}/drop/", draft),
    ):  # fmt: skip
        told = [_answer(go("parent"), "get", address.format(uuid)) for uuid in (real, UNKNOWN)]
        assert told[0] == told[1]
        assert told[0][0] == 404
    assert go("ana").get(f"/network/results/{row.uuid}/settle/anchoring/").status_code == 404
    assert go("csaba").get(f"/network/results/{row.uuid}/settle/nothing/").status_code == 404
    assert go("csaba").get(f"/network/results/{other.uuid}/").status_code == 404


def _answer(client: Client, method: str, address: str) -> tuple[int, str, int]:
    with CaptureQueriesContext(connection) as queries:
        response = getattr(client, method)(address)
    uuid = address.split("/")[3]
    return (
        response.status_code,
        words(response).replace(uuid, "") + response.headers.get("Location", "").replace(uuid, ""),
        len(queries),
    )


def test_no_answer_stands_beside_a_name(network: Network, go: English) -> None:
    row = closed(network)
    for who in ("csaba", "doctor"):
        page = words(go(who).get(f"/network/results/{row.uuid}/"))
        assert "1.33" in page
        assert not [name for name in ("Ана", "Особа worker", "Доказ") if name in page]
    assert "Доказ 3" in words(go("csaba").get(f"/network/results/{row.uuid}/settle/anchoring/"))
    page = words(go("csaba").get(at(row)))
    assert "Answered" in page
    assert "Доказ" not in page


def test_of_two_answers_no_mean_is_shown(network: Network, go: English) -> None:
    row = network.open(SELF, "ana", "worker")
    for who in ("ana", "worker"):
        network.answer(row, who, anchoring="3")
    assert "With fewer than three answers" in words(go("csaba").get(at(row, "close/")))
    network.close(row)
    page = words(go("ana").get(f"/network/results/{row.uuid}/"))
    assert "fewer than three answers" in page
    assert "0–2" in page
    assert "3.00" not in page


def test_a_round_that_nobody_answered_says_so(network: Network, go: English) -> None:
    row = network.open(TIES, "ana")
    page = words(go("csaba").post(at(row, "close/"), follow=True))
    assert "Nobody has answered." in page


def test_evidence_is_demanded_and_what_was_agreed_before_stays_readable(network: Network, go: English) -> None:
    row, address = closed(network), "/network/results/{}/settle/anchoring/"
    page = go("csaba").post(address.format(row.uuid), {"value": "1", "evidence": " "})
    assert (page.status_code, Consensus.objects.count()) == (422, 0)
    for evidence in ("Прва реч", "Друга реч"):
        go("csaba").post(address.format(row.uuid), {"value": "1", "evidence": evidence})
    page = words(go("csaba").get(address.format(row.uuid)))
    assert "Прва реч" in page
    assert "Csaba Nagy" in page


def test_the_outcome_is_compared_with_the_earlier_round(network: Network, go: English) -> None:
    closed(network, "000")
    row = closed(network, "222")
    page = words(go("worker").get(f"/network/results/{row.uuid}/"))
    assert "+2.00" in page
    assert "Changes are since the earlier round" in page


def test_an_outcome_is_taken_out(network: Network, go: English) -> None:
    row = closed(network)
    address = f"/network/results/{row.uuid}/export/"
    assert go("ana").get(address).status_code == 302
    for kind, media in (("csv", "text/csv"), ("xlsx", "officedocument")):
        answer = go("ana").post(address, {"kind": kind})
        assert media in answer.headers["Content-Type"]
        assert answer.headers["Content-Disposition"] == f'attachment; filename="round-{today()}.{kind}"'


def test_a_collaboration_shows_institutions(network: Network, go: English) -> None:
    row = network.open(TIES, "ana", "doctor", "worker")
    for who in ("ana", "doctor", "worker"):
        client = go(who)
        address = client.post(at(row, "answer/")).headers["Location"]
        shown = re.findall(r'name="(data_partners-\d_partner)" value="([^"]*)"', words(client.get(f"{address}2/")))
        turns = {f"data_partners-{n}_{name}": value for n in (1, 2) for name, value in
                 {"intensity": "3", "trust": "2", "value": "2"}.items()}  # fmt: skip
        client.post(f"{address}2/", dict(shown) | turns)
        assert client.post(f"{address}check/").status_code == 302
    network.close(row)
    page = words(go("doctor").get(f"/network/results/{row.uuid}/"))
    assert "Who works with whom" in page
    assert "Dom zdravlja Palić" in page
    assert "Closeness of two" in page
    assert "100 %" in page
    assert "Trust of two" not in page


def test_an_institution_evaluates_itself_question_by_question(network: Network, go: English) -> None:
    row = network.open(INSTITUTION, "ana", "doctor", "worker")
    for who in ("ana", "doctor", "worker"):
        client = go(who)
        address = client.post(at(row, "answer/")).headers["Location"]
        client.post(f"{address}2/", {"data_section_a1_welcome": "2", "data_section_a1_helping": "1"})
        assert client.post(f"{address}check/").status_code == 302
    network.close(row)
    page = words(go("csaba").get(f"/network/results/{row.uuid}/"))
    assert f"/network/results/{row.uuid}/settle/welcome/" in page
    assert "Question by question" in page
    assert "/settle/" not in words(go("ana").get(f"/network/results/{row.uuid}/"))


def test_queries_do_not_grow_with_the_people(network: Network, go: English) -> None:
    counts = []
    for people in (("ana",), ("ana", "doctor", "worker", "clerk", "parent")):
        row = network.open(SELF, *people)
        client = go("csaba")
        client.get(at(row))
        with CaptureQueriesContext(connection) as queries:
            client.get(at(row))
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert Respondent.objects.count() == 6
