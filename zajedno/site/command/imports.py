"""`zajedno import children|requests|marks FILE`: a register comes in as one act, by a person who may do it."""

import argparse
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from zajedno.site.trouble import Trouble

HELP = """Take in a register from Excel, OpenDocument or CSV. Columns are found by their headings, in either script.
It is entered as a whole or not at all, in the name of the account given; the same file again changes nothing.
Who is possibly the same child as somebody already here is not entered: decide on it in the browser.
Marks and absences go to children who are enrolled in the institution; they never bring a child in."""
COUNTS = ("created", "unchanged", "possible_duplicate", "refused")
LARGEST = 30 * 1024 * 1024


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "what", choices=("children", "requests", "marks"),
        help="children of an institution, a commission's requests, or marks and absences of a half-year",
    )  # fmt: skip
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument(
        "--organisation", required=True, metavar="CODE", help="short code of the institution or commission"
    )
    parser.add_argument(
        "--as", required=True, dest="email", metavar="EMAIL", help="account in whose name it is entered"
    )
    parser.add_argument("--year", type=int, help="of marks, if no title says it: when the school year begins")
    parser.add_argument("--half", type=int, choices=(1, 2), help="of marks, if no title says it: the half-year")
    parser.add_argument("--dry-run", action="store_true", help="only say what would happen")
    parser.add_argument(
        "--errors", type=Path, metavar="OUT.xlsx", help="write the rows that are not taken, with reasons"
    )


def run(options: argparse.Namespace) -> int:
    from zajedno.kernel.fence import RUNTIME, acting
    from zajedno.kernel.refusal import Refused

    if options.what != "marks" and (options.year or options.half):
        raise Trouble("--year and --half are said of marks only.")
    content = _content(options.file)
    account, organisation = _who(options)
    try:
        with acting(RUNTIME, account):
            _enter(options, content, account, organisation)
    except Refused as refusal:
        raise Trouble(str(refusal.sentence)) from None
    return 0


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise Trouble(f"{path.name} is larger than {LARGEST // 1024**2} MB. Split the register.")
        return path.read_bytes()
    except OSError as error:
        raise Trouble(f"{path} cannot be read: {error.strerror}.") from None


def _who(options: argparse.Namespace) -> tuple[int, int]:
    from zajedno.access.queries.account import by_email
    from zajedno.kernel.clock import today
    from zajedno.kernel.fence import RUNTIME, acting
    from zajedno.places.queries.organisation import by_code
    from zajedno.places.queries.post import held_today

    with acting(RUNTIME):
        account, organisation = by_email(options.email), by_code(options.organisation)
        held = [post.organisation.code for post in held_today(account.pk, today())] if account else []
    if account is None or not account.is_active:
        raise Trouble(f"There is no account {options.email} that may log in.")
    if organisation is None:
        own = f" {options.email} works at: {', '.join(held)}." if held else ""
        raise Trouble(f"There is no institution with the short code {options.organisation}.{own}")
    return account.pk, organisation.pk


def _room(what: str) -> ModuleType:
    if what == "children":
        from zajedno.children.actions import batch as children

        return children
    if what == "marks":
        from zajedno.children.actions import marks

        return marks
    from zajedno.casework.actions import batch as requests

    return requests


def _enter(options: argparse.Namespace, content: bytes, account: int, organisation: int) -> None:
    from django.db import transaction

    from zajedno.kernel.clock import today
    from zajedno.places.queries.actor import actor_for

    by, room = actor_for(account, today()), _room(options.what)
    about = {"school_year": options.year, "half_year": options.half} if options.what == "marks" else {}
    batch = room.upload(by=by, organisation=organisation, name=options.file.name, content=content, **about)
    batch = room.match(by=by, batch=batch, columns=batch.columns)  # says which column is missing
    batch = room.check(by=by, batch=batch, progress=_tell("checked"))
    if options.errors:
        _write(options.errors, room.errors(by=by, batch=batch))
    if not options.dry_run:
        batch = room.commit(by=by, batch=batch, progress=_tell("entered"))
    print(file=sys.stderr)  # ends the line of progress
    print(f"read: {batch.read}", flush=True)
    for name in COUNTS:
        print(f"{name}: {batch.counts.get(name, 0)}")
    if options.dry_run:
        transaction.set_rollback(True)


def _tell(what: str) -> Any:
    def progress(rows: int) -> None:
        print(f"\r{rows} rows {what}", end="", file=sys.stderr, flush=True)

    return progress


def _write(path: Path, workbook: bytes) -> None:
    if not workbook:
        print(f"\nNo row is refused: {path} is not written.", file=sys.stderr)
        return
    try:
        path.write_bytes(workbook)
    except OSError as error:
        raise Trouble(f"{path} cannot be written: {error.strerror}.") from None
