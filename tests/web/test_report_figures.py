"""One figure is the same wherever a report says it: on the page, as PDF, in Word, in Excel, and as it is kept."""

import io
import re
from datetime import date
from decimal import Decimal
from html import unescape

import docx
import openpyxl
import pytest
from django.template.loader import render_to_string
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as some
from pypdf import PdfReader

from zajedno.figures.logic.figure import Figure, Said
from zajedno.web.shared.report import figure_words, pages, papers
from zajedno.web.shared.report.papers import Draft
from zajedno.web.shared.report.sections import Section, summed

NAMES = {"K1": "Захтеви на 1.000 деце", "K2": "Мишљења у року", "RS-80438": "Суботица"}
numbers = some.decimals(min_value=0, max_value=99_999, places=2)
counts = some.integers(min_value=5, max_value=4_000).map(Decimal)


@some.composite
def figures(draw: some.DrawFn) -> Figure:
    said = draw(some.sampled_from(Said))
    where = {"indicator": draw(some.sampled_from(["K1", "K2"])), "place": "RS-80438", "period": "2026"}
    if said in (Said.ABSENT, Said.WITHHELD):
        return Figure(**where, said=said)
    low, high = sorted((draw(numbers), draw(numbers)))
    values = {"value": low} if said is Said.EXACT else {"low": low, "high": high}
    top, bottom = sorted((draw(counts), draw(counts))) if said is Said.EXACT else (None, None)
    return Figure(
        **where, said=said, unit=draw(some.sampled_from(["%", "per 1000", "days", "RSD", "", "km"])), **values,
        by=draw(some.sampled_from(["", "sex"])), word=draw(some.sampled_from(["", "girl", "boy"])), top=top,
        bottom=bottom, reported=17, expected=20, edition="2026-4",
        released_on=date(2027, 1, draw(some.integers(1, 31))),
        is_small=draw(some.booleans()), reason=draw(some.sampled_from(["", "Каснила једна школа."])),
    )  # fmt: skip


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


@settings(max_examples=4, deadline=None)
@given(some.lists(figures(), min_size=1, max_size=8), some.sampled_from(["sr", "sr-latn", "bs", "en"]))
def test_page_pdf_word_and_excel_say_the_same_figure(found: list[Figure], language: str) -> None:
    one = draft(found, language)
    kept = one.papers(1)
    assert papers.kept_figures(kept.said) == found
    with override(language):
        rows = [[figure_words.said(each), figure_words.counted(each), figure_words.edition(each)] for each in found]
    told = [page(one), pdf(kept.pdf), word(kept.word)]
    for row in rows:
        for text in row:
            assert all(bare(text) in each for each in told), (text, told)
    sheet = openpyxl.load_workbook(io.BytesIO(papers.workbook(found, NAMES, language))).worksheets[0]
    for cells, each, row in zip(sheet.iter_rows(min_row=2, values_only=True), found, rows, strict=True):
        assert cells[6] == row[0]
        values = figure_words.told(each)
        assert (each.value or each.low) is None or any(one is not None for one in values)
        assert [None if one is None else pytest.approx(float(one)) for one in values] == list(cells[7:12])


def test_what_is_withheld_shows_no_number() -> None:
    hidden = Figure("K1", "RS-80438", "2026", Said.WITHHELD, top=Decimal(3), bottom=Decimal(7), edition="2026-4")
    one = draft([hidden], "en")
    for told in (page(one), pdf(one.pdf(one.content())), word(one.word(one.content()))):
        assert "fewerthanfive,ornone" in told
        assert "3of7" not in told
    cells = next(openpyxl.load_workbook(io.BytesIO(papers.workbook([hidden], NAMES, "en"))).worksheets[0].iter_rows(
        min_row=2, values_only=True))  # fmt: skip
    assert not [value for value in cells if isinstance(value, float)]
    assert cells[7:12] == (None,) * 5


def test_what_the_author_says_stands_beside_its_section() -> None:
    one = draft(
        [], "en", introduction="A good year.", requests="More requests came.\nMost from schools.", conclusion=""
    )
    for told in (page(one), pdf(one.pdf(one.content())), word(one.word(one.content()))):
        assert told.index("Agoodyear.") < told.index("Morerequests")
        assert "Mostfromschools." in told
        assert "Conclusion" not in told


def test_what_has_no_upper_end_is_told_by_its_lower_one():
    """As the dashboards say it, and not as if nothing had been reckoned."""
    open_end = Figure("e1", "80438", "2025", Said.BETWEEN, unit="months", low=Decimal(36))
    with override("en"):
        assert figure_words.said(open_end) == "at least 36 months"


def test_a_sum_does_not_tell_how_few_one_of_them_was():
    with override("en"):
        told = [summed(one, "few") for one in ([12, 7], [12, 3], [12, 0], [2, 1], [4, 4], [])]
    assert told == ["19", "at least 13", "12", "few", "at least 2", "0"]
