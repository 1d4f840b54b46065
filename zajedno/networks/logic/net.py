"""The ties that a closed round of collaboration keeps, and the map that is read from them.

Kept in the content of an outcome as `net`: `institutions` (name, sector, whether it answered), `ties` (who says it, of
whom, how close: numbers into the list) and `unknown`, how many names were no institution's. Those are not kept:
somebody may have written a person.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import networkx as nx

from zajedno.forms.logic.scores.collaboration import Net
from zajedno.kernel.script import fold
from zajedno.networks.logic import ties


def kept(net: Net, sectors: Mapping[str, str]) -> dict[str, Any]:
    """`sectors` of known institutions by folded name; only they stay."""
    known = [one for one in sorted(net.names, key=lambda one: (sectors.get(one, ""), one)) if one in sectors]
    number = {one: at for at, one in enumerate(known)}
    return {
        "institutions": [[net.names[one], sectors[one], one in net.answered] for one in known],
        "ties": [
            [number[who], number[whom], net.said[who, whom]["intensity"]]
            for who, whom in sorted(net.ties)
            if who in number and whom in number
        ],
        "unknown": len(net.names) - len(known),
    }


@dataclass(frozen=True)
class Change:
    """Pairs of institutions, and institutions, that were not there before or are there no more."""

    begun: Collection[tuple[str, str]]
    ended: Collection[tuple[str, str]]
    came: Collection[str]
    left: Collection[str]

    @property
    def is_nothing(self) -> bool:
        return not (self.begun or self.ended or self.came or self.left)


class Map:
    """Institutions are called by their names; `sectors` by name."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        rows = content["institutions"]
        self.sectors = {name: sector for name, sector, _answered in rows}
        self.answered = frozenset(name for name, _sector, answered in rows if answered)
        self.unknown = int(content["unknown"])
        self.graph: nx.DiGraph[str] = nx.DiGraph()
        self.graph.add_nodes_from(self.sectors)
        names = list(self.sectors)
        self.graph.add_weighted_edges_from((names[who], names[whom], level) for who, whom, level in content["ties"])

    @cached_property
    def either(self) -> "nx.Graph[str]":
        return ties.joined(self.graph)

    @cached_property
    def shape(self) -> ties.Shape:
        return ties.shape(self.either)

    @cached_property
    def places(self) -> dict[str, ties.Place]:
        return ties.places(self.graph)

    def measures(self) -> dict[str, float]:
        """What can be said of the whole, by key; what cannot is left out."""
        told = {
            "density": ties.density(self.graph, self.answered),
            "reciprocity": ties.reciprocity(self.graph, self.answered),
            "cross_sector": ties.cross_sector(self.either, self.sectors),
            "degree_centralisation": self.shape.degree_centralisation,
            "betweenness_centralisation": self.shape.betweenness_centralisation,
            "components": len(self.shape.components),
            "isolates": self.shape.isolates,
            "bridges": self.shape.bridges,
        }
        return {key: value for key, value in told.items() if value is not None}

    def pairs(self) -> dict[tuple[str, str], tuple[int, int]]:
        """Of each joined pair, by name: how close the first says it is, and the second; 0: does not say so."""
        found = {}
        for one, other in sorted(tuple(sorted(pair)) for pair in self.either.edges):
            said = [self.graph.get_edge_data(*way, default={}).get("weight", 0) for way in ((one, other), (other, one))]
            found[one, other] = (said[0], said[1])
        return found

    def since(self, before: "Map") -> Change:
        """Whatever script or case a name was written in then."""
        now = {fold(name): name for name in self.sectors}
        were = {name: now.get(fold(name), name) for name in before.sectors}
        old = {tuple(sorted((were[one], were[other]))) for one, other in before.pairs()}
        new, both = self.pairs(), self.sectors.keys() & were.values()
        # a pair of which one is not in both rounds has not changed: it was not asked about
        return Change(
            [pair for pair in new if pair not in old and both.issuperset(pair)],
            sorted((one, other) for one, other in old - new.keys() if both.issuperset((one, other))),
            sorted(self.sectors.keys() - were.values()),
            sorted(set(were.values()) - self.sectors.keys()),
        )
