"""`zajedno figures release`: the nightly run, now. The database is open before this module runs."""

import argparse

HELP = """Count every indicator of every closed period that has no edition yet, and release it.

The same happens every night. A period is released once, thirty days after it ended; a correction is made by an
administrator, with a reason."""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("codes", nargs="*", metavar="CODE", help="indicators, such as k2 (without one: all)")


def run(options: argparse.Namespace) -> int:
    from zajedno.indicators.actions import release_closed
    from zajedno.kernel import clock

    made = release_closed(today=clock.today(), only=options.codes)
    print(f"{made} editions released." if made else "Nothing is due.")
    return 0
