"""`zajedno tool text`: lines in, lines out, in Latin script or as search keys."""

import argparse
import codecs
import sys
from collections.abc import Callable, Iterator
from typing import BinaryIO

from zajedno.kernel.script import fold_lines, latin_lines
from zajedno.site.command._files import REASONS_SHOWN, Progress
from zajedno.site.trouble import Trouble

HELP = """Turn lines of text (UTF-8) from the standard input into lines on the standard output.

  latin  Serbian Cyrillic into Serbian Latin; what is Latin stays as it is
  fold   one key to search by: small letters without marks, the same for both scripts

Progress and lines that are not UTF-8 are told on stderr; such a line comes out with a replacement character."""
WORK: dict[str, Callable[[str], str]] = {"latin": latin_lines, "fold": fold_lines}
BLOCK = 1 << 18


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("work", choices=WORK, help="what to make of each line")


def run(options: argparse.Namespace) -> int:
    return _stream(sys.stdin.buffer, sys.stdout.buffer, WORK[options.work])


def _stream(source: BinaryIO, target: BinaryIO, work: Callable[[str], str]) -> int:
    """Whole lines in blocks. A line ends as it came (\\n, \\r\\n, the last perhaps not); 1 when one was broken."""
    progress, broken = Progress("lines"), 0
    for block in _blocks(source):
        text, wrong = _decoded(block, progress.count)
        broken += wrong
        ended = text.endswith("\n")
        text = text[:-1] if ended else text
        target.write((_worked(text, work) + "\n" * ended).encode())
        target.flush()
        progress.step(text.count("\n") + 1)
    if broken > REASONS_SHOWN:
        print(f"and {broken - REASONS_SHOWN:,} more lines that are not UTF-8", file=sys.stderr)
    progress.done()
    return 1 if broken else 0


def _blocks(source: BinaryIO) -> Iterator[bytes]:
    """Blocks that end at the end of a line; what a pipe already holds is not kept waiting for more."""
    read = getattr(source, "read1", source.read)
    kept: list[bytes] = []
    first = True
    while data := read(BLOCK):
        if first and data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            raise Trouble("The text is UTF-16; save it as UTF-8 first.")
        data = data.removeprefix(codecs.BOM_UTF8) if first else data
        first = False
        end = data.rfind(b"\n") + 1
        if end:
            yield b"".join([*kept, data[:end]])
            kept = []
        if data[end:]:
            kept.append(data[end:])
    if kept:
        yield b"".join(kept)


def _decoded(block: bytes, before: int) -> tuple[str, int]:
    """The text, and how many of its lines were not UTF-8; each is named by its number, up to a limit."""
    try:
        return block.decode(), 0
    except UnicodeDecodeError:
        lines = block.split(b"\n")
    wrong = 0
    for number, line in enumerate(lines, start=before + 1):
        try:
            line.decode()
        except UnicodeDecodeError:
            wrong += 1
            if wrong <= REASONS_SHOWN:
                print(f"line {number}: is not UTF-8", file=sys.stderr)
    return block.decode(errors="replace"), wrong


def _worked(text: str, work: Callable[[str], str]) -> str:
    if "\r" not in text:
        return work(text)
    lines = text.split("\n")
    done = work("\n".join(line.removesuffix("\r") for line in lines)).split("\n")
    return "\n".join(new + "\r" * old.endswith("\r") for new, old in zip(done, lines, strict=True))
