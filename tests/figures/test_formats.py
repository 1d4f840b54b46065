"""Figures in every format: the same numbers, nothing withheld, valid by each format's own rules."""

import csv
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from csvw import CSVW
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft201909Validator, FormatChecker

from tests.figures import taken_out
from zajedno.figures.logic.figure import Figure, Said
from zajedno.figures.logic.formats import adx, adx_rules, delimited, plain, sdmx, sdmx_structure
from zajedno.figures.logic.formats.period import first_day, iso, of_iso
from zajedno.figures.logic.formats.table import Meaning, Table, only_told
from zajedno.figures.logic.formats.table import key as key_of

INTEROP = Path(__file__).parents[3] / "shared" / "data" / "interop"
needs_examples = pytest.mark.skipif(not INTEROP.is_dir(), reason="../shared/data is not here")
NOON = datetime(2026, 2, 1, 11, tzinfo=UTC)
MEANINGS = [
    Meaning("opinions-in-time", {"en": "Opinions in time", "sr": "Мишљења на време"},
            {"en": "Of all opinions, those given in the time the law sets."}, kind="share", unit="%", verified=True),
    Meaning("cost-of-need", {"en": "Cost of need"}, kind="money", unit="RSD"),
]  # fmt: skip
PLACES = {"80438": {"sr": "Суботица", "en": "Subotica"}, "RS": {"sr": "Србија", "en": "Serbia"}}
RELEASED: dict[str, Any] = {"edition": "2026-1", "released_on": date(2026, 2, 1), "reported": 17, "expected": 20}
EXACT = Figure("opinions-in-time", "80438", "2025", Said.EXACT, unit="%", value=Decimal("66.7"), top=Decimal(24),
               bottom=Decimal(36), **RELEASED)  # fmt: skip
SAYINGS = [
    EXACT,
    Figure("opinions-in-time", "80438", "2025", Said.BETWEEN, "sex", "girl", low=Decimal(70), high=Decimal("93.3"),
           **RELEASED),
    Figure("opinions-in-time", "80438", "2025", Said.WITHHELD, "sex", "boy", **RELEASED),
    Figure("opinions-in-time", "RS", "2025/26", Said.ABSENT),
    Figure("cost-of-need", "80438", "2025", Said.EXACT, unit="RSD", value=Decimal("12345678901.25"), **RELEASED),
]  # fmt: skip

