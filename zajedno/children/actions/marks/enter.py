"""What a sheet tells is written: half-years of children, or their correction; and what that replaced, to undo it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from zajedno.access.queries.batch import portions
from zajedno.children.actions.marks.judge import SIZE, VALUES, Judge, Judged
from zajedno.children.logic.marks_rows import numbered, read_marks
from zajedno.children.models import Attendance, SchoolBatch, SchoolBatchRow
from zajedno.children.queries.marks import hints, table_of
from zajedno.kernel import clock, sealed
from zajedno.kernel.actor import Actor

Verdict = SchoolBatchRow.Verdict
WRITTEN = (*VALUES, "batch", "written_on")


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
    """Write the rows that are ready, in two statements: new half-years, and those that are corrected."""
    new: list[Attendance] = []
    corrected: list[Attendance] = []
    ready = [one for one in judged if one.verdict == Verdict.READY and one.row]
    for one in ready:
        found = one.known or _half_year(batch, one)
        one.before = _to_json(found) if one.known else b""
        _write(found, {**(one.row.told if one.row else {}), "batch_id": batch.pk, "written_on": clock.now()})
        (corrected if one.known else new).append(found)
        one.known, one.verdict = found, Verdict.CREATED
    Attendance.objects.bulk_create(new)
    Attendance.objects.bulk_update(corrected, WRITTEN)
    for one in ready:
        one.made = one.known.pk if one.known else None


def _half_year(batch: SchoolBatch, one: Judged) -> Attendance:
    found = Attendance(school_year=batch.school_year, half_year=batch.half_year, organisation_id=batch.organisation)
    found.child_id = one.child  # type: ignore[assignment]  # who is ready has a child
    return found


def take_back(batch: SchoolBatch) -> int | None:
    """Half-years as they were before the sheet, or gone when it brought them; how many. None when one of them is not
    as the sheet left it, or is not to be seen any more."""
    rows = SchoolBatchRow.objects.filter(batch=batch, verdict=Verdict.CREATED, attendance__isnull=False)
    before = {row.attendance_id: before_of(row) for row in rows if row.attendance_id}
    here = {row.pk: row for row in Attendance.objects.select_for_update().filter(pk__in=list(before), batch=batch)}
    if here.keys() != before.keys():
        return None
    corrected = [here[pk] for pk, content in before.items() if content]
    for row in corrected:
        _write(row, _from_json(before[row.pk]))
    Attendance.objects.bulk_update(corrected, WRITTEN)
    Attendance.objects.filter(pk__in=[pk for pk, content in before.items() if not content]).delete()
    return len(here)


def before_bound_to(row: SchoolBatchRow) -> str:
    return f"{row._meta.db_table}.before|{row.batch.uuid}|{row.number}"


def before_of(row: SchoolBatchRow) -> bytes:
    return sealed.unseal(row.before, before_bound_to(row)) if row.before else b""


def _write(row: Attendance, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)


def _to_json(row: Attendance) -> bytes:
    told = {name: getattr(row, name) for name in (*VALUES, "batch_id")}
    return json.dumps({**told, "written_on": row.written_on.isoformat()}, default=str).encode()


def _from_json(content: bytes) -> dict[str, Any]:
    found = json.loads(content)
    batch = SchoolBatch.objects.filter(pk=found["batch_id"]).values_list("pk", flat=True).first()
    return {**numbered(found), "batch_id": batch, "written_on": datetime.fromisoformat(found["written_on"])}
