"""Places on a drawing: a flat map of a few countries, outlines made coarse enough to be light, a point for a shape."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, hypot, radians
from typing import Any

Point = tuple[float, float]  # longitude and latitude in degrees, or x and y


@dataclass(frozen=True, slots=True)
class Flat:
    """Degrees to units of a drawing (y downwards): equirectangular, true to scale at the middle latitude."""

    west: float
    north: float
    scale: float  # units a degree of latitude
    squeeze: float  # a degree of longitude is so much of one of latitude

    def at(self, point: Point) -> Point:
        return (point[0] - self.west) * self.squeeze * self.scale, (self.north - point[1]) * self.scale


def fitted(points: Sequence[Point], width: float, edge: float) -> tuple[Flat, float]:
    """A map that holds all points, `width` units wide with an `edge` on each side; and how high it becomes."""
    west, east = min(x for x, _y in points), max(x for x, _y in points)
    south, north = min(y for _x, y in points), max(y for _x, y in points)
    squeeze = cos(radians((south + north) / 2))
    scale = (width - 2 * edge) / ((east - west) * squeeze or 1)
    flat = Flat(west - edge / scale / squeeze, north + edge / scale, scale, squeeze)
    return flat, (north - south) * scale + 2 * edge


def rings(geometry: dict[str, Any]) -> Iterator[list[Point]]:
    """Outer rings of a GeoJSON polygon or of several."""
    many = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    for polygon in many:
        yield [(point[0], point[1]) for point in polygon[0]]


def middle(geometry: dict[str, Any]) -> Point:
    """A GeoJSON point itself; of an area the middle of its largest ring, by area."""
    if geometry["type"] == "Point":
        return geometry["coordinates"][0], geometry["coordinates"][1]
    return max(map(_middle, rings(geometry)), key=lambda found: found[0])[1]


def _middle(ring: Sequence[Point]) -> tuple[float, Point]:
    """Twice the area, and the centroid."""
    area = x = y = 0.0
    (left, low) = ring[0]
    for (ax, ay), (bx, by) in pairwise(ring):
        part = (ax - left) * (by - low) - (bx - left) * (ay - low)
        area, x, y = area + part, x + part * (ax + bx - 2 * left), y + part * (ay + by - 2 * low)
    return (abs(area), (left + x / area / 3, low + y / area / 3)) if area else (0.0, ring[0])


def coarse(line: Sequence[Point], slack: float) -> list[Point]:
    """Fewer points, none further than `slack` from the line that was (Douglas and Peucker, 1973).

    >>> coarse([(0, 0), (1, 0.1), (2, 0)], 0.5)
    [(0, 0), (2, 0)]
    """
    if len(line) < 3:
        return list(line)
    far, at = max((_off(point, line[0], line[-1]), number) for number, point in enumerate(line[1:-1], start=1))
    if far <= slack:
        return [line[0], line[-1]]
    return coarse(line[: at + 1], slack)[:-1] + coarse(line[at:], slack)


def _off(point: Point, start: Point, end: Point) -> float:
    (px, py), (ax, ay), (bx, by) = point, start, end
    length = hypot(bx - ax, by - ay)
    return abs((bx - ax) * (ay - py) - (ax - px) * (by - ay)) / length if length else hypot(px - ax, py - ay)


def path(ring: Sequence[Point]) -> str:
    """A closed SVG path in whole units; "" for a speck."""
    spots = list(dict.fromkeys((round(x), round(y)) for x, y in ring))
    if len(spots) < 3:
        return ""
    (x, y), moves = spots[0], []
    for nx, ny in spots[1:]:
        moves.append(f"{nx - x} {ny - y}".replace(" -", "-"))
        x, y = nx, ny
    return f"M{spots[0][0]} {spots[0][1]}l{' '.join(moves)}z"
