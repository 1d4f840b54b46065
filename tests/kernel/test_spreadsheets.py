"""Tables in and out: what an office saves is read as it stands or refused with a reason; nothing can calculate."""

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter import Workbook

from zajedno.kernel.spreadsheets import (
    Row,
    UnreadableTable,
    error_workbook,
    heading,
    match_columns,
    read_day,
    read_table,
    safe_cell,
    table,
    write_csv,
    write_workbook,
)

DATA = Path(__file__).parent / "data"
HEADER = ("Име", "Презиме", "Рођен", "ЈМБГ")
ROW = ("Љубица", "Szűcs", date(2015, 6, 5), 2702012783304.0)


def workbook(fill: Callable[[Workbook], None]) -> bytes:
    buffer = io.BytesIO()
    with Workbook(buffer, {"in_memory": True}) as book:
        fill(book)
    return buffer.getvalue()


def sheet(book: Workbook, name: str, *rows: tuple[Any, ...], at: int = 0, left: int = 0) -> Any:
    page = book.add_worksheet(name)
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    for line, row in enumerate(rows, at):
        for column, value in enumerate(row, left):
            if isinstance(value, date):
                page.write_datetime(line, column, value, day)
            elif value is not None:
                page.write(line, column, value)
    return page


def ods(*rows: str, entry: str = "") -> bytes:
    names = " ".join(
        f'xmlns:{key}="urn:oasis:names:tc:opendocument:xmlns:{key}:1.0"' for key in ("office", "table", "text")
    )
    body = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names}><office:body><office:spreadsheet>'
        f'<table:table table:name="Деца">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">'
        f"{entry}</manifest:file-entry></manifest:manifest>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return packed({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})


def word(text: str, more: str = "") -> str:
    return f'<table:table-cell office:value-type="string"{more}><text:p>{text}</text:p></table:table-cell>'


def packed(members: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            # OpenDocument wants its first member as it is, so that the type can be read without unpacking.
            file.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else None)
    return buffer.getvalue()


def refusal(content: bytes) -> str:
    with pytest.raises(UnreadableTable) as caught:
        list(read_table(content).rows())
    assert str(caught.value.sentence).endswith(".")
    assert "{" not in str(caught.value.sentence)
    return caught.value.code


def test_xlsx_beneath_titles_on_a_visible_sheet_away_from_the_corner() -> None:
    def fill(book: Workbook) -> None:
        sheet(book, "шифре", ("а", "б"), ("1", "2"), ("3", "4")).hide()
        page = sheet(book, "Деца", HEADER, ROW, (None,), ("  Ана \u00a0", "", "5.6.2015.", None), at=4, left=2)
        page.merge_range(1, 2, 1, 5, "Регистар деце за школску 2026/2027. годину")
        page.activate()

    found = read_table(workbook(fill))
    assert found.header == HEADER
    assert (found.header_row, found.sheet, found.sheets) == (5, "Деца", ("шифре", "Деца"))
    assert found.titles == ("Регистар деце за школску 2026/2027. годину",)
    assert list(found.rows()) == [Row(6, ROW), Row(8, ("Ана", None, "5.6.2015.", None))]
    assert list(found.rows()) == list(found.rows())
    assert "Деца" in str(found.notes[0])


def test_a_hidden_sheet_is_not_read_beside_a_visible_one() -> None:
    def fill(book: Workbook) -> None:
        sheet(book, "празно").activate()
        sheet(book, "Деца", HEADER, ROW).hide()

    assert refusal(workbook(fill)) == "empty"


def test_the_fullest_sheet_is_chosen() -> None:
    def fill(book: Workbook) -> None:
        sheet(book, "упутство", ("како", "попунити"))
        sheet(book, "Деца", HEADER, *[ROW] * 5)

    assert read_table(workbook(fill)).sheet == "Деца"


def test_xls_is_read() -> None:
    found = read_table(DATA / "register.xls")
    assert (found.header, found.sheet, found.header_row) == (HEADER, "Деца", 3)
    assert list(found.rows()) == [Row(4, ROW)]


