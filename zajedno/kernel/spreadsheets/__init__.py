"""Tables in and out: Excel, LibreOffice and CSV read as offices keep them; reports and error workbooks back."""

from zajedno.kernel.spreadsheets.columns import Matches, heading, match_columns
from zajedno.kernel.spreadsheets.days import Day, read_day
from zajedno.kernel.spreadsheets.problems import Problem, RefusedRow, all_sayings, gettext_noop, sayings
from zajedno.kernel.spreadsheets.reading import read_table
from zajedno.kernel.spreadsheets.table import MAX_BYTES, MAX_ROWS, Cell, Row, Table, UnreadableTable
from zajedno.kernel.spreadsheets.workbook import read_sheets
from zajedno.kernel.spreadsheets.writing import error_workbook, safe_cell, write_csv, write_workbook

__all__ = [
    "MAX_BYTES",
    "MAX_ROWS",
    "Cell",
    "Day",
    "Matches",
    "Problem",
    "RefusedRow",
    "Row",
    "Table",
    "UnreadableTable",
    "all_sayings",
    "error_workbook",
    "gettext_noop",
    "heading",
    "match_columns",
    "read_day",
    "read_sheets",
    "read_table",
    "safe_cell",
    "sayings",
    "write_csv",
    "write_workbook",
]
