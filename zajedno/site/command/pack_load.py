"""`zajedno pack load [DIR …]`: checks, shows the difference, loads. The database is open before this module runs."""

import argparse
import sys
from pathlib import Path

from zajedno.site.command.pack_check import chosen

HELP = """Load packs into the database: places, roles, coded lists, procedures, forms.

First everything is checked; with any mistake nothing is loaded. Then the difference to what is loaded is shown.
A changed procedure or form becomes a new version; running cases and filled sheets keep theirs. Safe to repeat."""

SHOWN = 40


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "folders", nargs="*", type=Path, metavar="DIR", help="a pack, or a folder of packs (without one: all of ours)"
    )
    parser.add_argument("--show", action="store_true", help="only show the difference, load nothing")
    parser.add_argument("--yes", action="store_true", help="do not ask before what changed is loaded")


def run(options: argparse.Namespace) -> int:
    from zajedno.web.manage.pack_check import check_packs
    from zajedno.web.manage.packs import changes, load

    packs = chosen(options.folders)
    if complaints := check_packs(packs):
        print(*complaints, sep="\n")
        print("Nothing was loaded: put these mistakes right first.", file=sys.stderr)
        return 1
    found = changes(packs)
    for change in found:
        _show(change.pack, change.part, change.number, change.lines)
    if options.show:
        return 0
    if not options.yes and any(change.number > 1 for change in found) and not _agreed():
        print("Nothing was loaded.", file=sys.stderr)
        return 1
    load(packs, by=None, progress=print)
    print("Loaded." if found else "Procedures, lists and forms were loaded before; nothing changed in them.")
    return 0


def _show(pack: str, part: str, number: int, lines: list[str]) -> None:
    if number == 1:
        print(f"{pack}: {part} is new.")
        return
    print(f"{pack}: {part} becomes version {number}:" if number else f"{pack}: {part} change:")
    for line in lines[:SHOWN]:
        print(f"  {line}")
    if len(lines) > SHOWN:
        print(f"  … and {len(lines) - SHOWN} more lines.")


def _agreed() -> bool:
    """Ask a person at a terminal; a script says --yes."""
    if not sys.stdin.isatty():
        print("What is loaded changes: read the difference and repeat with --yes.", file=sys.stderr)
        return False
    return input("Load these changes? [y/N] ").strip().lower() in {"y", "yes"}
