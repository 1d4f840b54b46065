"""A PostgreSQL of the tests' own, loaded by pytest before Django's settings (`-p tests.database` in pyproject).

The address is known before the server runs; the first test that needs the database starts it. With xdist the workers
share one server, each with its own database. Whatever happens to pytest, the server stops and its folder goes.
`ZAJEDNO_TEST_PG_BIN` runs the tests on another PostgreSQL; `ZAJEDNO_TEST_DATABASE_URL` on a running one.
"""

import atexit
import os
import tempfile
from pathlib import Path

from zajedno.kernel import sealed
from zajedno.site.database import ADMIN, LOGIN, Cluster, passwords, usage
from zajedno.site.database.roles import prepare

UNSAFE_BUT_QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "100"}
_FOLDER = "ZAJEDNO_TEST_FOLDER"


def _prepare() -> Cluster | None:
    os.environ["ZAJEDNO_MODE"] = "test"
    os.environ.pop("ZAJEDNO_TODAY", None)
    if binaries := os.environ.get("ZAJEDNO_TEST_PG_BIN"):
        os.environ["PG_BIN"] = binaries
    if _FOLDER not in os.environ:  # the first process; xdist's workers inherit it
        folder = Path(tempfile.mkdtemp(prefix="zj-"))
        (folder / "static").mkdir()
        folder.chmod(0o711)  # as root the server runs as somebody else, who must get through
        passwords.make(folder / "postgres.json", ADMIN, LOGIN)
        sealed.create_ring(folder / "keys.json")
        os.environ[_FOLDER] = str(folder)
    os.environ["ZAJEDNO_DATA"] = os.environ[_FOLDER]
    if address := os.environ.get("ZAJEDNO_TEST_DATABASE_URL"):
        os.environ["DATABASE_URL"] = address
        return None
    cluster = Cluster(Path(os.environ[_FOLDER]), settings=UNSAFE_BUT_QUICK, temporary=True)
    os.environ["DATABASE_URL"] = os.environ["ADMIN_DATABASE_URL"] = cluster.url(ADMIN)
    return cluster


def _end() -> None:
    """At the end of this process, also after Ctrl-C or a broken start. A worker only stops counting as a user."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        Cluster(Path(os.environ[_FOLDER])).remove()


CLUSTER = _prepare()
atexit.register(_end)


def start() -> None:
    """Start the server and make the log-in role, once for all workers."""
    if CLUSTER is not None:
        CLUSTER.start()
        with usage.alone(CLUSTER.folder / "roles.lock"):
            prepare(CLUSTER)
