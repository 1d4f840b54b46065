"""The audit trail: append-only, chained, and verifiable to the first broken link."""

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from zajedno.access.actions import audit
from zajedno.access.models import AuditEntry, AuditHead
from zajedno.access.queries.audit import verify
from zajedno.kernel.actor import Actor, Seat
from zajedno.kernel.clock import today

pytestmark = pytest.mark.django_db


def actor(account: int = 7) -> Actor:
    return Actor(account, (Seat(1, 11, "x", frozenset({"room.verb"}), True),), today())


def write(times: int) -> None:
    for number in range(times):
        audit.record(by=actor(), verb="room.verb", detail={"number": number})


def tamper(sql: str) -> None:
    """As somebody who owns the database would: the triggers out of the way."""
    with connection.cursor() as cursor:
        cursor.execute("set local session_replication_role = replica")
        cursor.execute(sql)
        cursor.execute("set local session_replication_role = origin")


def test_entries_are_linked_and_verify() -> None:
    before = verify().entries
    write(5)
    result = verify()
    assert (result.entries, result.broken) == (before + 5, None)
    newest = AuditEntry.objects.order_by("-position").first()
    assert newest is not None
    assert newest.organisation == 11
    assert AuditHead.objects.get(stream=newest.stream).position == newest.position


@pytest.mark.parametrize(
    ("sql", "word"),
    [
        ("update access_auditentry set detail = '{}' where position ="
         " (select max(position) - 2 from access_auditentry)", "changed"),
        ("delete from access_auditentry where position = (select max(position) - 1 from access_auditentry)", "missing"),
        ("delete from access_auditentry where position = (select max(position) from access_auditentry)", "cut off"),
    ],
)  # fmt: skip
def test_tampering_is_named(sql: str, word: str) -> None:
    write(6)
    tamper(sql)
    broken = verify().broken
    assert broken is not None
    assert word in broken


@pytest.mark.parametrize("sql", ["update access_auditentry set verb = 'x'", "delete from access_auditentry",
                                 "truncate access_auditentry", "delete from access_audithead"])  # fmt: skip
def test_not_even_the_owner_changes_entries(sql: str) -> None:
    write(1)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
