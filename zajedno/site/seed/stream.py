"""Blocks of children, made in a process of their own while the database takes in the one before."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from multiprocessing import get_context
from typing import Any

import numpy as np

from zajedno.site.seed.cases import Cases
from zajedno.site.seed.children import Families
from zajedno.site.seed.family import write_family
from zajedno.site.seed.file import File
from zajedno.site.seed.pattern import Pattern
from zajedno.site.seed.school import write_school
from zajedno.site.seed.text import Pages, Rows
from zajedno.site.seed.town import Town

BLOCK = 20_000  # children
AHEAD = 2  # blocks that wait for the database


@dataclass(frozen=True)
class Order:
    """What is to be made; `next_ids`: of each table that has rows already."""

    towns: list[Town]
    patterns: list[Pattern]
    many: int
    today: date
    years: int
    seed: int
    written_by: int
    next_ids: dict[str, int]


@dataclass(frozen=True)
class Block:
    """Rows of every table. `numbers`: the last registry numbers so far."""

    children: int
    tables: list[Rows]
    numbers: dict[tuple[int, str, int], int]


def made(order: Order) -> Iterator[Block]:
    """Block after block, the same for the same order but for what is sealed."""
    families = Families(order.towns, order.today, order.years, order.written_by)
    cases, next_ids = Cases(order.patterns, families), dict(order.next_ids)
    for number, start in enumerate(range(0, order.many, BLOCK)):
        dice = np.random.default_rng([order.seed, number])
        pages = Pages(dice, next_ids)
        children = families.block(dice, pages, min(BLOCK, order.many - start))
        cases.write(dice, pages, children, cases.choose(dice, children, each_once=number == 0))
        file = File(families, dice, pages, children)
        file.write()
        write_school(file)
        write_family(file)
        yield Block(len(children), pages.blocks(), dict(cases.numbers))


def streamed(order: Order) -> Iterator[Block]:
    """The same, made beside this process where there is more than one block."""
    if order.many <= BLOCK:
        yield from made(order)
        return
    context = get_context("spawn")
    queue: Any = context.Queue(AHEAD)
    process = context.Process(target=_send, args=(order, queue), daemon=True)
    process.start()
    try:
        while (block := queue.get()) is not None:
            if isinstance(block, BaseException):
                raise block
            yield block
    finally:
        process.terminate()
        process.join()


def _send(order: Order, queue: Any) -> None:
    try:
        for block in made(order):
            queue.put(block)
    except BaseException as error:
        queue.put(RuntimeError(f"{type(error).__name__}: {error}"))
    else:
        queue.put(None)
