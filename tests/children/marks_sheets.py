"""Sheets of marks and absences as schools make them, for a class of invented pupils: workbooks and CSV files."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

TITLES = (
    "ОШ „Пример” — извештај одељењског старешине",
    "Изостанци и успех на крају првог полугодишта школске 2025/26. године",
    "Разред и одељење: V-2",
)
TOTAL = ("", "Укупно", "", 612, 45, 28, 4, "", "")
HEADER = (
    "р.бр.", "Презиме и име ученика", "ЈМБГ", "Фонд часова", "Оправдани", "Неоправдани",
    "Неоправдани после обавештења", "Просек", "Број недовољних",
)  # fmt: skip
NUMBERS = {"Ана": "2702012783304", "Ђорђе": "0405016825018"}
CLASS = (
    (1, "Ђурић (Милан) Ана", 2702012783304.0, 612.0, 12.0, 3.0, None, 4.56, 0.0),
    (2, "Gashi Besa", None, 612, "24 часа", "17", 16, "3,12", 1),
    (3, "ЊЕЖИЋ ЂОРЂЕ", 405016825018.0, 612, 9, 8, None, "врло добар (4,00)", "-"),
)


def workbook(*rows: Sequence[Any], titles: Sequence[str] = TITLES, header: Sequence[Any] = HEADER) -> bytes:
    """Title rows over the whole width, an empty row, the header, rows with empty ones between them."""
    return book(
        lambda page: [
            *(page.merge_range(at, 0, at, len(header) - 1, text) for at, text in enumerate(titles)),
            *(_write(page, len(titles) + 1 + 2 * at, row) for at, row in enumerate([header, *rows])),
        ]
    )


def with_groups(*rows: Sequence[Any]) -> bytes:
    """A header of two rows: absences stand in one merged cell over their kinds."""

    def fill(page: Any) -> None:
        page.write(0, 0, "Одељење 5/2, прво полугодиште 2025/2026.")
        for column, name in enumerate(("Ученик", "ЈМБГ/ЈОБ")):
            page.merge_range(2, column, 3, column, name)
        page.merge_range(2, 2, 2, 4, "Изостанци")
        page.merge_range(2, 5, 3, 5, "Српски језик")
        page.merge_range(2, 6, 3, 6, "Математика")
        page.merge_range(2, 7, 3, 7, "Владање")
        _write(page, 3, (None, None, "опр.", "неопр.", "укупно"))
        for at, row in enumerate(rows, 4):
            _write(page, at, row)

    return book(fill)


def _write(page: Any, line: int, row: Sequence[Any]) -> None:
    for column, value in enumerate(row):
        if value is not None:
            page.write(line, column, value)


def book(fill: Any, name: str = "Лист1") -> bytes:
    buffer = BytesIO()
    with Workbook(buffer, {"in_memory": True}) as made:
        fill(made.add_worksheet(name))
    return buffer.getvalue()


def csv(*lines: str, encoding: str = "utf-8") -> bytes:
    return "\r\n".join(lines).encode(encoding)
