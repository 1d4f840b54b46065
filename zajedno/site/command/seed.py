"""`zajedno seed`: an invented country of any size in an empty database."""

import argparse
import os
import sys

from zajedno.site import stamps
from zajedno.site.command import setup
from zajedno.site.command.progress import Say, step
from zajedno.site.connection import connected, own_server
from zajedno.site.database import Cluster
from zajedno.site.folders import data_folder, made
from zajedno.site.trouble import Trouble

HELP = """Fill an empty database with an invented but lifelike country: children, cases of every procedure at every
step, several years of marks, deadlines, opinions and plans. For measuring and trying out: never beside real children.
Prepares the database first. Name a data folder of its own: ZAJEDNO_DATA=elsewhere zajedno seed --children 20000"""
MOST = 5_000_000


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--children", type=_many, required=True, metavar="N", help="how many children")
    parser.add_argument("--country", choices=("rs", "ba"), default="rs", help="whose municipalities (rs)")
    parser.add_argument("--years", type=_years, default=5, metavar="N", help="how many years back things happened (5)")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="the same number makes the same country (1)")
    parser.set_defaults(again=False)


def run(options: argparse.Namespace) -> int:
    if os.environ.get("ZAJEDNO_MODE", "demo") == "server":
        raise Trouble("This is an installation for real children (ZAJEDNO_MODE=server): nothing is invented in it.")
    if not own_server() or Cluster(data_folder()).exists:
        with connected(owner=True):
            _require_empty()
    setup.prepare(people=False)
    with connected(owner=True):
        from zajedno.site.seed import seed

        with step(f"Invented country of {options.children:,} children") as say:
            seed(
                country=options.country.upper(), children=options.children, years=options.years, number=options.seed,
                say=say if sys.stdout.isatty() else _lines(say),
            )  # fmt: skip
    if own_server():
        stamps.Stamps(made(data_folder())).set(*setup.PEOPLE)
    return 0


def _require_empty() -> None:
    """Before the tables are made, too: whoever named the wrong database waits for nothing."""
    from django.db import connection

    from zajedno.site.seed import require_empty

    if "access_account" in connection.introspection.table_names():
        require_empty()


def _lines(say: Say) -> Say:
    """In a file of a log each part is a line of its own."""

    def told(text: str) -> None:
        say(text)
        print(f"    {text}", flush=True)

    return told


def _many(text: str) -> int:
    return _between(text, 1, MOST)


def _years(text: str) -> int:
    return _between(text, 1, 15)


def _between(text: str, least: int, most: int) -> int:
    try:
        number = int(text.replace(",", "").replace("_", ""))
    except ValueError:
        number = 0
    if not least <= number <= most:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from {least:,} to {most:,}")
    return number
