"""Registers of children that come in: found, and read again."""

from zajedno.access.queries.batch import Reads, file_of
from zajedno.children.logic.columns import CHILD_COLUMNS
from zajedno.children.models import ChildBatch, ChildBatchRow
from zajedno.children.rules import IMPORT
from zajedno.kernel.spreadsheets import Table, read_table

_reads = Reads(IMPORT, ChildBatch, ChildBatchRow, "child")
visible_to, find, find_row, rows = _reads.visible_to, _reads.find, _reads.find_row, _reads.rows


def table_of(batch: ChildBatch) -> Table:
    """The table of the file that was sent. Raises UnreadableTable."""
    return read_table(file_of(batch), [name for names in CHILD_COLUMNS.values() for name in names])
