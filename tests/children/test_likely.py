"""Asking whether a child is here already: by number, by names in either order; and always by index."""

from datetime import date, timedelta

import pytest
from django.db import connection

from tests.world import World
from zajedno.children.queries.likely import Asked, likely_same
from zajedno.kernel.fence import RUNTIME, acting

pytestmark = pytest.mark.django_db
BORN, NUMBER = date(2016, 5, 4), "0405016820014"
TABLES = ("children_child", "children_identifier")


def ask(world: World, who: str, *people: Asked) -> list[tuple[int, str, bool]]:
    with acting(RUNTIME, world.accounts[who].pk):
        return [(one.place, one.why, one.visible) for one in likely_same(people)]


def test_by_number_and_by_names_in_either_order_and_script(world: World) -> None:
    world.child(number=NUMBER)
    asked = (
        Asked("Неко", "Други", None, NUMBER),
        Asked("Njezic", "Djordje", BORN),
        Asked("Đorđe", "Nježić", BORN, NUMBER),
        Asked("Ђорђе", "Њежић", date(2016, 5, 5)),
    )
    assert ask(world, "ana", *asked) == [(0, "number", True), (1, "name_and_birth", True), (2, "number", True)]
    assert ask(world, "besa", *asked[:1]) == [(0, "number", False)]


def test_the_whole_table_is_never_read_however_wrong_the_planner_is(world: World) -> None:
    """After a register was taken back the table is large and the planner thinks it empty."""
    asked = [Asked("Маја", f"Савић{day}", BORN + timedelta(days=day)) for day in range(60)]
    for one in asked:
        world.child(one.given_name, one.family_name, one.birth_date)
    with connection.cursor() as cursor:
        cursor.execute(f"update pg_class set relpages = 900, reltuples = 1 where relname in {TABLES}")
    before = rows_read()
    assert len(ask(world, "ana", *asked)) == 60
    assert rows_read() - before <= 5 * len(asked)


def rows_read() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "select sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) from pg_stat_xact_user_tables"
            f" where relname in {TABLES}"
        )
        return int(cursor.fetchone()[0])
