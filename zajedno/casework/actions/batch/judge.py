"""What becomes of each row: entered, already here, possibly a child who is here, refused. Writes nothing.

Never merged: a row is hung on a child only when exactly one child fits, nothing contradicts, and this commission
registered that child itself. Everything else a person decides.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from zajedno.access.actions import batch_room
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
class Judged(batch_room.Judged[RegisterRow]):
    """`child`: known here (an id), NEW from this file, or None; `others`: who it may be."""

    child: int | None = None
    others: tuple[Match, ...] = ()


@dataclass
class _Told:
    """A child of whom earlier rows of the same file told: who it is (an id, or NEW) and the national number."""

    child: int
    number: str = ""


@dataclass
class Judge:
    """Judges the rows of one file for one commission. Remembers what earlier rows told, so that a row has the same
    verdict whether those before it were entered meanwhile or not."""

    by: Actor
    organisation: int
    numbers: dict[str, int] = field(default_factory=dict)
    digests: set[bytes] = field(default_factory=set)
    told: dict[str, _Told] = field(default_factory=dict)  # by the child's key
    holders: dict[str, str] = field(default_factory=dict)  # national number: key of the child

    def __post_init__(self) -> None:
        self.numbers = numbers_of(self.organisation)

    def forget(self) -> None:
        """What earlier rows told of children, for it is entered."""
        self.told.clear()
        self.holders.clear()

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
                found.append(Judged.refused(row))
                continue
            digest = digests[row.row]
            case = before.get(digest) or numbered.get(row.row)
            judged = (
                Judged(row.row, Verdict.UNCHANGED, digest, row=row, made=before[digest])
                if digest in before and digest not in self.digests
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
            return Judged(row.row, verdict, digest, reasons, row, made=case if same else None)
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
        told = self.told.get(key_of(row.child))
        child = likely[0].likely.child if likely else told.child if told else None
        self._remember(row.child, NEW if child is None else child)
        again = (Problem("child_repeats", "full_name"),) if child is not None else ()
        return Judged(row.row, Verdict.READY, digest, (*again, *row.warnings), row, child=child)

    def _doubt(self, child: ChildRow, likely: list[Match]) -> str:
        """Why a person must look first, or "" when the child is new or surely the commission's own."""
        if any(one.contradicts for one in likely) or self._file_contradicts(child):
            return "child_contradicts"
        found = [one.likely for one in likely]
        foreign = [one for one in found if not one.visible or one.organisation != self.organisation]
        told = self.told.get(key_of(child))
        if foreign or len({one.child for one in found} | ({told.child} if told else set())) > 1:
            by_number = any(one.why == "number" for one in found)
            return "child_same_number" if by_number else "child_same_name"
        return ""

    def _file_contradicts(self, child: ChildRow) -> bool:
        number, key = child.national_number, key_of(child)
        if not number:
            return False
        told = self.told.get(key)
        return bool(told and told.number and told.number != number) or self.holders.get(number, key) != key

    def _remember(self, child: ChildRow, who: int) -> None:
        told = self.told.setdefault(key_of(child), _Told(who))
        if child.national_number:
            told.number = child.national_number
            self.holders[child.national_number] = key_of(child)


def key_of(child: ChildRow) -> str:
    """Under which a child is found again in the same file."""
    return child_key(child.given_name, child.family_name, child.birth_date)


def _too_long(row: RegisterRow) -> Problem | None:
    if len(row.number) > (Case._meta.get_field("number").max_length or 0):
        return Problem("number_too_long", "number")
    if max(len(row.child.given_name), len(row.child.family_name)) > 120:
        return Problem("name_too_long", "full_name")
    return None
