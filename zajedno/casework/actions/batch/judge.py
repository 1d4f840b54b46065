"""What becomes of each row: entered, already here, possibly a child who is here, refused. Writes nothing.

Never merged: a row is hung on a child only when exactly one child fits, nothing contradicts, and this commission
registered that child itself. Everything else a person decides.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from zajedno.casework.logic.register import RegisterRow
from zajedno.casework.logic.register_line import Line, child_key, compare, digest_text, line_of
from zajedno.casework.models import Case, CaseBatchRow
from zajedno.casework.queries.register import lines_by_case, numbers_of
from zajedno.children.logic.rows import ChildRow
from zajedno.children.queries.bulk import Match, matches
from zajedno.kernel import sealed
from zajedno.kernel.actor import Actor
from zajedno.kernel.script import fold
from zajedno.kernel.spreadsheets import Problem, RefusedRow

Verdict = CaseBatchRow.Verdict
SIZE = 500  # rows judged, and entered, together
NEW = -1  # stands for a child that the file itself brings, before it has an id


@dataclass
class Judged:
    """A row with its verdict. `child`: known here (an id), NEW from this file, or None; `others`: who it may be."""

    number: int
    verdict: str
    digest: bytes
    reasons: tuple[Problem, ...] = ()
    row: RegisterRow | None = None
    child: int | None = None
    case: int | None = None
    others: tuple[Match, ...] = ()


@dataclass
class _Known:
    """A child that an earlier row of the same file brought."""

    number: str
    key: str


@dataclass
class Judge:
    """Judges the rows of one file for one commission; remembers what earlier rows brought."""

    by: Actor
    organisation: int
    numbers: dict[str, int] = field(default_factory=dict)
    digests: set[bytes] = field(default_factory=set)
    brought: dict[str, list[_Known]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.numbers = numbers_of(self.organisation)

    def digest(self, row: RegisterRow) -> bytes:
        return sealed.blind(digest_text(line_of(row)), f"case_row|{self.organisation}")

    def chunk(self, rows: Sequence[RegisterRow | RefusedRow]) -> list[Judged]:
        """Verdicts of some rows, in their order; the same few queries however many rows there are."""
        right = [row for row in rows if isinstance(row, RegisterRow)]
        digests = {row.row: self.digest(row) for row in right}
        before = self._before(digests.values())
        numbered = {row.row: self.numbers[key] for row in right if (key := fold(row.number)) and key in self.numbers}
        here = lines_by_case(set(numbered.values()), self.organisation, self.by.today)
        likely = dict(zip((row.row for row in right), matches([row.child for row in right]), strict=True))
        found = []
        for row in rows:
            if isinstance(row, RefusedRow):
                found.append(refused(row))
                continue
            digest = digests[row.row]
            case = before.get(digest) or numbered.get(row.row)
            judged = (
                Judged(row.row, Verdict.UNCHANGED, digest, row=row, case=before[digest])
                if digest in before
                else self._new(row, digest, case, here, likely[row.row])
            )
            found.append(judged)
        return found

    def _before(self, digests: Iterable[bytes]) -> dict[bytes, int]:
        """Digests of rows that came in before, with the case they became."""
        rows = CaseBatchRow.objects.filter(
            digest__in=list(digests), case__organisation=self.organisation, case__isnull=False
        )
        return {bytes(digest): case for digest, case in rows.values_list("digest", "case")}

    def _new(
        self, row: RegisterRow, digest: bytes, case: int | None, here: dict[int, Line], likely: list[Match]
    ) -> Judged:
        if digest in self.digests:
            return Judged(row.row, Verdict.UNCHANGED, digest, (Problem("row_twice"),), row)
        self.digests.add(digest)
        if case is not None:
            code = compare(line_of(row), here[case]) if case in here else "number_taken"
            same = code in ("", "details_differ")
            reasons = (Problem(code, "number"),) if code else ()
            verdict = Verdict.UNCHANGED if same else Verdict.REFUSED
            return Judged(row.row, verdict, digest, reasons, row, case=case if same else None)
        if fault := _too_long(row):
            return Judged(row.row, Verdict.REFUSED, digest, (fault,), row)
        return self._child(row, digest, likely)

    def _child(self, row: RegisterRow, digest: bytes, likely: list[Match]) -> Judged:
        doubt = self._doubt(row.child, likely)
        if doubt:
            reasons = (Problem(doubt, "national_number" if doubt == "child_same_number" else "full_name"),)
            return Judged(
                row.row, Verdict.POSSIBLE_DUPLICATE, digest, (*reasons, *row.warnings), row, others=tuple(likely)
            )
        child = likely[0].likely.child if likely else NEW if self._brought(row.child) else None
        if not likely:
            self._remember(row.child)
        again = (Problem("child_repeats", "full_name"),) if child is not None else ()
        return Judged(row.row, Verdict.READY, digest, (*again, *row.warnings), row, child=child)

    def _doubt(self, child: ChildRow, likely: list[Match]) -> str:
        """Why a person must look first, or "" when the child is new or surely the commission's own."""
        if any(one.contradicts for one in likely) or self._file_contradicts(child):
            return "child_contradicts"
        found = [one.likely for one in likely]
        foreign = [one for one in found if not one.visible or one.organisation != self.organisation]
        if foreign or len({one.child for one in found}) > 1 or (found and self._brought(child)):
            by_number = any(one.why == "number" for one in found)
            return "child_same_number" if by_number else "child_same_name"
        return ""

    def _brought(self, child: ChildRow) -> list[_Known]:
        found = self.brought.get(_key(child), [])
        return found or (self.brought.get(child.national_number, []) if child.national_number else [])

    def _file_contradicts(self, child: ChildRow) -> bool:
        number = child.national_number
        names = self.brought.get(_key(child), [])
        if number and any(one.number and one.number != number for one in names):
            return True
        return bool(number) and any(one.key != _key(child) for one in self.brought.get(number, []))

    def _remember(self, child: ChildRow) -> None:
        known = _Known(child.national_number, _key(child))
        self.brought.setdefault(known.key, []).append(known)
        if known.number:
            self.brought.setdefault(known.number, []).append(known)


def key_of(child: ChildRow) -> str:
    """Under which a child that the file itself brings is found again in the same file."""
    return _key(child)


def _key(child: ChildRow) -> str:
    return child_key(child.given_name, child.family_name, child.birth_date)


def refused(row: RefusedRow) -> Judged:
    digest = sealed.blind(f"refused|{row.number}", "case_row")
    return Judged(row.number, Verdict.REFUSED, digest, row.problems)


def _too_long(row: RegisterRow) -> Problem | None:
    if len(row.number) > (Case._meta.get_field("number").max_length or 0):
        return Problem("number_too_long", "number")
    if max(len(row.child.given_name), len(row.child.family_name)) > 120:
        return Problem("name_too_long", "full_name")
    return None