def test_ods_is_read() -> None:
    day = '<table:table-cell office:value-type="date" office:date-value="2015-06-05"/>'
    number = '<table:table-cell office:value-type="float" office:value="2702012783304"/>'
    found = read_table(ods("".join(map(word, HEADER)), word("Љубица") + word("Szűcs") + day + number))
    assert found.header == HEADER
    assert [row.values for row in found.rows()] == [ROW]


def test_an_encrypted_ods_is_refused() -> None:
    assert refusal(ods(word("x") + word("y"), word("1"), entry="<manifest:encryption-data/>")) == "encrypted"


def test_a_header_of_two_rows_and_its_repetitions() -> None:
    def fill(book: Workbook) -> None:
        page = sheet(
            book,
            "1",
            ("број", None, None),
            (None, "презиме", "име"),
            (1, "Ђукић", "Ана"),
            (None, "презиме", "име"),
            (2, "Ђ", "М"),
        )
        page.merge_range(0, 1, 0, 2, "Дете")

    found = read_table(workbook(fill), ["broj", "prezime", "ime"])
    assert found.header == ("број", "Дете / презиме", "Дете / име")
    assert [row.number for row in found.rows()] == [3, 5]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_csv_of_any_encoding_and_separator(encoding: str, separator: str) -> None:
    rows = [HEADER, ("Љубица", "Szűcs", "5.6.2015.", "0101015825005"), ("Ана", "Ђ", '"два\nреда, а; б|в\tг"', "")]
    content = "\r\n".join(separator.join(row) for row in rows).encode(encoding)
    found = read_table(content)
    assert found.header == HEADER
    assert [row.values for row in found.rows()] == [rows[1], ("Ана", "Ђ", "два\nреда, а; б|в\tг", None)]


@pytest.mark.parametrize(
    ("encoding", "names"),
    [
        ("cp1250", ("Đorđe Živković", "Szűcs Kőrösi", "Ćazim Šehić")),
        ("iso8859-2", ("Đorđe Živković", "Szűcs Kőrösi", "Ćazim Šehić")),
        ("cp1251", ("Ђорђе Живковић", "Његош Џакић", "Ана")),
    ],
)
def test_the_offices_old_encodings_are_told_apart(encoding: str, names: tuple[str, ...]) -> None:
    header = "Име;Рођен" if encoding == "cp1251" else "Ime;Rođen"
    content = "\n".join([header, *(f"{name};5.6.2015." for name in names)]).encode(encoding)
    found = read_table(content)
    assert [row.values[0] for row in found.rows()] == list(names)
    assert encoding in str(found.notes[0])


