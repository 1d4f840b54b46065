"""How a register that comes in is shown: its steps, its columns, its rows with their reasons, its progress."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.access.queries.batch import Verdict, cells_of, is_worked_on, problems, samples, verdicts
from zajedno.children.enums import Settlement
from zajedno.kernel import clock
from zajedno.kernel.spreadsheets import Table as Sheet
from zajedno.web.registers.kind import Kind
from zajedno.web.shared.dates import day
from zajedno.web.shared.pieces import Cell, Column, Link, Row, Step, Table, Tag, Work

if TYPE_CHECKING:
    from zajedno.access.models import Batch, BatchRow
    from zajedno.children.actions.likeness import Known
    from zajedno.children.logic.rows import ChildRow

TONES = {
    "ready": "info", "created": "done", "unchanged": "off", "possible_duplicate": "wait", "refused": "late",
    "uploaded": "wait", "checked": "info", "committing": "wait", "committed": "done", "undone": "off", "failed": "late",
}  # fmt: skip
COUNTED = {
    "created": gettext_lazy("Entered"),
    "unchanged": gettext_lazy("Already here"),
    "possible_duplicate": gettext_lazy("Possibly the same child"),
    "refused": gettext_lazy("Refused"),
}
NAME = ("full_name", "full_name_family_first", "given_name", "family_name")
SHOWN = 3  # sentences of a row in the list; all of them are in the workbook
PATIENCE = 60  # seconds after which what nobody works on may be begun again


def batches(kind: Kind, found: "Iterable[Batch]") -> Table:
    columns = [Column(_("File")), Column(_("State")), *(Column(title, numeric=True) for title in COUNTED.values())]
    rows = [
        [
            Cell(one.name, kind.address(one), small=" · ".join(filter(None, (kind.about(one), _moment(one.added_on))))),
            Cell(tag=Tag(one.get_state_display(), TONES[one.state])),
            *(one.counts.get(key, "") for key in COUNTED),
        ]
        for one in found
    ]
    return Table("batches", _("Registers that came in"), columns, rows)


def _moment(when: Any) -> str:
    return date_format(timezone.localtime(when), "SHORT_DATETIME_FORMAT")


def steps(kind: Kind, batch: "Batch") -> list[Step]:
    """File, columns, rows, entered; one can go back to the columns until it is entered. None when it was taken back."""
    if batch.state == batch.State.UNDONE:
        return []
    at = {"uploaded": 1, "failed": 1, "checked": 2}.get(batch.state, 3)
    titles = (_("File"), _("Columns"), _("Rows"), _("Entered"))
    hrefs = ("", kind.address(batch, "columns/") if at == 2 else "", "", "")
    return [
        Step(title, "done" if n < at else "here" if n == at else "ahead", href)
        for n, (title, href) in enumerate(zip(titles, hrefs, strict=True))
    ]


def heading(batch: "Batch") -> str:
    if batch.state == batch.State.UNDONE:
        return _("This register was taken back")
    return _("What will be entered") if batch.state == batch.State.CHECKED else _("The register is entered")


def columns(kind: Kind, batch: "Batch", sheet: Sheet) -> Table:
    """Each column of the file with its first cells, so that a person sees what stands in it."""
    named = {at: kind.fields[key] for key, at in batch.columns.items() if key in kind.fields}
    read_as = {**kind.also(batch, sheet), **named}
    rows = [
        [name or str(at + 1), Cell(read_as[at]) if at in read_as else Cell(tag=Tag(_("Not used"), "off")),
         " · ".join(cells)]
        for at, (name, cells) in enumerate(zip(sheet.header, samples(sheet), strict=True))
    ]  # fmt: skip
    titles = (_("Column of the file"), _("Read as"), _("First cells"))
    return Table("samples", _("What stands in the file"), [Column(title) for title in titles], rows)


def counts(batch: "Batch") -> list[Row]:
    will = {"created": _("Will be entered")} if batch.state == batch.State.CHECKED else {}
    titles = {"read": _("Rows in the file"), **COUNTED, **will}
    return [Row(title, str(batch.counts.get(key, 0))) for key, title in titles.items()]


def tabs(batch: "Batch", current: str) -> list[dict[str, Any]]:
    """Rows by verdict, with how many; those that are none are left out."""
    found = dict(verdicts(batch))
    entries = [("", _("All"), sum(found.values()))]
    entries += [(one.value, str(one.label), found[one]) for one in Verdict if one in found]
    return [
        {"text": text, "href": f"?verdict={key}" if key else "?", "current": key == current, "count": count}
        for key, text, count in entries
    ]


def rows(kind: Kind, batch: "Batch", found: "Iterable[BatchRow]") -> Table:
    """A row: its number in the file, what the file says of it (while the file is here), verdict and reasons."""
    lines, says = list(found), {}
    if batch.state == batch.State.CHECKED and lines:
        says = cells_of(batch, kind.queries.table_of(batch), {row.number for row in lines})
    titles = (_("Row"), *([_("In the file")] if says else []), _("Verdict"), _("Why"))
    cells = [
        [Cell(row.number), *([_says(kind, says[row.number])] if says else []), _verdict(kind, batch, row),
         _why(kind, row)]
        for row in lines
    ]  # fmt: skip
    columns = [Column(title) for title in titles]
    return Table("rows", _("Rows of the file"), columns, cells, caption_hidden=True, empty=_("No row is like this."))


def _says(kind: Kind, cells: dict[str, str]) -> Cell:
    return Cell(" ".join(cells[key] for key in NAME if key in cells), small=cells.get(kind.second, ""))


def _verdict(kind: Kind, batch: "Batch", row: "BatchRow") -> Cell:
    tag = Tag(row.get_verdict_display(), TONES[row.verdict])
    if row.verdict == Verdict.POSSIBLE_DUPLICATE and batch.state == batch.State.COMMITTED:
        return Cell(_("Decide"), kind.address(batch, f"row/{row.number}/"), tag=tag)
    text, href = kind.leads(row) or ("", "")
    return Cell(text, href, tag=tag)


def _why(kind: Kind, row: "BatchRow") -> Cell:
    named = {one: f"{kind.fields[one.column]}: " if one.column in kind.fields else "" for one in problems(row)}
    found = [f"{name}{one.sentence(_)}" for one, name in named.items()]
    more = len(found) - SHOWN
    return Cell(" ".join(found[:SHOWN]), small=_("and %(n)s more") % {"n": more} if more > 0 else "")


def progress(batch: "Batch") -> dict[str, Any]:
    """How far it is. A register that nobody works on waits for its turn, or was broken off and may begin again."""
    running = is_worked_on(batch)
    seconds = (clock.now() - batch.started_on).total_seconds() if batch.started_on else 0
    rate = batch.done / seconds if running and batch.done and seconds > 0 else None
    left = round((batch.read - batch.done) / rate) if rate else None
    state = Tag(_("Being entered"), "info") if running else Tag(_("Waits for its turn"), "wait")
    work = Work(batch.name, batch.done if running else 0, batch.read, state, rate, left)
    return {"work": work, "stuck": not running and seconds > PATIENCE}


def said(child: "ChildRow") -> list[Row]:
    """What a row says of its child."""
    return [
        Row(_("Name"), f"{child.given_name} {child.family_name}"),
        Row(_("Date of birth"), day(child.birth_date)),
        Row(_("National number"), child.national_number),
        Row(_("Parent"), child.parent),
        Row(_("Address"), child.address),
        Row(_("Kind of settlement"), Settlement(child.settlement).label if child.settlement else ""),
    ]


def known(one: "Known") -> list[Row]:
    """A child who may be the same, as far as the file is open; it leads to the file."""
    child, contact = one.child, [Row(_("Address"), one.child.address)] if "contact" in one.fields else []
    name = child.full_name if "identity" in one.fields else _("Child")
    born = [Row(_("Date of birth"), day(child.birth_date))] if "identity" in one.fields else []
    return [Row(_("Name"), name, [Link(_("Child's file"), f"/work/child/{child.uuid}/", name)]), *born, *contact]


def sentences(row: "BatchRow") -> list[str]:
    return [one.sentence(_) for one in problems(row)]


def decided(row: "BatchRow") -> str:
    """What became of a row after a decision; one that could not be entered says why."""
    made = row.verdict == Verdict.CREATED
    return _("The row is entered.") if made else " ".join([f"{row.get_verdict_display()}.", *sentences(row)])
