"""What PostgreSQL itself shows to each role: the tables of children and cases asked in plain SQL."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection, transaction

from tests.stories.town import Town
from zajedno.casework.models import Case
from zajedno.children.models import Child
from zajedno.kernel.fence import EXCHANGE, RUNTIME, STATISTICS, acting

pytestmark = pytest.mark.django_db
DENIED = "42501"
ROLES = {
    "Dino at a desk": (RUNTIME, "dino"),
    "Milica at a desk": (RUNTIME, "milica"),
    "Besa at a desk": (RUNTIME, "besa"),
    "the platform's administrator": (RUNTIME, "admin"),
    "the administrator of the child's school": (RUNTIME, "mira"),
    "a desk that names nobody": (RUNTIME, ""),
    "a public page with Ana logged in": (EXCHANGE, "ana"),
    "statistics": (STATISTICS, ""),
    "statistics in the name of Ana": (STATISTICS, "ana"),
}
STATEMENTS = {
    "reads": "select * from {table}",
    "changes": "update {table} set {column} = {column}",
    "deletes": "delete from {table}",
}


@contextmanager
def acting_as(town: Town, who: str) -> Iterator[None]:
    role, person = ROLES[who]
    with acting(role, town.world.accounts[person].pk if person else None):
        yield


def tables() -> dict[str, str]:
    """Tables and views of children and cases, each with its first column."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname, attname from pg_class c join pg_attribute a on a.attrelid = c.oid and attnum = 1"
            " where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm')"
            r" and relname ~ '^(children|casework)_'"
        )
        return dict(cursor.fetchall())


def touched(statement: str) -> int:
    """Rows that a statement reached; none when the role may not even ask."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.rowcount
    except DatabaseError as error:
        if error.__cause__.sqlstate != DENIED:
            raise
        return 0


def test_there_is_a_row_of_every_kind(town: Town) -> None:
    """Else the stories below would prove nothing. Ana, who has a tie, meets them; the names without children nobody."""
    filled = {table: touched(f"select * from {table}") for table in tables()}
    assert len(filled) > 30
    assert [table for table, rows in filled.items() if not rows] == []
    with acting(RUNTIME, town.world.accounts["ana"].pk):
        seen = {table for table in filled if touched(f"select * from {table}")}
    with acting(RUNTIME, town.world.accounts["csaba"].pk):
        seen |= {table for table in filled if touched(f"select * from {table}")}
    assert set(filled) - seen == {"children_lexicon", "children_lexicon_whole", "children_unsought"}


@pytest.mark.parametrize("does", STATEMENTS)
@pytest.mark.parametrize("who", ROLES)
def test_no_role_without_a_tie_reaches_a_row(town: Town, who: str, does: str) -> None:
    statements = {table: STATEMENTS[does].format(table=table, column=column) for table, column in tables().items()}
    with acting_as(town, who):
        reached = {table: touched(statement) for table, statement in statements.items()}
    sent = {"casework_arrival": 1} if (who, does) == ("Besa at a desk", "reads") else {}  # her institution sent it
    assert {table: rows for table, rows in reached.items() if rows} == sent


INSERTS = {
    "a tie to the child": "insert into children_tie"
    " (uuid, child_id, account_id, purpose, fields, since, written_on, reason)"
    " values (gen_random_uuid(), {child}, {account}, 'emergency', '{{identity}}', app.today(), now(), '')",
    "a part in the case": "insert into casework_participant (case_id, tie_id, key, part, seat, is_open)"
    " values ({case}, {tie}, -{account}, 'parent', '', true)",
}


@pytest.mark.parametrize("writes", INSERTS)
@pytest.mark.parametrize("who", ["dino", "milica", "mira"])
def test_nobody_lets_themselves_in(town: Town, who: str, writes: str) -> None:
    """What every fence trusts cannot be written by who does not see the child already."""
    ids = {"child": town.child.pk, "case": town.case.pk, "tie": town.child.ties.first().pk}
    account = town.world.accounts[who].pk
    with acting(RUNTIME, account):
        assert touched(INSERTS[writes].format(**ids, account=account)) == 0
        assert (Child.objects.count(), Case.objects.count()) == (0, 0)


@pytest.mark.parametrize("role", [EXCHANGE, STATISTICS])
def test_no_function_of_the_owner_tells_a_public_page_of_children(town: Town, role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select proname, has_function_privilege(%s, oid, 'execute') from pg_proc"
            " where pronamespace = 'app'::regnamespace and prosecdef and prorettype <> 'trigger'::regtype"
            r" and prosrc ~ '(children|casework)_'",
            [role],
        )
        functions = dict(cursor.fetchall())
    assert {"similar_names", "likely_same", "break_glass", "undo_case_batch"} <= set(functions)
    assert not {name for name, may in functions.items() if may}


def glass_broken(town: Town) -> int:
    return touched(f"select * from app.break_glass('{town.child.uuid}', null, 'emergency', '{{identity}}', 'Hitno.')")


@pytest.mark.parametrize("who", [who for who, (role, _person) in ROLES.items() if role == RUNTIME])
def test_the_glass_is_broken_only_by_whose_role_may(town: Town, who: str) -> None:
    with acting_as(town, who):
        assert glass_broken(town) == 0
        assert Child.objects.count() == 0
    with acting(RUNTIME, town.world.accounts["goran"].pk):
        assert glass_broken(town) == 1
