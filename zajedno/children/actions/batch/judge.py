"""What becomes of each row: entered, already here, possibly a child who is here, refused. Writes and merges nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from zajedno.access.actions import batch_room
from zajedno.children.enums import IdentifierKind
from zajedno.children.logic.numbers import local
from zajedno.children.logic.register import Entry, digest_text
from zajedno.children.logic.rows import likeness_keys
from zajedno.children.models import ChildBatchRow, Identifier
from zajedno.children.queries.identifier import blind_of
from zajedno.children.queries.likely import Asked, Likely, likely_same
from zajedno.kernel import sealed
from zajedno.kernel.script import fold
from zajedno.kernel.spreadsheets import Problem, RefusedRow
from zajedno.places.queries import territory as places

Verdict = ChildBatchRow.Verdict
SIZE = 1000  # rows judged, and entered, together


@dataclass
class Judged(batch_room.Judged[Entry]):
    """`residence`: id of a territory, or None."""

    residence: int | None = None


@dataclass
class Judge:
    """Judges the rows of one file for one institution; remembers of earlier rows what later ones are compared with.

    That memory holds a few short keys a row: at most some tens of megabytes for the largest file taken.
    """

    organisation: int
    name: str = ""
    digests: dict[bytes, str] = field(default_factory=dict)
    records: set[str] = field(default_factory=set)
    keys: set[str] = field(default_factory=set)
    residences: dict[str, int | None] = field(default_factory=dict)

    def chunk(self, rows: Sequence[Entry | RefusedRow]) -> list[Judged]:
        """Verdicts of some rows, in their order; the same three queries however many rows there are."""
        right = [row for row in rows if isinstance(row, Entry)]
        digests = {row.number: self.digest(row) for row in right}
        before = self._before(digests.values())
        taken = self._taken(right)
        likely = self._likely(right)
        return [
            Judged.refused(row)
            if isinstance(row, RefusedRow)
            else self._judged(row, digests[row.number], before, taken, likely.get(row.number, ()))
            for row in rows
        ]

    def digest(self, entry: Entry) -> bytes:
        return sealed.blind(f"{self.organisation}|{digest_text(entry)}", "child_row")

    def _before(self, digests: Iterable[bytes]) -> set[bytes]:
        """Digests of rows that this institution brought in before."""
        rows = ChildBatchRow.objects.filter(
            digest__in=list(digests), child__isnull=False, batch__organisation=self.organisation
        )
        return {bytes(digest) for digest in rows.values_list("digest", flat=True)}

    def _taken(self, entries: Sequence[Entry]) -> set[str]:
        """Record numbers under which this institution keeps a child."""
        blinds = {self.blind(record): record for one in entries if (record := local(one.child.record))}
        rows = Identifier.objects.filter(kind=IdentifierKind.LOCAL, blind__in=list(blinds))
        return {blinds[bytes(blind)] for blind in rows.values_list("blind", flat=True)}

    def blind(self, record: str) -> bytes:
        return blind_of(IdentifierKind.LOCAL, record, self.organisation)

    @staticmethod
    def _likely(entries: Sequence[Entry]) -> dict[int, list[Likely]]:
        found: dict[int, list[Likely]] = {}
        for one in likely_same([asked(entry) for entry in entries]):
            found.setdefault(entries[one.place].number, []).append(one)
        return found

    def _judged(
        self, entry: Entry, digest: bytes, before: set[bytes], taken: set[str], likely: Sequence[Likely]
    ) -> Judged:
        record = local(entry.child.record)
        if digest in before:
            found = Judged(entry.number, Verdict.UNCHANGED, digest, (), entry)
        else:
            doubt = self._doubt(entry, digest, record, taken, likely)
            found = self._new(entry, digest, doubt)
        self.digests.setdefault(digest, found.verdict)
        self.records.add(record)
        self.keys |= likeness_keys(entry.child)
        return found

    def _doubt(self, entry: Entry, digest: bytes, record: str, taken: set[str], likely: Sequence[Likely]) -> str:
        """Code of the first reason why a person must look, or an empty text."""
        if digest in self.digests:
            return "row_in_file"
        if record and record in self.records:
            return "record_in_file"
        if record in taken:
            return "record_known"
        if likely:
            best = min(likely, key=lambda one: (one.why != "number", not one.visible))
            kind = "number" if best.why == "number" else "name"
            return f"{kind}_known" if best.visible else f"{kind}_known_elsewhere"
        shared = [key for key in likeness_keys(entry.child) if key in self.keys]
        if shared:
            return "number_in_file" if any(key.startswith("number:") for key in shared) else "name_in_file"
        return ""

    def _new(self, entry: Entry, digest: bytes, doubt: str) -> Judged:
        if doubt == "row_in_file" and self.digests[digest] != Verdict.POSSIBLE_DUPLICATE:
            return Judged(entry.number, Verdict.UNCHANGED, digest, (Problem(doubt),), entry)
        residence = self._residence(entry.child.municipality)
        notes = [*entry.child.warnings]
        if entry.child.municipality and residence is None:
            notes.append(Problem("municipality_unknown", "municipality"))
        if entry.child.institution and fold(entry.child.institution) != fold(self.name):
            notes.append(Problem("institution_left_out", "institution"))
        if doubt:
            notes.insert(0, Problem(doubt, _COLUMNS.get(doubt.partition("_")[0], "")))
        verdict = Verdict.POSSIBLE_DUPLICATE if doubt else Verdict.READY
        return Judged(entry.number, verdict, digest, tuple(notes), entry, residence=residence)

    def _residence(self, text: str) -> int | None:
        if text and text not in self.residences:
            territory, _match = places.resolve(text)
            self.residences[text] = territory.pk if territory else None
        return self.residences.get(text)


_COLUMNS = {"number": "national_number", "name": "given_name", "record": "record"}


def asked(entry: Entry) -> Asked:
    child = entry.child
    return Asked(child.given_name, child.family_name, child.birth_date, child.national_number)
