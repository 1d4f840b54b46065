"""The same rows in both engines."""

from collections.abc import Iterable
from typing import Any

import duckdb
from django.db import connection

from tests.indicators.examples import Example, columns, world
from zajedno.indicators.logic.facts.tables import PREPARED
from zajedno.indicators.queries.period import as_told, lay_out

Blocks = dict[tuple[str, ...], tuple[int, int, int]]
SQL = {"int64": "bigint", "string": "text", "timestamp('UTC')": "timestamptz"}


def _create(name: str, kind: str) -> str:
    fields = ", ".join(f'"{column}" {SQL.get(one, one)}' for column, one in columns(name).items())
    return f"create {kind} table {name} ({fields})"


def blocks(rows: Iterable[tuple[Any, ...]]) -> Blocks:
    """By (place, outcome) and (place, outcome, axis, word)."""
    return {tuple(part for part in row[:4] if part): tuple(map(int, row[4:])) for row in rows}


def on_duckdb(example: Example, sql: str) -> Blocks:
    with duckdb.connect() as engine:
        for name, rows in world(example.rows).items():
            engine.execute(_create(name, ""))
            if rows:
                engine.executemany(f"insert into {name} values ({', '.join('?' * len(rows[0]))})", rows)
        return blocks(engine.execute(sql).fetchall())


def on_postgres(example: Example, sql: str) -> Blocks:
    """In temporary tables, which stand before the real ones for as long as the transaction lasts."""
    with connection.cursor() as cursor:
        tables = world(example.rows)
        lay_out(as_told({name: tables.pop(name) for name in PREPARED if name in tables}))
        for name, rows in tables.items():
            cursor.execute(f"drop table if exists pg_temp.{name}")
            cursor.execute(_create(name, "temporary"))
            if rows:
                cursor.executemany(f"insert into pg_temp.{name} values ({', '.join(['%s'] * len(rows[0]))})", rows)
        cursor.execute(sql)
        return blocks(cursor.fetchall())
