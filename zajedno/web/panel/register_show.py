"""How a register that comes in is shown: its steps, its rows with their reasons, its progress."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.access.queries.batch import is_worked_on, problems, verdicts
from zajedno.casework.actions.batch.places import commission
from zajedno.casework.queries import batch as queries
from zajedno.casework.queries.register import words_of
from zajedno.kernel.spreadsheets import Table as Sheet
from zajedno.web.panel.frame import case_address
from zajedno.web.panel.register_forms import FIELDS
from zajedno.web.shared.pieces import Cell, Column, Row, Step, Table, Tag, Work

if TYPE_CHECKING:
    from zajedno.casework.models import CaseBatch, CaseBatchRow

TONES = {"ready": "info", "created": "done", "unchanged": "off", "possible_duplicate": "wait", "refused": "late"}
STATES = {
    "uploaded": "wait",
    "checked": "info",
    "committing": "wait",
    "committed": "done",
    "undone": "off",
    "failed": "late",
}
COUNTED = (
    ("created", gettext_lazy("Entered")),
    ("unchanged", gettext_lazy("Already here")),
    ("possible_duplicate", gettext_lazy("Possibly the same child")),
    ("refused", gettext_lazy("Refused")),
)
SHOWN = 3  # sentences of a row in the list; all of them are in the workbook


def batches(found: "Sequence[CaseBatch]") -> Table:
    columns = [Column(_("File")), Column(_("State")), *(Column(title, numeric=True) for _key, title in COUNTED)]
    rows = [
        [
            Cell(one.name, f"/panel/register/{one.uuid}/", small=_moment(one.added_on)),
            Cell(tag=Tag(one.get_state_display(), STATES[one.state])),
            *(one.counts.get(key, "") for key, _title in COUNTED),
        ]
        for one in found
    ]  # fmt: skip
    return Table("batches", _("Registers that came in"), columns, rows)


def _moment(when: datetime) -> str:
    return date_format(timezone.localtime(when), "SHORT_DATETIME_FORMAT")


def steps(batch: "CaseBatch") -> list[Step]:
    """File, columns, rows, entered; one can go back to the columns until it is entered."""
    at = {"uploaded": 1, "failed": 1, "checked": 2}.get(batch.state, 3)
    titles = (_("File"), _("Columns"), _("Rows"), _("Entered"))
    hrefs = ("", f"/panel/register/{batch.uuid}/columns/" if at == 2 else "", "", "")
    return [
        Step(title, "done" if n < at else "here" if n == at else "ahead", href)
        for n, (title, href) in enumerate(zip(titles, hrefs, strict=True))
    ]


def counts(batch: "CaseBatch") -> list[Row]:
    will = batch.state == batch.State.CHECKED
    names = dict(COUNTED) | ({"created": _("Will be entered")} if will else {})
    rows = [Row(_("Rows in the file"), str(batch.counts.get("read", batch.read)))]
    return rows + [Row(title, str(batch.counts.get(key, 0))) for key, title in names.items()]


def tabs(batch: "CaseBatch", current: str) -> list[dict[str, Any]]:
    """Rows by verdict, with how many; those that are none are left out."""
    found = Counter(dict(verdicts(batch)))
    names = dict(queries.Verdict.choices)
    entries = [("", _("All"), sum(found.values()))]
    entries += [(key, str(names[key]), found[key]) for key in queries.Verdict.values if found[key]]
    return [
        {"text": text, "href": f"?verdict={key}" if key else "?", "current": key == current, "count": count}
        for key, text, count in entries
    ]


def rows(batch: "CaseBatch", found: "Sequence[CaseBatchRow]") -> Table:
    """A row: its number in the file, what the file says of it (while the file is here), verdict and reasons."""
    says = _says(batch, [row.number for row in found]) if batch.state == batch.State.CHECKED else {}
    columns = [Column(_("Row")), *([Column(_("In the file"))] if says else []), Column(_("Verdict")), Column(_("Why"))]
    lines = [
        [Cell(row.number), *([says.get(row.number, Cell())] if says else []), _verdict(batch, row), _why(row)]
        for row in found
    ]
    return Table("rows", _("Rows of the file"), columns, lines, caption_hidden=True, empty=_("No row is like this."))


def _verdict(batch: "CaseBatch", row: "CaseBatchRow") -> Cell:
    tag = Tag(row.get_verdict_display(), TONES[row.verdict])
    if row.case and row.verdict in ("created", "unchanged"):
        return Cell(row.case.number or _("Open the case"), case_address(row.case.uuid), tag=tag)
    if row.verdict == "possible_duplicate" and batch.state == batch.State.COMMITTED:
        return Cell(_("Decide"), f"/panel/register/{batch.uuid}/row/{row.number}/", tag=tag)
    return Cell(tag=tag)


def _why(row: "CaseBatchRow") -> Cell:
    found = problems(row)
    sentences = [
        f"{FIELDS[one.column]}: {one.sentence(_)}" if one.column in FIELDS else one.sentence(_) for one in found
    ]
    more = len(sentences) - SHOWN
    return Cell(" ".join(sentences[:SHOWN]), small=_("and %(n)s more") % {"n": more} if more > 0 else "")


def _says(batch: "CaseBatch", numbers: Sequence[int]) -> dict[int, Cell]:
    found = queries.cells_of(batch, table_of(batch), set(numbers))
    return {number: Cell(name_in(cells), small=cells.get("number", "")) for number, cells in found.items()}


def name_in(cells: dict[str, str]) -> str:
    names = (cells.get(key, "") for key in ("full_name", "full_name_family_first", "given_name", "family_name"))
    return " ".join(name for name in names if name)


def table_of(batch: "CaseBatch") -> Sheet:
    return queries.table_of(batch, words_of(commission(batch.organisation)))


def samples(sheet: Sheet, batch: "CaseBatch") -> Table:
    """Each column of the file with its first cells, so that a person sees what stands in it."""
    field_at = {at: key for key, at in batch.columns.items()}
    lines = [
        [name or str(at + 1),
         Cell(FIELDS.get(field_at.get(at, ""), ""), tag=None if at in field_at else Tag(_("Not used"), "off")),
         Cell(" · ".join(cells))]
        for at, (name, cells) in enumerate(zip(sheet.header, queries.samples(sheet), strict=True))
    ]  # fmt: skip
    columns = [Column(_("Column of the file")), Column(_("Read as")), Column(_("First cells"))]
    return Table("samples", _("What stands in the file"), columns, lines)


def unmatched(sheet: Sheet, batch: "CaseBatch") -> list[str]:
    used = set(batch.columns.values())
    return [name for at, name in enumerate(sheet.header) if name and at not in used]


def progress(batch: "CaseBatch") -> dict[str, Any]:
    """How far it is. A register that nobody works on waits for its turn, or was broken off and may begin again."""
    running = is_worked_on(batch)
    seconds = (timezone.now() - batch.started_on).total_seconds() if batch.started_on else 0
    rate = batch.done / seconds if running and batch.done and seconds > 0 else None
    left = round((batch.read - batch.done) / rate) if rate else None
    state = Tag(_("Being entered"), "info") if running else Tag(_("Waits for its turn"), "wait")
    work = Work(batch.name, batch.done if running else 0, batch.read, state, rate, left)
    return {"work": work, "running": running, "stuck": not running and seconds > 60}
