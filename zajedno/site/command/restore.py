"""`zajedno restore`: a backup goes into an empty database, and is counted afterwards."""

import argparse
from pathlib import Path

from zajedno.site import keys
from zajedno.site.backup import restore
from zajedno.site.command.progress import step
from zajedno.site.connection import addresses
from zajedno.site.folders import data_folder
from zajedno.site.stamps import Stamps
from zajedno.site.trouble import Trouble

HELP = "Put a backup into an empty database, then compare rows, policies and the audit trail with what was backed up."


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", type=Path, metavar="FILE", help="a file written by `zajedno backup`")
    parser.add_argument("--yes", action="store_true", help="do not ask")


def run(options: argparse.Namespace) -> int:
    """0 when all is the same; 1 with the list of differences."""
    if not options.source.is_file():
        raise Trouble(f"There is no file {options.source}.")
    if not options.yes:
        _ask(options.source)
    with addresses() as (_login, admin), step("Restoring"):
        if not admin:
            raise Trouble("Restoring needs the owner of the tables: set ADMIN_DATABASE_URL.")
        expected, differences, fingerprint = restore(admin, options.source)
    Stamps(data_folder()).forget()
    for difference in differences:
        print(f"DIFFERENT: {difference}")
    if differences:
        return 1
    rows, streams = sum(expected.rows.values()), len(expected.chain)
    print(f"The same as backed up: {len(expected.rows)} tables, {rows} rows, {len(expected.policies)} policies, "
          f"{len(expected.triggers)} triggers, {streams} audit streams; every link holds.")  # fmt: skip
    if fingerprint != keys.fingerprint():
        print(f"The sealing keys are others than at the backup. Put those back to {keys.path()}, or names stay sealed.")
    print("Now run `zajedno setup`.")
    return 0


def _ask(source: Path) -> None:
    try:
        answer = input(f"Put {source} into the empty database of {data_folder()}? Type yes: ")
    except EOFError:
        answer = ""
    if answer.strip().lower() != "yes":
        raise Trouble("Nothing was restored.")
