"""Price lists as offices keep them: what each row says, or why it says nothing that can be kept."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from tests.files import Rows, delimited, workbook
from zajedno.kernel.spreadsheets import all_sayings, read_table
from zajedno.kernel.spreadsheets.asides import split_asides
from zajedno.places.logic import arriving
from zajedno.procedures.logic import codes
from zajedno.programmes.logic import price_rows
from zajedno.programmes.logic.price_line import ENDS, NEW, SAME, Span, put
from zajedno.programmes.logic.price_rows import Otherwise, Said

TODAY = date(2026, 9, 15)
NOTHING = Otherwise()
FIFTH = datetime(2026, 3, 5)  # noqa: DTZ001  # as workbooks keep a day


def read(content: bytes, otherwise: Otherwise = NOTHING) -> list[Said]:
    table = read_table(content, price_rows.headings())
    return list(price_rows.said(table, split_asides(table)[0], TODAY, otherwise))


CYRILLIC: Rows = [
    ["ГРАД СУБОТИЦА"], ["Ценовник услуга подршке за 2026. годину (образац Ц-1)"], [],
    ["Р. бр.", "Мера или услуга", "Јед. мере", "Јединична цена", "Валута", "Ко плаћа", "Правни основ", "Важи од",
     "Важи до"],
    [None], ["I СОЦИЈАЛНЕ УСЛУГЕ"],
    [1, "Превоз", "дан", "1.250,00", "РСД", "Општина", "Одлука 1/26", "5.3.2026.", "31. 12. 2026."],
    [2, "Лични пратилац", "сат", 480.5, "динара", "локална самоуправа", "Одлука 1/26", FIFTH, "до даљег"],
    [], ["Укупно", None, None, 1730.5],
    [None, "Напомена: цене су без ПДВ."],
]  # fmt: skip
BOSNIAN: Rows = [
    ["Cjenovnik usluga", None, None, None], ["Mjera", "Cijena (KM)", "Jedinica mjere", "Važi", "Finansira", "Odluka"],
    ["Prijevoz", "12,5", "dolazak", "2026", "Kanton", "Odluka 7"],
    ["Logopedski tretman", "KM 1.200", "mjesec", "1.1.2026. – 30.6.2026.", "Federalno ministarstvo", "Odluka 7"],
]  # fmt: skip
OTHERS: dict[str, Rows] = {
    "hr": [["Usluga", "Cijena po jedinici", "Jedinica", "Vrijedi od", "Tko plaća", "Izvor"],
           ["Prijevoz", "12,50 €", "dan", "2026-03-05", "županija", "Odluka"]],
    "en": [["Service", "Unit price", "Unit", "Valid from", "Paid by", "Source"],
           ["Transport", "1,250.00 EUR", "day", "5 Mar 2026", "Several together", "Decision"]],
    "hu": [["Szolgáltatás", "Egységár", "Egység", "Érvényes ettől", "Ki fizeti", "Forrás"],
           ["Szállítás", "12 500 RSD", "nap", "2026. 03. 05.", "Önkormányzat", "Határozat"]],
    "sq": [["Shërbimi", "Çmimi", "Njësia", "Vlen nga", "Kush paguan", "Burimi"],
           ["Transporti", "1250 RSD", "ditë", "5/3/2026", "Komuna", "Vendimi"]],
}  # fmt: skip


def test_a_workbook_with_titles_sections_and_notes() -> None:
    first, second = read(workbook(CYRILLIC, "A1:I1", "A2:I2", "A6:I6", first=[["шифра", "назив"], ["1", "сат"]]))
    assert (first.number, first.thing, first.unit, first.amount, first.currency) == (
        7, "Превоз", "дан", Decimal("1250.00"), "RSD",
    )  # fmt: skip
    assert (first.payer, first.source, first.faults) == ("municipality", "Одлука 1/26", [])
    assert (first.valid_from, first.valid_until) == (date(2026, 3, 5), date(2026, 12, 31))
    assert (second.amount, second.currency, second.payer, second.valid_from, second.valid_until, second.faults) == (
        Decimal("480.50"), "RSD", "municipality", date(2026, 3, 5), None, [],
    )  # fmt: skip


def test_the_currency_of_the_column_and_spans_in_one_cell() -> None:
    first, second = read(delimited(BOSNIAN, "cp1250"))
    assert (first.amount, first.currency, first.payer) == (Decimal("12.50"), "BAM", "canton")
    assert (first.valid_from, first.valid_until) == (date(2026, 1, 1), date(2026, 12, 31))
    assert (second.amount, second.currency, second.unit) == (Decimal("1200.00"), "BAM", "mjesec")
    assert (second.valid_from, second.valid_until) == (date(2026, 1, 1), date(2026, 6, 30))


@pytest.mark.parametrize(
    ("language", "amount", "currency", "payer"),
    [("hr", "12.50", "EUR", "canton"), ("en", "1250.00", "EUR", "shared"), ("hu", "12500.00", "RSD", "municipality"),
     ("sq", "1250.00", "RSD", "municipality")],
)  # fmt: skip
def test_other_languages(language: str, amount: str, currency: str, payer: str) -> None:
    (row,) = read(workbook(OTHERS[language]))
    assert not row.faults
    assert (row.amount, row.currency, row.payer) == (Decimal(amount), currency, payer)
    assert (row.valid_from, bool(row.unit), bool(row.source)) == (date(2026, 3, 5), True, True)


@pytest.mark.parametrize("encoding", ["cp1251", "utf-8", "utf-8-sig", "utf-16"])
def test_encodings(encoding: str) -> None:
    rows = [row for row in CYRILLIC if len(row) > 4]
    assert [row.thing for row in read(delimited(rows, encoding))] == ["Превоз", "Лични пратилац"]


GOOD = {"Мера": "Превоз", "Јединица": "дан", "Цена": "900", "Валута": "RSD", "Ко плаћа": "општина", "Извор": "Одлука",
        "Важи од": "1.1.2026.", "Важи до": ""}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"Мера": None}, "no_thing"), ({"Јединица": None}, "no_unit"), ({"Цена": None}, "no_amount"),
        ({"Цена": "по договору"}, "amount_unreadable"), ({"Цена": "12,500"}, "amount_doubtful"),
        ({"Цена": "12,5 KM"}, "currencies"), ({"Валута": None}, "no_currency"), ({"Валута": "USD"}, "currency_unknown"),
        ({"Валута": "RSD/EUR"}, "currency_unknown"), ({"Ко плаћа": None}, "no_payer"),
        ({"Ко плаћа": "родитељ"}, "payer_unknown"), ({"Извор": None}, "no_source"), ({"Извор": "о" * 251}, "too_long"),
        ({"Важи од": None}, "no_day"), ({"Важи од": "31.2.2026."}, "date_impossible"),
        ({"Важи од": "ускоро"}, "date_unreadable"), ({"Важи до": "31.12.2025."}, "days_turned"),
    ],
)  # fmt: skip
def test_each_fault_is_found(changed: dict[str, Any], code: str) -> None:
    cells = GOOD | changed
    (row,) = read(workbook([list(cells), [*cells.values()]]))
    assert [one.code for one in row.faults] == [code]
    assert code in {**all_sayings(), **arriving.SENTENCES, **price_rows.SENTENCES}


def test_what_is_said_for_all_rows() -> None:
    otherwise = Otherwise("EUR", "canton", "Odluka", date(2026, 2, 1))
    first, second = read(
        workbook([["Мера", "Цена", "Јединица"], ["Превоз", 5, "дан"], ["Превоз", "5 КМ", "дан"]]), otherwise
    )
    assert (first.currency, first.payer, first.source, first.valid_from) == (
        "EUR",
        "canton",
        "Odluka",
        date(2026, 2, 1),
    )
    assert second.currency == "BAM"
    assert not first.faults


def test_the_currency_of_the_title() -> None:
    rows = [["Цене услуга у динарима"], ["Мера", "Цена", "Јединица"], ["Превоз", 5, "дан"]]
    assert read(workbook(rows), Otherwise("EUR"))[0].currency == "RSD"


def test_every_payer_is_known() -> None:
    assert set(price_rows.PAYERS) == set(codes.PAYERS)


def span(since: str, until: str = "", amount: int = 900, **more: Any) -> Span:
    return Span("dan", Decimal(amount), "RSD", "municipality", date.fromisoformat(since),
                date.fromisoformat(until) if until else None, **more)  # fmt: skip


@pytest.mark.parametrize(
    ("here", "row", "kind"),
    [
        ([], span("2026-01-01"), NEW), ([span("2026-01-01", id=1)], span("2026-01-01"), SAME),
        ([span("2026-01-01", id=1)], span("2026-01-01", "2026-06-30"), ENDS),
        ([span("2026-01-01", id=1)], span("2026-07-01", amount=950), NEW),
        ([span("2026-01-01", "2026-06-30", id=1), span("2026-07-01", amount=950, id=2)], span("2026-01-01"), SAME),
        ([span("2026-01-01", "2026-06-30", id=1)], span("2026-06-30", amount=950), ""),
        ([span("2026-01-01", "2026-06-30", id=1)], span("2026-07-01", amount=950), NEW),
        ([span("2026-06-01", id=1)], span("2026-01-01", amount=950), ""),
        ([span("2026-06-01", id=1)], span("2026-01-01", "2026-05-31", amount=950), NEW),
        ([span("2026-01-01", id=1)], span("2026-01-01", amount=950), ""),
        ([span("2026-01-01", row=4)], span("2026-01-01"), ""),
    ],
)  # fmt: skip
def test_what_becomes_of_a_row(here: list[Span], row: Span, kind: str) -> None:
    assert put(here, row).kind == kind
    assert not any(a.meets(b) for a in here for b in here if a is not b)
