"""Cells of a list of services, as offices write them."""

from datetime import date

import pytest

from zajedno.kernel.spreadsheets import Table
from zajedno.kernel.spreadsheets.table import Row
from zajedno.places.logic import service_rows
from zajedno.places.logic.arriving import SENTENCES, Said

TODAY = date(2026, 9, 15)


def said(heading: str, cell: object) -> Said:
    table = Table(("Услуга", heading), 1, lambda: iter([Row(2, ("Логопед", cell))]))  # type: ignore[arg-type]
    return next(service_rows.said(table, TODAY, "sr"))


@pytest.mark.parametrize(
    ("cell", "ages"),
    [("3-7", (3, 7)), ("3 – 7 година", (3, 7)), ("od 3 do 7 god.", (3, 7)), ("од 3 до 7", (3, 7)), ("do 7", (None, 7)),
     ("преко 14", (14, None)), ("6+", (6, None)), (5.0, (5, 5)), (date(2026, 7, 3), (3, 7)),
     ("svi uzrasti", (None, None))],
)  # fmt: skip
def test_ages(cell: object, ages: tuple[int | None, int | None]) -> None:
    row = said("Uzrast", cell)
    assert (row.fields.get("age_from"), row.fields.get("age_until")) == ages
    assert not row.faults


@pytest.mark.parametrize(
    ("heading", "cell", "code"),
    [("Uzrast", "mladi", "not_age"), ("Uzrast", "9-3", "ages_turned"), ("Kapacitet", "dvadeset", "not_whole"),
     ("Kapacitet", -3, "not_whole"), ("Kapacitet", "20²", "not_whole"), ("E-mail", "a@b", "not_email"),
     ("Sajt", "nema", "not_url"),
     ("Za koga", "д" * 251, "too_long"),
     ("Provereno", "32. 1. 2026.", "not_day"), ("Provereno", "1. 1. 2030.", "not_day"),
     ("Oblast", "govor; letenje", "need_unknown")],
)  # fmt: skip
def test_what_cannot_be_read_is_said(heading: str, cell: object, code: str) -> None:
    assert [fault.code for fault in said(heading, cell).faults] == [code]


def test_every_reason_has_a_sentence_and_every_need_its_words() -> None:
    from zajedno.places.enums import LANGUAGES, Fee, Need

    assert set(service_rows.NEEDS) == set(Need.values)
    assert set(service_rows.FEES) == set(Fee.values)
    assert set(service_rows.LANGUAGES) == set(LANGUAGES)
    assert all(SENTENCES.values())


@pytest.mark.parametrize(("cell", "fields"), [
    ("Бесплатно", {"fee": "free"}), ("participacija", {"fee": "partly"}), 
    ("500 din po dolasku", {"fee": "paid", "fee_note": "500 din po dolasku"}),
])  # fmt: skip
def test_prices(cell: str, fields: dict[str, str]) -> None:
    row = said("Cena", cell)
    assert {key: row.fields[key] for key in fields} == fields
