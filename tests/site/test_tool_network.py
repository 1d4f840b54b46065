"""`zajedno tool network`, as a person runs it on files of any network."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.site.conftest import zajedno

EDGES = "source,target\nШкола,Дом здравља\nДом здравља,Школа\nШкола,Центар\nШкола,Школа\n"
NODES = "id,sector\nШкола,education\nДом здравља,health\nЦентар,social\nПолиција,justice\n"


def told(folder: Path, edges: str, nodes: str = "", *more: str) -> dict[str, Any]:
    done = run(folder, edges, nodes, *more)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def run(folder: Path, edges: str, nodes: str = "", *more: str) -> Any:
    (folder / "edges.csv").write_text(edges)
    (folder / "nodes.csv").write_text(nodes)
    given = ["--nodes", str(folder / "nodes.csv")] if nodes else []
    return zajedno("tool", "network", str(folder / "edges.csv"), *given, *more, folder=folder)


def test_a_tie_counts_once_and_nobody_is_left_out(tmp_path: Path) -> None:
    found = told(tmp_path, EDGES, NODES, "--sector", "sector")
    assert (found["nodes"], found["edges"], found["isolates"], found["components"]) == (4, 2, 1, [3, 1])
    assert found["density"] == pytest.approx(1 / 3)
    assert (found["cross_sector"], found["binding"]) == (1, ["Школа"])
    assert found["places"]["Школа"]["partners"] == 2
    assert found["places"]["Полиција"]["weight"] == 0


def test_who_met_whom(tmp_path: Path) -> None:
    found = told(tmp_path, "source,target\na,1\nb,1\na,2\nb,2\nc,2\n", "", "--meetings")
    assert found["together"] == [["a", "b", 2], ["a", "c", 1], ["b", "c", 1]]
    assert found["density"] == pytest.approx(5 / 6)


@pytest.mark.parametrize(
    ("edges", "nodes", "more", "says"),
    [
        ("from,to\na,b\n", "", (), "has no column source, target"),
        ("source,target\n,b\n", "", (), "line 2: source is empty"),
        ("source,target\n", "", (), "has no tie"),
        (EDGES, "", ("--sector", "sector"), "give that file with --nodes"),
        (EDGES, "id\nШкола\n", ("--sector", "sector"), "has no column sector"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, edges: str, nodes: str, more: tuple[str, ...], says: str) -> None:
    done = run(tmp_path, edges, nodes, *more)
    assert done.returncode == 1
    assert says in done.stderr
    assert "Traceback" not in done.stderr
