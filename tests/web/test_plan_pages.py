"""The plan on pages: written in a case, read as one plan of the child, carried on by who gives the support."""

import io
from typing import Any

import pytest
from pypdf import PdfReader

from tests.casework.plans import SECRET, SPEECH, Planned, days, service
from tests.web.panel_world import English, words
from tests.world import World
from zajedno.access.models import AuditEntry
from zajedno.casework.models import Goal, Measure
from zajedno.kernel import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def first(world: World) -> Planned:
    return Planned(world, world.child())


@pytest.fixture
def go(world: World) -> English:
    return English(world)


def of(story: Planned, rest: str = "") -> str:
    return f"/work/case/{story.case.uuid}/plan/{rest}"


def of_child(story: Planned, rest: str = "") -> str:
    return f"/work/child/{story.child.uuid}/plan/{rest}"


def form(story: Planned, **more: Any) -> dict[str, Any]:
    given = {
        "code": "speech_therapy", "legal_group": "realised", "goal": SECRET, "frequency": "twice a week",
        "responsible": str(story.world.organisations["health"].pk),
    }  # fmt: skip
    return given | more


def test_goals_are_written_changed_and_served(first: Planned, go: English) -> None:
    csaba = go("csaba")
    assert csaba.post(of(first, "goal/"), {"text": "", "whose": "child"}).status_code == 422
    wrong = csaba.post(of(first, "goal/"), {"text": "Сам једе.", "whose": "child", "icf": "x1"})
    assert wrong.status_code == 422
    assert "Сам једе." in words(wrong)
    assert "for example d166" in words(wrong)
    sent = {"text": "Сам једе.", "whose": "child", "icf": "d550"}
    assert csaba.post(of(first, "goal/"), sent).status_code == 302
    goal = Goal.objects.get()
    page = words(csaba.get(of(first)))
    assert "Сам једе." in page
    assert "Looking after oneself" in page
    assert csaba.post(of(first, f"goal/{goal.uuid}/"), sent | {"text": "Сам једе кашиком."}).status_code == 302
    assert csaba.post(of(first, "new/"), form(first, serves=str(goal.uuid))).status_code == 302
    assert first.line().goal == goal
    first.adopt()
    assert csaba.get(of(first, f"goal/{goal.uuid}/"))["Location"] == of(first, f"goal/{goal.uuid}/drop/")
    served = csaba.post(of(first, f"goal/{goal.uuid}/drop/"))
    assert served.status_code == 422
    assert "Measures serve this goal" in words(served)
    assert go("ana").get(of(first, "goal/")).status_code == 404


def test_the_cost_is_reckoned_from_price_units_and_times(first: Planned, go: English) -> None:
    bad = go("csaba").post(of(first, "new/"), form(first, units="2"))
    assert bad.status_code == 422
    assert SECRET in words(bad)
    sent = form(first, unit_price="1500,50", unit="hour", units="1,5", times="36")
    assert go("csaba").post(of(first, "new/"), sent).status_code == 302
    row = first.line()
    assert (str(row.cost), row.currency) == ("81027.00", "RSD")
    page = words(go("csaba").get(of(first, f"{row.uuid}/")))
    assert "81,027 RSD" in page
    assert "× 1.5 hour × 36" in page
    assert go("csaba").post(of(first, f"{row.uuid}/change/"), sent | {"times": "1"}).status_code == 302
    assert str(first.line().cost) == "2250.75"


def test_who_would_plan_twice_is_led_to_what_is_there_and_loses_nothing(first: Planned, go: English) -> None:
    row = first.plan()
    second = Planned(first.world, first.child, "early-support")
    csaba = go("csaba")
    assert "Already in force for this child" in words(csaba.get(of(second, "new/")))
    told = csaba.post(of(second, "new/"), form(second, responsible_person="Логопед Мира"))
    assert told.status_code == 422
    page = words(told)
    assert of_child(first, f"{row.uuid}/") in page
    assert "Логопед Мира" in page
    assert "In what is it different" in page
    assert csaba.get(of_child(first, f"{row.uuid}/")).status_code == 200
    again = csaba.post(of(second, "new/"), form(second, different="У школи, а оно је у дому здравља."))
    assert again.status_code == 302
    assert second.line().entries.get().text == "У школи, а оно је у дому здравља."


