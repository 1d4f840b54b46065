"""What a sheet of marks and absences is: its half-year, its columns, its rows, and whose a doubtful row is."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions.batch import Batches
from zajedno.children.actions.likeness import Looked, seen
from zajedno.children.actions.marks.enter import Walk, enter_judged, keep_before, take_back
from zajedno.children.actions.marks.judge import VALUES, Judge, Judged, Verdict
from zajedno.children.logic.half_year import HALVES, half_told, year_told
from zajedno.children.logic.marks_columns import FIELDS, FIRST, match_marks
from zajedno.children.logic.marks_rows import MarksRow, from_json, to_json
from zajedno.children.models import Attendance, Child, SchoolBatch, SchoolBatchRow
from zajedno.children.queries.enrolment import school_year as school_year_of
from zajedno.children.queries.marks import hints, table_in, table_of
from zajedno.children.rules import IMPORT_SCHOOL
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import Refused
from zajedno.kernel.spreadsheets import Problem, Table, gettext_noop, sayings
from zajedno.kernel.verbs import ask

_WHO = {"full_name", "full_name_family_first", "national_number", "education_number"}
_TELLS = {*VALUES, "absences", FIRST}

sayings({"nobody_here": gettext_noop("A person has said that none of the children here is meant.")})


class SchoolBatches(Batches[SchoolBatch, SchoolBatchRow, Judged]):
    verb = IMPORT_SCHOOL
    batches = SchoolBatch
    rows = SchoolBatchRow
    made = Attendance
    used = _("A later sheet has corrected what came with this one, or a child of it is no longer among yours. "
             "Take the later sheet back first.")  # fmt: skip

    @transaction.atomic
    def upload(
        self, *, by: Actor, organisation: int, name: str, content: bytes, school_year: int | None = None,
        half_year: int | None = None, **about: Any,
    ) -> SchoolBatch:  # fmt: skip
        """`school_year` (that in which it begins) and `half_year` (1 or 2), where they are not said, as titles tell."""
        ask(by, self.verb, organisation)
        texts = hints(table_in(content), name)
        year, half = school_year or year_told(texts), half_year or half_told(texts)
        if year is None or half is None:
            raise Refused(_("The sheet does not tell its school year and half-year. Choose both."), "half_year_missing")
        if half not in HALVES or not 2000 <= year <= school_year_of(by.today):
            raise Refused(_("There is no such half-year yet. Choose the school year and 1 or 2."), "half_year_wrong")
        when = {"school_year": year, "half_year": half}
        return super().upload(by=by, organisation=organisation, name=name, content=content, **when)

    def table_of(self, batch: SchoolBatch) -> Table:
        return table_of(batch)

    def fields(self, batch: SchoolBatch) -> Collection[str]:
        return FIELDS

    def matched(self, batch: SchoolBatch) -> dict[str, int]:
        return match_marks(table_of(batch), batch.half_year)

    def needed(self, columns: Mapping[str, int]) -> None:
        """Refuse a sheet of which it could not be told whose its rows are, or which tells nothing."""
        named = _WHO & columns.keys() or {"given_name", "family_name"} <= columns.keys()
        if not named or not _TELLS & columns.keys():
            sentence = _("Say in which columns the child's name or number, and the absences or marks stand.")
            raise Refused(sentence, "column_missing")

    def walk(self, by: Actor, batch: SchoolBatch) -> Walk:
        return Walk(by, batch)

    def row(self, batch: SchoolBatch, one: Judged) -> SchoolBatchRow:
        row = super().row(batch, one)
        keep_before(row, one)
        return row

    def words(self, judged: Judged) -> bytes:
        return to_json(judged.row) if judged.row else b""

    def told(self, made: QuerySet[Attendance]) -> QuerySet[Child]:
        return Child.objects.filter(attendance__in=made)

    def beside(self, by: Actor, row: SchoolBatchRow, words: bytes) -> Looked[MarksRow]:
        said = from_json(words)
        children = Judge(by, row.batch).match(said).children
        return Looked(said, seen(by=by, organisation=row.batch.organisation, children=children), elsewhere=False)

    def enter_row(self, by: Actor, row: SchoolBatchRow, words: bytes, same: bool | UUID) -> Judged:
        """For the child whom the person says; when nobody is meant the row is refused. No child is ever made of it."""
        said, judge, digest = from_json(words), Judge(by, row.batch), bytes(row.digest)
        child = _chosen(judge.match(said).children, same)
        if child is None:
            return Judged(row.number, Verdict.REFUSED, digest, (Problem("nobody_here"),), said)
        judged = judge.of_child(said, digest, child, judge.known([child]).get(child))
        if judged.known and judged.verdict == Verdict.READY and judged.known.batch_id == row.batch_id:
            raise Refused(_("Another row of this sheet is of this child already."), "child_in_file")
        enter_judged(row.batch, [judged])
        keep_before(row, judged)
        return judged

    def take_back(self, batch: SchoolBatch) -> int:
        gone = take_back(batch)
        if gone is None:
            raise Refused(self.used, "used")
        return gone


def _chosen(children: Collection[int], same: bool | UUID) -> int | None:
    """The one of these children whom a person chose. Refused when it is not said which."""
    if not same:
        return None
    found = Child.objects.filter(pk__in=children)
    chosen = list(found.filter(uuid=same) if isinstance(same, UUID) else found[:2])
    if len(chosen) != 1:
        raise Refused(_("Say which child it is."), "which_child")
    return int(chosen[0].pk)
