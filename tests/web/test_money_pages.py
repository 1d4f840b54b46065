"""Money at the network's desk: cost of need as released, prices, a budget; table, export and letter say the same."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import docx
import openpyxl
import pypdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.indicators.plans import Plans
from tests.programmes.money import Money
from tests.web.panel_world import English, words
from tests.web.test_network_pages import days
from tests.world import World
from zajedno.indicators.actions import release_cost
from zajedno.kernel import clock
from zajedno.kernel.documents import Rendering, letter_languages, render_pdf
from zajedno.programmes.models import Price, Promise
from zajedno.web.network.money_budgets import REQUEST

pytestmark = pytest.mark.django_db
HOME = "/network/money/"


@pytest.fixture
def here(world: World) -> Money:
    return Money(world)


@pytest.fixture
def released(here: Money) -> int:
    """This year's need in Subotica: seven transports at 100.10, nine therapies of 10, two places in day care at 50."""
    year = clock.today().year
    plans = Plans(here.world)
    span = {"since": date(year, 1, 1), "until": date(year, 12, 31)}
    plans.add("transport", 7, cost=Decimal("100.10"), **span)
    plans.add("day_care", 2, first=7, cost=Decimal(50), **span)
    plans.add("speech_therapy", 9, cost=Decimal(10), **span)
    plans.add("respite", 6, **span)
    release_cost(territory=here.place.pk, year=year)
    return year


def test_the_cost_of_need_is_shown_as_it_was_released(here: Money, released: int, go: English) -> None:
    page = words(go("csaba").get(HOME))
    for text in ("890,70 RSD", "Not told apart", "800,70 RSD", "90,00 RSD", "6 measures have no price"):
        assert text in page
    assert " 100,00 RSD" not in page
    assert " 700,70" not in page


def test_the_desk_asks_no_table_of_children(here: Money, released: int, go: English) -> None:
    csaba = go("csaba")
    with CaptureQueriesContext(connection) as asked:
        csaba.get(HOME)
    assert not [one["sql"] for one in asked if "children_" in one["sql"] or "casework_" in one["sql"]]


def test_a_price_is_entered_and_ended(here: Money, go: English) -> None:
    csaba = go("csaba")
    sent = {"territory": str(here.place.pk), "code": "transport", "unit": "дан", "amount": "900,50", "currency": "RSD",
            "payer": "municipality", "source": "Одлука", **days("valid_from", 0)}  # fmt: skip
    assert csaba.post(f"{HOME}prices/new/", sent).status_code == 302
    assert "900,50 RSD" in words(csaba.get(f"{HOME}prices/"))
    again = csaba.post(f"{HOME}prices/new/", sent)
    assert again.status_code == 422
    assert "There is a price for some of these days already" in words(again)
    row = Price.objects.get()
    assert csaba.post(f"{HOME}prices/{row.uuid}/", days("last_day", 3)).status_code == 302
    row.refresh_from_db()
    assert row.valid_until is not None


def test_table_export_and_letter_say_the_same(here: Money, released: int, go: English) -> None:
    csaba = go("csaba")
    sent = {"territory": str(here.place.pk), "year": str(released), "currency": "RSD"}
    at = csaba.post(f"{HOME}budgets/new/", sent)["Location"]
    form = csaba.get(f"{at}new/").content.decode()
    figure = form.split("All together: 890,70 RSD")[0].rsplit('value="', 1)[1].split('"')[0]
    assert csaba.post(f"{at}new/", {"title": "Подршка деци", "figure": figure}).status_code == 302
    line = csaba.get(at).content.decode().split(f'href="{at}')[1:]
    to = at + next(one.split('"')[0] for one in line if len(one.split('"')[0]) == 37)
    for kind, amount in (("plan", "9000,50"), ("revision", "10000,05"), ("execution", "1,01")):
        assert csaba.post(to, {"kind": kind, "amount": amount, "reason": "Одлука", **days("day", 0)}).status_code == 302
    said = ("890,70 RSD", "9.000,50 RSD", "10.000,05 RSD", "1,01 RSD", "9.999,04 RSD")
    papers = {ending: csaba.get(f"{at}request.{ending}").content for ending in ("pdf", "docx", "xlsx")}
    for text in (words(csaba.get(at)), *map(read, papers.items())):
        for amount in said:
            assert amount in text
    assert len(pypdf.PdfReader(BytesIO(papers["pdf"])).pages) == 2


def test_the_list_says_what_each_budget_comes_to(here: Money, go: English) -> None:
    csaba = go("csaba")

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            csaba.get(f"{HOME}budgets/")
        return len(queries)

    row = here.budget()
    for kind, amount in (("plan", "700.10"), ("execution", "0.40")):
        here.enter(here.line(row) if kind == "plan" else row.lines.get(), kind, amount)
    page, one = words(csaba.get(f"{HOME}budgets/")), asked()
    for amount in ("700,10 RSD", "0,40 RSD", "699,70 RSD"):
        assert amount in page
    for more in (1, 2):
        here.line(here.budget(year=row.year + more))
    assert asked() == one


