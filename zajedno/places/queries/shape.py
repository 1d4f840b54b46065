"""Where places lie, as packs tell it: read once a process, since neither pages nor people change it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.conf import settings

from zajedno.places.logic.figures import shapes
from zajedno.places.logic.outline import Flat, Point, coarse, fitted, middle, path, rings

WIDTH, EDGE, SLACK = 640, 26, 1.3  # units of the drawing


@dataclass(frozen=True, slots=True)
class Ground:
    """A drawing of all countries that have outlines. `spots`: (country, code of a unit) to x and y."""

    width: int
    height: int
    land: tuple[str, ...]  # paths
    spots: Mapping[tuple[str, str], Point]
    credits: tuple[str, ...]  # whom the licences of the files ask to name


@dataclass(frozen=True, slots=True)
class Drawn:
    """One country: `areas` by code of a place (paths), `spots` by code to x and y: the seat, or the middle of an area.
    `land` is what lies below the spots. `owed`: whom the licence asks to name where the place is drawn."""

    width: int
    height: int
    land: tuple[str, ...]
    areas: Mapping[str, str]
    spots: Mapping[str, Point]
    owed: Mapping[str, str]


@cache
def drawn(country: str) -> Drawn | None:
    """Every outline and seat of a country's pack; None where there is none."""
    found = list(shapes(settings.PACKS_DIR / country.lower() / "places"))
    lines = {one.code: list(rings(one.geometry)) for one in found if one.layer == "area"}
    if not lines:
        return None
    flat, height = fitted([point for many in lines.values() for ring in many for point in ring], WIDTH, EDGE)
    areas = {code: "".join(_drawn(ring, flat) for ring in many) for code, many in lines.items()}
    middles = {one.code: flat.at(middle(one.geometry)) for one in sorted(found, key=lambda one: one.layer)}
    whole = areas.pop(country, "")
    land = (whole,) if whole else tuple(areas.values())
    owed = {one.code: one.attribution for one in found if one.share_alike and not one.attribution.startswith("own")}
    return Drawn(WIDTH, round(height), land, areas, middles, owed)


@cache
def ground() -> Ground:
    """Outlines that are free are drawn; those to be shared alike only say where the middle of a unit lies."""
    land: list[list[Point]] = []
    spots: dict[tuple[str, str], Point] = {}
    owed = set()
    for folder in sorted(settings.PACKS_DIR.glob("*/places")):
        for one in shapes(folder):
            if one.layer == "area" and not one.share_alike:
                land += rings(one.geometry)
                continue
            spots[folder.parent.name.upper(), one.code] = middle(one.geometry)
            if not one.attribution.startswith("own"):
                owed.add(one.attribution)
    flat, height = fitted([point for ring in land for point in ring], WIDTH, EDGE)
    paths = (_drawn(ring, flat) for ring in land)
    found = {key: flat.at(point) for key, point in spots.items()}
    return Ground(WIDTH, round(height), tuple(filter(None, paths)), found, tuple(sorted(owed)))


def _drawn(ring: list[Point], flat: Flat) -> str:
    """In two halves, since a ring ends where it begins."""
    spots = [flat.at(point) for point in ring]
    half = len(spots) // 2
    return path(coarse(spots[: half + 1], SLACK)[:-1] + coarse(spots[half:], SLACK))
