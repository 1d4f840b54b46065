"""One figure is the same wherever it is told: on pages, as PDF, in Word, in Excel, in every file, and as it is kept."""

import io
import json
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from html import unescape
from typing import Any

import docx
import openpyxl
import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as some
from pypdf import PdfReader

from tests.figures import taken_out
from zajedno.figures.logic.figure import Figure, Said
from zajedno.figures.logic.formats.table import Meaning, Table, key, only_told
from zajedno.web.api.open import figures as api
from zajedno.web.open import pages as open_pages
from zajedno.web.open.files import KINDS
from zajedno.web.shared.figures import naming, tables
from zajedno.web.shared.report import pages, papers
from zajedno.web.shared.report.papers import Draft
from zajedno.web.shared.report.sections import Section, summed

NAMES = {"K1": "Захтеви на 1.000 деце", "K2": "Мишљења у року", "80438": "Суботица", "RS": "Србија"}
MEANINGS = [Meaning(code, {"sr": NAMES[code]}) for code in ("K1", "K2")]
PLACES = {code: {"sr": NAMES[code]} for code in ("80438", "RS")}
UNITS = ["%", "per 1000", "days", "months", "people", "RSD", "BAM", "currency", "", "km"]  # medians, money, shares
AXES = [("", ""), ("sex", "girl"), ("sex", "boy"), ("age", "0-2"), ("sex", "*")]
amounts = some.decimals(min_value=0, max_value=10**10, places=2)


@some.composite
def lists(draw: some.DrawFn) -> list[Figure]:
    """Some of each saying: also with numbers that a careless query left on a figure whose `said` forbids them."""
    one = some.builds(
        lambda code, place, period, axis, said, unit, ends, small, day, reason: Figure(
            code, place, period, said, *axis, unit, value=ends[0], low=min(ends[:2]), high=max(ends[:2]), top=ends[2],
            bottom=ends[3], reported=17, expected=20, edition="2026-4", released_on=date(2027, 1, day),
            is_small=small, reason=reason,
        ),
        some.sampled_from(["K1", "K2"]), some.sampled_from(["80438", "RS"]), some.sampled_from(["2025", "2024/25"]),
        some.sampled_from(AXES), some.sampled_from(Said), some.sampled_from(UNITS), some.tuples(*[amounts] * 4),
        some.booleans(), some.integers(1, 31), some.sampled_from(["", "Каснила једна школа."]),
    )  # fmt: skip
    return sorted(draw(some.lists(one, min_size=1, max_size=7, unique_by=key)), key=key)


def bare(text: str) -> str:
    return re.sub(r"\s", "", unescape(text))


def pdf(content: bytes) -> str:
    return bare(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages))


def word(content: bytes) -> str:
    found = docx.Document(io.BytesIO(content)).element.body.iter()
    return bare(" ".join(one.text or "" for one in found if one.tag.endswith("}t")))


def draft(found: list[Figure], language: str, **written: str) -> Draft:
    made = [Section("Захтеви", figures=found, key="requests")]
    return Draft("Извештај 2026", "Комисија", "Суботица", "Комисија", language, date(2027, 2, 1), lambda: made,
                 lambda _figures: NAMES, written)  # fmt: skip


def page(one: Draft) -> str:
    return bare(re.sub(r"<[^>]+>", " ", render_to_string(
        "report/content.html", pages.shown(one.content(), one.t, one.language)
    )))  # fmt: skip


def cells(table: Any) -> list[list[str]]:
    """The texts of a table as a browser shows them."""
    text = render_to_string("components/table.html", {"table": table})
    body = re.findall(r"<tr.*?</tr>", text.partition("<tbody")[2], re.DOTALL)
    return [[bare(re.sub(r"<[^>]+>", " ", one)) for one in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)]
            for row in body]  # fmt: skip


def printed(content: bytes) -> list[list[str]]:
    table = docx.Document(io.BytesIO(content)).tables[-1]
    return [[bare(cell.text) for cell in row.cells] for row in table.rows][1:]


def numbers(words: str, language: str) -> list[Decimal]:
    """The numbers that stand in words, as somebody reads them who writes as the language does."""
    group, point = (",", ".") if language == "en" else (".", ",")
    found = re.findall(r"\d[\d.,]*", words)
    return [Decimal(one.rstrip(".,").replace(group, "").replace(point, ".")) for one in found]


def told(one: Figure) -> list[Decimal]:
    kept = only_told(one)
    return [number for number in (kept.value, kept.low, kept.high) if number is not None]


