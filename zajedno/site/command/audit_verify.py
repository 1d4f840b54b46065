"""`zajedno audit verify`: recompute every hash of the trail."""

import argparse

HELP = "Prove that no entry of the audit trail was changed, removed or added by hand; name the first broken link."


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults()


def run(options: argparse.Namespace) -> int:
    from zajedno.access.queries.audit import verify

    result = verify()
    if result.broken:
        print(f"BROKEN at {result.broken}. {result.entries} entries were read.")
        return 1
    print(f"{result.entries} entries, every link holds.")
    return 0
