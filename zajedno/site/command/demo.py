"""`zajedno demo`: prepare and start with invented people."""

import argparse
import importlib
import os
from importlib.util import find_spec

from zajedno.site.command import setup, up
from zajedno.site.connection import own_server
from zajedno.site.folders import data_folder
from zajedno.site.trouble import Trouble

HELP = "Prepare everything, fill it with invented people and start. For a look around: never for real children."


def arguments(parser: argparse.ArgumentParser) -> None:
    up.arguments(parser)
    parser.add_argument("--again", action="store_true", help="do every step of the preparation again")


def run(options: argparse.Namespace) -> int:
    if os.environ.get("ZAJEDNO_MODE", "demo") != "demo" or not own_server():
        raise Trouble("The demo brings its own database. Unset ZAJEDNO_MODE and DATABASE_URL, or use `zajedno up`.")
    os.environ["ZAJEDNO_MODE"] = "demo"
    up.require_free(options.port)
    setup.run(options)
    return up.start(options, greet)


def greet() -> None:
    """Who can log in, and with which password."""
    if not find_spec("zajedno.site.demo"):
        return
    demo = importlib.import_module("zajedno.site.demo")
    print("\nWho can log in:", flush=True)
    for person in demo.PEOPLE:
        print(f"  {person.email:<24} {person.name}, {person.what}", flush=True)
    print(f"Password for everybody: {demo.PASSWORD}", flush=True)
    print(f"Letters it would send, invitations too, are written to {data_folder() / 'mail'}", flush=True)
