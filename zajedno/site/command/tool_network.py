"""`zajedno tool network`: measures of who works with whom, from a file of ties."""

import argparse
import csv
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from zajedno.site.trouble import Trouble

HELP = """Measure a network given as CSV files, as the collaboration map does; JSON on the standard output.

EDGES.csv has the columns `source` and `target`, one tie a line; NODES.csv a column `id`, for those without any tie.
A tie counts once, whichever way it is written. --sector names a column of NODES.csv: the share of ties between two
sectors and how far like keeps to like. --meetings: `source` took part in `target`; who met whom how often is told."""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("edges", type=Path, metavar="EDGES.csv", help="columns `source` and `target`")
    parser.add_argument("--nodes", type=Path, metavar="NODES.csv", help="a column `id`, and what is known of each")
    parser.add_argument("--sector", metavar="COLUMN", help="column of NODES.csv that tells the sector")
    parser.add_argument("--meetings", action="store_true", help="`target` is what `source` took part in")


def run(options: argparse.Namespace) -> int:
    if options.sector and not options.nodes:
        raise Trouble("--sector names a column of NODES.csv: give that file with --nodes.")
    pairs = [(row["source"], row["target"]) for row in _rows(options.edges, "source", "target")]
    known = _rows(options.nodes, "id", *filter(None, [options.sector])) if options.nodes else []
    if not pairs and not known:
        raise Trouble(f"{options.edges.name} has no tie.")
    told = _meetings(pairs) if options.meetings else _network(pairs, known, options.sector)
    json.dump(told, sys.stdout, ensure_ascii=False, indent=1)
    print()
    return 0


def _network(pairs: list[tuple[str, str]], known: list[dict[str, str]], sector: str | None) -> dict[str, Any]:
    import networkx as nx

    from zajedno.networks.logic import ties

    graph = nx.Graph()
    graph.add_nodes_from(row["id"] for row in known)
    graph.add_edges_from((one, other) for one, other in pairs if one != other)
    shape = asdict(ties.shape(graph))
    told = {**shape, "binding": sorted(shape["binding"])}
    if sector:
        of = {row["id"]: row[sector] for row in known}
        told |= {"cross_sector": ties.cross_sector(graph, of), "mixing": ties.mixing(graph, of)}
    places = ties.places(graph.to_directed())
    left_out = ("named_by", "names")  # ties of a file have no direction
    told["places"] = {
        one: {key: value for key, value in asdict(place).items() if key not in left_out}
        for one, place in places.items()
    }
    return told


def _meetings(pairs: list[tuple[str, str]]) -> dict[str, Any]:
    from zajedno.networks.logic import ties

    who, where = ({pair[at] for pair in pairs} for at in (0, 1))
    met = ties.together(pairs)
    return {
        "sources": len(who), "targets": len(where), "edges": len({*pairs}),
        "density": len({*pairs}) / (len(who) * len(where)), "pairs": len(met),
        "together": [[one, other, times] for (one, other), times in met.items()],
    }  # fmt: skip


def _rows(path: Path, *columns: str) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            if missing := [name for name in columns if name not in (reader.fieldnames or ())]:
                raise Trouble(f"{path.name} has no column {', '.join(missing)}.")
            rows = [{name: (row[name] or "").strip() for name in columns} for row in reader]
    except OSError as error:
        raise Trouble(f"{path} cannot be read: {error.strerror}.") from None
    except (UnicodeDecodeError, csv.Error):
        raise Trouble(f"{path.name} is not a CSV file in UTF-8.") from None
    if empty := next((number for number, row in enumerate(rows, 2) if not row[columns[0]]), None):
        raise Trouble(f"{path.name}, line {empty}: {columns[0]} is empty.")
    return rows
