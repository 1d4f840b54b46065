"""The price list as a whole: seen first, entered as seen, taken out and brought in again unchanged; rates."""

import re
from datetime import date
from decimal import Decimal
from html import unescape
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.files import Rows, delimited, workbook
from tests.places import factories as places
from tests.places.test_directory import service
from tests.programmes.money import Money
from tests.web.panel_world import English, words
from tests.web.test_network_pages import days
from tests.world import World
from zajedno.access.models import AuditEntry
from zajedno.kernel.refusal import Refused
from zajedno.procedures.logic.codes import PAYERS
from zajedno.programmes.models import Price, Rate

pytestmark = pytest.mark.django_db
AT = "/network/money/prices/bring/"
HEAD = ["Мера или услуга", "Установа", "Јед. мере", "Цена", "Ко плаћа", "Правни основ", "Важи од", "Важи до"]
ROWS: Rows = [
    ["ГРАД СУБОТИЦА — ЦЕНОВНИК"], [], HEAD, ["I УСЛУГЕ"],
    ["Превоз", None, "дан", "1.250,00 дин.", "Општина", "Одлука 1", "1.1.2026.", None],  # 5
    ["превоз", None, "ДАН", "1250.00 РСД", "градска управа", "Одлука 1", "2026-01-01", None],  # 6: the same again
    ["Превоз", None, "dan", 1300, "Општина", "Одлука 2", "1. 7. 2026.", "31.12.2026."],  # 7
    ["Logopedski tretman", "ДЗ Суботица", "tretman", "12 500", "RFZO", "Odluka 3", "5.3.2026.", None],  # 8
    ["Летење", None, "дан", "1", "Општина", "Одлука", "1.1.2026.", None],  # 9
    ["Боравак", None, "дан", "12,500", "Општина", "Одлука", "1.1.2026.", None],  # 10
    ["Превоз", None, "дан", 1400, "Општина", "Одлука", "1.9.2026.", None],  # 11
    [], ["Напомена: цене су са ПДВ."],
]  # fmt: skip


@pytest.fixture
def here(world: World) -> Money:
    found = Money(world)
    health = world.organisations["health"]
    service("Логопедски третман", organisation=health)
    return found


def send(client: Client, here: Money, content: bytes, **data: Any) -> str:
    sent = {"file": SimpleUploadedFile("cenovnik.xlsx", content), "territory": str(here.place.pk), **data}
    return client.post(AT, sent).content.decode()


def enter(client: Client, page: str) -> Any:
    signed = re.search(r'name="rows" value="([^"]+)"', page)
    assert signed, page
    return client.post(AT, {"rows": signed[1]})


def test_a_messy_list_is_seen_first_and_entered_as_seen(here: Money, go: English) -> None:
    csaba = go("csaba")
    page = send(csaba, here, workbook(ROWS, "A1:H1", "A4:H4"), currency="RSD")
    for text in ("3 rows can be entered.", "4 rows are refused.", "Titles, sums and notes, not read as rows: 4, 13"):
        assert text in page
    for why in (
        "The same stands in row 5 already.", "called “Летење”", "may be read in two ways", "Row 7 has a price",
        "new; 1.250,00 RSD holds until", "12.500,00 RSD",
    ):  # fmt: skip
        assert why in words_of(page), why
    assert not Price.objects.exists()
    assert enter(csaba, page).status_code == 302
    first, second = Price.objects.filter(code="transport").order_by("valid_from")
    assert (first.amount, first.valid_until) == (Decimal("1250.00"), date(2026, 6, 30))
    assert (second.amount, second.valid_until) == (Decimal(1300), date(2026, 12, 31))
    third = Price.objects.get(service__isnull=False)
    assert (third.amount, third.payer, third.source) == (Decimal(12500), "health_fund", "Odluka 3")
    assert AuditEntry.objects.filter(verb="programmes.keep_prices").count() == 3
    again = send(csaba, here, workbook(ROWS), currency="RSD")
    assert "0 rows can be entered." in again
    assert "4 rows are here already and stay: 5, 6, 7, 8" in again