def test_a_request_with_many_lines_has_two_pages_and_one_total(here: Money, go: English) -> None:
    """Page, Excel, PDF and Word are each read; cents of 25 lines add up to the same sums in all of them."""
    row, csaba = here.budget(), go("csaba")
    for number in range(25):
        line = here.line(row, f"Лични пратиоци и превоз деце са сметњама у развоју до школе, насеље број {number}")
        here.enter(line, "plan", f"{1_000_000 + number}.10")
        here.enter(line, "revision", f"{12_345_678 + number}.01")
        here.enter(line, "execution", "33.33")
    totals = ("25.000.302,50 RSD", "308.642.250,25 RSD", "833,25 RSD", "308.641.417,00 RSD")
    at = f"{HOME}budgets/{row.uuid}/"
    pdf, word, book = (csaba.get(f"{at}request.{ending}").content for ending in ("pdf", "docx", "xlsx"))
    assert len(pypdf.PdfReader(BytesIO(pdf)).pages) == 2
    last = [cell.text for cell in docx.Document(BytesIO(word)).tables[-1].rows[-1].cells]
    assert tuple(last[3:]) == totals
    assert tuple(list(openpyxl.load_workbook(BytesIO(book)).worksheets[0].values)[-1][3:]) == totals
    for text in (words(csaba.get(at)), read(("pdf", pdf))):
        assert all(amount in text.split("All together")[-1] for amount in totals)
    assert "Asked for, all together: 308.642.250,25 RSD." in read(("pdf", pdf))


@pytest.mark.parametrize("language", ["sr", "sr-latn", "bs", "hr", "hu", "sq", "en"])
def test_the_request_is_in_every_language_and_never_longer(language: str) -> None:
    assert language.partition("-")[0] in letter_languages(REQUEST, ("sr", "bs", "hr", "hu", "sq", "en"))
    need = ["Лични пратилац детета, односно ученика", *["123.456.789,00 RSD"] * 4, "1234"]
    line = ["Превоз деце са сметњама у развоју до школе и дневног боравка", "0902-0019, 472, 01", *need[1:5], need[1]]
    data = {"place": "Суботица", "year": "2027", "organisation": "Мрежа", "edition": 3, "asked": need[1],
            "need_heads": need, "need": [need] * 30, "budget_heads": line, "budget": [line] * 26}  # fmt: skip
    made = render_pdf(REQUEST, data, Rendering(language, "Суботица 2027", "Мрежа", date(2026, 11, 1))).content
    assert len(pypdf.PdfReader(BytesIO(made)).pages) == 2


def test_scenarios_stand_side_by_side(here: Money, released: int, go: English) -> None:
    sent = {"year": released, "a_coverage": "50", "b_ceiling": "500", "b_price_change": "10"}
    page = words(go("csaba").get(f"{HOME}scenarios/", sent))
    for text in ("890,70 RSD", "445,35 RSD", "500,00 RSD", "479,77 RSD"):
        assert text in page


def test_a_grant_says_what_it_asks_for(here: Money, go: English) -> None:
    csaba = go("csaba")
    sent = {"funder": "Donator", "title": "Pratioci", "amount": "5000", "currency": "EUR", **days("agreed_on", 0),
            **days("ends_on", 200)}  # fmt: skip
    at = csaba.post(f"{HOME}grants/new/", sent)["Location"]
    assert csaba.post(at, {"text": "Izvještaj", "is_report": "yes"}).status_code == 422  # a report has a day
    assert csaba.post(at, {"text": "Izvještaj", "is_report": "yes", **days("due_on", 90)}).status_code == 302
    assert "To do" in words(csaba.get(at))
    to = f"{at}{Promise.objects.get().uuid}/"
    assert csaba.post(to).status_code == 302
    assert "Done" in words(csaba.get(at))
    assert go("ana").get(at).status_code in (403, 404)


def read(paper: tuple[str, bytes]) -> str:
    ending, content = paper
    if ending == "pdf":
        return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(content)).pages).split())
    if ending == "docx":
        return " ".join(cell.text for table in docx.Document(BytesIO(content)).tables for cell in table._cells)
    rows: Any = openpyxl.load_workbook(BytesIO(content)).worksheets[0].values
    return " ".join(str(value) for row in rows for value in row)


@pytest.mark.parametrize("who", ["ana", "dino"])
def test_others_see_no_money(here: Money, go: English, who: str) -> None:
    row = here.budget()
    assert go(who).get(HOME).status_code == 403
    assert f'href="{HOME}"' not in go(who).get("/network/").content.decode()  # nor a door to it
    assert go(who).get(f"{HOME}budgets/{row.uuid}/").status_code in (403, 404)


def test_an_empty_desk_says_what_comes(here: Money, go: English) -> None:
    csaba = go("csaba")
    assert "No cost of need is released" in words(csaba.get(HOME))
    assert "No price is entered yet" in words(csaba.get(f"{HOME}prices/"))
    assert "keeps no budget yet" in words(csaba.get(f"{HOME}budgets/"))
