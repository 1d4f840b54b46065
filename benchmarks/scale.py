"""100,000 children and 200,000 cases: does an ordinary user feel the country around them?

Bounds: time in SQL of a search and of "my work" under the fences at most 3 times that of the bare query; a page's 95th
percentile through HTTP at most twice that of an empty page of the same desk; as many queries at 100,000 as at 1,000.
"""

import gc
import re
import statistics
import threading
import time
from collections.abc import Callable, Mapping
from http.client import HTTPConnection
from typing import Any
from urllib.parse import quote
from wsgiref.simple_server import WSGIRequestHandler, make_server

from benchmarks import country
from benchmarks.work import Work

SMALL, LARGE = 1_000, 100_000
ROUNDS = 60
SEARCHES = {
    "exact": "Марко Николић", "typo": "Marko Nikloic", "other script": "đorđe jovanović", "no diacritics": "Djordje Djuric",
    "prefix": "Миl",
}  # fmt: skip


class Quiet(WSGIRequestHandler):
    def log_message(self, *_parts: Any) -> None:
        return


def searching(world: Any) -> dict[str, float]:
    """Time in SQL of each search by Ana under row-level security."""
    from zajedno.children.actions.search import search
    from zajedno.kernel.fence import RUNTIME, acting

    actor = world.actor("ana")
    times = {}
    with acting(RUNTIME, actor.account):
        for name, text in SEARCHES.items():
            times[name] = timed_sql(lambda text=text: search(by=actor, text=text))
        times["exact number"] = timed_sql(lambda: search(by=actor, number="0405016820014"))
    return times


def timed_sql(work: Callable[[], Any]) -> float:
    """Seconds in SQL, the median of many: those for which the database worked, whatever else the machine does."""
    meter = Work()
    return statistics.median(meter.of(work) for _round in range(ROUNDS))


def bare(world: Any) -> dict[str, float]:
    """The same searches' indexed reads without any fence, as the owner: what the data themselves cost."""
    from django.db import transaction

    from zajedno.children.actions.search import search

    actor = world.actor("ana")
    times = {}
    with transaction.atomic():
        for name, text in SEARCHES.items():
            times[name] = timed_sql(lambda text=text: search(by=actor, text=text))
        times["exact number"] = timed_sql(lambda: search(by=actor, number="0405016820014"))
    return times


def my_work(world: Any) -> tuple[int, float, float]:
    """Ana's open cases, and seconds in SQL of her first page of them: under the fences, and of the bare indexed read."""
    from django.db import connection, transaction

    from zajedno.casework.queries.case import listed, open_to
    from zajedno.kernel.fence import RUNTIME, acting

    actor = world.actor("ana")
    bare = (
        "select c.* from casework_case c where c.id in (select case_id from casework_participant where key = any(%s)"
        " and is_open) order by c.due_on nulls last, c.received_on, c.id limit 25"
    )
    with acting(RUNTIME, actor.account):
        count, fenced = open_to(actor).count(), timed_sql(lambda: list(listed(actor).prefetch_related(None)[:25]))
    with transaction.atomic(), connection.cursor() as cursor:
        return count, fenced, timed_sql(lambda: cursor.execute(bare, [list(actor.keys)]))


def serve() -> tuple[Any, int]:
    from django.core.handlers.wsgi import WSGIHandler

    server = make_server("127.0.0.1", 0, WSGIHandler(), handler_class=Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, server.server_port


def cookie_of(world: Any, who: str) -> str:
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(world.accounts[who], backend=settings.AUTHENTICATION_BACKENDS[0])
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}; language=sr"


def answers(port: int, asked: Mapping[str, tuple[str, ...]]) -> dict[str, float]:
    """The 95th percentile of each page, in seconds: name -> (path, cookie), and the form where it is sent one. Asked in
    turn, so that whatever else the machine does meets all of them alike."""
    connection = HTTPConnection("127.0.0.1", port)
    times: dict[str, list[float]] = {name: [] for name in asked}
    forms = {name: filled(connection, *about) for name, about in asked.items()}
    for name, (path, cookie, *_form) in asked.items():
        opened(connection, path, cookie, forms[name])
    gc.collect()
    gc.freeze()  # as a server does once it is loaded (`site.wsgi`)
    for _round in range(ROUNDS):
        for name, (path, cookie, *_form) in asked.items():
            start = time.perf_counter()
            opened(connection, path, cookie, forms[name])
            times[name].append(time.perf_counter() - start)
    return {name: sorted(found)[int(ROUNDS * 0.95)] for name, found in times.items()}


def filled(connection: HTTPConnection, path: str, cookie: str, form: str = "") -> str:
    """The form with the token that its page was given; nothing where none is sent."""
    if not form:
        return ""
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', opened(connection, path, cookie))
    if token is None:
        raise SystemExit(f"{path} has no form")
    return quote(f"{form}&csrfmiddlewaretoken={token[1]}", safe="&=")


def opened(connection: HTTPConnection, path: str, cookie: str, form: str = "") -> str:
    headers = {"Cookie": cookie, "Host": "127.0.0.1", "Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST" if form else "GET", path, form or None, headers)
    response = connection.getresponse()
    text = response.read().decode()
    if response.status != 200:
        raise SystemExit(f"{path} answered {response.status}")
    return text


def pages(world: Any) -> tuple[dict[str, float], dict[str, int]]:
    """Ratio to an empty page of the same desk, and the number of queries, of each page."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from zajedno.casework.models import Case

    school = world.organisations["school"].pk
    case = Case.objects.filter(initiated_by=school).order_by("id").first()
    if case is None:
        raise SystemExit("the school has no case")
    server, port = serve()
    paths = {"my work": "/work/", "case": f"/work/case/{case.uuid}/"}
    mine = cookie_of(world, "ana")
    asked = {"empty": ("/work/", cookie_of(world, "besa")), **{name: (path, mine) for name, path in paths.items()}}
    found = answers(port, asked)
    ratios = {name: found[name] / found["empty"] for name in paths}
    server.shutdown()
    client = Client()
    client.force_login(world.accounts["ana"], backend="allauth.account.auth_backends.AuthenticationBackend")
    counts = {}
    for name, path in paths.items():
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        counts[name] = len(queries)
    return ratios, counts


def run() -> bool:
    world = country.begin()
    country.fill(world, SMALL)
    _ratios, few = pages(world)
    start = time.perf_counter()
    country.fill(world, LARGE)
    print(f"{LARGE:,} children and {2 * LARGE:,} cases made in {time.perf_counter() - start:.0f} s")
    fenced, unfenced = searching(world), bare(world)
    good = True
    for name, seconds in fenced.items():
        ratio = seconds / unfenced[name]
        good &= ratio <= 3
        print(f"search, {name:<14} {seconds * 1000:7.2f} ms in SQL, {ratio:4.2f} times without fences (bound 3)")
    count, listed, alone = my_work(world)
    good &= listed <= 3 * alone
    print(
        f"my work, {count} open cases: {listed * 1000:.2f} ms in SQL, {listed / alone:4.2f} times the bare read (bound 3)"
    )
    ratios, many = pages(world)
    for name, ratio in ratios.items():
        good &= ratio <= 2 and many[name] == few[name]
        print(
            f"page, {name:<10} p95 {ratio:4.2f} times an empty page (bound 2); {many[name]} queries, {few[name]} at {SMALL:,}"
        )
    return good