amounts = st.decimals(min_value=0, max_value=10**10, places=2, allow_nan=False, allow_infinity=False)
AXES = [("", ""), ("sex", "girl"), ("sex", "boy"), ("age", "0-2"), ("age", "15-18")]


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Also with numbers that a careless query left on a figure whose `said` forbids them."""
    one = st.builds(
        lambda indicator, place, period, axis, said, numbers, small: Figure(
            indicator, place, period, said, *axis, value=numbers[0], low=numbers[1], high=numbers[2], top=numbers[3],
            bottom=numbers[4], is_small=small,
        ),
        st.sampled_from(["opinions-in-time", "cost-of-need"]), st.sampled_from(["80438", "RS", "70076"]),
        st.sampled_from(["2024", "2025", "2024/25", "2099/00"]), st.sampled_from(AXES), st.sampled_from(Said),
        st.tuples(amounts, amounts, amounts, amounts, amounts), st.booleans(),
    )  # fmt: skip
    return table(draw(st.lists(one, min_size=1, max_size=8, unique_by=key_of)))


def table(figures: list[Figure]) -> Table:
    return Table.of(figures, MEANINGS, places=PLACES, made_on=NOON, title="Figures of Serbia")


@settings(max_examples=40, deadline=None)
@given(found=tables())
def test_every_format_tells_the_same_numbers(found: Table):
    told = taken_out.told_only(taken_out.said(found))
    for read in (taken_out.of_csv, taken_out.of_json, taken_out.of_sdmx, taken_out.of_adx):
        assert taken_out.told_only(read(found)) == told, read.__name__


@settings(max_examples=6, deadline=None)
@given(found=tables())
def test_so_does_a_workbook(found: Table):
    assert taken_out.of_workbook(found) == taken_out.said(found)


@settings(max_examples=40, deadline=None)
@given(found=tables())
def test_what_is_written_is_valid(found: Table):
    assert adx_rules.check(adx.document(found)) == ([] if _has_a_number(found) else _empty(found))
    for one in found.figures:
        assert only_told(one) == one
    _fits(sdmx.data_message(found), sdmx_structure.structure_message(found))


def _has_a_number(found: Table) -> bool:
    return any(one.value is not None or one.low is not None for one in found.figures)


def _empty(found: Table) -> list[adx_rules.Fault]:
    return adx_rules.check(adx.document(found))[:1]  # "It has no group.": nothing may be told


def _fits(data: dict[str, Any], structure: dict[str, Any]) -> None:
    """Each code of the data stands in a list of the structure; each component is one of its concepts."""
    lists = {one["id"]: {code["id"] for code in one["codes"]} for one in structure["data"]["codelists"]}
    concepts = {one["id"] for one in structure["data"]["conceptSchemes"][0]["concepts"]}
    told = data["data"]["structures"][0]
    for one in (*told["dimensions"]["observation"], *told["attributes"]["observation"]):
        assert one["id"] in concepts
        codes = {value["id"] for value in one.get("values", []) if "id" in value}
        assert codes <= lists.get(f"CL_{one['id']}", set())


def test_nothing_withheld_is_in_any_text():
    careless = Figure("opinions-in-time", "80438", "2025", Said.WITHHELD, value=Decimal("98765.4"),
                      top=Decimal("98765.4"), low=Decimal("98765.4"), bottom=Decimal("98765.4"))  # fmt: skip
    found = table([careless])
    texts = ["".join(delimited.csv(found)), json.dumps(plain.as_json(found)), json.dumps(sdmx.data_message(found)),
             adx.document(found).decode()]  # fmt: skip
    assert not [text for text in texts if "98765" in text]


def test_each_saying_has_its_status():
    message = sdmx.data_message(table(SAYINGS))["data"]
    statuses = [one["id"] for one in message["structures"][0]["attributes"]["observation"][0]["values"]]
    counted = [statuses[one[1]] for one in message["dataSets"][0]["observations"].values()]
    assert sorted(counted) == ["A", "A", "O", "Q", "Q"]
    few = sdmx.data_message(table([Figure("x", "RS", "2025", Said.EXACT, value=Decimal(1), is_small=True)]))
    assert few["data"]["structures"][0]["attributes"]["observation"][0]["values"][0]["id"] == "U"


def test_adx_says_how_many_are_withheld_and_what_a_share_is_made_of():
    content = adx.document(table(SAYINGS)).decode()
    assert 'orgUnit="80438" period="2025-01-01/P1Y" dataSet="ZAJEDNO_YEAR" comment="2 withheld"' in content
    assert 'dataElement="opinions-in-time.denominator" value="36"' in content
    assert 'dataElement="opinions-in-time.low" value="70" sex="girl"' in content
    assert "RS" not in content  # nothing is told of it


def test_csv_is_read_by_its_metadata(tmp_path: Path):
    """By a reader of CSV on the Web that is not ours."""
    found = table(SAYINGS)
    (tmp_path / "figures.csv").write_text("".join(delimited.csv(found)), newline="")
    (tmp_path / "figures.csv-metadata.json").write_text(json.dumps(delimited.metadata(found, "figures.csv")))
    read = CSVW(str(tmp_path / "figures.csv-metadata.json"), validate=True)
    assert read.is_valid, read.warnings
    rows = list(read.tables[0])
    assert [row["value"] for row in rows] == [one.value for one in found.figures]
    assert [row["released"] and row["released"].date() for row in rows] == [one.released_on for one in found.figures]
    assert rows[1]["indicator_name"] == "Opinions in time"


def test_a_figure_stands_once():
    with pytest.raises(ValueError, match="two figures"):
        table([EXACT, EXACT])


def test_names_are_in_the_language_asked():
    found = Table.of([EXACT], MEANINGS, places=PLACES, language="sr-latn", made_on=NOON)
    row = next(csv.DictReader(StringIO("".join(delimited.csv(found)).removeprefix("\ufeff"))))
    assert (row["indicator_name"], row["place_name"]) == ("Mišljenja na vreme", "Subotica")


def test_periods_come_back():
    for period in ("2025", "2025/26", "2099/00"):
        assert of_iso(iso(period)) == period
    for wrong in ("25", "2025-26", "2025/27", "٢٠٢٥"):
        with pytest.raises(ValueError, match="no year"):
            first_day(wrong)


def _formats() -> FormatChecker:
    """jsonschema knows no moment without another package; the schema's choices hang on it."""
    checker = FormatChecker()
    checker.checks("date-time", ValueError)(lambda text: bool("T" in text and datetime.fromisoformat(text).tzinfo))
    checker.checks("date", ValueError)(lambda text: bool(len(text) == 10 and date.fromisoformat(text)))
    return checker


@needs_examples
def test_sdmx_keeps_the_official_schema():
    """It has no licence, so it lies beside the examples and is not shipped."""
    path = INTEROP / "sdmx/data-message/tools/schemas/sdmx-json-data-schema.json"
    official = Draft201909Validator(json.loads(path.read_text()), format_checker=_formats())
    sample = json.loads((INTEROP / "sdmx/data-message/samples/exr/exr-flat.json").read_text())
    assert not list(official.iter_errors(sample))
    for figures in (SAYINGS, [EXACT], SAYINGS[3:4]):
        assert not list(official.iter_errors(sdmx.data_message(table(figures))))
