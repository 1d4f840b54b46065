"""The pages of sustainability, trainings, next steps, the map and the comparison, with right and wrong people."""

import re
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.networks.bodies import Bodies, later
from tests.networks.test_compare import elsewhere, rounds, survey
from tests.networks.test_lasting import level, log
from tests.networks.world import TIES, Network
from tests.places import factories as places
from tests.programmes.money import Money
from tests.web.panel_world import English, words
from tests.web.test_network_pages import days
from tests.world import World
from zajedno.access.models import AuditEntry
from zajedno.kernel.clock import today
from zajedno.networks.models import NextStep, SustainabilityLevel, Training, TrainingEffect
from zajedno.places.models import Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def network(world: World) -> Network:
    return Network(world)


def at(network: Network, rest: str = "") -> str:
    return f"/network/lasting/{network.organisation.uuid}/{rest}"


def test_a_level_is_written_down_and_read_by_members(network: Network, go: English) -> None:
    coordinator = go("csaba")
    page = words(coordinator.get(at(network)))
    assert page.count("Not looked at") == 10
    wrong = coordinator.post(at(network, "budget/"), {"level": "2", "evidence": "", **days("holds_on", 0)})
    assert wrong.status_code == 422
    assert 'value="2" checked' in re.sub(r"\s+", " ", words(wrong))
    for value in ("1", "2"):
        sent = {"level": value, "evidence": f"Одлука {value}", **days("holds_on", int(value) - 3)}
        assert coordinator.post(at(network, "budget/"), sent).headers["Location"] == at(network)
    page = words(go("doctor").get(at(network)))
    assert "2: Works" in page
    assert "Одлука 2" in page
    assert "<svg" in page
    page = words(go("doctor").get(at(network, "budget/")))
    assert "Одлука 1" in page
    assert '<form method="post" novalidate' not in page
    listed = words(coordinator.get("/network/lasting/"))
    assert "1 of 10" in listed


@pytest.mark.parametrize(("who", "status"), [("doctor", 403), ("far", 404), ("eva", 403), ("dino", 403)])
def test_nobody_else_writes(network: Network, go: English, who: str, status: int) -> None:
    row = log(network)
    sent = {"level": "2", "evidence": "x", **days("holds_on", 0)}
    assert go(who).post(at(network, "budget/"), sent).status_code == status
    assert go(who).get(at(network, "trainings/new/")).status_code == status
    assert go(who).get(f"/network/trainings/{row.uuid}/correct/").status_code == status
    effect = {"text": "x", **days("found_on", 0)}
    assert go(who).post(f"/network/trainings/{row.uuid}/", effect).status_code == status
    assert not SustainabilityLevel.objects.exists()
    assert (Training.objects.count(), TrainingEffect.objects.count()) == (1, 0)


def test_a_dimension_that_is_none_has_no_page(network: Network, go: English) -> None:
    assert go("csaba").get(at(network, "weather/")).status_code == 404


def test_what_threatens_the_network_is_said_first(network: Network, go: English) -> None:
    assert "Nobody coordinates" not in words(go("doctor").get(at(network)))
    Post.objects.filter(role="network-coordinator").update(until=Post.objects.first().since)
    assert "Nobody coordinates the network now." in words(go("doctor").get(at(network)))


def test_a_training_from_writing_to_what_changed(network: Network, go: English) -> None:
    coordinator = go("csaba")
    sent = {"kind": "mentoring", "topic": "Рано препознавање", "led_by": "Дом здравља", **days("held_on", -5)}
    nobody = coordinator.post(at(network, "trainings/new/"), sent)
    assert nobody.status_code == 422
    assert "Say how many people took part" in words(nobody)
    assert "Рано препознавање" in words(nobody)
    counted = {**sent, "count_education": "12", "count_health": "4"}
    assert coordinator.post(at(network, "trainings/new/"), counted).status_code == 302
    row = Training.objects.get()
    here = f"/network/trainings/{row.uuid}/"
    assert coordinator.post(here, {"text": "Упити стижу раније", **days("found_on", 0)}).status_code == 302
    right = coordinator.post(f"{here}correct/", {**counted, "count_health": "3"})
    assert right.status_code == 302
    assert "This was put right." in words(coordinator.get(here))
    page = words(go("worker").get(at(network, "trainings/")))
    assert "Упити стижу раније" in page
    assert re.search(r"Рано препознавање.*>15<", page, re.DOTALL)
    assert "Write down a training" not in page
    page = words(go("worker").get(right.headers["Location"]))
    assert "Education: 12" in page
    assert "Health: 3" in page


def test_the_map_is_drawn_of_institutions(network: Network, go: English) -> None:
    row = survey(network)
    results = words(go("doctor").get(f"/network/results/{row.uuid}/"))
    assert f"/network/results/{row.uuid}/map/" in results
    page = words(go("doctor").get(f"/network/results/{row.uuid}/map/"))
    assert page.count('class="z-net__dot ') == 3
    assert 'class="z-net__tie"' in page
    assert "<title id=" in page
    assert "Dom zdravlja Palić" in page
    assert "1 name that is no institution known here is not drawn." in page
    assert "Marija" not in page
    assert "33 %" in page  # two of the six ties that three could say
    for person in ("Особа", "Osoba", "Вуковић", "Vuković"):
        assert person not in page.split("<main")[1]
    assert go("clerk").get(f"/network/results/{row.uuid}/map/").status_code == 404
    assert go("eva").get(f"/network/results/{row.uuid}/map/").status_code == 403
    other = f"/network/results/{rounds(network).uuid}/"
    assert go("csaba").get(f"{other}map/").headers["Location"] == other  # nothing to draw