@settings(max_examples=5, deadline=None)
@given(some_figures=lists(), language=some.sampled_from(["sr", "sr-latn", "bs", "en"]))
def test_the_same_figure_is_told_everywhere(some_figures: list[Figure], language: str) -> None:
    """On the page, on paper, in Word, in Excel, in every file and by the API: in the same words, of the same number."""
    as_table = Table.of(some_figures, MEANINGS, places=PLACES, made_on=datetime(2027, 2, 1, tzinfo=UTC))
    numbers_told = taken_out.said(as_table)
    files_of = {ending: KINDS[ending].write(as_table) for ending in ("csv", "xlsx", "json", "sdmx.json", "adx.xml")}
    assert taken_out.csv_of(files_of["csv"]) == numbers_told
    assert taken_out.workbook_of(files_of["xlsx"]) == numbers_told
    assert taken_out.rows(json.loads(files_of["json"])["figures"]) == numbers_told
    assert taken_out.rows(by_api(as_table)) == numbers_told
    for read in (taken_out.sdmx_of(files_of["sdmx.json"]), taken_out.adx_of(files_of["adx.xml"])):
        assert taken_out.told_only(read) == taken_out.told_only(numbers_told)
    with override(language):
        words = [naming.value(one) for one in some_figures]
        found = [numbers(text, language)[: len(told(one))] for text, one in zip(words, some_figures, strict=True)]
    assert found == [told(one) for one in some_figures]
    in_words(some_figures, language, words)


def by_api(table: Table) -> list[dict[str, Any]]:
    """What the view of the API gives where these are the figures."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(api, "found", lambda choice: table.figures)
        patch.setattr(api, "table", lambda *about: table)
        answer = api.listed(RequestFactory().get("/"), 1, 1000, country="RS").data
    return list(json.loads(json.dumps(answer["contents"], default=str)))


def in_words(found: list[Figure], language: str, words: list[str]) -> None:
    """Page of open figures, table under a chart, report as page, PDF, Word and Excel."""
    one = draft(found, language)
    kept = one.papers(1)
    assert papers.kept_figures(kept.said) == [only_told(each) for each in found]
    with override(language), pytest.MonkeyPatch.context() as patch:
        patch.setattr(open_pages, "table", lambda rows, *about: Table.of(rows, MEANINGS, places=PLACES))
        beside = [naming.beside(each) for each in found]
        parts = [bare(naming.parts(each) or "–") for each in found]
        pages_told = [
            [row[2:4] for row in cells(open_pages._table(found, ""))],
            [row[1:3] for row in cells(tables.table("t", "", "", [(each.place, each) for each in found]))],
        ]
    shown = [bare(f"{text} {small}") for text, small in zip(words, beside, strict=True)]
    paper = [bare(f"{text} ({small})" if small else text) for text, small in zip(words, beside, strict=True)]
    assert pages_told == [[[a, b] for a, b in zip(shown, parts, strict=True)]] * 2
    assert [row[2:4] for row in printed(kept.word)] == [[a, b] for a, b in zip(paper, parts, strict=True)]
    for text in (page(one), pdf(kept.pdf)):
        assert [each for each in (*paper, *parts) if each not in text] == []
    sheet = openpyxl.load_workbook(io.BytesIO(papers.workbook(found, NAMES, language))).worksheets[0]
    for line, each, text in zip(sheet.iter_rows(min_row=2, values_only=True), found, words, strict=True):
        assert line[6] == text
        assert [Decimal(str(number)) for number in line[7:10] if number is not None] == told(each)


def test_what_is_withheld_shows_no_number() -> None:
    hidden = Figure("K1", "80438", "2026", Said.WITHHELD, top=Decimal(3), bottom=Decimal(7), edition="2026-4")
    one = draft([hidden], "en")
    for text in (page(one), pdf(one.pdf(one.content())), word(one.word(one.content()))):
        assert "fewerthanfive,ornone" in text
        assert "3of7" not in text
    line = next(openpyxl.load_workbook(io.BytesIO(papers.workbook([hidden], NAMES, "en"))).worksheets[0].iter_rows(
        min_row=2, values_only=True))  # fmt: skip
    assert not [value for value in line if isinstance(value, float)]
    assert line[7:12] == (None,) * 5


def test_what_the_author_says_stands_beside_its_section() -> None:
    one = draft(
        [], "en", introduction="A good year.", requests="More requests came.\nMost from schools.", conclusion=""
    )
    for text in (page(one), pdf(one.pdf(one.content())), word(one.word(one.content()))):
        assert text.index("Agoodyear.") < text.index("Morerequests")
        assert "Mostfromschools." in text
        assert "Conclusion" not in text


def test_what_has_no_upper_end_is_told_by_its_lower_one():
    """As the dashboards say it, and not as if nothing had been reckoned."""
    open_end = Figure("e1", "80438", "2025", Said.BETWEEN, unit="months", low=Decimal(36))
    with override("en"):
        assert naming.value(open_end) == "at least 36 months"


def test_a_sum_does_not_tell_how_few_one_of_them_was():
    with override("en"):
        told = [summed(one, "few") for one in ([12, 7], [12, 3], [12, 0], [2, 1], [4, 4], [])]
    assert told == ["19", "at least 13", "12", "few", "at least 2", "0"]
