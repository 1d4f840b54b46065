"""A commission's register of 20,000 rows comes in beside a country: a bound in seconds, memory, and no row dearer than
in a register of a tenth."""

import resource
import time
from typing import Any

from benchmarks import country

SMALL, LARGE = 2_000, 20_000
SECONDS, MEGABYTES, DEARER = 60, 200, 1.5


def run() -> bool:
    world = country.begin()
    few, _memory = take_in(world, SMALL)
    many, memory = take_in(world, LARGE)
    ratio = (many / LARGE) / (few / SMALL)
    print(f"{LARGE:,} rows in {many:.1f} s (bound {SECONDS}), {memory} MB more (bound {MEGABYTES})")
    print(f"a row costs {ratio:.2f} times what it costs in {SMALL:,} (bound {DEARER})")
    return many <= SECONDS and memory <= MEGABYTES and ratio <= DEARER


def take_in(world: Any, rows: int) -> tuple[float, int]:
    """Seconds, and megabytes the process grew by, to check and enter a messy register for a commission of its own."""
    from datetime import date

    from tests.messy import messy_csv, requests
    from tests.places import factories as places
    from zajedno.casework.actions import batch as registers
    from zajedno.kernel.fence import RUNTIME, acting

    office = places.organisation(f"Комисија за {rows}", kind=world.organisations["commission"].kind)
    places.post(account=world.accounts["csaba"], organisation=office, role_id="commission-coordinator",
                since=date(2020, 1, 1))  # fmt: skip
    content = messy_csv(requests(rows, rows), "utf-8", ";")
    by, before, start = world.actor("csaba"), peak(), time.perf_counter()
    told: list[int] = []
    with acting(RUNTIME, by.account):
        batch = registers.upload(by=by, organisation=office.pk, name="register.csv", content=content)
        batch = registers.prepare(by=by, batch=batch, columns=batch.columns)
        batch = registers.commit(by=by, batch=batch, progress=told.append)
    if batch.counts["read"] != rows or batch.counts["created"] < rows * 0.8 or told[-1] != rows:
        raise SystemExit(f"the register did not come in: {batch.counts}")
    return time.perf_counter() - start, peak() - before


def peak() -> int:
    """The most memory this process ever held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
