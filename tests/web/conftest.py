"""Fixtures of a real browser, and an emptying of the database that the append-only trail lets happen."""

from collections.abc import Iterable
from typing import Any

import pytest
from django.db import transaction
from django.db.backends.postgresql.operations import DatabaseOperations

from tests.web.browser import browser, narrow_page, page, quiet_page  # noqa: F401


def _empty(self: DatabaseOperations, statements: Iterable[str]) -> None:
    """Django's flush, without the triggers that refuse to empty the trail; the heads of its streams begin anew."""
    with transaction.atomic(using=self.connection.alias), self.connection.cursor() as cursor:
        cursor.execute("set local session_replication_role = replica")
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
def site(transactional_db: None, live_server: Any) -> str:
    """Address of the running site."""
    return str(live_server.url)
