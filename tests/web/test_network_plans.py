"""Action plans and programmes at the network's desk, with right and wrong people."""

import re
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import docx
import pytest
from django.conf import settings
from pypdf import PdfReader

from tests.indicators.plans import Plans
from tests.networks.world import SELF, Network
from tests.programmes.planning import Planning, parts
from tests.web.panel_world import English, words
from tests.web.test_network_pages import days
from tests.world import World
from zajedno.indicators.actions import release_cost
from zajedno.kernel import clock
from zajedno.kernel.clock import today
from zajedno.kernel.money import Money
from zajedno.places.models import Population, Post
from zajedno.programmes.actions import plan_part, programme
from zajedno.programmes.models import BeforeAfter, Plan, Programme, Session

pytestmark = pytest.mark.django_db
PLANS, PROGRAMMES = "/network/plans/", "/network/programmes/"


@pytest.fixture
def planning(world: World) -> Planning:
    return Planning(world)


def at(row: Plan | Programme, rest: str = "") -> str:
    return f"{PLANS if isinstance(row, Plan) else PROGRAMMES}{row.uuid}/{rest}"


def whole_year(name: str, year: int, first: bool) -> dict[str, str]:
    day, month = (1, 1) if first else (31, 12)
    return {f"{name}_day": str(day), f"{name}_month": str(month), f"{name}_year": str(year)}


def activity(planning: Planning, year: int, **fields: str) -> dict[str, str]:
    return {
        "text": "Радионице", "indicator": "12 радионица", "responsible": str(planning.keeper.pk), "amount": "1.200,50",
        "currency": "EUR", "budget_line": "0902-0001", **whole_year("begins_on", year, True),
        **whole_year("ends_on", year, False), **fields,
    }  # fmt: skip


def test_from_the_first_word_to_progress(planning: Planning, go: English) -> None:
    csaba, year = go("csaba"), today().year
    sent = {"title": "Акциони план", "territory": str(planning.keeper.territory_id), "first_year": str(year)}
    assert csaba.post(f"{PLANS}new/", sent | {"years": "3"}).status_code == 302
    row = Plan.objects.get()
    assert (row.years, row.last_year) == (3, year + 2)
    assert csaba.post(at(row, "goals/new/"), {"text": "Свако дете има подршку"}).status_code == 302
    goal = row.goals.get()
    assert csaba.post(at(row, f"parts/{goal.uuid}/add/"), {"text": "Подршка родитељима"}).status_code == 302
    measure = goal.measures.get()
    again = csaba.post(at(row, f"parts/{measure.uuid}/add/"), activity(planning, year, indicator=""))
    assert again.status_code == 422
    assert "1.200,50" in words(again)
    outside = csaba.post(at(row, f"parts/{measure.uuid}/add/"), activity(planning, year + 9))
    assert "The activity lies outside the years of the plan." in words(outside)
    assert csaba.post(at(row, f"parts/{measure.uuid}/add/"), activity(planning, year)).status_code == 302
    made = measure.activities.get()
    assert made.money == Money(Decimal("1200.50"), "EUR")
    page = words(csaba.get(at(row)))
    for text in ("1.1.1 Радионице", "0902-0001", "1.200,50 €", "Not begun", "<svg", "Add an activity"):
        assert text in page
    decision = {"organ": "Скупштина града", "number": "02-15", **days("on", 0)}
    assert csaba.post(at(row, "adopt/"), decision).status_code == 302
    page = words(csaba.get(at(row)))
    assert "Add an activity" not in page
    assert "02-15" in page
    told = {"state": "done", "reached": "12 радионица"}
    assert csaba.post(at(row, f"parts/{made.uuid}/progress/"), told).status_code == 302
    page = words(csaba.get(at(row)))
    assert "1 of 1 activities" in page
    assert 'class="z-gantt__bar z-gantt__bar--done"' in page
    assert csaba.post(at(row, "version/")).status_code == 302
    assert "Add an activity" in words(csaba.get(at(Plan.objects.get(version=2))))
    late = csaba.post(at(row, f"parts/{made.uuid}/"), activity(planning, year))
    assert late.status_code == 409
    assert "was adopted already" in words(late)


