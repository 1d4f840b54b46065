"""What becomes of each row: entered, a correction, already here, somebody must look, refused. Writes nothing."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from zajedno.access.actions import batch_room
from zajedno.children.logic.marks_match import Match, Roster
from zajedno.children.logic.marks_rows import MarksRow, Told, contradictions, digest_text
from zajedno.children.models import Attendance, SchoolBatch, SchoolBatchRow
from zajedno.children.queries.identifier import blind_of
from zajedno.children.queries.marks import roster
from zajedno.kernel import sealed
from zajedno.kernel.actor import Actor
from zajedno.kernel.spreadsheets import Problem, RefusedRow, gettext_noop, sayings

Verdict = SchoolBatchRow.Verdict
SIZE = 1000  # rows judged, and entered, together
VALUES = ("lessons", "excused", "unexcused", "after_notice", "mean_mark", "negative_marks")

sayings(
    {
        "child_in_file": gettext_noop("An earlier row of this file is of the same child, with other data."),
        "corrects_known": gettext_noop("An earlier sheet told otherwise of this half-year: it is corrected."),
        "completes_known": gettext_noop("It adds to what an earlier sheet told of this half-year."),
        "known_contradicts": gettext_noop("It does not fit what an earlier sheet told of this half-year."),
    }
)


@dataclass
class Judged(batch_room.Judged[MarksRow]):
    """`child`: whose row it is (an id); `known`: what is kept of that half-year; `before`: the same as JSON, once it is
    corrected."""

    child: int | None = None
    known: Attendance | None = None
    before: bytes = b""


@dataclass
class Judge:
    """Judges the rows of one sheet; remembers of whom earlier rows told, and what."""

    by: Actor
    batch: SchoolBatch
    roster: Roster = field(init=False)
    told: dict[int, Told] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.roster = roster(self.by, self.batch.organisation, self.batch.school_year)

    def chunk(self, rows: Sequence[MarksRow | RefusedRow]) -> list[Judged]:
        """Verdicts of some rows, in their order; the same two queries however many rows there are."""
        right = [row for row in rows if isinstance(row, MarksRow)]
        digests = {row.number: self.digest(row) for row in right}
        decided = self._decided(digests.values())
        matches = {row.number: self._settled(self.match(row), decided.get(digests[row.number], ())) for row in right}
        known = self.known({one.children[0] for one in matches.values() if one.children and not one.doubt})
        return [
            Judged.refused(row)
            if isinstance(row, RefusedRow)
            else self._judged(row, digests[row.number], matches[row.number], known)
            for row in rows
        ]

    def match(self, row: MarksRow) -> Match:
        organisation = self.batch.organisation
        return self.roster.match(row, {kind: blind_of(kind, one, organisation) for kind, one in row.numbers.items()})

    def digest(self, row: MarksRow) -> bytes:
        about = (self.batch.organisation, self.batch.school_year, self.batch.half_year)
        return sealed.blind(f"{about}|{digest_text(row)}", "school_row")

    def known(self, children: Collection[int]) -> dict[int, Attendance]:
        """What is kept of the half-year, by child."""
        rows = Attendance.objects.filter(
            organisation=self.batch.organisation, school_year=self.batch.school_year, half_year=self.batch.half_year,
            child__in=children,
        )  # fmt: skip
        return {row.child_id: row for row in rows}

    def _decided(self, digests: Iterable[bytes]) -> dict[bytes, set[int]]:
        """Whose the same rows were when they came in before: what a person decided need not be asked again."""
        found: dict[bytes, set[int]] = {}
        rows = SchoolBatchRow.objects.filter(
            digest__in=list(digests), attendance__isnull=False, batch__organisation=self.batch.organisation
        )
        for digest, child in rows.values_list("digest", "attendance__child"):
            found.setdefault(bytes(digest), set()).add(child)
        return found

    @staticmethod
    def _settled(match: Match, decided: Collection[int]) -> Match:
        again = set(match.children) & set(decided)
        return Match(tuple(again)) if match.doubt and len(again) == len(decided) == 1 else match

    def _judged(self, row: MarksRow, digest: bytes, match: Match, known: dict[int, Attendance]) -> Judged:
        if not match.children:
            return Judged(row.number, Verdict.REFUSED, digest, (Problem("child_unknown"), *row.warnings), row)
        if match.doubt:
            reasons = (Problem(match.doubt), *row.warnings)
            return Judged(row.number, Verdict.POSSIBLE_DUPLICATE, digest, reasons, row)
        (child,) = match.children
        if child in self.told:
            same = self.told[child] == row.told
            verdict, code = (Verdict.UNCHANGED, "row_in_file") if same else (Verdict.REFUSED, "child_in_file")
            return Judged(row.number, verdict, digest, (Problem(code),), row)
        self.told[child] = row.told
        return self.of_child(row, digest, child, known.get(child))

    def of_child(self, row: MarksRow, digest: bytes, child: int, known: Attendance | None) -> Judged:
        """The verdict once it is sure whose the row is: what it does not tell stays as it was."""
        judged = Judged(row.number, Verdict.READY, digest, row.warnings, row, child=child, known=known)
        if known is None:
            return judged
        here = kept(known)
        changed = {name for name, value in row.told.items() if here.get(name) != value}
        if not changed:
            judged.verdict, judged.made = Verdict.UNCHANGED, known.pk
        elif faults := contradictions({**here, **row.told}):
            judged.verdict, judged.reasons = Verdict.REFUSED, (Problem("known_contradicts"), *faults)
        else:
            code = "corrects_known" if changed & here.keys() else "completes_known"
            judged.reasons = (Problem(code), *row.warnings)
        return judged


def kept(row: Attendance) -> Told:
    """What is known of a half-year."""
    return {name: value for name in VALUES if (value := getattr(row, name)) is not None}
