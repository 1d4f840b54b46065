"""What a database holds, in numbers and hashes: compared after restoring, so that a loss cannot stay silent."""

from dataclasses import asdict, dataclass
from typing import Any

import psycopg
from psycopg import sql

OUR_SCHEMAS = ("public", "app")


@dataclass(frozen=True, slots=True)
class Inventory:
    """`rows` by table, `policies` and `triggers` in full, `fenced` tables, `chain`: the last hash of each audit stream,
    `roles` that grants and policies name, `members`: [role, who may become it], `owner` of the tables."""

    rows: dict[str, int]
    policies: dict[str, str]
    triggers: dict[str, str]
    fenced: list[str]
    chain: dict[str, str]
    roles: list[str]
    members: list[list[str]]
    owner: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def differences(self, other: "Inventory") -> list[str]:
        """Sentences on what `other` has otherwise; empty when all is the same."""
        found = []
        for title, mine, theirs in (
            ("rows of table", self.rows, other.rows),
            ("policy", self.policies, other.policies),
            ("trigger", self.triggers, other.triggers),
            ("audit stream", self.chain, other.chain),
        ):
            keys = sorted(key for key in {*mine, *theirs} if mine.get(key) != theirs.get(key))
            found += [f"{title} {key}: {mine.get(key, 'none')} became {theirs.get(key, 'none')}" for key in keys]
        found += [f"table {name} lost its fence" for name in sorted({*self.fenced} - {*other.fenced})]
        return found


def take(connection: psycopg.Connection[Any]) -> Inventory:
    """Read it in the transaction of `connection`, so that it fits the dump of the same snapshot."""
    tables = _rows(connection, "select schemaname, tablename from pg_tables where schemaname = any(%s) order by 1, 2")
    roles = [name for (name,) in _rows(connection, ROLES)]
    return Inventory(
        rows={f"{schema}.{table}": _count(connection, schema, table) for schema, table in tables},
        policies={f"{table}.{name}": rest for table, name, rest in _rows(connection, POLICIES)},
        triggers={f"{table}.{name}": rest for table, name, rest in _rows(connection, TRIGGERS)},
        fenced=[name for (name,) in _rows(connection, FENCED)],
        chain=_chain(connection),
        roles=roles,
        members=[list(row) for row in connection.execute(MEMBERS, [roles])],
        owner=next((name for (name,) in _rows(connection, OWNER)), ""),
    )


POLICIES = """
select tablename, policyname, concat_ws(' | ', permissive, cmd, roles::text, qual, with_check)
from pg_policies where schemaname = any(%s) order by 1, 2"""
TRIGGERS = """
select c.relname, t.tgname, pg_get_triggerdef(t.oid) || ' ' || t.tgenabled::text
from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
where not t.tgisinternal and n.nspname = any(%s) order by 1, 2"""
FENCED = """
select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relrowsecurity and c.relforcerowsecurity and n.nspname = any(%s) order by 1"""
OWNER = "select tableowner from pg_tables where schemaname = any(%s) group by 1 order by count(*) desc limit 1"
ROLES = """
select distinct r.rolname from pg_roles r
join pg_shdepend d on d.refobjid = r.oid and d.refclassid = 'pg_authid'::regclass and d.deptype in ('a', 'r')
where d.dbid = (select oid from pg_database where datname = current_database())
  and r.rolname not like 'pg\\_%%' and %s::text[] is not null order by 1"""

MEMBERS = """
select r.rolname, m.rolname from pg_auth_members a
join pg_roles r on r.oid = a.roleid join pg_roles m on m.oid = a.member
where r.rolname = any(%s) order by 1, 2"""


def broken_chain(connection: psycopg.Connection[Any]) -> str | None:
    """The first link of the audit trail that does not hold, in words; None when all hold or there is no trail."""
    if not _exists(connection, "access_audithead"):
        return None
    row = connection.execute("select stream, pos, reason from app.audit_breaks() limit 1").fetchone()
    return f"stream {row[0]}, entry {row[1]}: {row[2]}" if row else None


def _rows(connection: psycopg.Connection[Any], query: str) -> list[tuple[Any, ...]]:
    return connection.execute(query, [list(OUR_SCHEMAS)]).fetchall()


def _count(connection: psycopg.Connection[Any], schema: str, table: str) -> int:
    row = connection.execute(sql.SQL("select count(*) from {}").format(sql.Identifier(schema, table))).fetchone()
    return int(row[0]) if row else 0


def _chain(connection: psycopg.Connection[Any]) -> dict[str, str]:
    if not _exists(connection, "access_audithead"):
        return {}
    heads = connection.execute("select stream, position, encode(hash, 'hex') from access_audithead order by stream")
    return {str(stream): f"{position} {digest}" for stream, position, digest in heads}


def _exists(connection: psycopg.Connection[Any], table: str) -> bool:
    row = connection.execute("select to_regclass(%s) is not null", [table]).fetchone()
    return bool(row and row[0])
