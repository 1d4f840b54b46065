"""How cost grows with the country: the same seeded country in several sizes, each in a database of its own.

Person search, case page and "my work" of one school's psychologist through HTTP under row-level security; their reads in
SQL beside the bare indexed query; all indicators of a closed period released; a page of the monitor beside an empty page
of its desk. Sizes: `BENCH_CHILDREN=100000,2000000` (the first is the measure). The curve is printed as a table and, with
`BENCH_CURVE=file.csv`, written as one.
"""

import csv
import os
import statistics
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks import country, scale

SIZES = tuple(int(one) for one in os.environ.get("BENCH_CHILDREN", "2000,20000").split(","))
CURVE = os.environ.get("BENCH_CURVE", "")
GROWTH, DEARER, SNAPSHOT, BOARD = 1.5, 3.0, 600.0, 2.0
BOARDS = 6  # indicators whose page is asked
WHO = "ana"  # of the demo: her school is as big as any, however big the country


@dataclass
class Point:
    """One size. Pages as times an empty page of their desk, SQL in milliseconds, the rest in seconds."""

    children: int
    cases: int
    events: int
    seconds: float
    a_second: float
    search: float
    case: float
    my_work: float
    search_sql: float
    case_sql: float
    my_work_sql: float
    search_bare: float
    case_bare: float
    my_work_bare: float
    snapshot: float
    board: float


class Seeded:
    """The people of the seeded country, as `benchmarks.scale` asks for them."""

    def __init__(self) -> None:
        from zajedno.access.models import Account

        self.accounts = {
            one.email.split("@")[0]: one for one in Account.objects.filter(email__endswith="@demo.invalid")
        }
        self.accounts["nobody"] = self._nobody()

    def _nobody(self) -> Any:
        """Somebody with the same post in a school that has no child: an empty page, however big the country is."""
        from zajedno.access.models import Account
        from zajedno.places.models import Organisation, Post

        account = Account.objects.filter(email="nobody@demo.invalid").first()
        if account is None:
            post = Post.objects.select_related("organisation").get(account=self.accounts[WHO])
            at = post.organisation
            school = Organisation.objects.create(name="Без деце", code="empty", kind=at.kind, territory=at.territory)
            account = Account.objects.create_user("nobody@demo.invalid", name="Нико")
            Post.objects.create(account=account, organisation=school, role_id=post.role_id, since=post.since)
        return account

    def actor(self, who: str) -> Any:
        from zajedno.kernel.clock import today
        from zajedno.places.queries.actor import actor_for

        return actor_for(self.accounts[who].pk, today())


def run() -> bool:
    prepare()
    points = [measured(size) for size in SIZES]
    written(points)
    first, good = points[0], True
    for one in points:
        for name in ("search", "case", "my_work"):
            growth = getattr(one, name) / getattr(first, name)
            dearer = getattr(one, f"{name}_sql") / getattr(one, f"{name}_bare")
            good &= growth <= GROWTH and dearer <= DEARER
            print(
                f"{one.children:>9,} children, {name:<8} p95 {growth:4.2f} times that of {first.children:,} (bound {GROWTH});"
                f" {dearer:4.2f} times the bare read (bound {DEARER:.0f})"
            )
        good &= one.snapshot <= SNAPSHOT and one.board <= BOARD
    return good


def prepare() -> None:
    """A database with nothing but the packs, which each size is a copy of."""
    country.begin()
    from django.core.management import call_command

    from zajedno.web.manage.packs import find, load

    use("zajedno_packs")
    call_command("migrate", verbosity=0)
    load(find([settings_packs()]), by=None, progress=lambda text: None)


def use(name: str, template: str = "template1") -> None:
    """From now on the connection leads to a new database."""
    from django.db import connection

    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"drop database if exists {name}")
        cursor.execute(f"create database {name} template {template}")
    connection.close()
    connection.settings_dict["NAME"] = name


def measured(size: int) -> Point:
    use(f"zajedno_{size}", "zajedno_packs")
    from zajedno.site.seed import seed

    start = time.perf_counter()
    rate = seed(country="RS", children=size, years=5, number=1, say=lambda text: print(f"  {text}", flush=True))
    seconds = time.perf_counter() - start
    world = Seeded()
    case = case_of(world)
    pages, sql, bare = answered(world, case), fenced(world, case), unfenced(world, case)
    print(f"  {size:,}: pages {pages}, SQL {sql}, bare {bare}", flush=True)
    return Point(
        size, *counted(), seconds, rate, pages["search"], pages["case"], pages["my work"],
        *(1000 * sql[name] for name in ("search", "case", "my work")),
        *(1000 * bare[name] for name in ("search", "case", "my work")), snapshot(), board(world),
    )  # fmt: skip


