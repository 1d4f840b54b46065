"""Every form leaves as a standard XLSForm: pyxform alone makes of the workbook the XForm that we fill in."""

import re
from pathlib import Path

import pytest
from pyxform.xls2xform import convert

from zajedno.forms.logic.book import TITLES, Book
from zajedno.forms.logic.check import faults
from zajedno.forms.logic.compile import Unconvertible, xform
from zajedno.forms.logic.form import read

ROOT = Path(__file__).parents[2]
FORMS = sorted([*ROOT.glob("packs/*/forms/*.xlsform.md"), *Path(__file__).parent.glob("books/*.xlsform.md")])
_TITLE = re.compile(r'<text id="/data:title">.*?</text>')


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.name.removesuffix(".xlsform.md"))
def test_the_workbook_means_the_same_to_pyxform_and_to_us(path: Path) -> None:
    book = Book.from_markdown(path.read_text(encoding="utf-8")).with_latin()
    ours = xform(book)
    workbook = book.to_xlsx()
    assert convert(workbook, file_type=".xlsx").xform == _TITLE.sub("", ours)
    assert xform(Book.from_xlsx(workbook)) == ours
    assert faults(Book.from_xlsx(workbook)) == []


def test_titles_in_several_languages_have_a_sheet_of_their_own_in_a_workbook() -> None:
    text = (Path(__file__).parent / "books" / "tongues.xlsform.md").read_text(encoding="utf-8")
    book = Book.from_markdown(text).with_latin()
    again = Book.from_xlsx(book.to_xlsx())
    assert TITLES not in again.sheets
    assert again.titles() == book.titles()
    form = read(xform(again, version=3))
    assert (form.key, form.version, form.languages) == ("tongues", "3", ("sr", "sr-latn", "bs", "hu", "en"))
    assert form.title("en") == "Tongues & <words>"
    assert form.title("sr-latn") == 'Jezici & "reči"'
    assert form.title("hu") == form.title() == 'Језици & "речи"'


def test_what_pyxform_cannot_take_is_refused_in_its_words() -> None:
    book = Book.from_markdown("## survey\n\n| type | name | label |\n|---|---|---|\n| nonsense | a | A |\n")
    with pytest.raises(Unconvertible, match="nonsense"):
        xform(book)
