"""What the tools over files share: read any office's CSV, add columns row by row, never leave half a file.

A tool gives `add_columns` one function from the cells it reads to the new ones, for a block of rows; the rest
(progress, reasons, writing beside and renaming) is here. Memory does not grow with the file.
"""

import csv
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TextIO

from zajedno.forms.logic.scores.contract import Scored
from zajedno.site.command._tables import Table, open_table, position
from zajedno.site.trouble import Trouble

REASONS_SHOWN = 200
ROWS = 4096  # answered at once


Rows = Sequence[Sequence[str]]
Answering = Callable[[Rows], Sequence[Scored]]


def each(answer: Callable[..., Scored]) -> Answering:
    """A function of one row's cells as one of a block's."""
    return lambda rows: [answer(*row) for row in rows]


@dataclass
class Progress:
    """Count and rate on stderr: a line that renews itself on a terminal, a line every ten seconds elsewhere."""

    noun: str = "rows"
    stream: TextIO = field(default_factory=lambda: sys.stderr)
    count: int = 0
    _start: float = field(default_factory=time.monotonic)
    _next: float = 0.0

    def step(self, by: int = 1) -> None:
        """`by` more are done."""
        self.count += by
        if by == 1 and self.count % 1000:
            return
        now = time.monotonic()
        if not self._next:
            self._next = self._start + 1
        if now >= self._next:
            live = self.stream.isatty()
            self._next = now + (1 if live else 10)
            print(self._text(), end="\r" if live else "\n", file=self.stream, flush=True)

    def done(self) -> None:
        """The last line, always printed."""
        print(self._text(), file=self.stream, flush=True)

    def _text(self) -> str:
        seconds = max(time.monotonic() - self._start, 1e-6)
        return f"{self.count:,} {self.noun}, {self.count / seconds:,.0f} a second"


def add_columns(
    source: Path,
    target: Path,
    *,
    reads: Sequence[str],
    adds: Sequence[str],
    answer: Answering,
    may_read: Sequence[str] = (),
    explains: bool = False,
) -> int:
    """Copy `source` to `target` with the columns `adds`, answered from the columns `reads`; 0, the exit code.

    `may_read`: columns the file can do without; their cells follow those of `reads`, "" where there are none.
    `explains`: the reason gets a column too. A column that is already there is written over. Bad rows are kept, and
    explained on stderr by their number and reason, never by their content. Raises `Trouble` when nothing was written.
    """
    try:
        with open_table(source, reads) as table, replacing(target, bom=table.bom) as out:
            layout = _layout(table.columns, [*reads, *may_read], adds, explains)
            bad = _copy(table, out, layout, answer)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise Trouble(f"{error.filename or target}: {error.strerror or error}") from error
    for line in bad.lines:
        print(line, file=sys.stderr)
    if bad.total > len(bad.lines):
        where = layout.columns[layout.reason if explains else layout.added[0]]
        print(f"and {bad.total - len(bad.lines):,} more, see the column {where} of {target}", file=sys.stderr)
    for reason, count in bad.kinds.most_common():
        print(f"{count:,} rows: {reason}", file=sys.stderr)
    return 0


@dataclass(frozen=True, slots=True)
class _Layout:
    """All columns of the file to write; where those to read stand (-1: nowhere), those added, and the reason."""

    columns: Sequence[str]
    read: Sequence[int]
    added: Sequence[int]
    reason: int = -1


def _layout(given: Sequence[str], reads: Sequence[str], adds: Sequence[str], explains: bool) -> _Layout:
    columns = [*given, *(name for name in adds if name not in given)]
    read = [position(given, name) for name in reads]
    if absent := [name for name, place in zip(reads, read, strict=True) if place < 0]:
        print(f"without a column {', '.join(absent)}", file=sys.stderr)
    if twice := [name for name in reads if given.count(name) > 1]:
        print(f"several columns are called {', '.join(twice)}: the first is read", file=sys.stderr)
    added = [columns.index(name) for name in adds]
    if not explains:
        return _Layout(columns, read, added)
    theirs = "score_reason" in given or ("reason" in given and not set(adds) <= set(given))  # not from a run before
    name = "score_reason" if theirs else "reason"
    columns += [name] * (name not in columns)
    return _Layout(columns, read, added, columns.index(name))


@dataclass
class _Bad:
    lines: list[str] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    total: int = 0

    def note(self, row: int, reason: str) -> None:
        self.total += 1
        self.kinds[reason] += 1
        if self.total <= REASONS_SHOWN:
            self.lines.append(f"row {row}: {reason}")


def _copy(table: Table, out: TextIO, layout: _Layout, answer: Answering) -> _Bad:
    bad, progress = _Bad(), Progress()
    writer = csv.writer(out, delimiter=table.separator, lineterminator=table.line_end)
    writer.writerow(layout.columns)
    width, given = len(layout.columns), len(table.columns)
    while rows := list(islice(table.rows, ROWS)):
        read = [[row[place] if 0 <= place < len(row) else "" for place in layout.read] for row in rows]
        for number, (row, said) in enumerate(zip(rows, answer(read), strict=True), start=progress.count + 2):
            new = row[:given] + [""] * (width - min(len(row), given)) + row[given:]
            for place, value in zip(layout.added, said.cells, strict=True):
                new[place] = value
            why = "; ".join(filter(None, (said.reason, _odd(row, given))))
            if layout.reason >= 0:
                new[layout.reason] = why
            writer.writerow(new)
            if why:
                bad.note(number, why)
        progress.step(len(rows))
    progress.done()
    return bad


def _odd(row: Sequence[str], given: int) -> str:
    if len(row) > given:
        return "has more cells than the first line has columns; they are kept at its end"
    swallowed = len(row) < given and "\n" in row[-1]
    return "goes over several lines and ends too early: is a quotation mark never closed?" if swallowed else ""


@contextmanager
def replacing(target: Path, *, bom: bool = False) -> Iterator[TextIO]:
    """A text file to write (UTF-8) which takes the place of `target` only when all went well."""
    encoding = "utf-8-sig" if bom else "utf-8"
    if target.exists() and not target.is_file() and not target.is_dir():  # a pipe or terminal cannot be replaced
        with target.open("w", encoding=encoding, newline="") as out:
            yield out
        return
    target = target.resolve()
    if target.is_dir() or not target.parent.is_dir():
        raise Trouble(
            f"cannot write {target}: " + ("it is a folder" if target.is_dir() else "its folder does not exist")
        )
    if not os.access(target.parent, os.W_OK) or (target.exists() and not os.access(target, os.W_OK)):
        raise Trouble(f"cannot write {target}: no permission")
    try:
        handle, beside = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    except OSError as error:  # its own message would name the file beside
        raise Trouble(f"cannot write {target}: {error.strerror}") from error
    try:
        with os.fdopen(handle, "w", encoding=encoding, newline="") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        Path(beside).chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
        Path(beside).replace(target)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