def counted() -> tuple[int, int]:
    """Cases, and events: moves, half-years of marks, measures, sheets, notes, letters and opinions."""
    tables = ("casework_move", "children_attendance", "casework_measure", "children_assessment", "casework_note",
              "casework_letter", "casework_opinion")  # fmt: skip
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select (select count(*) from casework_case), " + "+".join(
            f"(select count(*) from {table})" for table in tables))  # fmt: skip
        cases, events = cursor.fetchone()
    return int(cases), int(events)


def case_of(world: Any) -> Any:
    """Of a child whom a search for its family name finds alone: a page with more hits is dearer, however big the
    country is."""
    from zajedno.casework.queries.case import open_to
    from zajedno.children.actions.search import search
    from zajedno.kernel.fence import RUNTIME, acting

    actor = world.actor(WHO)
    with acting(RUNTIME, actor.account):
        cases = list(open_to(actor).select_related("child").order_by("pk"))
        alone = (one for one in cases if len(search(by=actor, text=one.child.family_name)) == 1)
        return next(alone, cases[0])


def answered(world: Any, case: Any) -> dict[str, float]:
    """The 95th percentile of each page, as times that of an empty page of the desk."""
    server, port = scale.serve()
    mine, none = scale.cookie_of(world, WHO), scale.cookie_of(world, "nobody")
    found = scale.answers(port, {
        "empty": ("/work/", none), "my work": ("/work/", mine), "case": (f"/work/case/{case.uuid}/", mine),
        "search": ("/work/search/", mine, f"text={case.child.family_name}"),
    })  # fmt: skip
    server.shutdown()
    return {name: seconds / found["empty"] for name, seconds in found.items()}


def fenced(world: Any, case: Any) -> dict[str, float]:
    from zajedno.casework.queries.case import find
    from zajedno.kernel.fence import RUNTIME, acting

    actor = world.actor(WHO)
    _count, mine, _bare = scale.my_work(world)
    with acting(RUNTIME, actor.account):
        file = scale.timed_sql(lambda: find(actor, case.uuid))
    return {"search": statistics.median(scale.searching(world).values()), "case": file, "my work": mine}


def unfenced(world: Any, case: Any) -> dict[str, float]:
    from zajedno.casework.models import Case

    _count, _mine, bare = scale.my_work(world)
    joined = Case.objects.select_related("child__data_key", "organisation", "initiated_by", "version")
    file = scale.timed_sql(lambda: joined.defer("version__content").get(uuid=case.uuid))
    return {"search": statistics.median(scale.bare(world).values()), "case": file, "my work": bare}


def snapshot() -> float:
    """Seconds until every indicator of every closed period is released for the whole country."""
    from zajedno.indicators.actions.period import load_indicators, release_closed
    from zajedno.indicators.logic.definition import load
    from zajedno.kernel.clock import today

    load_indicators(list(load(settings_packs()).values()))
    start = time.perf_counter()
    editions = release_closed(today=today())
    seconds = time.perf_counter() - start
    print(f"  {editions} editions released in {seconds:.0f} s", flush=True)
    return seconds


def settings_packs() -> Path:
    from django.conf import settings

    return Path(settings.PACKS_DIR)


def board(world: Any) -> float:
    """The dearest page of the monitor as times an empty page of its desk: the figures of a country without any."""
    from zajedno.figures.queries import indicators_released

    server, port = scale.serve()
    eva = scale.cookie_of(world, "eva")
    pages = {code: (f"/monitor/{code}/", eva) for code in sorted(indicators_released("RS"))[:BOARDS]}
    found = scale.answers(port, {"empty": ("/monitor/networks/", eva), "": ("/monitor/", eva), **pages})
    server.shutdown()
    return max(found[name] for name in ("", *pages)) / found["empty"]


def written(points: list[Point]) -> None:
    rows = [asdict(one) for one in points]
    for name in rows[0]:
        print(f"  {name:<14}" + "".join(f"{row[name]:>14,.2f}" for row in rows))
    if CURVE:
        with open(CURVE, "w", newline="") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(rows)
