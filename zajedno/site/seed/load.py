"""Rows into an empty database by COPY, as its owner: what slows it down is put aside and comes back, checked.

Triggers, foreign keys and indexes are put aside; primary keys and the checks of columns stay. All of it in one
transaction: a seed that is broken off leaves nothing behind.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection

from zajedno.site.seed.stream import Block

Say = Callable[[str], None]
_ASIDE = """
select 'constraint', conname, conrelid::regclass::text, pg_get_constraintdef(oid) from pg_constraint
  where conrelid = any (%(tables)s::regclass[]) and contype in ('f', 'u', 'x')
union all
select 'index', i.relname, x.indrelid::regclass::text, pg_get_indexdef(x.indexrelid)
  from pg_index x join pg_class i on i.oid = x.indexrelid
  where x.indrelid = any (%(tables)s::regclass[]) and not x.indisprimary
    and not exists (select from pg_constraint c where c.conindid = x.indexrelid and c.contype in ('u', 'x', 'p'))
order by 1, 2
"""

_FORCED = """
select oid::regclass::text from pg_class where oid = any (%(tables)s::regclass[]) and relforcerowsecurity order by 1
"""


@dataclass
class Aside:
    """Constraints and indexes as the database writes them: (kind, name, table, definition)."""

    tables: list[str]
    parts: list[tuple[str, str, str, str]] = field(default_factory=list)
    forced: list[str] = field(default_factory=list)  # tables whose row-level security holds for the owner, too

    def put(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")
            cursor.execute(_ASIDE, {"tables": self.tables})
            self.parts = cursor.fetchall()
            for kind, name, table, _definition in self.parts:
                cursor.execute(
                    f'alter table {table} drop constraint "{name}"' if kind == "constraint" else f'drop index "{name}"'
                )
            cursor.execute(_FORCED, {"tables": self.tables})
            self.forced = [table for (table,) in cursor.fetchall()]
            for table in self.tables:
                cursor.execute(f"alter table {table} disable trigger user")
            for table in self.forced:
                cursor.execute(f"alter table {table} no force row level security")  # COPY knows no policies

    def restore(self, say: Say) -> None:
        """Indexes first, so that keys are looked up; each constraint is checked over all rows as it comes back."""
        with connection.cursor() as cursor:
            cursor.execute("set local maintenance_work_mem = '512MB'")
            cursor.execute("set local work_mem = '256MB'")
            ordered, said = sorted(self.parts, key=_keys_last), ""
            for number, (kind, name, table, definition) in enumerate(ordered):
                if table != said:
                    said = table
                    say(f"{number} of {len(ordered)} indexes and constraints are back, now of {table}")
                cursor.execute(
                    f'alter table {table} add constraint "{name}" {definition}' if kind == "constraint" else definition
                )
            for table in self.tables:
                cursor.execute(f"alter table {table} enable trigger user")
            for table in self.forced:
                cursor.execute(f"alter table {table} force row level security")
            cursor.execute("set constraints all deferred")


def _keys_last(part: tuple[str, str, str, str]) -> tuple[bool, str, str]:
    return part[3].startswith("FOREIGN KEY"), part[2], part[1]


@contextmanager
def aside(tables: Iterable[str], say: Say) -> Iterator[None]:
    """Nothing but rows goes into these tables inside the block."""
    put = Aside(sorted(tables))
    put.put()
    yield
    put.restore(say)


def copy(block: Block) -> int:
    """How many rows went in."""
    rows = 0
    with connection.cursor() as cursor:
        for table, columns, text, count in block.tables:
            names = ", ".join(f'"{one}"' for one in columns)
            with cursor.copy(f"copy {table} ({names}) from stdin") as into:
                into.write(text)
            rows += count
    return rows


def count_on(tables: Iterable[str]) -> None:
    """Ids of later rows go on from the highest."""
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(
                f"select setval(pg_get_serial_sequence('{table}', 'id'), coalesce(max(id), 1), max(id) is not null)"
                f" from {table}"
            )


def ids_from(tables: Iterable[str]) -> dict[str, int]:
    """The first free id of each table."""
    found = {}
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"select coalesce(max(id), 0) + 1 from {table}")
            found[table] = int(cursor.fetchone()[0])
    return found


# ---- what triggers would have written beside the rows

_LEARNT = """
insert into children_lexicon_whole (token, whole)
  select distinct t, w from (select given_fold from children_child union select family_fold from children_child) n(w)
    cross join lateral unnest(string_to_array(w, ' ')) t where t <> '';
insert into children_lexicon (token) select distinct token from children_lexicon_whole;
insert into children_unsought select id from children_child;
"""


def learn() -> None:
    """The lexicon of names, and the children whose likeness is still to be sought."""
    with connection.cursor() as cursor:
        cursor.execute("set local work_mem = '256MB'")
        cursor.execute(_LEARNT)
