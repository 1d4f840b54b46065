"""`zajedno backup`: one file with everything but the keys."""

import argparse
import os
from pathlib import Path

from zajedno.kernel.clock import now
from zajedno.site import keys
from zajedno.site.backup import write
from zajedno.site.command.progress import step
from zajedno.site.connection import addresses
from zajedno.site.trouble import Trouble

HELP = "Write the whole database into one file. The sealing keys are not in it: keep a copy of them elsewhere."


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("target", type=Path, metavar="FILE|FOLDER", help="a new file, or a folder to put one in")


def run(options: argparse.Namespace) -> int:
    target = _target(options.target)
    with addresses() as (_login, admin), step("Backup") as say:
        url = os.environ.get("BACKUP_DATABASE_URL") or admin
        if not url:
            raise Trouble("Name a role that may read everything: BACKUP_DATABASE_URL, or ADMIN_DATABASE_URL.")
        inventory = write(url, target, keys.fingerprint())
        size = target.stat().st_size
        say(f"{len(inventory.rows)} tables, {sum(inventory.rows.values())} rows, {size:,} bytes in {target}")
    print(f"Not in it: the sealing keys. Copy {keys.path()} to another place; without them names stay sealed.")
    return 0


def _target(chosen: Path) -> Path:
    if chosen.is_dir():
        return chosen / f"zajedno-{now():%Y-%m-%d-%H%M%S}.backup"
    if chosen.exists():
        raise Trouble(f"{chosen} is there already. Choose another name: a backup is never overwritten.")
    if not chosen.parent.is_dir():
        raise Trouble(f"There is no folder {chosen.parent}.")
    return chosen
