"""Measures of who works with whom. Plain Python over networkx.

What two say of each other may differ, so ties have a direction. Density, reciprocity and degrees follow it, over what
could be said: who did not answer names nobody. What asks for ways through the network (components, betweenness,
centralisation, bridges) takes two as joined when either says so.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import networkx as nx


@dataclass(frozen=True, slots=True)
class Place:
    """Where one institution stands. `betweenness`: share of the shortest ways between two others that lead over it;
    `weight`: by eigenvector, the more the better its partners are joined; `binds`: without it the network falls apart
    further."""

    named_by: int
    names: int
    partners: int
    betweenness: float
    closeness: float
    weight: float
    binds: bool


@dataclass(frozen=True, slots=True)
class Shape:
    """Of an undirected network. `longest` and `mean_way` are of its largest component, in steps; centralisations after
    Freeman: 0 when all stand alike, 1 in a star; `core`: in the innermost part each is joined to so many of it;
    `alike`: who has many partners works with their like (1) or with who has few (-1); None where all have as many."""

    nodes: int
    edges: int
    density: float
    components: tuple[int, ...]
    isolates: int
    average_degree: float
    transitivity: float
    clustering: float
    longest: int
    mean_way: float
    degree_centralisation: float
    betweenness_centralisation: float
    closeness_centralisation: float
    bridges: int
    binding: frozenset[str]
    core: int
    alike: float | None


def shape(graph: "nx.Graph[str]") -> Shape:
    """Raises ValueError for a network of nobody."""
    if not graph:
        raise ValueError("a network of nobody has no shape")
    parts = sorted(nx.connected_components(graph), key=len, reverse=True)
    largest = graph.subgraph(parts[0])
    return Shape(
        nodes=len(graph), edges=graph.number_of_edges(), density=nx.density(graph),
        components=tuple(map(len, parts)), isolates=nx.number_of_isolates(graph),
        average_degree=2 * graph.number_of_edges() / len(graph), transitivity=nx.transitivity(graph),
        clustering=nx.average_clustering(graph), longest=nx.diameter(largest),
        mean_way=nx.average_shortest_path_length(largest),
        degree_centralisation=_centralised(dict(graph.degree()), (len(graph) - 1) * (len(graph) - 2)),
        betweenness_centralisation=_centralised(nx.betweenness_centrality(graph), len(graph) - 1),
        closeness_centralisation=_centralised(nx.closeness_centrality(graph), _star_of_closeness(len(graph))),
        bridges=sum(1 for _one in nx.bridges(graph)), binding=frozenset(nx.articulation_points(graph)),
        core=max(nx.core_number(graph).values()), alike=_alike(graph),
    )  # fmt: skip


def _alike(graph: "nx.Graph[str]") -> float | None:
    told = len({degree for pair in graph.edges for degree in dict(graph.degree(pair)).values()}) > 1
    return float(nx.degree_assortativity_coefficient(graph)) if told else None


def _centralised(found: Mapping[str, float], most: float) -> float:
    """How far one stands out from all, of how far it could: the sum of distances to the highest."""
    highest = max(found.values())
    return sum(highest - one for one in found.values()) / most if most > 0 else 0.0


def _star_of_closeness(nodes: int) -> float:
    return (nodes - 1) * (nodes - 2) / (2 * nodes - 3)


def joined(graph: "nx.DiGraph[str]") -> "nx.Graph[str]":
    """Two are joined when either says so."""
    return graph.to_undirected()


def places(graph: "nx.DiGraph[str]") -> dict[str, Place]:
    either = joined(graph)
    between, close = nx.betweenness_centrality(either), nx.closeness_centrality(either)
    weight, binding = _weights(either), set(nx.articulation_points(either))
    return {
        one: Place(graph.in_degree(one), graph.out_degree(one), either.degree(one), between[one], close[one],
                   weight[one], one in binding)
        for one in graph
    }  # fmt: skip


def _weights(graph: "nx.Graph[str]") -> dict[str, float]:
    """Nought outside the largest component, and for all where nobody is joined."""
    part = graph.subgraph(max(nx.connected_components(graph), key=len, default=()))
    found = nx.eigenvector_centrality(part, max_iter=10_000, tol=1e-9) if part.number_of_edges() else {}
    return {one: found.get(one, 0.0) for one in graph}


def density(graph: "nx.DiGraph[str]", answered: Collection[str]) -> float | None:
    """Ties said, of those that could be said by who answered; None when nobody could say any."""
    could = len(answered) * (len(graph) - 1)
    return graph.number_of_edges() / could if could else None


def reciprocity(graph: "nx.DiGraph[str]", answered: Collection[str]) -> float | None:
    """Of the ties to somebody who answered, those that are said back."""
    could = [tie for tie in graph.edges if tie[1] in answered]
    return sum(graph.has_edge(other, one) for one, other in could) / len(could) if could else None


def cross_sector(graph: "nx.Graph[str]", sectors: Mapping[str, str]) -> float | None:
    """Of the joined pairs, those of two sectors; who has none is left out."""
    told = [pair for pair in graph.edges if all(sectors.get(one) for one in pair)]
    return sum(sectors[one] != sectors[other] for one, other in told) / len(told) if told else None


def mixing(graph: "nx.Graph[str]", sectors: Mapping[str, str]) -> float | None:
    """Newman's assortativity by sector, over who has one: 1 when all ties stay within; None where it says nothing."""
    part = graph.subgraph([one for one in graph if sectors.get(one)]).copy()
    nx.set_node_attributes(part, {one: sectors[one] for one in part}, "sector")
    told = {sectors[one] for pair in part.edges for one in pair}
    return float(nx.attribute_assortativity_coefficient(part, "sector")) if len(told) > 1 else None


def together(pairs: Collection[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """Of (institution, meeting): how often each two institutions met, the most often first."""
    graph = nx.Graph()
    graph.add_edges_from((("who", who), ("where", where)) for who, where in pairs)
    joint = nx.bipartite.weighted_projected_graph(graph, [one for one in graph if one[0] == "who"])
    met = {(min(one, other)[1], max(one, other)[1]): weight for one, other, weight in joint.edges(data="weight")}
    return dict(sorted(met.items(), key=lambda found: (-found[1], found[0])))
