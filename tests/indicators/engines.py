"""The same rows in both engines."""

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any

import duckdb
from django.db import connection

from tests.indicators.examples import Example, Rows, columns, world
from zajedno.indicators.logic.facts.tables import PREPARED
from zajedno.indicators.queries.period import as_told, lay_out

Key = tuple[str, ...]  # which statement
Told = list[tuple[Any, ...]]
Blocks = dict[tuple[str, ...], tuple[int, int, int]]
SQL = {"int64": "bigint", "string": "text", "timestamp('UTC')": "timestamptz"}


def _create(name: str, kind: str) -> str:
    fields = ", ".join(f'"{column}" {SQL.get(one, one)}' for column, one in columns(name).items())
    return f"create {kind} table {name} ({fields})"


def blocks(rows: Iterable[tuple[Any, ...]]) -> Blocks:
    """By (place, outcome) and (place, outcome, axis, word)."""
    return {tuple(part for part in row[:4] if part): tuple(map(int, row[4:])) for row in rows}


def on_duckdb(example: Example, sql: str) -> Blocks:
    return blocks(many_on_duckdb(example.rows, {(): sql})[()])


def on_postgres(example: Example, sql: str) -> Blocks:
    return blocks(many_on_postgres(example.rows, {(): sql})[()])


def many_on_duckdb(rows: Rows, statements: Mapping[Key, str]) -> dict[Key, Told]:
    with duckdb.connect() as engine:
        for name, given in world(rows).items():
            engine.execute(_create(name, ""))
            if given:
                row = f"({', '.join('?' * len(given[0]))})"
                engine.execute(f"insert into {name} values {', '.join([row] * len(given))}", [*chain(*given)])
        return {of: engine.execute(sql).fetchall() for of, sql in statements.items()}


def many_on_postgres(rows: Rows, statements: Mapping[Key, str]) -> dict[Key, Told]:
    """In temporary tables, which stand before the real ones for as long as the transaction lasts."""
    found = {}
    with connection.cursor() as cursor:
        tables = world(rows)
        lay_out(as_told({name: tables.pop(name) for name in PREPARED if name in tables}))
        for name, given in tables.items():
            cursor.execute(f"drop table if exists pg_temp.{name}")
            cursor.execute(_create(name, "temporary"))
            if given:
                cursor.executemany(f"insert into pg_temp.{name} values ({', '.join(['%s'] * len(given[0]))})", given)
        for of, sql in statements.items():
            cursor.execute(sql)
            found[of] = cursor.fetchall()
    return found