def test_parts_are_changed_and_taken_out(planning: Planning, go: English) -> None:
    row, csaba = planning.plan(), go("csaba")
    goal, measure, one = parts(row)
    for part, sent in ((goal, {"text": "Други циљ"}), (measure, {"text": "Друга мера"}),
                       (one, activity(planning, today().year, text="Друга активност"))):  # fmt: skip
        assert csaba.get(at(row, f"parts/{part.uuid}/")).status_code == 200
        assert csaba.post(at(row, f"parts/{part.uuid}/"), sent).status_code == 302
    page = words(csaba.get(at(row)))
    assert all(text in page for text in ("Други циљ", "Друга мера", "Друга активност"))
    assert csaba.get(at(row, f"parts/{one.uuid}/add/")).headers["Location"] == at(row)
    assert csaba.post(at(row, f"parts/{goal.uuid}/remove/")).status_code == 422
    for part in (one, measure, goal):
        assert csaba.post(at(row, f"parts/{part.uuid}/remove/")).status_code == 302
    assert "There is no goal yet." in words(csaba.get(at(row)))


def test_the_situation_is_filled_in_and_kept_as_it_was_edited(world: World, go: English) -> None:
    network = Network(world)
    people = ("ana", "doctor", "worker")
    closed = network.open(SELF, *people, title="Јесен")
    for who in people:
        network.answer(closed, who, anchoring="3")
    network.close(closed)
    planning = Planning(world)
    row, csaba = planning.plan(), go("csaba")
    Population.objects.create(territory=row.territory, year=2022, band="0-6", count=9123, source="РЗС")
    page = words(csaba.get(at(row, "situation/")))
    for text in ("9123", "РЗС", "Јесен", "Strengths"):
        assert text in page
    assert csaba.post(at(row, "situation/"), {"situation": "Мало вртића у селима."}).status_code == 302
    assert "Мало вртића у селима." in words(csaba.get(at(row)))
    page = words(csaba.get(at(row, "situation/")))
    assert "Мало вртића у селима." in page
    assert "9123" not in page
    assert "9123" in words(csaba.get(at(row, "situation/?anew=1")))


def test_without_figures_it_says_so(planning: Planning, go: English) -> None:
    page = words(go("csaba").get(at(planning.plan(), "situation/")))
    assert "no figures are known here" in page


def test_the_situation_takes_in_needs_as_they_were_released(world: World, go: English) -> None:
    planning, plans, year = Planning(world), Plans(world), clock.today().year
    span = {"since": date(year, 1, 1), "until": date(year, 12, 31)}
    plans.add("transport", 7, cost=Decimal(100), **span)
    plans.add("respite", 6, **span)
    plans.add("day_care", 3, first=7, cost=Decimal(9000), **span)
    release_cost(territory=plans.place, year=year)
    page = words(go("csaba").get(at(planning.plan(), "situation/")))
    for text in ("children 7, of them unmet 7; cost 700,00 RSD", "measures 6, of them unmet 6"):
        assert text in page
    assert "27.000" not in page


def text_of(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def text_of_word(content: bytes) -> str:
    page = docx.Document(BytesIO(content))
    cells = [cell.text for table in page.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in page.paragraphs), *cells])


@pytest.mark.parametrize("language", ["sr", "sr-latn", "bs", "hr", "hu", "sq", "en"])
def test_the_report_says_the_same_as_pdf_and_word(planning: Planning, go: English, language: str) -> None:
    row = planning.adopted()
    _goal, measure, one = parts(row)
    run = planning.programme()
    with planning.at_work() as by:
        plan_part.report(by=by, plan=row, activity=one, state="underway", reached="4 радионице")
        outcome = programme.Outcome("Мање стреса", 6, Money(Decimal("200.00")))
        programme.tell(by=by, programme=run, outcome=outcome)
    client = go("csaba")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    pdf, word = (client.get(at(row, f"report.{ending}")) for ending in ("pdf", "docx"))
    for text in (text_of(pdf.content), text_of_word(word.content)):
        flat = re.sub(r"\s+", "", text)
        for said in ("120.000,50RSD", "02-15/2026", "0902-0001", "33,33RSD", "Акциониплан"):
            assert said in flat, said
        assert str(measure.text).replace(" ", "") in flat
    assert "attachment" in pdf["Content-Disposition"]


def test_the_report_tells_no_fewer_than_five_people(planning: Planning, go: English) -> None:
    row = planning.adopted()
    run = planning.programme()
    with planning.at_work() as by:
        programme.tell(by=by, programme=run, outcome=programme.Outcome("Мање стреса", 3, Money(Decimal("100.00"))))
    client = go("csaba")
    for ending, text in (("pdf", text_of), ("docx", text_of_word)):
        flat = re.sub(r"\s+", "", text(client.get(at(row, f"report.{ending}")).content))
        assert flat.count("fewerthanfive,ornone") == 2  # how many were reached, and the cost for each
        assert "33,33" not in flat