def test_one_column_is_a_table_too() -> None:
    found = read_table("input\nSubotica\nНови Сад\n".encode())
    assert found.header == ("input",)
    assert [row.values for row in found.rows()] == [("Subotica",), ("Нови Сад",)]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        (b"%PDF-1.7 ...", "wrong_type"),
        (b"\x89PNG\r\n\x1a\n....", "wrong_type"),
        (b"<html><table><tr><td>Ime</td></tr></table></html>", "wrong_type"),
        (packed({"word/document.xml": "<x/>"}), "wrong_type"),
        (packed({"xl/workbook.xml": "<x/>"}), "not_a_table"),
        (b"PK\x03\x04 broken", "not_a_table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "not_a_table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (bytes(range(256)) * 20, "wrong_type"),
        (b'a;b\n"open;1\n' + b"x" * 200_000, "not_a_table"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(content: bytes, code: str) -> None:
    assert refusal(content) == code


def test_a_file_larger_than_the_limit_is_not_opened(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("zajedno.kernel.spreadsheets.reading.MAX_BYTES", 10)
    (tmp_path / "a.csv").write_text("a;b\n1;2\n3;4\n")
    with pytest.raises(UnreadableTable) as caught:
        read_table(tmp_path / "a.csv")
    assert caught.value.code == "too_large"


def test_a_zip_bomb_is_refused_before_it_is_opened() -> None:
    bomb = packed({"xl/workbook.xml": "<x/>", "xl/worksheets/sheet1.xml": b" " * (table.MAX_UNPACKED + 1)})
    assert len(bomb) < 1_000_000
    assert refusal(bomb) == "too_large"


def test_a_zip_that_lies_about_its_size_is_refused() -> None:
    bomb = packed({"xl/workbook.xml": "<x/>", "xl/sharedStrings.xml": b" " * (table.MAX_UNPACKED + 1)})
    true, lie = (size.to_bytes(4, "little") for size in (table.MAX_UNPACKED + 1, 100))
    assert refusal(bomb.replace(true, lie)) == "too_large"


def test_a_cell_at_the_far_end_of_the_sheet_is_refused() -> None:
    assert refusal(workbook(lambda book: sheet(book, "1", HEADER, ROW).write(1_048_575, 16_383, "x"))) == "too_large"
    assert refusal(ods(word("а") + word("б"), word("x", ' table:number-columns-repeated="16384"'))) == "too_large"


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for place in ("delimited", "workbook"):
        monkeypatch.setattr(f"zajedno.kernel.spreadsheets.{place}.MAX_ROWS", 3)
    rows = [HEADER, *[ROW] * 12]
    assert refusal(workbook(lambda book: sheet(book, "1", *rows))) == "too_large"
    assert refusal("\n".join("а;б" for _row in rows).encode()) == "too_large"


@pytest.mark.parametrize(
    "start", ["=", "+", "-", "@", "|", "%", " =", "\t=", "\n+", "\x00=", "\u00a0@", "\ufeff=", "＝"]
)
def test_text_that_would_calculate_is_escaped(start: str) -> None:
    safe = safe_cell(start + "cmd|' /C calc'!A0")
    assert isinstance(safe, str)
    assert safe.startswith("'")


@pytest.mark.parametrize("value", [-5, 3.5, -0.1, None, True, date(2015, 6, 5), "-5", "+3,5", "12%", "a=b", "Ана", ""])
def test_numbers_days_and_other_text_stay(value: Any) -> None:
    assert safe_cell(value) == value


@given(st.text(max_size=40))
def test_no_text_can_become_a_formula_and_all_come_back(text: str) -> None:
    safe = safe_cell(text)
    assert isinstance(safe, str)
    assert not safe.lstrip().startswith(("=", "@", "|", "%"))
    assert table.tidy(safe) == table.tidy(text) or "'" in text or any(ord(letter) < 32 for letter in text)


def test_a_workbook_comes_back_as_it_was_written() -> None:
    rows = [
        ("Љубица", "=1+1", date(2015, 6, 5), 2702012783304.0, -5, None),
        ("Szűcs", "+381 24 000", datetime(2026, 1, 2, 3, 4, tzinfo=UTC), "0101015825005", 2.5, "=A1"),
    ]
    content = write_workbook(("Име", "Текст", "Дан", "ЈМБГ", "Број", "=x"), rows, sheet="Деца/1", notes=["=напомена"])
    page = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert page.freeze_panes == "A2"
    assert {cell.data_type for line in page.iter_rows() for cell in line} <= {"s", "n", "d", "inlineStr"}
    assert page["B2"].value == "'=1+1"
    assert page["D2"].value == "2702012783304"
    found = read_table(content)
    assert found.header == ("Име", "Текст", "Дан", "ЈМБГ", "Број", "=x")
    back = [row.values for row in found.rows()]
    assert back[0] == ("Љубица", "=1+1", date(2015, 6, 5), "2702012783304", -5, None)
    assert back[1][1::4] == ("+381 24 000", "=A1")
    assert back[1][3] == "0101015825005"


def test_csv_out_opens_in_excel_and_comes_back() -> None:
    content = "".join(write_csv(("Име", "Број"), [("Ђ; \n„а”", 2702012783304.0), ("=x", -5)], separator=";"))
    assert content.startswith("\ufeff")
    assert "'=x" in content
    found = read_table(content.encode())
    assert [row.values for row in found.rows()] == [("Ђ; \n„а”", "2702012783304"), ("=x", "-5")]


def test_the_error_workbook_shows_the_row_its_reason_and_the_fault() -> None:
    content = error_workbook(HEADER, [(Row(17, ROW), "Дан не постоји.", [2])], "Разлог")
    page = openpyxl.load_workbook(io.BytesIO(content)).active
    assert page is not None
    assert [cell.value for cell in page[1]] == ["#", "Разлог", *HEADER]
    assert [cell.value for cell in page[2]][:4] == [17, "Дан не постоји.", "Љубица", "Szűcs"]
    filled = [cell.fill.fgColor.rgb for cell in page[2] if cell.fill.fill_type]
    assert filled == ["FFF9DEDC"] * 2
    assert page["E2"].fill.fill_type
    again = read_table(content, [*HEADER])
    assert [row.values[2:] for row in again.rows()] == [("Љубица", "Szűcs", date(2015, 6, 5), "2702012783304")]


def test_columns_are_matched_folded_and_abbreviated_each_once() -> None:
    fields = {"born": ["датум рођења"], "received": ["датум пријема", "датум"], "number": ["дел. бр."], "name": ["ime"]}
    found = match_columns(["DEL BR", "Dat. rodj.", "датум", "Датум пријема захтева", "IME", "ко зна"], fields)
    assert found.columns == {"number": 0, "born": 1, "received": 2, "name": 4}
    assert found.unmatched == ("Датум пријема захтева", "ко зна")
    assert heading("Дел. бр.:") == heading("DEL_BR") == "del br"


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("5.6.2015.", "2015-06-05"),
        ("05/06/15", "2015-06-05"),
        ("5. јуна 2015. године", "2015-06-05"),
        ("5. VI 2015.", "2015-06-05"),
        ("2015. június 5.", "2015-06-05"),
        ("5 qershor 2015", "2015-06-05"),
        ("5. lipnja 2015.", "2015-06-05"),
        ("June 5, 2015", "2015-06-05"),
        ("2015-06-05T00:00:00", "2015-06-05"),
        ("05062015", "2015-06-05"),
        ("20150605", "2015-06-05"),
        (42160.0, "2015-06-05"),
        ("42160", "2015-06-05"),
        ("5.6.99", "1999-06-05"),
    ],
)
def test_days_as_people_write_them(written: Any, day: str) -> None:
    found = read_day(written, date(2026, 11, 24), "born")
    assert found == (date.fromisoformat(day), None)


def test_a_month_will_do_only_where_it_is_said() -> None:
    today = date(2026, 11, 24)
    strict, loose = read_day("јун 2015", today, "x"), read_day("јун 2015", today, "x", month_will_do=True)
    assert strict.day is None
    assert loose.day == date(2015, 6, 1)
    assert strict.problem == loose.problem
    assert strict.problem
    assert strict.problem.code == "day_missing"
    assert read_day(None, today, "x") == read_day(" - ", today, "x") == (None, None)
    assert read_day("1.1.2027.", today, "x", future=True).day == date(2027, 1, 1)


@given(st.dates(date(1950, 1, 1), date(2026, 11, 24)))
def test_every_day_reads_back_from_each_way_of_writing(day: date) -> None:
    for written in (
        f"{day.day}.{day.month}.{day.year}.",
        day.isoformat(),
        day.strftime("%d/%m/%Y"),
        day.strftime("%Y%m%d"),
    ):
        assert read_day(written, date(2026, 11, 24), "x").day == day


@given(st.text(max_size=30) | st.floats() | st.integers())
def test_no_cell_breaks_the_reading_of_days(value: Any) -> None:
    read = read_day(value, date(2026, 11, 24), "x")
    assert read.day is None or (read.problem is None and date(1900, 1, 1) <= read.day <= date(2026, 11, 24))
