"""`zajedno figures release`: the nightly run, now. The database is open before this module runs."""

import argparse

HELP = """Count every indicator of every closed period that has no edition yet, and release it.

The same happens every night. A period is released once, thirty days after it ended; a correction is made by an
administrator, with a reason."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def run(options: argparse.Namespace) -> int:
    from zajedno.indicators.actions import release_closed
    from zajedno.kernel import clock

    made = release_closed(today=clock.today())
    print(f"{made} editions released." if made else "Nothing is due.")
    return 0
