"""From an expression to the SQL of an engine."""

from collections.abc import Sequence
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


def sql(expression: ir.Table, engine: str, *, laid_out: bool = True) -> str:
    """Every table is read by its columns alone: the statistics role may read no other, so not "all of them". Where
    nothing was laid out beside the tables, what other rooms reckon is empty."""
    tree = sqlglot.parse_one(str(ibis.to_sql(expression, dialect=engine)), dialect=engine)
    for found in list(tree.find_all(exp.Table)):
        if columns := {**TABLES, **PREPARED}.get(found.name):
            read = exp.select(*(exp.column(name, quoted=True) for name in columns))
            if found.name in TABLES or laid_out:
                read = read.from_(exp.table_(found.name, quoted=True))
            else:
                read = exp.select(*(_nothing(name, kind) for name, kind in columns.items())).where(exp.false())
            found.replace(read.subquery(found.alias or found.name, copy=False))
    return tree.sql(dialect=engine)


def _nothing(name: str, kind: str) -> exp.Expr:
    return exp.alias_(exp.cast(exp.null(), {"int64": "bigint", "string": "text"}.get(kind, kind)), name, quoted=True)