def test_a_map_of_nobody_says_so(network: Network, go: English) -> None:
    row = network.open(TIES, "ana")
    network.close(row)
    page = words(go("csaba").get(f"/network/results/{row.uuid}/"))
    assert "/map/" not in page


def test_steps_are_added_taken_back_and_taken_out(network: Network, go: English) -> None:
    row = rounds(network, "0")
    here = f"/network/results/{row.uuid}/steps/"
    coordinator = go("csaba")
    assert coordinator.post(here, {"text": ""}).status_code == 422
    sent = {"item": "anchoring", "text": "Предложити одлуку", "responsible": "Градска управа", **days("due_on", 30)}
    assert coordinator.post(here, sent).status_code == 302
    member = go("doctor")
    page = words(member.get(here))
    assert "Предложити одлуку" in page
    assert "Add a step" not in page
    out = member.post(f"{here}export/")
    assert out.headers["Content-Type"] == "text/csv"
    assert "Предложити одлуку" in out.content.decode()
    assert member.get(f"{here}export/").headers["Location"] == here
    step = NextStep.objects.get()
    assert member.post(f"{here}{step.uuid}/back/").status_code == 403
    assert member.post(here, sent).status_code == 403
    assert go("clerk").get(here).status_code == 404
    assert coordinator.post(f"{here}{step.uuid}/back/").status_code == 302
    assert not NextStep.objects.exists()


def test_a_round_stands_beside_earlier_ones_and_others(network: Network, go: English) -> None:
    first, second = rounds(network, "1"), rounds(network, "3")
    elsewhere(network, 2, "2")
    page = words(go("doctor").get(f"/network/results/{second.uuid}/compare/"))
    assert "2 other networks have closed a round with this form." in page
    assert "Mean of others" not in page
    elsewhere(network, 3, "1.5")
    page = words(go("doctor").get(f"/network/results/{second.uuid}/compare/"))
    assert re.search(r"Legal anchoring.*1\.00.*3\.00.*1\.7", page, re.DOTALL)
    assert "Мрежа x-" not in page
    assert "3.00" not in words(go("doctor").get(f"/network/results/{first.uuid}/compare/")).split("Mean of others")[1]


def twenty(network: Network) -> None:
    for number in range(20):
        places.organisation(f"Мрежа {number:02}", kind=network.organisation.kind, code=f"n-{number}")


def test_eva_compares_networks_on_one_page(network: Network, go: English) -> None:
    twenty(network)
    rounds(network, "2")
    level(network, "budget", 3)
    eva = go("eva")
    page = words(eva.get("/monitor/networks/"))
    assert page.count("Mreža 0") + page.count("Mreža 1") == 40  # twenty, in both tables
    assert "data-sortable" in page
    assert "3.00" in page
    assert "Одлука о буџету" not in page  # the evidence is for members
    for person in ("Csaba", "Особа", "Osoba"):
        assert person not in page
    out = eva.post("/monitor/networks/export/")
    lines = out.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 22
    assert lines[0].startswith("Network;Municipality;Sustainability (0–3);")
    book = eva.post("/monitor/networks/export/", {"kind": "xlsx"})
    rows = list(load_workbook(BytesIO(book.content)).active.iter_rows(values_only=True))
    assert len(rows) == 22
    assert rows[0][:3] == ("Network", "Municipality", "Sustainability (0–3)")
    assert None in rows[1]  # what is not known is empty, never nought
    assert AuditEntry.objects.filter(verb="networks.compare").count() == 2
    assert eva.post("/monitor/networks/export/", {"kind": "exe"}).status_code == 422
    assert eva.get("/after-login/").headers["Location"] == "/monitor/"


@pytest.mark.parametrize("who", ["csaba", "doctor", "dino", "ana"])
def test_nobody_else_compares(network: Network, go: English, who: str) -> None:
    for answer in (go(who).get("/monitor/networks/"), go(who).post("/monitor/networks/export/")):
        assert answer.status_code == 403


def test_eva_comes_nowhere_near_a_network(network: Network, go: English) -> None:
    row = rounds(network)
    addresses: list[Any] = ["/network/", at(network), at(network, "trainings/"), f"/network/results/{row.uuid}/"]
    assert [go("eva").get(one).status_code for one in addresses] == [403] * 4


def test_what_threatens_is_told_from_facts(network: Network, go: English) -> None:
    year = today().year + 1
    page = words(go("doctor").get(at(network)))
    assert "Next year’s budget has no line for the network." in page
    assert "Nobody sits in the body of the network yet." in page
    bodies, purse = Bodies(network.world), Money(network.world)
    row = bodies.set_up(mandate_from=later(-900), mandate_until=later(-10))
    bodies.seat(row, "ana", "school")
    purse.line(purse.budget(year=year))
    page = words(go("doctor").get(at(network)))
    assert "The mandate of the network ended on" in page
    assert "The coordinator’s seat in the body of the network is empty." in page
    assert "Next year’s budget has no line" not in page
    assert "Nobody sits in the body" not in page
    assert "Ана Вуковић" not in page.split("<main")[1]  # numbers alone
