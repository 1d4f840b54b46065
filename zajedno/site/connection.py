"""Opens the database for a command: a server named by the environment, or our own in the data folder."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from zajedno.site.database import ADMIN, LOGIN, Cluster
from zajedno.site.database.roles import prepare
from zajedno.site.folders import data_folder, made
from zajedno.site.trouble import Trouble


def own_server() -> bool:
    """Does the installation bring its own PostgreSQL (nobody named one)?"""
    return not os.environ.get("DATABASE_URL")


@contextmanager
def addresses() -> Iterator[tuple[str, str]]:
    """(address of the log-in role, address of the owner), with the server running inside the block."""
    if not own_server():
        login = os.environ["DATABASE_URL"]
        yield login, os.environ.get("ADMIN_DATABASE_URL", "")
        return
    if os.environ.get("ZAJEDNO_MODE") == "server":
        raise Trouble(
            "A server needs its database named: set DATABASE_URL (and ADMIN_DATABASE_URL for `zajedno setup`)."
        )
    cluster = Cluster(made(data_folder()))
    cluster.start()
    try:
        prepare(cluster)
        yield cluster.url(LOGIN), cluster.url(ADMIN)
    finally:
        cluster.stop()


@contextmanager
def connected(*, owner: bool = False, setup: bool = True) -> Iterator[None]:
    """Django ready inside the block, with the log-in role's rights or the owner's.

    Trouble when the owner's address is needed and not named.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zajedno.site.settings")
    os.environ["ZAJEDNO_DATA"] = str(data_folder())
    with addresses() as (login, admin):
        if owner and not admin:
            raise Trouble("This needs the owner of the tables: set ADMIN_DATABASE_URL.")
        before = os.environ.get("DATABASE_URL")
        os.environ["DATABASE_URL"] = admin if owner else login
        try:
            if setup:
                import django

                django.setup()
            yield
        finally:
            _forget(before)


def _forget(before: str | None) -> None:
    from django.db import connections

    connections.close_all()
    if before is None:
        os.environ.pop("DATABASE_URL", None)
    else:
        os.environ["DATABASE_URL"] = before
