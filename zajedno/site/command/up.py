"""`zajedno up`: database, web server and worker, until Ctrl-C."""

import argparse
import os
import socket
import sys
import time
import urllib.error
import urllib.request
import webbrowser
from collections.abc import Callable

from zajedno.site.command import setup
from zajedno.site.command.progress import step
from zajedno.site.connection import connected, own_server
from zajedno.site.database import LOGIN, Cluster
from zajedno.site.folders import data_folder, made
from zajedno.site.supervisor import Part, Supervisor
from zajedno.site.trouble import Trouble

HELP = "Start the database, the web server and the background worker. Ctrl-C stops them; nothing is lost."
HOST = "127.0.0.1"
PORT = 8000
FIRST_ANSWER = 60  # seconds to wait for the first page


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=_port, default=PORT, help=f"port of the web server (default {PORT})")
    parser.add_argument("--workers", type=int, default=2, help="web processes, about one per core (default 2)")
    parser.add_argument("--open", action="store_true", help="show the first page in the browser")


def run(options: argparse.Namespace) -> int:
    require_free(options.port)
    if not setup.ready():
        raise Trouble("This installation is not prepared, or was updated since. Run `zajedno setup` first.")
    if os.environ.get("ZAJEDNO_MODE") == "server":
        _refuse_unsafe()
    return start(options)


def _refuse_unsafe() -> None:
    """Each web process asks too; asking here first gives one answer instead of one from each."""
    with connected():
        from zajedno.site.checks import refuse_unsafe

        refuse_unsafe()


def start(options: argparse.Namespace, greet: Callable[[], None] = lambda: None) -> int:
    """Run until told to stop. `greet` is called once the first page answers."""
    os.environ["ZAJEDNO_DATA"] = str(made(data_folder()))
    cluster = Cluster(data_folder()) if own_server() else None
    if cluster:
        cluster.start()
    try:
        return _supervise(options, cluster, greet)
    finally:
        if cluster:
            cluster.stop()


def require_free(port: int) -> None:
    """Trouble when somebody else listens there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise Trouble(
                f"Port {port} cannot be used ({error.strerror}). "
                f"Choose another: `zajedno up --port {port + 1}` or `make demo PORT={port + 1}`."
            ) from None


def _supervise(options: argparse.Namespace, cluster: Cluster | None, greet: Callable[[], None]) -> int:
    environment = dict(os.environ)
    environment.pop("ADMIN_DATABASE_URL", None)  # what serves pages must not be able to change tables
    if cluster:
        environment["DATABASE_URL"] = cluster.url(LOGIN)
    supervisor = Supervisor(_parts(options), environment, cluster.keep if cluster else lambda: None)
    supervisor.start()
    try:
        address = f"http://{HOST}:{options.port}/"
        with step("Web server"):
            _wait_for(address, supervisor)
        if not supervisor.stopping:
            greet()
            print(f"\nZajedno is open at {address}  (Ctrl-C stops it)", flush=True)
            if options.open:
                webbrowser.open(address)
        supervisor.wait()
    finally:
        print("Stopping …", flush=True)
        supervisor.stop()
    return 0


def _parts(options: argparse.Namespace) -> list[Part]:
    web = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", str(options.port),
           "--workers", str(options.workers), "--blocking-threads", "1", "--respawn-failed-workers",
           "--workers-kill-timeout", "5", "--no-ws", "--log-level", "warning",
           "zajedno.site.wsgi:application"]  # fmt: skip
    worker = [sys.executable, "-m", "zajedno.site.command", "worker"]
    return [Part("web server", web), Part("worker", worker)]


def _wait_for(address: str, supervisor: Supervisor) -> None:
    until = time.monotonic() + FIRST_ANSWER
    while time.monotonic() < until and not supervisor.stopping:
        try:
            with urllib.request.urlopen(f"{address}healthz", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
        if not supervisor.parts[0].running:
            raise Trouble("The web server did not start; the reason stands above.")
    if not supervisor.stopping:
        raise Trouble(f"The web server did not answer within {FIRST_ANSWER} s.")


def _port(text: str) -> int:
    if text.isdigit() and 0 < int(text) < 65536:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is not a port: a number from 1 to 65535")
