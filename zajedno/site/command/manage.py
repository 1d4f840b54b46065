"""`zajedno manage …`: Django's own commands with the owner's rights on the database."""

import argparse

from zajedno.site.connection import connected

HELP = "Run a Django command (for developers), for example `zajedno manage makemigrations`."


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", nargs=argparse.REMAINDER, help="the Django command and its options")


def run(options: argparse.Namespace) -> int:
    from django.core.management import execute_from_command_line

    with connected(owner=True, setup=False):
        execute_from_command_line(["zajedno manage", *options.words])
    return 0
