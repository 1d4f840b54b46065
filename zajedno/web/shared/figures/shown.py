"""A chart on a page: what it is, the sentences under it, its drawing, its table, and where it can be taken from."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from zajedno.figures.logic.figure import Figure
from zajedno.web.shared.figures.drawing import Drawing
from zajedno.web.shared.pieces import Link, Table


@dataclass(frozen=True, slots=True)
class Key:
    """A line of the legend: a small drawing of its own, and its word."""

    drawing: Any
    text: Any


@dataclass(frozen=True)
class Shown:
    """`key` names it in addresses. `open`: its table stands beside it, not folded away. `figures` are what it is made
    of: its files hold them and nothing else. Without a drawing there is nothing to draw, and the sentences say why."""

    key: str
    title: Any
    sentences: Sequence[str]
    table: Table
    figures: Sequence[Figure]
    drawing: Drawing | None = None
    legend: Sequence[Key] = ()
    notes: Sequence[Any] = ()
    open: bool = False
    links: Sequence[Link] = field(default=())
