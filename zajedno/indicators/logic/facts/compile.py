"""From an expression to the SQL of an engine."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

import ibis
import ibis.expr.types as ir
import sqlglot
from sqlglot import exp

from zajedno.indicators.logic.facts import FACTS
from zajedno.indicators.logic.facts.rows import ROWS, counted
from zajedno.indicators.logic.facts.tables import PREPARED, TABLES
from zajedno.indicators.logic.span import Span

POSTGRES, DUCKDB = "postgres", "duckdb"
KINDS = {"int64": "bigint", "string": "text"}


def statement(code: str, span: Span, country: str, outcomes: Sequence[str], axes: Sequence[str], engine: str) -> str:
    """What counts an indicator in a country and period."""
    told = _counts(country, tuple(outcomes), tuple(axes), engine)
    return f"with {ROWS} as ({rows(code, span, engine)}) select * from ({told}) as told"


@lru_cache(maxsize=512)
def rows(code: str, span: Span, engine: str) -> str:
    return sql(FACTS[code](span), engine)


@lru_cache(maxsize=512)
def _counts(country: str, outcomes: tuple[str, ...], axes: tuple[str, ...], engine: str) -> str:
    return sql(counted(country, outcomes, axes), engine)


def sql(expression: ir.Table, engine: str) -> str:
    """Every table is read by its columns alone: the statistics role may read no other, so not "all of them"."""
    tree = sqlglot.parse_one(str(ibis.to_sql(expression, dialect=engine)), dialect=engine)
    for found in list(tree.find_all(exp.Table)):
        if columns := {**TABLES, **PREPARED}.get(found.name):
            if engine == POSTGRES and found.name in PREPARED:
                read = _laid_out(found.name, columns)
            else:
                names = (exp.column(name, quoted=True) for name in columns)
                read = exp.select(*names).from_(exp.table_(found.name, quoted=True))
            found.replace(read.subquery(found.alias or found.name, copy=False))
    return tree.sql(dialect=engine)


def _laid_out(name: str, columns: Mapping[str, str]) -> exp.Select:
    """What other rooms reckon, from a setting of the transaction (`queries.period.lay_out`); else nothing. No temporary
    table: the statistics role may make none."""
    fields = ", ".join(f"{column} {KINDS.get(kind, kind)}" for column, kind in columns.items())
    text = (
        f"select {', '.join(columns)} from jsonb_to_recordset("
        f"coalesce(nullif(current_setting('app.{name}', true), ''), '[]')::jsonb) as {name}({fields})"
    )
    return sqlglot.parse_one(text, dialect=POSTGRES, into=exp.Select)
