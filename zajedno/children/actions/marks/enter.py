"""What a sheet tells is written: half-years of children, or their correction; and what that replaced, to undo it."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from zajedno.access.queries.batch import portions
from zajedno.children.actions.marks.judge import SIZE, VALUES, Judge, Judged, kept
from zajedno.children.logic.marks_rows import numbered, read_marks
from zajedno.children.models import Attendance, SchoolBatch, SchoolBatchRow
from zajedno.children.queries.marks import hints, table_of
from zajedno.kernel import clock, sealed
from zajedno.kernel.actor import Actor

Verdict = SchoolBatchRow.Verdict
WRITTEN = (*VALUES, "batch", "written_on")
ONCE = ("child", "organisation", "school_year", "half_year")


@dataclass
class Walk:
    """One way through a batch's file."""

    by: Actor
    batch: SchoolBatch
    judge: Judge = field(init=False)

    def __post_init__(self) -> None:
        self.judge = Judge(self.by, self.batch)

    def portions(self) -> Iterator[Sequence[Judged]]:
        batch, table = self.batch, table_of(self.batch)
        rows = read_marks(table, batch.columns, batch.half_year, self.by.today, hints(table, batch.name))
        return map(self.judge.chunk, portions(rows, SIZE))

    def enter(self, judged: Sequence[Judged]) -> None:
        enter_judged(self.batch, judged)

    def end(self) -> None:
        """Nothing."""


def enter_judged(batch: SchoolBatch, judged: Sequence[Judged]) -> None:
    """Write the rows that are ready, new half-years and corrected ones alike; of these, keep what they were."""
    ready = [one for one in judged if one.verdict == Verdict.READY and one.row]
    written = []
    for one in ready:
        one.before = _to_json(one.known) if one.known else b""
        told = {**(kept(one.known) if one.known else {}), **(one.row.told if one.row else {})}
        written.append(_half_year(batch, one.child, {**told, "batch_id": batch.pk, "written_on": clock.now()}))
    for one, row in zip(ready, _write(written), strict=True):
        one.known, one.made, one.verdict = row, row.pk, Verdict.CREATED


def take_back(batch: SchoolBatch) -> int | None:
    """Half-years as they were before the sheet, or gone when it brought them; how many. None when one of them is not
    as the sheet left it, or is not to be seen any more."""
    rows = SchoolBatchRow.objects.filter(batch=batch, verdict=Verdict.CREATED, attendance__isnull=False)
    before = {row.attendance_id: _unsealed(row, batch) for row in rows.only("attendance", "before", "number")}
    here = {row.pk: row for row in Attendance.objects.select_for_update().filter(pk__in=list(before), batch=batch)}
    if here.keys() != before.keys():
        return None
    known = set(SchoolBatch.objects.values_list("pk", flat=True))
    _write([_half_year(batch, row.child_id, _from_json(was, known)) for pk, row in here.items() if (was := before[pk])])
    Attendance.objects.filter(pk__in=[pk for pk in here if not before[pk]]).delete()
    return len(here)


def _half_year(batch: SchoolBatch, child: int | None, values: Mapping[str, Any]) -> Attendance:
    when = {"school_year": batch.school_year, "half_year": batch.half_year}
    return Attendance(child_id=child, organisation_id=batch.organisation, **when, **values)  # type: ignore[misc]


def _write(rows: Sequence[Attendance]) -> list[Attendance]:
    """In one statement, whether or not the half-year is known already."""
    return Attendance.objects.bulk_create(rows, update_conflicts=True, update_fields=WRITTEN, unique_fields=ONCE)


def keep_before(row: SchoolBatchRow, one: Judged) -> None:
    row.before = sealed.seal(one.before, _bound_to(row, row.batch)) if one.before else None


def _unsealed(row: SchoolBatchRow, batch: SchoolBatch) -> bytes:
    return sealed.unseal(row.before, _bound_to(row, batch)) if row.before else b""


def _bound_to(row: SchoolBatchRow, batch: SchoolBatch) -> str:
    return f"{row._meta.db_table}.before|{batch.uuid}|{row.number}"


def _to_json(row: Attendance) -> bytes:
    was = {**kept(row), "batch_id": row.batch_id, "written_on": row.written_on.isoformat()}
    return json.dumps(was, default=str).encode()


def _from_json(content: bytes, batches: Collection[int]) -> dict[str, Any]:
    """`batches`: ids of those that are still here."""
    was = json.loads(content)
    batch = was["batch_id"] if was["batch_id"] in batches else None
    return {**numbered(was), "batch_id": batch, "written_on": datetime.fromisoformat(was["written_on"])}
