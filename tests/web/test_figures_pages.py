"""Pages of released figures at every desk: a drawing, a table and a sentence each; the same in every file."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from xml.etree import ElementTree

import pytest
from django.core.cache import cache, caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from tests.casework.test_story import Story
from tests.indicators.plans import Plans
from tests.networks.bodies import Bodies
from tests.places import factories as places
from tests.web.figures_world import Released, country, opinions
from tests.web.panel_world import English, words
from tests.world import World
from zajedno.figures.logic.figure import Said
from zajedno.figures.models import Reading
from zajedno.indicators.actions import release_cost
from zajedno.kernel import clock
from zajedno.kernel.fence import STATISTICS, acting
from zajedno.web.shared.dates import day

pytestmark = pytest.mark.django_db
OPINIONS = "/monitor/opinions_in_time/"


@pytest.fixture
def released(world: World) -> Released:
    Bodies(world)  # Csaba keeps the network here
    country(world)
    return opinions()


def test_eva_reads_two_in_three_and_a_year_ago_one_in_two(released: Released, go: English) -> None:
    page = words(go("eva").get(f"{OPINIONS}?period=2025"))
    assert (
        "Opinions given in time: two in three. A year before, one in two. The target of 80\u00a0% is not met." in page
    )
    told = ("17 of 20 reported", "How it was counted", "Edition 1, released on ", "96 to 100",
            "fewer than five, or none", "on few: one person moves it", "Open Database Licence")  # fmt: skip
    for text in told:
        assert text in page, text
    drawn = page.count("<svg viewBox") - page.count("z-sign") - 1  # the logo
    assert drawn == page.count('<figure class="z-chart') == page.count("z-figure__said") == 5


def test_a_rate_says_how_many_places_it_leaves_out(released: Released, go: English) -> None:
    released.define("requests", kind="rate", unit="per 1000", per=1000, by=[], target=None, small_below=0)
    released.give("RS", "2025", 12.5, "requests", top=Decimal(250), bottom=Decimal(20_000), left_out=33)
    absent = {"said": Said.ABSENT, "value": None, "left_out": 1}
    with acting(STATISTICS):
        Reading.objects.create(edition=released.editions["requests", "2025"], place="80012", **absent)
    said = "Without 33 places, of which nobody published how many people live there."
    for page in (
        "/monitor/requests/?place=RS&period=2025",
        "/figures/table/?country=RS&indicator=requests&period=2025&level=country",
    ):
        assert said in words(go("eva").get(page)), page
    page = words(go("eva").get("/monitor/requests/?place=80012&period=2025"))
    assert "Nobody published how many people live here." in page


@pytest.mark.parametrize(
    ("who", "home"),
    [("eva", "/monitor/"), ("csaba", "/network/figures/"), ("goran", "/panel/figures/"), ("ana", "/work/figures/"),
     ("", "/places/80438/figures/")],
)  # fmt: skip
def test_every_desk_shows_the_same_figure_and_how_it_was_counted(
    released: Released, go: English, who: str, home: str
) -> None:
    browser = go(who) if who else Client(headers={"accept-language": "en"})
    listed = words(browser.get(f"{home}?place=80438"))
    assert f"{home}opinions_in_time/?place=80438" in listed
    assert "66\u00a0%" in listed
    page = words(browser.get(f"{home}opinions_in_time/?place=80438&period=2025&by=sex"))
    assert "Opinions given in time: two in three. A year before, one in two." in page
    assert "How it was counted" in page
    for chart in ("trend", "parts", "beside", "complete"):
        for ending in ("csv", "xlsx", "svg", "png"):
            assert f"{home}opinions_in_time/{chart}.{ending}?place=80438" in page
    assert "Wait there" in words(browser.get(f"{home}cases_by_step/?place=80438"))


def test_page_csv_excel_and_svg_say_one_number(released: Released, go: English) -> None:
    eva = go("eva")
    asked = "?place=80438&period=2025"
    lines = eva.get(f"{OPINIONS}trend.csv{asked}").content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Indicator;Code of the place;Place;Period")
    told = dict(zip(lines[0].split(";"), lines[-1].split(";"), strict=True))
    assert (told["Period"], told["Value"], told["Reported"], told["Expected"]) == ("2025", "66", "17", "20")
    book = load_workbook(BytesIO(eva.get(f"{OPINIONS}trend.xlsx{asked}").content))
    assert [row[7] for row in book.active.iter_rows(min_row=2, values_only=True)] == [34, 50, 66]
    drawn = eva.get(f"{OPINIONS}trend.svg{asked}")
    assert drawn.headers["Content-Type"] == "image/svg+xml"
    assert ElementTree.fromstring(drawn.content).attrib["width"] == "640"
    assert b">66<" in drawn.content
    assert eva.get(f"{OPINIONS}map.png").content.startswith(b"\x89PNG")
    for wrong in ("trend.exe", "nothing.csv"):
        assert eva.get(f"{OPINIONS}{wrong}{asked}").status_code == 404


def test_what_is_hidden_is_hidden_in_every_file(released: Released, go: English) -> None:
    row = [
        line for line in go("eva").get(f"{OPINIONS}map.csv").content.decode("utf-8-sig").splitlines() if "Ada" in line
    ]
    assert ";;;;" in row[0]
    assert "fewer than five, or none" in row[0]


def test_nothing_released_says_when_the_next_edition_comes(world: World, go: English) -> None:
    with clock.on(date(2026, 9, 15)):
        page = words(go("eva").get("/monitor/"))
    assert f"the calendar year from {day(date(2027, 1, 1))} on" in page
    assert go("eva").get("/monitor/unknown/").status_code == 404


def test_a_choice_that_is_none_is_the_usual_one(released: Released, go: English) -> None:
    page = words(go("csaba").get("/network/figures/opinions_in_time/?place=BA&period=1999&by=name&among=seed20"))
    assert "Subotica, 2025" in page
    for who in ("dino", "eva"):
        assert go(who).get("/network/figures/").status_code == 403
    assert go("ana").get("/monitor/").status_code == 403
    assert go("dino").get("/panel/figures/").status_code == 403


def test_no_page_of_figures_asks_for_a_child(released: Released, go: English) -> None:
    for who, home in (("eva", "/monitor/"), ("csaba", "/network/figures/")):
        browser = go(who)
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(f"{home}opinions_in_time/").status_code == 200
        assert not [one["sql"] for one in asked if "children_" in one["sql"] or "casework_" in one["sql"]]


def test_money_stands_beside_the_figures_of_the_network(released: Released, go: English, world: World) -> None:
    plans = Plans(world)
    plans.add("transport", 7, cost=100, state="running", adopted_on=date(2025, 12, 1), since=date(2025, 12, 1))
    plans.add("speech_therapy", 6, first=2, cost=50)
    with clock.on(date(2026, 4, 1)):
        release_cost(territory=plans.place, year=2026)
        page = words(go("csaba").get("/network/figures/"))
        assert "What help costs, and for what nobody pays yet: Subotica, 2026, RSD" in page
        assert "Nobody pays yet for 300" in page
        found = {one: go("csaba").get(f"/network/figures/money/money-80438-rsd.{one}") for one in ("csv", "svg", "png")}
        assert all(f'href="/network/figures/money/money-80438-rsd.{one}"' in page for one in found)
        listed = found["csv"].content.decode("utf-8-sig").splitlines()
        assert go("csaba").get("/network/figures/money/money-70076-rsd.csv").status_code == 404
    assert found["svg"].content.count(b"<title>") > 1
    assert found["png"].content.startswith(b"\x89PNG")
    assert {line.split(";")[2] for line in listed[1:]} == {"Subotica"}
    assert [line.split(";")[7] for line in listed if "All together" in line or "Gap" in line][-1] == "300"
    assert go("dino").get("/network/figures/money/money-80438-rsd.csv").status_code == 403


def test_who_may_see_the_cases_opens_those_behind_a_figure(released: Released, go: English, world: World) -> None:
    year = str(clock.today().year)
    released.define("k1")
    released.give("80438", year, 50, "k1")
    Story(world).to_consented()
    asked = f"behind/?period={year}"
    assert f"/panel/figures/k1/{asked}" in words(go("goran").get(f"/panel/figures/k1/?period={year}"))
    rows = words(go("goran").get(f"/panel/figures/k1/{asked}"))
    assert "Њежић" in rows
    assert "Request" in rows
    for period in ("2025", "2099", "x"):
        assert go("goran").get(f"/panel/figures/k1/behind/?period={period}").status_code == 404
    assert go("ana").get(f"/panel/figures/k1/{asked}").status_code == 403
    assert "behind/" not in words(go("ana").get("/work/figures/k1/"))


def test_a_map_says_of_how_many_nothing_is_told_and_who_stands_in_the_table_alone(
    released: Released, go: English
) -> None:  # fmt: skip
    """A number on few is one: it stands in the table, though it has no class."""
    page = words(go("eva").get(f"{OPINIONS}?period=2025"))
    said = "4 places have a number, from 32\u00a0% to 66\u00a0%. Of 1 place only bounds or a number on few is told. "
    assert f"{said}1 place is not told." in page
    assert "stands in the table alone" not in page
    places.territory("Измишљено", "Izmišljeno", code="99999")
    cache.clear()
    caches["drawn"].clear()
    page = words(go("eva").get(f"{OPINIONS}?period=2025"))
    assert "1 place stands in the table alone: where it lies is not known here." in page


def test_less_than_one_in_twenty_is_said_by_its_number(released: Released, go: English) -> None:
    """Of nine thousand pupils it is three hundred: nobody says “hardly any” to them."""
    released.define("left_school", name={"en": "Pupils who left"}, better="lower", target=None)
    for period, share, top in (("2024", 8, 640), ("2025", 3.5, 280)):
        released.give("RS", period, share, "left_school", top=Decimal(top), bottom=Decimal(8000))
    page = words(go("eva").get("/monitor/left_school/?place=RS&period=2025"))
    assert "Pupils who left: 3.5\u00a0%. A year before, one in ten." in page
    assert "hardly any" not in page


def test_files_of_two_places_have_two_names(released: Released, go: English) -> None:
    names = [
        go("eva").get(f"{OPINIONS}trend.csv?place={one}").headers["Content-Disposition"] for one in ("RS", "80438")
    ]
    assert [name.partition('"')[2] for name in names] == [
        'opinions_in_time-rs-2025-trend.csv"', 'opinions_in_time-80438-2025-trend.csv"']  # fmt: skip
