"""`zajedno match FILE… -o PAIRS.csv`: pairs of entries that may be one child, for a person to decide on."""

import argparse
import csv
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from zajedno.site.command._files import REASONS_SHOWN, Progress, replacing
from zajedno.site.trouble import Trouble

if TYPE_CHECKING:
    from zajedno.children.logic.matching import Entry, Pair
    from zajedno.kernel.spreadsheets import Cell, Table

HELP = """Find the same child in several registers (CSV, Excel or OpenDocument, in either script), or twice in one.

Columns: record_id, given_name, surname, and as far as there are any sex, date_of_birth, jmbg, mother_given_name,
municipality, street; other headings that registers use are known too. Record ids are unique over all files.
Writes left, right, probability and link. `link` 1 is what we would propose, with all entries considered; pairs that
are only possible have 0. A person decides: nothing is merged."""

COLUMNS = ("left", "right", "probability", "link")
NEEDED = {"record": "record_id", "given_name": "given_name", "family_name": "surname"}
HELPFUL = {
    "sex": "sex", "birth_date": "date_of_birth", "national_number": "jmbg", "parent": "mother_given_name",
    "municipality": "municipality", "address": "street",
}  # fmt: skip
FULL = ("full_name", "full_name_family_first")
Place = tuple[Path, int]


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("sources", type=Path, nargs="+", metavar="FILE", help="a register: CSV, XLSX, XLS or ODS")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="PAIRS.csv", help="where to write")
    parser.add_argument("--why", action="store_true", help="add a column that says in words what agrees and what not")


def run(options: argparse.Namespace) -> int:
    began = time.monotonic()
    _without_translations()
    from zajedno.children.logic.matching import find_pairs

    with replacing(options.output) as out:  # what cannot be written is known before the work
        entries = _Reading().all(options.sources)
        pairs = find_pairs(entries, tell=lambda count: print(f"{count:,} pairs compared", file=sys.stderr, flush=True))
        _write(out, pairs, why=options.why)
    proposed = sum(pair.link for pair in pairs)
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << (20 if sys.platform == "darwin" else 10))
    print(
        f"{len(entries):,} entries, {proposed:,} pairs proposed, {len(pairs) - proposed:,} more possible;"
        f" {time.monotonic() - began:.1f} s, {megabytes:,.0f} MB",
        file=sys.stderr,
    )
    return 0


def _without_translations() -> None:
    """Sentences of refusals come lazily; without an installation they are said in English."""
    from django.conf import settings

    if not settings.configured:
        settings.configure(USE_I18N=False)


class _Reading:
    """Entries of all files; bad rows are told by file, line and reason, never by their content."""

    def __init__(self) -> None:
        from zajedno.kernel.clock import today

        self._seen: dict[str, Place] = {}
        self._reasons: Counter[str] = Counter()
        self._today = today()
        self._progress = Progress("entries read")

    def all(self, sources: Sequence[Path]) -> list["Entry"]:
        entries = [entry for source in sources for entry in self._of(source)]
        self._progress.done()
        if (more := sum(self._reasons.values()) - REASONS_SHOWN) > 0:
            print(f"and {more:,} more", file=sys.stderr)
        for reason, count in self._reasons.most_common():
            print(f"{count:,} rows: {reason}", file=sys.stderr)
        if not entries:
            raise Trouble("there is no entry to compare in " + ", ".join(map(str, sources)))
        return entries

    def _of(self, source: Path) -> Iterator["Entry"]:
        table = _table(source)
        columns = _columns(source, table)
        for row in table.rows():
            raw = {field: row.values[at] if at < len(row.values) else None for field, at in columns.items()}
            entry = self._entry((source, row.number), raw)
            self._progress.step()
            if entry:
                yield entry

    def _entry(self, place: Place, raw: Mapping[str, "Cell"]) -> "Entry | None":
        """The entry, or None when it cannot be compared; a field that cannot be read is left empty."""
        from zajedno.children.logic.cells import is_blank, text_of
        from zajedno.children.logic.matching import Entry
        from zajedno.children.logic.rows import name_in, sex_of
        from zajedno.kernel.spreadsheets import read_day

        key, name, born = text_of(raw.get("record")), name_in(raw), raw.get("birth_date")
        if why := self._refusal(key, name.given or name.family):
            self._note(place, *why)
            return None
        self._seen[key] = place
        day, fault = read_day(None if is_blank(born) else born, self._today, "date_of_birth")
        if fault:
            self._note(place, f"date_of_birth is left out. {fault.sentence()}")
        sex = sex_of(raw.get("sex"))
        if sex is None:
            self._note(place, "sex cannot be read; left out")
        texts = {field: text_of(raw.get(field)) for field in ("parent", "municipality", "address")}
        return Entry(key, name.given, name.family, sex or "", day, text_of(raw.get("national_number")), **texts)

    def _refusal(self, key: str, name: str) -> tuple[str, str] | None:
        """Why an entry cannot be compared, and which line is meant."""
        if not key or not name:
            return f"it has no {'name' if key else 'record id'}; left out", ""
        if key not in self._seen:
            return None
        path, line = self._seen[key]
        return f"its record id stands in {path} too; left out", f" (line {line})"

    def _note(self, place: Place, reason: str, where: str = "") -> None:
        """Counts a reason, and tells it as long as there are few."""
        self._reasons[reason] += 1
        if sum(self._reasons.values()) <= REASONS_SHOWN:
            print(f"{place[0]}, line {place[1]}: {reason}{where}", file=sys.stderr)


def _table(source: Path) -> "Table":
    from zajedno.children.logic.columns import CHILD_COLUMNS
    from zajedno.kernel.spreadsheets import UnreadableTable, read_table

    if not source.is_file():
        raise Trouble(f"{source} " + ("is not a file" if source.exists() else "does not exist"))
    try:
        return read_table(source, [name for field, names in CHILD_COLUMNS.items() for name in (field, *names)])
    except UnreadableTable as refusal:
        raise Trouble(f"{source}: {refusal.sentence}") from None


def _columns(source: Path, table: "Table") -> dict[str, int]:
    from zajedno.children.logic.columns import CHILD_COLUMNS
    from zajedno.kernel.spreadsheets import match_columns

    found = match_columns(table.header, CHILD_COLUMNS).columns
    named = any(field in found for field in FULL)
    absent = [name for field, name in NEEDED.items() if field not in found and not (named and field != "record")]
    if absent:
        what = "column" if len(absent) == 1 else "columns"
        shown = ", ".join(filter(None, table.header))[:300]
        names = "', '".join(absent)
        raise Trouble(f"{source} has no {what} '{names}'; its columns are: {shown}")
    if missing := [name for field, name in HELPFUL.items() if field not in found]:
        print(f"{source}: without a column {', '.join(missing)}", file=sys.stderr)
    return found


def _write(out: TextIO, pairs: Sequence["Pair"], *, why: bool) -> None:
    from zajedno.children.logic.matching import Kind, explain

    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*COLUMNS, "why"] if why else COLUMNS)
    for pair in pairs:
        cells = [pair.left, pair.right, f"{pair.probability:.4f}", int(pair.link)]
        if why:
            said = (one.words.sentence() for one in explain(pair) if one.kind is not Kind.UNSAID)
            cells.append(" ".join(said))
        writer.writerow(cells)
