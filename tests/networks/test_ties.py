"""Measures of networks beside what others reckoned of the same (real networks under the GPL: read, never shipped)."""

import csv
import json
from math import nan
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from zajedno.forms.logic.scores.collaboration import read
from zajedno.networks.logic import ties
from zajedno.networks.logic.net import Map, kept

DATA = Path(__file__).parents[2].parent / "shared" / "data" / "networks"
NAMES = {
    "nodes": "nodes", "edges": "edges", "density": "density", "isolates": "isolates", "avg_degree": "average_degree",
    "transitivity": "transitivity", "avg_clustering": "clustering", "diameter_gc": "longest", "avg_path_gc": "mean_way",
    "degree_centralization": "degree_centralisation", "betweenness_centralization": "betweenness_centralisation",
    "closeness_centralization": "closeness_centralisation", "bridges": "bridges",
    "max_core": "core", "assortativity_degree": "alike",
}  # fmt: skip

PLACES = {"degree": "partners", "betweenness": "betweenness", "closeness": "closeness", "eigenvector": "weight"}


def _read(name: str, tie: str = "") -> Any:
    graph = nx.Graph()
    with (DATA / "data" / f"{name}_nodes.csv").open() as nodes:
        graph.add_nodes_from((row["id"], row) for row in csv.DictReader(nodes))
    with (DATA / "data" / f"{name}_edges.csv").open() as edges:
        graph.add_edges_from((row["source"], row["target"]) for row in csv.DictReader(edges))
    return graph


def _florentine() -> Any:
    graph = nx.florentine_families_graph()
    graph.add_node("Pucci")
    return graph


GRAPHS = {
    "karate": nx.karate_club_graph, "florentine_marriage_with_isolate": _florentine,
    "star_10": lambda: nx.star_graph(9), "path_7": lambda: nx.path_graph(7), "complete_5": lambda: nx.complete_graph(5),
    "dhhs_collab_any": lambda: _read("dhhs_collab"), "moreno": lambda: _read("moreno"),
}  # fmt: skip


@pytest.fixture
def expected() -> dict[str, Any]:
    if not DATA.is_dir():
        pytest.skip("../shared/data/networks is not here")
    return dict(json.loads((DATA / "expected_dev.json").read_text()))


@pytest.mark.parametrize("name", GRAPHS)
def test_measures_are_those_of_others(expected: dict[str, Any], name: str) -> None:
    told = expected[name]
    graph = nx.relabel_nodes(GRAPHS[name](), str)
    shape = ties.shape(graph)
    for theirs, ours in NAMES.items():
        found = getattr(shape, ours)
        assert (nan if found is None else found) == pytest.approx(told[theirs], abs=1e-6, nan_ok=True), theirs
    assert list(shape.components) == told["components"]
    assert sorted(shape.binding) == told["articulation_points"]
    places = ties.places(graph.to_directed())
    for key, ours in PLACES.items():
        for node, value in told[f"top_{key}"]:
            assert getattr(places[node], ours) == pytest.approx(value, abs=1e-6), (key, node)
    assert {node for node, place in places.items() if place.binds} == set(told["articulation_points"])


def test_ties_between_agencies_are_those_of_others(expected: dict[str, Any]) -> None:
    graph = nx.relabel_nodes(_read("dhhs_collab"), str)
    agencies = {node: str(graph.nodes[node]["agency"]) for node in graph}
    share = ties.cross_sector(graph, agencies)
    assert share is not None
    assert ties.mixing(graph, agencies) == pytest.approx(expected["dhhs_collab_any"]["assortativity_agency"], abs=1e-6)
    assert 2 * share - 1 == pytest.approx(expected["dhhs_collab_any"]["EI_index_agency"], abs=1e-6)


def test_who_met_whom_is_what_others_reckoned(expected: dict[str, Any]) -> None:
    women = nx.davis_southern_women_graph()
    pairs = [(one, other) for one, other in women.edges if women.nodes[one]["bipartite"] == 0]
    met, told = ties.together(pairs), expected["davis_bipartite"]
    assert (len(pairs), len(met)) == (told["edges"], told["projection_edges"])
    assert all(met[min(one, other), max(one, other)] == times for one, other, times in told["projection_top_weight"])
    assert list(met.values()) == sorted(met.values(), reverse=True)


def test_of_nobody_there_is_no_shape() -> None:
    with pytest.raises(ValueError, match="nobody"):
        ties.shape(nx.Graph())
    alone = nx.Graph()
    alone.add_node("Школа")
    assert ties.shape(alone).degree_centralisation == 0
    assert ties.places(alone.to_directed())["Школа"].weight == 0
    assert ties.mixing(alone, {"Школа": "education"}) is None
    pair = ties.shape(nx.path_graph(2))
    assert (pair.betweenness_centralisation, pair.closeness_centralisation) == (0, 0)


def sheet(organisation: str, **partners: str) -> dict[str, Any]:
    rows = [{"partner": name, "intensity": level} for name, level in partners.items()]
    return {"organisation": organisation, "sector": "x", "partners": rows}


SECTORS = {"skola": "education", "dom": "health", "centar": "social_protection", "policija": "justice"}
# the police did not answer; Марија is nobody's name for an institution
SHEETS = [sheet("Школа", Дом="3", Центар="1", Полиција="2", Марија="5"), sheet("Dom", Škola="5"), sheet("Центар")]


def the_map(sheets: list[dict[str, Any]] = SHEETS) -> Map:
    content = json.loads(json.dumps(kept(read(sheets, 2), SECTORS)))
    return Map(content)


def test_a_map_has_institutions_only() -> None:
    found = the_map()
    assert found.sectors == {
        "Школа": "education",
        "Dom": "health",
        "Полиција": "justice",
        "Центар": "social_protection",
    }
    assert found.unknown == 1
    assert found.pairs() == {("Dom", "Школа"): (5, 3), ("Полиција", "Школа"): (0, 2)}


def test_measures_of_a_map_are_of_what_could_be_said() -> None:
    told = the_map().measures()
    assert told["density"] == pytest.approx(3 / 9)  # three answered, of three others each
    assert told["reciprocity"] == 1  # the police could not say it back
    assert (told["components"], told["isolates"], told["bridges"], told["cross_sector"]) == (2, 1, 2, 1)
    school = the_map().places["Школа"]
    assert (school.named_by, school.names, school.partners, school.binds) == (1, 2, 2, True)
    assert school.betweenness == pytest.approx(1 / 3)  # of three pairs of others, one goes over it


def test_what_changed_is_of_institutions_in_both() -> None:
    before = the_map([sheet("Школа", Центар="4", Дом="3"), sheet("Центар")])
    change = the_map().since(before)
    assert change.begun == []  # with the police, who were not there
    assert change.ended == [("Центар", "Школа")]
    assert (change.came, change.left) == (["Полиција"], [])
    assert the_map().since(the_map()).is_nothing
