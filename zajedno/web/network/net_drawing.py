"""Who works with whom, drawn on the server: institutions on a circle, those of a sector beside each other."""

from dataclasses import dataclass
from functools import cached_property
from math import cos, pi, sin
from typing import Any

from zajedno.networks.logic.net import Map
from zajedno.places.enums import Sector

WIDTH, RADIUS = 640, 160
NAMED = 20  # up to so many, names stand beside the dots; beyond, numbers alone
LONGEST = 18  # letters of a name that fit beside the circle


@dataclass(frozen=True, slots=True)
class Dot:
    """An institution; the more of the others' shortest ways lead over it, the larger."""

    number: int
    name: str
    sector: str
    x: float
    y: float
    size: float
    side: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Line:
    """`wide` by closeness; `both`: each of the two says so."""

    path: str
    wide: float
    both: bool


@dataclass(frozen=True)
class NetDrawing:
    id: str
    title: Any
    description: Any
    net: Map
    names: dict[str, str]  # as this page writes them

    width, height = WIDTH, 2 * RADIUS + 56

    @cached_property
    def dots(self) -> list[Dot]:
        """Numbered as in the table."""
        count = len(self.net.sectors)
        most = max((place.betweenness for place in self.net.places.values()), default=0) or 1
        return [self._dot(at, name, count, most) for at, name in enumerate(self.net.sectors)]

    def _dot(self, at: int, name: str, count: int, most: float) -> Dot:
        turn = 2 * pi * at / count - pi / 2 + pi / count  # between two at the top, so that their names part
        x, y = self.width / 2 + RADIUS * cos(turn), self.height / 2 + RADIUS * sin(turn)
        size = 11 + 7 * self.net.places[name].betweenness / most
        right = cos(turn) >= 0
        side = x + (size + 5 if right else -size - 5)
        label = self.names[name] if count <= NAMED else ""
        short = label if len(label) <= LONGEST else f"{label[: LONGEST - 1]}…"
        shown = round(x, 1), round(y, 1), round(size, 1), round(side, 1)
        return Dot(at + 1, short, self.net.sectors[name], *shown, "start" if right else "end")

    @cached_property
    def lines(self) -> list[Line]:
        """The closest on top."""
        at = {name: (dot.x, dot.y) for name, dot in zip(self.net.sectors, self.dots, strict=True)}
        found = [
            Line(f"M{at[one][0]} {at[one][1]}L{at[other][0]} {at[other][1]}", max(said) - 0.5, all(said))
            for (one, other), said in self.net.pairs().items()
        ]
        return sorted(found, key=lambda line: line.wide)

    @property
    def legend(self) -> list[tuple[str, Any]]:
        """Sectors on the map, in the order of the map."""
        return [(key, Sector(key).label) for key in dict.fromkeys(self.net.sectors.values())]
