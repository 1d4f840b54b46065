"""The last fence: database roles, and row-level security on every table that knows a child.

A request or job names its role and account inside its transaction; outside one, nothing is seen.
Source of the design: `docs/decisions/0003-three-fences.md`.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, migrations, transaction

from zajedno.kernel.clock import ZONE, today

RUNTIME, WORKER, STATISTICS, EXCHANGE = "zajedno_runtime", "zajedno_worker", "zajedno_statistics", "zajedno_exchange"
LOGIN = "zajedno_login"  # has no rights of its own (NOINHERIT); becomes one of the roles below
ROLES = (RUNTIME, WORKER, STATISTICS, EXCHANGE)


def _set(role: str, account: str) -> tuple[str, str]:
    """Gives back which role and account it was before."""
    with connection.cursor() as cursor:
        cursor.execute(
            "with before as materialized (select current_setting('role') role,"
            " coalesce(current_setting('app.account', true), '') account)"
            " select role, account, set_config('role', %s, true), set_config('app.account', %s, true),"
            " set_config('app.today', %s, true) from before",
            [role, account, str(today())],
        )
        before: tuple[str, str] = cursor.fetchone()[:2]
    return before


def identify(account: int | None) -> None:
    """Tell the database who acts, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select set_config('app.account', %s, true)", [str(account or "")])


@contextmanager
def acting(role: str, account: int | None = None) -> Iterator[None]:
    """One transaction (or savepoint) under a database role. Leaves the connection as it was found."""
    within = connection.in_atomic_block  # else the end of the transaction takes the role back
    with transaction.atomic():
        before = _set(role, str(account or ""))
        yield
        if within and not connection.needs_rollback:
            _set(*before)


def create_roles() -> migrations.RunSQL:
    """The roles and what every later table grants them; a server's administrator may have made the roles before."""
    make = "\n".join(
        f"if not exists (select from pg_roles where rolname = '{role}') then begin create role {role} nologin;"
        " exception when duplicate_object or unique_violation then null; end; end if;"  # another database's migration
        for role in ROLES
    )
    working = ", ".join((RUNTIME, WORKER, EXCHANGE))
    return migrations.RunSQL(
        f"""
        do $$ begin {make} end $$;
        do $$ begin if exists (select from pg_roles where rolname = '{LOGIN}') then
          grant {", ".join(ROLES)} to {LOGIN}; end if; end $$;
        create schema if not exists app;
        grant usage on schema app, public to {", ".join(ROLES)};
        alter default privileges in schema public grant select, insert, update, delete on tables to {working};
        alter default privileges in schema public grant usage, select on sequences to {working};
        create or replace function app.account() returns bigint language sql stable parallel safe
          return nullif(current_setting('app.account', true), '')::bigint;
        create or replace function app.today() returns date language sql stable parallel safe
          return coalesce(nullif(current_setting('app.today', true), '')::date, (now() at time zone '{ZONE}')::date);
        """,
        migrations.RunSQL.noop,
    )


def hide_counter(table: str) -> str:
    """SQL after which public pages cannot read how many rows a table ever had."""
    counter = f"pg_get_serial_sequence('{table}', 'id')"
    return (
        "do $$ begin if exists (select from pg_attribute where attname = 'id' and attrelid ="
        f" '{table}'::regclass) and {counter} is not null then"
        f" execute 'revoke all on sequence ' || {counter} || ' from {EXCHANGE}'; end if; end $$;"
    )


def fence(table: str, visible: str, *, writable: str = "", append_only: bool = False) -> migrations.RunSQL:
    """Row-level security on a table: the runtime sees rows where `visible` holds, public pages nothing.

    What it writes must hold `writable`, where that is narrower. Both are SQL over the row; the worker, which has no
    visitor behind it, sees all.
    """
    only = (
        f"revoke update, delete on {table} from {RUNTIME}, {WORKER};"
        f"create trigger append_only before update or delete on {table} for each row"
        " execute function app.refuse_change();"
        f"create trigger no_truncate before truncate on {table} for each statement"
        " execute function app.refuse_change();"
        if append_only
        else ""
    )
    return migrations.RunSQL(
        f"""
        alter table {table} enable row level security;
        alter table {table} force row level security;
        create policy owner on {table} to current_user using (true) with check (true);
        create policy worker on {table} to {WORKER} using (true) with check (true);
        create policy runtime on {table} to {RUNTIME} using ({visible}) with check ({writable or visible});
        revoke all on {table} from {EXCHANGE};
        {hide_counter(table)}
        {only}
        """,
        migrations.RunSQL.noop,
    )


def narrowed(table: str, writable: str) -> migrations.RunSQL:
    """Who reads a row and may not write it changes and deletes it as little as they add one."""
    return migrations.RunSQL(
        "".join(
            f"create policy {act} on {table} as restrictive for {act} to {RUNTIME} using ({writable});"
            for act in ("update", "delete")
        ),
        migrations.RunSQL.noop,
    )
