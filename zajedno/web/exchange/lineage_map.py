"""The map of who took a model from whom: a numbered dot for each place, a line from where it was taken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from zajedno.exchange.queries.lineage import Node
from zajedno.exchange.queries.site import GIVEN_UP, HANDED_OVER
from zajedno.places.queries.shape import Ground, ground
from zajedno.web.exchange.lineage_tree import Dot

if TYPE_CHECKING:
    from zajedno.places.models import Territory

SHAPES = {HANDED_OVER: "square", GIVEN_UP: "diamond"}
RANK = ("square", "circle", "diamond", "root")  # of several sites in one place the first is shown
NAMED = 14  # places at most whose names fit beside their dots


@dataclass(frozen=True)
class Spot(Dot):
    """root: only others took the model from here. `text`: numbers in the table."""

    gap: ClassVar[int] = 11


@dataclass
class Map:
    """`missing`: places of which nobody knows where they lie; they stand in the table alone."""

    title: str
    description: str
    ground: Ground
    spots: list[Spot] = field(default_factory=list)
    edges: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    id: str = "map"


def mapped(title: str, description: str, roots: Sequence[Node]) -> Map:
    """Sites are numbered in reading order of the tree, as in the table beside."""
    found = Map(title, description, ground())
    nodes = [node for root in roots for node in root.walk()]
    places: dict[int, Territory] = {}
    told: dict[int, list[tuple[str, str]]] = {}  # by territory: (number, shape)
    for number, node in enumerate(nodes, start=1):
        place = node.site.territory
        places[place.pk] = place
        told.setdefault(place.pk, []).append((str(number), SHAPES.get(node.site.outcome, "circle")))
        if (origin := _origin(node)) is not None:
            places.setdefault(origin.pk, origin)
            told.setdefault(origin.pk, [])
            _join(found, origin, place)
    _spots(found, places, told)
    return found


def _origin(node: Node) -> "Territory | None":
    if node.site.parent is not None:
        return node.site.parent.territory
    return node.site.practice.territory if node.site.practice is not None else None


def _at(found: Map, place: "Territory") -> tuple[int, int] | None:
    spot = found.ground.spots.get((place.country_id, place.code))
    return (round(spot[0]), round(spot[1])) if spot else None


def _join(found: Map, origin: "Territory", place: "Territory") -> None:
    start, end = _at(found, origin), _at(found, place)
    if start and end and start != end:
        edge = f"M{start[0]} {start[1]}L{end[0]} {end[1]}"
        found.edges += [edge] if edge not in found.edges else []


def _spots(found: Map, places: Mapping[int, "Territory"], told: Mapping[int, Sequence[tuple[str, str]]]) -> None:
    for key, place in places.items():
        spot, sites = _at(found, place), told[key]
        if spot is None:
            found.missing.append(place.name)
            continue
        numbers = ", ".join(number for number, _shape in sites)
        named = [numbers, place.name if len(places) <= NAMED or not numbers else ""]
        shape = min((shape for _number, shape in sites), key=RANK.index, default="root")
        found.spots.append(Spot(*spot, " ".join(filter(None, named)), shape))
