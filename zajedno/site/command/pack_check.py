"""`zajedno pack check [DIR …]`: explains every mistake in packs; no database needed."""

import argparse
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from zajedno.site.trouble import Trouble

if TYPE_CHECKING:
    from zajedno.web.manage.packs import Pack

HELP = """Read packs and explain every mistake: file, place, and a plain sentence.

Checks what names what (roles, purposes, letters, steps), labels in each declared language, sources, and tells each
procedure's stories. Exit code 1 when there is any mistake."""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "folders", nargs="*", type=Path, metavar="DIR", help="a pack, or a folder of packs (without one: all of ours)"
    )


def run(options: argparse.Namespace) -> int:
    packs = chosen(options.folders)
    from zajedno.web.manage.pack_check import check_packs

    complaints = check_packs(packs)
    for complaint in complaints:
        print(complaint)
    names = ", ".join(pack.key for pack in packs)
    print(f"{names}: {_count(len(complaints))}.")
    return 1 if complaints else 0


def _count(number: int) -> str:
    return {0: "no mistakes", 1: "1 mistake"}.get(number, f"{number} mistakes")


def chosen(folders: list[Path]) -> "Sequence[Pack]":
    """The packs in the named folders (ours, when none is named); Trouble when a folder is missing or holds none."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zajedno.site.settings")
    from zajedno.site.settings import PACKS_DIR
    from zajedno.web.manage.packs import find

    folders = folders or [PACKS_DIR]
    for folder in folders:
        if not folder.is_dir():
            raise Trouble(f"{folder} is no folder.")
    packs = find(folders)
    if not packs:
        raise Trouble(f"There is no pack in {', '.join(map(str, folders))}: a pack has a file pack.toml.")
    return packs
