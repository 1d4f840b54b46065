"""A network sets a target, sees it at once on every chart and file, and ends it; protected figures make no claim."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.utils.translation import override

from tests.networks.bodies import Bodies
from tests.web.figures_world import Released, country, opinions
from tests.web.panel_world import English, words
from tests.world import World
from zajedno.access.models import AuditEntry
from zajedno.figures.logic.figure import Figure, Said
from zajedno.figures.logic.target import Aim
from zajedno.figures.models import Target
from zajedno.kernel import clock
from zajedno.places.models import Post, Territory
from zajedno.web.shared.figures import sentences
from zajedno.web.shared.figures.told import Told

pytestmark = pytest.mark.django_db
CODE, TOWN = "opinions_in_time", "80438"
PAGE, LIST = f"/network/figures/{CODE}/?place={TOWN}&period=2025", "/network/figures/targets/"
SET = f"{LIST}{CODE}/?place={TOWN}"
NEXT = str(clock.today().year + 1)
GOOD = {"value": "90", "until": NEXT, "baseline": "42", "since": "2023", "source": "План мреже, стр. 4",
        "link": "https://subotica.invalid/plan"}  # fmt: skip


@pytest.fixture
def released(world: World) -> Released:
    country(world)
    keeper = Bodies(world).keeper
    keeper.territory = Territory.objects.get(code=TOWN)
    keeper.save()
    made = opinions()
    made.define(CODE, target=None)
    return made


def test_a_network_sets_a_target_and_every_reader_sees_it_at_once(released: Released, go: English) -> None:
    csaba = go("csaba")
    before = words(csaba.get(PAGE))
    assert "The target" not in before
    assert f"{LIST}{CODE}/?place={TOWN}" in before
    wrong = csaba.post(SET, GOOD | {"value": "130"})
    assert wrong.status_code == 422
    page = words(wrong)
    assert "A share is a number from 0 to 100." in page
    assert 'value="130"' in page
    assert "План мреже, стр. 4</textarea>" in page
    assert csaba.post(SET, GOOD).status_code == 302
    after = words(csaba.get(PAGE))
    for text in (
        f"The target of 90\u00a0% by the end of {NEXT} is not met yet.", "From 42\u00a0% in 2023 to 66\u00a0% in 2025.",
        "That is half of the way.", f"target 90 by {NEXT}", "План мреже, стр. 4", "https://subotica.invalid/plan",
        "Set another target",
    ):  # fmt: skip
        assert text in after, text
    assert f"90\u00a0% by the end of {NEXT}" in words(csaba.get(f"/network/figures/?place={TOWN}"))
    public = words(go("eva").get(f"/places/{TOWN}/figures/{CODE}/?period=2025"))
    assert "That is half of the way." in public
    assert "Set another target" not in public
    lines = csaba.get(f"/network/figures/{CODE}/trend.csv?place={TOWN}").content.decode("utf-8-sig").splitlines()
    told = dict(zip(lines[0].split(";"), lines[-1].split(";"), strict=True))
    assert (told["Target"], told["Target by"], told["Whose target"], told["Baseline"]) == ("90", NEXT, TOWN, "42")


def test_a_target_ends_with_a_reason_and_stays_in_the_list(released: Released, go: English) -> None:
    csaba = go("csaba")
    csaba.post(SET, GOOD)
    csaba.post(SET, GOOD | {"value": "95", "baseline": "", "since": ""})
    row = Target.objects.get(ended_on=None)
    listed = words(csaba.get(LIST))
    for text in ("95\u00a0%", "Another target followed.", "is not met yet.", f"{LIST}{row.uuid}/end/"):
        assert text in listed, text
    end = f"{LIST}{row.uuid}/end/"
    assert csaba.post(end, {"why": ""}).status_code == 422
    assert csaba.post(end, {"why": "Скупштина је одлучила друкчије."}).status_code == 302
    assert "Скупштина је одлучила друкчије." in words(csaba.get(LIST))
    assert "The target" not in words(csaba.get(PAGE))
    assert csaba.post(end, {"why": "Опет"}).status_code == 422
    assert AuditEntry.objects.filter(verb="figures.set_target").count() == 3


def test_of_what_it_lies_in_and_set_by_the_administrator(released: Released, go: English, world: World) -> None:
    Post.objects.create(account=world.accounts["jelena"], organisation=world.organisations["ministry"],
                        role_id="platform-administrator", since=date(2020, 1, 1))  # fmt: skip
    admin = go("jelena")
    asked = admin.get("/manage/targets/new/", {"place": "RS", "indicator": CODE})
    assert asked.headers["Location"] == f"/manage/targets/{CODE}/?place=RS"
    assert admin.post(asked.headers["Location"], GOOD | {"value": "70"}).status_code == 302
    assert "70\u00a0%" in words(admin.get("/manage/targets/"))
    page = words(go("csaba").get(PAGE))
    assert f"The target of 70\u00a0% by the end of {NEXT} (Srbija) is not met yet." in page
    assert f"target 70 by {NEXT} (Srbija)" in page
    assert re.search(r"Set a target(?! for)", page)
    eva = words(go("eva").get("/monitor/targets/"))
    assert "70\u00a0%" in eva
    assert "End this target" not in eva


def test_report_and_programs_tell_it_too(released: Released, go: English, world: World) -> None:
    csaba = go("csaba")
    csaba.post(SET, GOOD)
    body = Bodies(world).set_up()
    page = words(csaba.get(f"/network/bodies/{body.uuid}/year/{clock.today().year}/"))
    assert "План мреже, стр. 4" in page
    assert "42\u00a0%" in page
    told = Client().get("/api/1/targets?country=RS").json()["contents"]
    assert [(one["indicator"], one["place"], one["value"], one["baseline"]) for one in told] == [(CODE, TOWN, 90, 42)]
    assert "set_by" not in told[0]


def test_who_may_not_set_one_is_refused(released: Released, go: English) -> None:
    for who, status in (("ana", 403), ("eva", 403), ("dino", 403)):
        assert go(who).post(SET, GOOD).status_code == status
    csaba = go("csaba")
    assert csaba.post(f"{LIST}{CODE}/?place=RS", GOOD).status_code == 403
    for lost in (f"{LIST}{CODE}/?place=80012", f"{LIST}unknown/?place={TOWN}"):
        assert csaba.post(lost, GOOD).status_code == 404
    assert csaba.get("/manage/targets/").status_code == 403
    assert not Target.objects.exists()


def test_what_is_protected_makes_no_claim() -> None:
    with override("en"):
        aim = Aim(Decimal(90), "2027", "80438", Decimal(45), "2023")
        told = Told("k2", "Opinions", unit="%", better="higher", target=aim)
        for figure in (
            Figure("k2", "80438", "2025", Said.BETWEEN, low=Decimal(60), high=Decimal(100)),
            Figure("k2", "80438", "2025", Said.WITHHELD),
            Figure("k2", "80438", "2025", Said.EXACT, value=Decimal(95), is_small=True),
        ):
            lines = sentences.said(told, figure, None)
            assert lines[-1] == "The target is 90\u00a0% by the end of 2027."
            assert not any("met" in line or "way" in line for line in lines)
            assert sentences.progress(told, figure) == ["This figure does not carry a claim."]
        met = Figure("k2", "80438", "2025", Said.EXACT, value=Decimal(95))
        assert sentences.progress(told, met) == ["The target of 90\u00a0% by the end of 2027 is met."]
        worse = Figure("k2", "80438", "2028", Said.EXACT, value=Decimal(40))
        assert sentences.progress(told, worse)[0] == "The target of 90\u00a0% by the end of 2027 is not met."
        assert sentences.progress(told, worse)[-1] == "That is away from the target."
        neither = Told("o1", "Plans", unit="%", better="neither", target=aim)
        assert sentences.said(neither, met, None)[-1] == "The target is 90\u00a0% by the end of 2027."
