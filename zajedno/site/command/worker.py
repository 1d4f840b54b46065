"""`zajedno worker`: reminders, mail and other work in the background."""

import argparse

HELP = "Run only the background worker. `zajedno up` starts one by itself; a server runs this beside its web processes."


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="do what is waiting and end")


def run(options: argparse.Namespace) -> int:
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.utils import connector_params
    from procrastinate.psycopg_connector import PsycopgConnector

    from zajedno.kernel.fence import WORKER
    from zajedno.site.checks import refuse_unsafe

    refuse_unsafe()
    # The queue's own connections need a role too; each job enters its fence by itself.
    connector = PsycopgConnector(kwargs={**connector_params(), "options": f"-c role={WORKER}"}, min_size=1, max_size=4)
    with app.replace_connector(connector):
        app.run_worker(wait=not options.once, install_signal_handlers=True, concurrency=1)
    return 0
