"""A form as rows: read from Markdown and from workbooks, written again, languages and the made Latin."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from xlsxwriter import Workbook

from zajedno.forms.logic.book import LATIN, Book, code
from zajedno.kernel.spreadsheets import UnreadableTable

MARKDOWN = r"""
Words before the first heading are no sheet.

## survey

| type | name | label::Српски (sr) | label::English (en) | constraint |
| --- | :---: | --- | --- | --- |
| text | ime | Ко је ${име}, Љубав? | Who? | regex(., '^(a\|b)\d$') |
| | | | | |
| note | b | Први ред<br>други ред | | |

## choices

| list_name | name | label |
|---|---|---|
| l | 1 | One |

## settings

| form_title | form_id |
| --- | --- |
| Т | t |
"""


def test_markdown_keeps_what_stands_in_cells_and_the_rows_of_the_sheet() -> None:
    book = Book.from_markdown(MARKDOWN)
    first, note = book.leaf("survey").lines
    assert (first.number, note.number) == (2, 4)
    assert first["constraint"] == r"regex(., '^(a|b)\d$')"
    assert note["label::Српски (sr)"] == "Први ред\nдруги ред"
    assert note["label::English (en)"] == ""
    assert book.settings == {"form_title": "Т", "form_id": "t"}
    assert book.leaf("entities").lines == ()


def test_the_way_pyxform_writes_markdown_is_read_too() -> None:
    book = Book.from_markdown(
        "| survey |\n| | type | name |\n| | text | a |\n| choices |\n| | list_name | name |\n| | l | x |\n"
    )
    assert [line.cells for line in book.leaf("survey").lines] == [{"type": "text", "name": "a"}]
    assert [line.number for line in book.leaf("choices").lines] == [2]


@pytest.mark.parametrize(
    "there_and_back",
    [
        lambda book: Book.from_markdown(book.to_markdown()),
        lambda book: Book.from_xlsx(book.to_xlsx()),
        lambda book: Book.from_json(book.to_json()),
    ],
)
def test_nothing_is_lost_on_the_way_there_and_back(there_and_back) -> None:  # type: ignore[no-untyped-def]
    book = Book.from_markdown(MARKDOWN)
    again = there_and_back(book)
    assert again.to_json() == book.to_json()
    assert again.digest({"about": "child"}) == book.digest({"about": "child"}) != book.digest({"about": "anyone"})


def test_a_workbook_is_read_as_offices_keep_it() -> None:
    made = openpyxl.Workbook()
    survey = made.active
    survey.title = "Survey "
    survey.append(["Type", "name", "Label :: English (en)", "required", "relevance", "default", None])
    survey.append(["integer", "age", " Age\u00a0 ", True, None, 5.0])
    survey.append([])
    survey.append(["date", "day", "Day", False, "${age} > 1", date(2026, 11, 26)])
    made.create_sheet("Notes").append(["kept", "too"])
    stream = BytesIO()
    made.save(stream)
    book = Book.from_xlsx(stream.getvalue())
    assert book.leaf("survey").columns == ("type", "name", "label::English (en)", "required", "relevant", "default")
    age, day = book.leaf("survey").lines
    assert dict(age.cells) == {
        "type": "integer", "name": "age", "label::English (en)": "Age", "required": "TRUE", "default": "5",
    }  # fmt: skip
    assert (day.number, day["relevant"], day["default"]) == (4, "${age} > 1", "2026-11-26")
    assert set(book.sheets) == {"survey", "notes"}


def test_a_header_below_empty_rows_keeps_the_numbers_the_office_sees() -> None:
    stream = BytesIO()
    with Workbook(stream, {"in_memory": True}) as made:
        sheet = made.add_worksheet("survey")
        sheet.write_row(2, 0, ["type", "name"])
        sheet.write_row(3, 0, ["text", "a"])
    assert [line.number for line in Book.from_xlsx(stream.getvalue()).leaf("survey").lines] == [4]


@pytest.mark.parametrize("content", [b"", b"type,name\ntext,a\n", b"PK\x03\x04 torn", b"%PDF-1.7"])
def test_what_is_no_workbook_is_refused_in_a_sentence(content: bytes) -> None:
    with pytest.raises(UnreadableTable) as refused:
        Book.from_xlsx(content)
    assert str(refused.value)


def test_no_cell_of_an_export_is_a_formula_a_number_or_a_link() -> None:
    text = (
        "## survey\n\n| type | name | label |\n|---|---|---|\n| note | a | =HYPERLINK(1) |\n| note | 7 | https://x |\n"
    )
    sheet = openpyxl.load_workbook(BytesIO(Book.from_markdown(text).to_xlsx()))["survey"]
    assert {cell.data_type for row in sheet for cell in row} == {"s"}
    assert not any(cell.hyperlink for row in sheet for cell in row)


def test_latin_is_made_from_cyrillic_beside_it_and_leaves_names_of_questions_alone() -> None:
    book = Book.from_markdown(MARKDOWN).with_latin()
    assert book.leaf("survey").columns[2:4] == ("label::Српски (sr)", f"label::{LATIN}")
    assert book.leaf("survey").lines[0][f"label::{LATIN}"] == "Ko je ${име}, Ljubav?"
    assert book.languages() == ("Српски (sr)", LATIN, "English (en)")
    assert book.with_latin().to_json() == book.to_json()


def test_latin_written_by_hand_wins_and_a_plain_column_is_in_the_default_language() -> None:
    text = "## survey\n\n| type | name | label | hint::Српски (sr) | hint::Srpski (sr-latn) |\n|---|---|---|---|---|\n"
    text += "| text | a | Ово | ћирилица | rukom |\n\n## settings\n\n| default_language |\n| --- |\n| Српски (sr) |\n"
    line = Book.from_markdown(text).with_latin().leaf("survey").lines[0]
    assert (line[f"label::{LATIN}"], line[f"hint::{LATIN}"]) == ("Ovo", "rukom")


def test_languages_have_codes_and_titles_stand_by_them() -> None:
    assert [code(name) for name in ("Српски (sr)", LATIN, "English (EN)", "Esperanto")] == [
        "sr", "sr-latn", "en", "Esperanto",
    ]  # fmt: skip
    book = Book.from_markdown("## settings\n\n| form_title | form_title::English (en) |\n| --- | --- |\n| Т | T |\n")
    assert book.titles() == {"": "Т", "en": "T"}