@pytest.mark.parametrize(
    ("language", "ending"),
    [("sr", "xlsx"), ("sr", "csv"), ("sr-latn", "csv"), ("bs", "xlsx"), ("hr", "csv"), ("hu", "xlsx"), ("sq", "csv"),
     ("en", "xlsx")],
)  # fmt: skip
def test_what_is_taken_out_comes_in_again_unchanged(here: Money, language: str, ending: str) -> None:
    """In every language, for prices of measures and services with every payer."""
    for at, payer in enumerate(PAYERS):
        here.price(payer=payer, valid_from=date(2010 + at, 1, 1), amount=Decimal("1234567.89") + at, unit="дан; „ноћ”")
    given = service("Дневни боравак деце", organisation=here.world.organisations["health"])
    here.price(
        code="", service=given, currency="BAM", amount=Decimal("0.10"), source="=1+1", valid_until=date(2030, 1, 1)
    )
    csaba = Client(headers={"accept-language": language})
    csaba.force_login(here.world.accounts["csaba"])
    before = list(Price.objects.order_by("pk").values())
    out = csaba.get(f"/network/money/prices/list.{ending}?place={here.place.pk}")
    sent = {"file": SimpleUploadedFile("x", out.content), "territory": str(here.place.pk)}
    page = csaba.post(AT, sent).content.decode()
    assert 'name="rows"' not in page, words_of(page)
    assert 'name="refused"' not in page, words_of(page)
    assert str(len(before)) in words_of(page)
    assert list(Price.objects.order_by("pk").values()) == before


def test_a_last_day_written_into_what_was_taken_out_ends_the_price(here: Money, go: English) -> None:
    here.price()
    csaba = go("csaba")
    out = csaba.get(f"/network/money/prices/list.xlsx?place={here.place.pk}").content
    book = openpyxl.load_workbook(BytesIO(out))
    sheet: Any = book.active
    sheet.cell(2, 10, "31.12.2026.")
    buffer = BytesIO()
    book.save(buffer)
    page = send(csaba, here, buffer.getvalue())
    assert "gets its last day" in page
    enter(csaba, page)
    assert Price.objects.get().valid_until == date(2026, 12, 31)


def test_all_or_nothing_and_only_for_who_keeps_the_list(here: Money, go: English) -> None:
    csaba = go("csaba")
    page = send(csaba, here, workbook(ROWS), currency="RSD")
    here.price(valid_from=date(2026, 8, 1))
    refused = enter(csaba, page)
    assert refused.status_code == 422
    assert "Row 5" in words(refused)
    assert Price.objects.count() == 1
    assert enter(csaba, page.replace('name="rows" value="', 'name="rows" value="x')).status_code == 302
    assert Price.objects.count() == 1
    assert go("ana").get(AT).status_code == 403


def test_a_file_without_prices_says_which_column_is_missing(here: Money, go: English) -> None:
    page = send(go("csaba"), here, delimited([["Мера", "Колико"], ["Превоз", "5"]], "cp1251"))
    assert "These columns are missing, or headed otherwise: Price." in page


def test_a_price_of_one_service_is_entered_by_hand(here: Money, go: English) -> None:
    given = service("Боравак", organisation=here.world.organisations["health"])
    csaba = go("csaba")
    sent = {"territory": str(here.place.pk), "code": str(given.uuid), "unit": "дан", "amount": "5", "currency": "EUR",
            "payer": "canton", "source": "Одлука", **days("valid_from", 0)}  # fmt: skip
    assert csaba.post("/network/money/prices/new/", sent).status_code == 302
    row = Price.objects.get()
    assert (row.service, row.code) == (given, "")
    assert "Боравак" in words(csaba.get("/network/money/prices/"))
    far = places.organisation("Дом здравља Тутин", territory=places.territory("Тутин", "Tutin", "71200"))
    with pytest.raises(Refused, match="elsewhere"):
        here.price(code="", service=service("Далеко", organisation=far))


def test_rates_are_seen_added_and_ended(here: Money, go: English) -> None:
    csaba, home = go("csaba"), "/network/money/rates/"
    assert "No rate is entered yet." in words(csaba.get(home))
    sent = {"territory": str(here.place.pk), "currency": "EUR", "into": "BAM", "rate": "1.95583", "source": "CBBH",
            **days("valid_on", 0)}  # fmt: skip
    assert csaba.post(f"{home}new/", sent).status_code == 302
    assert csaba.post(f"{home}new/", sent).status_code == 422
    assert csaba.post(f"{home}new/", sent | {"into": "EUR"}).status_code == 422
    row = Rate.objects.get()
    assert row.rate == Decimal("1.95583")
    page = words(csaba.get(home))
    assert "1 EUR = 1.95583 BAM" in page
    assert "CBBH" in page
    assert csaba.post(f"{home}{row.uuid}/", days("last_day", -1)).status_code == 422
    assert csaba.post(f"{home}{row.uuid}/", days("last_day", 3)).status_code == 302
    assert csaba.post(f"{home}{row.uuid}/", days("last_day", 9)).status_code == 409
    assert go("ana").get(home).status_code == 403


def words_of(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())
