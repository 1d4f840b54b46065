"""One move (permission, constraint, audit, deadline, notices, commit) beside a bare insert of the rows it leaves.

A year-long case reports again and again: each report is checked, ends one deadline and begins the next, is audited and
told to the coordinator. The bare insert writes the same rows through the same models, as the owner of the database, who
passes every fence, in one transaction. Taken in turns, so that both meet the same machine. Bound: at most 5 times.
Beside it, without a bound, the same rows by SQL alone.
"""

import json
import re
import statistics
import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from benchmarks import country

ROUNDS, MOST_TIMES = 40, 5.0  # more moves than most cases ever see
MOVE, WHO = "report_follow_up", "ana"
INSERTED = re.compile(r'insert into "?(\w+)', re.IGNORECASE)
AUDIT = "access_auditentry"  # written by a function of the database


def run() -> bool:
    world = country.begin()
    from tests.casework.test_story import Story

    story = Story(world)
    story.to_implementation()
    rows, queries = left_by(lambda: move(story))
    bare = Bare(rows, another(world))
    taken = [(seconds(bare.by_sql), seconds(bare.insert), seconds(lambda: move(story))) for _round in range(ROUNDS)]
    sql, alone, whole = (statistics.median(times) for times in zip(*taken[5:], strict=True))
    print(f"a move: {whole * 1000:.2f} ms, {queries} queries; its {len(rows)} rows alone: {alone * 1000:.2f} ms, "
          f"by SQL {sql * 1000:.2f} ms")  # fmt: skip
    print(f"{whole / alone:.2f} times (bound {MOST_TIMES}); {whole / sql:.2f} times SQL")
    return whole / alone <= MOST_TIMES


def another(world: Any) -> int:
    """A case for the bare rows, so that the one which moves does not grow by them."""
    from tests.casework.everyday import REQUEST
    from zajedno.casework.actions.case import open_case
    from zajedno.kernel.fence import RUNTIME, acting

    by, school, keeper = world.actor(WHO), world.organisations["school"], world.organisations["commission"]
    with acting(RUNTIME, by.account):
        case = open_case(by=by, child=world.child("Маја", "Савић"), keeper=keeper, procedure="additional-support",
                         initiated_by=school, request=REQUEST)  # fmt: skip
    return int(case.pk)


def move(story: Any) -> None:
    """As a request makes it: one transaction under the role of the runtime."""
    from zajedno.casework.actions.move import move_case
    from zajedno.kernel.fence import RUNTIME, acting

    by = story.by = getattr(story, "by", None) or story.world.actor(WHO)
    with acting(RUNTIME, by.account):
        file = move_case(
            by=by, uuid=story.case.uuid, move=MOVE, seen=story.case.moves_made, given={"report": "Напредује."}
        )
    story.case.moves_made = file.case.moves_made


def seconds(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def left_by(work: Callable[[], Any]) -> tuple[list[tuple[str, dict[str, Any]]], int]:
    """The rows that the work leaves, as (table, column -> value), and how many queries it asks. Works twice."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        work()
    tables = {found[1] for one in asked if (found := INSERTED.match(one["sql"]))} | {AUDIT}
    last = {table: newest(table, 0)[0]["id"] for table in sorted(tables)}
    work()
    return [(table, row) for table, since in last.items() for row in newest(table, since)], len(asked)


def newest(table: str, since: int) -> list[dict[str, Any]]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"select * from {table} where id > %s order by id desc", [since])
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


class Bare:
    """Inserts copies of rows, with new keys where a key must be new, and writes the case, which the move changes."""

    def __init__(self, rows: list[tuple[str, dict[str, Any]]], case: int) -> None:
        from django.apps import apps

        self.rows, self.case, self.count = rows, case, 1_000_000
        self.models = {model._meta.db_table: model for model in apps.get_models()}

    def insert(self) -> None:
        from django.db import transaction
        from django.db.models import JSONField

        from zajedno.casework.models import Case

        with transaction.atomic():
            Case.objects.filter(pk=self.case).update(outcome="")
            for table, row in self.rows:
                model, fresh = self.models[table], self._fresh(table, row)
                for field in model._meta.fields:
                    if isinstance(field, JSONField):
                        fresh[field.attname] = json.loads(fresh[field.attname])
                model(**fresh).save(force_insert=True)

    def by_sql(self) -> None:
        from django.db import connection, transaction

        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("update casework_case set step = step where id = %s", [self.case])
            for table, row in self.rows:
                fresh = self._fresh(table, row)
                marks = ", ".join(["%s"] * len(fresh))
                cursor.execute(f"insert into {table} ({', '.join(fresh)}) values ({marks})", list(fresh.values()))

    def _fresh(self, table: str, row: dict[str, Any]) -> dict[str, Any]:
        self.count += 1
        new: dict[str, Any] = {"uuid": uuid4()} if "uuid" in row else {}
        new |= {"position": self.count} if "position" in row else {}
        new |= {"case_id": self.case} if "case_id" in row else {}
        new |= {"key": f"bare-{self.count}"} if table == "access_message" else {}
        new |= {"stopped_on": row["started_on"]} if table == "casework_clock" else {}
        return {name: value for name, value in (row | new).items() if name != "id"}