def test_what_is_in_force_can_count_here(first: Planned, go: English) -> None:
    row = first.plan()
    second = Planned(first.world, first.child, "early-support")
    csaba = go("csaba")
    assert f'value="{row.uuid}"' in words(csaba.get(of(second)))
    assert csaba.post(of(second), {"measure": str(row.uuid)}).status_code == 302
    page = words(csaba.get(of(second)))
    assert "Let it count here" not in page
    assert of(second, f"{row.uuid}/") in page
    assert csaba.get(of(second, f"{row.uuid}/")).status_code == 200
    assert csaba.post(of(second), {"measure": str(row.uuid)}).status_code == 404
    assert csaba.post(of(second), {"measure": "nothing"}).status_code == 404
    assert go("ana").post(of(second), {"measure": str(row.uuid)}).status_code in (403, 404)


def test_an_adopted_plan_is_changed_with_a_reason(first: Planned, go: English) -> None:
    first.plan()
    first.adopt()
    row, csaba = first.line(), go("csaba")
    change = of(first, f"{row.uuid}/change/")
    assert "Why is the adopted plan changed?" in words(csaba.get(change))
    assert csaba.post(change, form(first)).status_code == 422
    assert csaba.post(change, form(first, frequency="once a week", reason="Мање термина.")).status_code == 302
    page = words(csaba.get(of_child(first)))
    for said in ("Мање термина.", "once a week", "двапут недељно", "Earlier lines", "version 2"):
        assert said in page
    assert csaba.get(change).status_code == 404  # the earlier line is read only
    assert csaba.get(of(first, f"{row.uuid}/")).status_code == 200
    assert csaba.post(of(first, "new/"), form(first, code="transport", reason="Далеко је.")).status_code == 302
    assert first.line("transport").adopted_on == clock.today()


def test_a_place_is_found_given_back_or_missing(first: Planned, go: English) -> None:
    row, csaba = first.plan(), go("csaba")
    empty = words(csaba.get(of(first, f"{row.uuid}/place/")))
    assert "No service of the municipality" in empty
    full, free = service(first.world, capacity=0), service(first.world, capacity=2)
    page = words(csaba.get(of(first, f"{row.uuid}/place/")))
    assert "free places: 0 of 0" in page
    assert "free places: 2 of 2" in page
    assert csaba.post(of(first, f"{row.uuid}/place/"), {"service": ""}).status_code == 422
    none = csaba.post(of(first, f"{row.uuid}/place/"), {"service": str(full.uuid)})
    assert none.status_code == 422
    assert "no free place now" in words(none)
    assert csaba.post(of(first, f"{row.uuid}/place/"), {"service": str(free.uuid)}).status_code == 302
    assert "Speech therapist" in words(csaba.get(of(first, f"{row.uuid}/")))
    assert csaba.post(of(first, f"{row.uuid}/place/"), {"release": "1"}).status_code == 302
    unmet = of(first, f"{row.uuid}/unmet/")
    assert csaba.post(unmet, {"why": "raining"}).status_code == 422
    assert csaba.post(unmet, {"why": "no_place", "text": "Оба логопеда су пуна."}).status_code == 302
    page = words(csaba.get(of_child(first)))
    assert "The service has no free place" in page
    assert "Оба логопеда су пуна." in page
    assert "Unmet needs: 1." in page


def test_unmet_needs_are_counted_at_the_desk_of_the_commission(first: Planned, go: English) -> None:
    assert "No unmet need is recorded" in words(go("csaba").get("/panel/unmet/"))
    row = first.plan()
    go("csaba").post(of(first, f"{row.uuid}/unmet/"), {"why": "waiting"})
    page = words(go("hana").get("/panel/unmet/"))
    assert "Speech therapy" in page
    assert "Subotica" in page
    assert "The child is on a waiting list" in page
    assert of(first, f"{row.uuid}/") in page
    assert "Speech therapy" not in words(go("ana").get("/panel/unmet/"))  # a member for one case counts nothing
    assert go("besa").get("/panel/unmet/").status_code == 403


