"""The wall: PostgreSQL under the exchange's role, with a log-in of its own, asked of everything its catalog names.

What is not on these lists is refused, so that a table made later is behind the wall before anybody thinks of it.
"""

from collections.abc import Iterator

import psycopg
import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Model
from psycopg import sql

from tests.database import CLUSTER
from zajedno.kernel.fence import EXCHANGE
from zajedno.site.database import LOGIN

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(CLUSTER is None, reason="the password of the log-in role is known on our own server only"),
]
# Whose rows no child is in: accounts and log-in, the exchange's own, jobs (ids only).
OPEN = ("access_", "account_", "auth_", "django_", "exchange_", "mfa_", "procrastinate_", "usersessions_")
READ = ("figures_", "forms_", "places_", "procedures_")  # what others keep and everybody may read
# A network's page reads bodies, and columns of two tables that name no person; of programmes it has functions.
# Frameworks of results are read where they are public; of what places told of them, columns that name nobody.
WHOLE = ("networks_body", *(f"programmes_{one}" for one in ("frame", "phase", "phase_places", "result", "target")))
COLUMNS = ("networks_member", "networks_yearreport", "programmes_reading", "programmes_lesson")
SHUT = {"access_auditentry", "access_audithead", "django_migrations", "places_device"}  # in spite of their names
WRITES = {
    "insert": "insert into {table} default values", "update": "update {table} set {column} = {column}",
    "delete": "delete from {table}", "truncate": "truncate {table}",
}  # fmt: skip
READS = {
    "select": "select * from {table}", "count": "select count(*) from {table}", "row": "select {table} from {table}",
    "lock": "lock table {table} in access share mode", "copy": "copy {table} to stdout",
}  # fmt: skip


@pytest.fixture
def exchange() -> Iterator[psycopg.Connection]:
    """A log-in of its own, as a request of the public pages has it."""
    assert CLUSTER
    address = CLUSTER.url(LOGIN, connection.settings_dict["NAME"])
    with psycopg.connect(address, autocommit=True) as session:
        session.execute(sql.SQL("set role {}").format(sql.Identifier(EXCHANGE)))
        yield session


def relations(kinds: str) -> dict[str, str]:
    """Relations of every schema but PostgreSQL's own, each with its first column."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select c.oid::regclass::text, coalesce(a.attname, '') from pg_class c"
            " join pg_namespace n on n.oid = c.relnamespace"
            " left join pg_attribute a on a.attrelid = c.oid and attnum = 1"
            " where n.nspname !~ '^(pg_|information_schema)' and c.relkind = any (%s)",
            [list(kinds)],
        )
        return dict(cursor.fetchall())


def behind(table: str, *open_: str) -> bool:
    return table in SHUT or not table.startswith(open_)


def reached(session: psycopg.Connection, statements: dict[str, str], tables: dict[str, str]) -> set[str]:
    """What was not refused for want of a right. Any other answer, an error too, means that it was let through."""
    found = set()
    for table, column in tables.items():
        for name, text in statements.items():
            statement = text.format(table=table, column=f'"{column}"')
            try:
                with session.transaction(force_rollback=True):
                    if name == "copy":
                        with session.cursor().copy(statement) as rows:
                            list(rows)
                    else:
                        session.execute(statement)
            except psycopg.errors.InsufficientPrivilege:
                continue
            except psycopg.Error as error:
                found.add(f"{name} {table}: {type(error).__name__}")
            else:
                found.add(f"{name} {table}")
    return found


def test_nothing_of_a_child_is_read_or_written(exchange: psycopg.Connection) -> None:
    shut = {table: column for table, column in relations("rpvmf").items() if behind(table, *OPEN, *READ)}
    assert {"children_child", "children_lexicon", "casework_case", "access_auditentry", "networks_round"} <= set(shut)
    assert len(shut) > 45
    whole = {table: shut.pop(table) for table in WHOLE}
    columns = {table: shut.pop(table) for table in COLUMNS}
    assert reached(exchange, READS | WRITES, shut) == set()
    assert reached(exchange, WRITES, whole | columns) == set()
    rows = {name: text for name, text in READS.items() if name not in ("count", "lock")}  # these ask for no column
    assert reached(exchange, rows, columns) == set()


def test_what_others_keep_is_only_read(exchange: psycopg.Connection) -> None:
    kept = {table: column for table, column in relations("rpvmf").items() if table.startswith(READ)}
    assert len(kept) > 10
    assert reached(exchange, WRITES, kept) == set()


def test_no_counter_tells_how_many_there_are(exchange: psycopg.Connection) -> None:
    names = {name for name in relations("S") if behind(name, *OPEN, *READ)}
    assert "children_child_id_seq" in names
    asks = {"last": "select last_value from {table}", "next": "select nextval('{table}')"}
    assert reached(exchange, asks, dict.fromkeys(names, "")) == set()


def test_no_function_with_others_rights_tells_of_them(exchange: psycopg.Connection) -> None:
    """Those that run as the owner: only the trail may be written and checked, and nothing is told of whoever asks."""
    rows = exchange.execute(
        "select proname from pg_proc where pronamespace = 'app'::regnamespace and prosecdef"
        " and prorettype <> 'trigger'::regtype and has_function_privilege(oid, 'execute')"
    )
    told = {"body_plans", "body_programmes", "network_numbers", "sits", "compares"}  # numbers; what one is oneself
    assert {name for (name,) in rows} <= told | {"audit_append", "audit_append_each", "audit_breaks", "my_keys"}


def test_the_role_is_nobody_elses(exchange: psycopg.Connection) -> None:
    """No rights through another role, none to make or change what is there, no file and no program of the server."""
    row = exchange.execute(
        "select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolcanlogin, rolreplication,"
        " exists (select from pg_auth_members m where m.member = r.oid) from pg_roles r where rolname = %s",
        [EXCHANGE],
    ).fetchone()
    assert row == (False,) * 7
    for statement in (
        "create table public.mine (id int)", "create function app.mine() returns int language sql return 1",
        "alter table exchange_practice disable trigger all", "alter table children_child disable row level security",
        "drop table exchange_practice", "set session_replication_role = replica", "copy exchange_event to '/tmp/x'",
        "copy exchange_event to program 'true'", "create schema mine",
    ):  # fmt: skip
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            exchange.execute(statement)


def test_no_key_leads_from_here_to_a_child() -> None:
    """In the database itself, in both directions, over any number of other tables that are in reach."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select conrelid::regclass::text, confrelid::regclass::text from pg_constraint where contype = 'f'"
        )
        keys = cursor.fetchall()
    here = {one for one, _there in keys if one.startswith("exchange_")}
    grown = here
    while grown:
        grown = {there for one, there in keys if one in grown} - here
        here |= grown
    assert not [table for table in here if table.startswith(("children_", "casework_", "networks_"))]
    assert not [one for one, there in keys if there.startswith("exchange_") and not one.startswith("exchange_")]


@pytest.mark.parametrize("model", [*apps.get_app_config("exchange").get_models()], ids=lambda model: model.__name__)
def test_no_column_is_for_a_childs_number_or_key(model: type[Model]) -> None:
    """Also no key that PostgreSQL does not know of: a bare number called `child`, `case` or the like."""
    signs = ("child", "case", "pupil", "guardian", "jmbg", "national", "birth")
    assert not [field.name for field in model._meta.get_fields() if any(sign in field.name for sign in signs)]
