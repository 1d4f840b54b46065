"""What every test may use. The database comes from `tests/database.py`, which pytest loads before Django's settings.

It is emptied after a test that commits (`transactional_db`), in a way that the append-only trail lets happen.
"""

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction
from django.db.backends.postgresql.operations import DatabaseOperations

from tests import database

if TYPE_CHECKING:
    from tests.world import World


SPEAK_TO_IT = {"db", "transactional_db", "world"}  # fixtures of the database
START_IT = {"site", "stories"}  # folders whose tests start databases of their own


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On another PostgreSQL than the launcher's only what has to do with one is run again."""
    if os.environ.get("ZAJEDNO_TEST_PG_BIN"):
        apart = [item for item in items if not _has_to_do_with_it(item)]
        config.hook.pytest_deselected(items=apart)
        items[:] = [item for item in items if item not in set(apart)]


def _has_to_do_with_it(item: pytest.Item) -> bool:
    speaks = item.get_closest_marker("django_db") or SPEAK_TO_IT & set(getattr(item, "fixturenames", []))
    return bool(speaks or START_IT & set(item.path.parts))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """pytest-django asks for this just before it makes the test database."""
    database.start()


def _empty(self: DatabaseOperations, statements: Iterable[str]) -> None:
    """Django's flush, without the triggers that refuse to empty the trail; the heads of its streams begin anew. Jobs
    that nobody did are none of the next test's (their tables are not Django's, so its flush leaves them)."""
    with transaction.atomic(using=self.connection.alias), self.connection.cursor() as cursor:
        cursor.execute("set local session_replication_role = replica")
        cursor.execute("truncate procrastinate_jobs cascade")
        cursor.execute("create temporary table heads on commit drop as select stream from access_audithead")
        for statement in statements:
            cursor.execute(statement)
        cursor.execute(
            "insert into access_audithead (stream, position, hash)"
            " select stream, 0, sha256(convert_to('stream ' || stream, 'UTF8')) from heads"
        )


@pytest.fixture(scope="session", autouse=True)
def emptying() -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", _empty)
        yield


@pytest.fixture
def world() -> "World":
    """The people everything is built for; a test that needs them otherwise makes its own."""
    from tests.world import make_world  # rows: only once Django is there

    return make_world()