def test_who_gives_the_support_is_asked_and_answers(first: Planned, go: English) -> None:
    first.plan({**SPEECH, "since": days(0)})
    first.carry_out()
    row, besa = first.line(), go("besa")
    page = words(besa.get("/work/"))
    here = of_child(first, f"{row.uuid}/")
    assert "Support that your institution gives" in page
    assert here in page
    assert SECRET in words(besa.get(here))
    assert besa.post(here, {"state": "burnt"}).status_code == 422
    silent = besa.post(here, {"state": "running", "gain": "some"})
    assert silent.status_code == 422
    assert "Say in words" in words(silent)
    sent = {"state": "running", "gain": "some", "text": "Говори гласније.", "review_on": str(days(60))}
    assert besa.post(here, sent).status_code == 302
    assert here not in words(besa.get("/work/"))
    page = words(besa.get(here))
    assert "Говори гласније." in page
    assert "Some progress" in page


def test_the_school_reads_no_word_of_a_health_measure(first: Planned, go: English) -> None:
    first.plan({**SPEECH, "since": days(0)})
    first.carry_out()
    row = first.line()
    go("besa").post(of_child(first, f"{row.uuid}/"), {"state": "running", "text": "Налаз: муцање."})
    ana = go("ana")
    for address in (of_child(first), of_child(first, "?by=who"), of_child(first, f"{row.uuid}/"), of(first),
                    of(first, f"{row.uuid}/")):  # fmt: skip
        page = words(ana.get(address))
        assert "Speech therapy" in page, address
        assert SECRET not in page, address
        assert "муцање" not in page, address
    assert "Only for those to whom this part of the file is open" in words(ana.get(of_child(first, f"{row.uuid}/")))
    assert ana.post(of_child(first, f"{row.uuid}/"), {"state": "done"}).status_code == 404
    text = pdf_of(ana.get(of_child(first, "paper/")))
    assert "Speech therapy" in text
    assert SECRET not in text


def pdf_of(response: Any) -> str:
    assert response["Content-Type"] == "application/pdf"
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages)


def test_the_plan_is_printed_with_what_the_child_and_the_parent_think(first: Planned, go: English) -> None:
    first.plan({**SPEECH, "cost": 1200, "payer": "municipality"})
    csaba = go("csaba")
    assert csaba.post(of(first, "view/"), {"whose": "child", "text": "", "told_on": "2099-01-01"}).status_code == 422
    later = csaba.post(of(first, "view/"), {"whose": "child", "text": "Волим да идем.", "told_on": "2099-01-01"})
    assert later.status_code == 422
    assert "Волим да идем." in words(later)
    sent = {"whose": "child", "text": "Волим да идем.", "told_on": str(days(0))}
    assert csaba.post(of(first, "view/"), sent).status_code == 302
    assert "Волим да идем." in words(csaba.get(of(first)))
    text = pdf_of(csaba.get(of_child(first, "paper/")))
    for said in ("Ђорђе Њежић", "Speech therapy", "1,200 RSD", "Municipality", "Волим да идем.", "Without a goal"):
        assert said in text


@pytest.mark.parametrize("language", ["sr", "sr-latn", "bs"])
def test_the_plan_is_printed_in_each_language(first: Planned, language: str) -> None:
    first.plan()
    client = English(first.world)("csaba")
    response = client.get(of_child(first, "paper/"), headers={"accept-language": language})
    said = {"sr": "Третман логопеда", "sr-latn": "Tretman logopeda", "bs": "Tretman logopeda"}
    assert said[language] in pdf_of(response)


def test_opening_the_plan_is_recorded_and_only_ties_with_the_plan_open_it(first: Planned, go: English) -> None:
    first.plan()
    before = AuditEntry.objects.filter(verb="children.open_file").count()
    assert go("hana").get(of_child(first)).status_code == 200
    assert AuditEntry.objects.filter(verb="children.open_file").count() == before + 1
    assert go("dino").get(of_child(first)).status_code in (403, 404)
    assert go("besa").get(of_child(first)).status_code == 404
    first.world.child("Маја", "Савић")
    other = Measure.objects.get()
    assert go("hana").get(f"/work/child/{first.world.child('Ана', 'Аић').uuid}/plan/{other.uuid}/").status_code == 404


def test_an_empty_plan_says_what_to_do(first: Planned, go: English) -> None:
    page = words(go("csaba").get(of_child(first)))
    assert "Nothing is planned yet" in page
    assert of(first) in page