def test_who_is_responsible_reads_what_was_adopted_and_others_find_nothing(planning: Planning, go: English) -> None:
    draft, adopted = planning.plan(), planning.adopted()
    ana = go("ana")
    assert ana.get(at(draft)).status_code == 404
    page = words(ana.get(at(adopted)))
    assert "Make a new version" not in page
    assert f"parts/{parts(adopted)[2].uuid}" not in page
    assert ana.get(at(adopted, f"parts/{parts(adopted)[2].uuid}/progress/")).status_code == 302
    assert ana.post(at(adopted, "version/")).status_code == 403
    assert ana.get(f"{PLANS}new/").status_code == 403
    assert go("dino").get(PLANS).status_code == 403
    assert go("goran").get(at(adopted)).status_code in (403, 404)


def test_an_officer_of_the_municipality_plans_too(planning: Planning, go: English) -> None:
    Post.objects.create(
        account=planning.world.accounts["dino"], organisation=planning.world.organisations["ngo"],
        role_id="municipality-officer", since=date(2020, 1, 1),
    )  # fmt: skip
    assert go("dino").get(f"{PLANS}new/").status_code == 200
    assert go("dino").get(f"{PROGRAMMES}new/").status_code == 200


def programme_sent(planning: Planning, **fields: str) -> dict[str, str]:
    return {
        "kind": "parents", "title": "Школа за родитеље", "target": "Родитељи", "places": "2",
        "territory": str(planning.keeper.territory_id), **days("begins_on", 0), **fields,
    }  # fmt: skip


def test_a_programme_with_meetings_a_waiting_list_and_a_result(planning: Planning, go: English) -> None:
    csaba = go("csaba")
    assert csaba.post(f"{PROGRAMMES}new/", programme_sent(planning, target="")).status_code == 422
    assert csaba.post(f"{PROGRAMMES}new/", programme_sent(planning)).status_code == 302
    row = Programme.objects.get()
    assert csaba.post(at(row, "places/"), {"act": "take_in", "number": "5"}).status_code == 302
    assert "3 people wait" in words(csaba.get(at(row)))
    wrong = csaba.post(at(row, "places/"), {"act": "let_go", "number": "9"})
    assert "So many are not there." in words(wrong)
    assert csaba.post(at(row, "places/"), {"act": "let_go", "number": "1"}).status_code == 302
    assert "2 people wait" in words(csaba.get(at(row)))
    assert csaba.post(at(row, "sessions/new/"), {"place": "Школа", **days("on", 0)}).status_code == 302
    held = Session.objects.get()
    sent = {"girls": "0", "boys": "1", "adults": "2"}
    assert csaba.post(at(row, f"sessions/{held.uuid}/"), sent).status_code == 302
    assert csaba.post(at(row, f"sessions/{held.uuid}/off/")).status_code == 422
    measured = {"name": "Стрес", "how": "Упитник", "before": "24,5"}
    assert csaba.post(at(row, "measured/new/"), measured).status_code == 302
    one = BeforeAfter.objects.get()
    assert csaba.post(at(row, f"measured/{one.uuid}/"), measured | {"after": "20"}).status_code == 302
    result = {"result": "Мање стреса", "reached": "3", "cost": "1000", "currency": "BAM", "continues": "Школа наставља"}
    assert csaba.post(at(row, "result/"), result).status_code == 302
    page = words(csaba.get(at(row)))
    for text in ("3 (girls 0, boys 1, adults 2)", "-4.5", "333,33 KM", "Школа наставља"):
        assert text in page, text
    assert csaba.post(at(row, "archive/")).status_code == 302
    assert "Change the programme" not in words(csaba.get(at(row)))
    assert "Школа за родитеље" not in words(csaba.get(PROGRAMMES))
    assert "Школа за родитеље" in words(csaba.get(f"{PROGRAMMES}?all=1"))
    assert csaba.post(at(row, "result/"), result).status_code == 409


def test_programmes_of_others_are_found_by_nobody(planning: Planning, go: English) -> None:
    row = planning.programme()
    for rest in ("", "change/", "places/", "result/", "archive/", "sessions/new/", "measured/new/"):
        for ask in ("get", "post"):
            answer: Any = getattr(go("ana"), ask)(at(row, rest))
            assert answer.status_code == 404, rest
    assert go("ana").get(f"{PROGRAMMES}new/").status_code == 403
