"""An invented but lifelike country of any size, for measuring and for trying out. Nobody in it exists.

The stories of the packs are told once by the verbs of people and taken down as patterns; children by the thousand then
live through them on other days, in other places. What is written is what the verbs would have written, and is checked.
"""

import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from django.db import connection, transaction

from zajedno.site.trouble import Trouble

if TYPE_CHECKING:
    from zajedno.site.seed.pattern import Pattern
    from zajedno.site.seed.stream import Block
    from zajedno.site.seed.town import Town

__all__ = ["require_empty", "seed"]

Say = Callable[[str], None]
BASE = ("children_child", "children_datakey", "children_identifier", "children_tie", "children_enrolment",
        "children_attendance", "children_guardian", "children_familylink")  # fmt: skip


def require_empty() -> None:
    """Trouble where anybody is: a seed beside real children could not be told from them."""
    from zajedno.access.models import Account
    from zajedno.children.models import Child
    from zajedno.places.models import Organisation

    if Account.objects.exists() or Organisation.objects.exists() or Child.objects.exists():
        raise Trouble(
            "This database is not empty. An invented country is only written into an empty one: name another database,"
            " or another data folder with ZAJEDNO_DATA."
        )


def seed(*, country: str, children: int, years: int, number: int, say: Say, only: tuple[str, ...] = ()) -> float:
    """All or nothing, as the owner. `number` makes it again the same; `only`: these procedures alone. Gives back the
    children that were made and written in a second, without the telling before and the indexes after."""
    from zajedno.access.actions import audit
    from zajedno.access.models import Message
    from zajedno.kernel import clock
    from zajedno.site.seed import checks, load
    from zajedno.site.seed.stream import Order, streamed

    require_empty()
    with transaction.atomic():
        towns, patterns, by = _people(country, children, say, only)
        tables = sorted({*BASE, *(row.table for pattern in patterns for row in pattern.rows)})
        order = Order(towns, patterns, children, clock.today(), years, number, by, load.ids_from(tables))
        with load.aside(tables, say):
            rate = _rows(streamed(order), children, say)
            load.count_on(tables)
            load.learn()
        say("checking")
        checks.check()
        detail = {"children": children, "country": country, "years": years, "seed": number, "invented": True}
        audit.record(by=None, verb="site.seed", detail=detail)
        Message.objects.update(sent_on=clock.now(), body="", address="", calendar="")
    with connection.cursor() as cursor:
        if not connection.in_atomic_block:
            cursor.execute("vacuum analyze")
    say(f"{children:,} children, {rate:,.0f} a second")
    return rate


def _people(country: str, children: int, say: Say, only: tuple[str, ...]) -> "tuple[list[Town], list[Pattern], int]":
    """Institutions with their people, what is told of the procedures, and who registered the children."""
    from zajedno.access.models import Account
    from zajedno.site.demo.institutions import seed_institutions
    from zajedno.site.seed.country import towns
    from zajedno.site.seed.stories import patterns

    seed_institutions(say)
    password = Account.objects.values_list("password", flat=True).order_by("pk")[0]
    told = patterns(country, password, say, only)
    found = towns(country, children, told, password, say)
    return found, told, Account.objects.order_by("pk").values_list("pk", flat=True)[0]


def _rows(blocks: "Iterable[Block]", wanted: int, say: Say) -> float:
    """Copy block after block; gives back children a second."""
    from zajedno.casework.models import CaseNumber
    from zajedno.site.seed import load

    began, done, rows = time.monotonic(), 0, 0
    numbers: dict[tuple[int, str, int], int] = {}
    for block in blocks:
        rows += load.copy(block)
        done, numbers = done + block.children, block.numbers
        rate = done / (time.monotonic() - began)
        say(f"{done:,} of {wanted:,} children, {rows:,} rows, {rate:,.0f} children a second")
    CaseNumber.objects.bulk_create(
        CaseNumber(organisation_id=at, series=series, year=year, last=last)
        for (at, series, year), last in numbers.items()
    )
    return done / (time.monotonic() - began)
