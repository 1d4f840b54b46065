"""Who works with whom: worked by hand, and on a real network of 54 people (GPL data, read here and never shipped)."""

import csv
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from zajedno.forms.logic.scores.answers import Impossible
from zajedno.forms.logic.scores.collaboration import score

NETWORKS = Path(__file__).parents[2].parent / "shared" / "data" / "networks" / "data"
OPTIONS = {"tie_from": 2}


def sheet(organisation: str, sector: str, **partners: str) -> dict[str, Any]:
    """`partners`: closeness, trust and value in three digits, by name."""
    rows = [
        {"partner": name, "intensity": levels[0], "trust": levels[1], "value": levels[2]}
        for name, levels in partners.items()
    ]
    return {"organisation": organisation, "sector": sector, "partners": rows}


SHEETS = [
    sheet("Школа", "education", Dom="332", Centar="110", Policija="213"),
    sheet("Dom", "health", skola="523", Centar="093"),
    sheet("Centar", "social", Школа="011"),
]  # «Полиција» did not answer


def test_of_all() -> None:
    outcome = score(SHEETS, OPTIONS)
    assert outcome.sheets == 3
    assert outcome.of("density").value == Decimal("33.33")  # 3 ties of the 3 · 3 that could be said
    assert outcome.of("density").count == 9
    assert outcome.of("reciprocity").value == Decimal(100)  # school and health centre name each other
    assert (outcome.of("cross_sector").value, outcome.of("cross_sector").count) == (Decimal(100), 1)
    assert outcome.of("intensity").value == Decimal("1.83")  # (3 + 1 + 2 + 5 + 0 + 0) / 6
    assert (outcome.of("trust").value, outcome.of("trust").count) == (Decimal("1.60"), 5)  # 9 is no answer


def test_of_each_organisation_one_name_in_any_script() -> None:
    outcome = score(SHEETS, OPTIONS)
    assert [one.about[0] for one in outcome.figures if one.key == "named_by"] == ["Centar", "Dom", "Policija", "Школа"]
    assert [outcome.of("named_by", one).value for one in ("Школа", "Dom", "Centar", "Policija")] == [1, 1, 0, 1]
    assert [outcome.of("names", one).value for one in ("Школа", "Dom", "Centar", "Policija")] == [2, 1, 0, None]
    assert outcome.of("named_by", "Policija").count == 3
    assert outcome.of("trusted", "Школа").value == Decimal("1.50")


def test_of_each_pair() -> None:
    outcome = score(SHEETS, OPTIONS)
    pair = outcome.of("pair_intensity", "Dom", "Школа")
    assert (pair.value, pair.count, pair.doubtful) == (Decimal(4), 2, True)  # 3 here, 5 there
    assert not outcome.of("pair_intensity", "Centar", "Школа").doubtful
    assert outcome.of("pair_value", "Dom", "Школа").value == Decimal("2.50")
    assert outcome.of("pair_intensity", "Policija", "Школа").count == 1


def test_a_later_sheet_puts_a_word_right_and_nobody_is_their_own_partner() -> None:
    later = sheet("ŠKOLA", "education", Dom="011", Skola="533")
    outcome = score([*SHEETS, later], OPTIONS)
    assert outcome.of("pair_intensity", "Dom", "ŠKOLA").value == Decimal("2.50")
    assert outcome.of("names", "ŠKOLA").value == 1
    assert outcome.of("reciprocity").value == Decimal(0)


def test_rows_without_a_name_are_left_out() -> None:
    nameless = {"organisation": " ", "partners": [{"partner": "Dom", "intensity": "5"}]}
    half = {"organisation": "Dom", "sector": "health", "partners": [{"intensity": "5"}]}
    assert score([*SHEETS, nameless, half], OPTIONS).figures == score(SHEETS, OPTIONS).figures


def test_of_nobody_nothing_is_said_and_levels_are_checked() -> None:
    assert {one.value for one in score([], OPTIONS).figures} == {None}
    with pytest.raises(Impossible, match="intensity"):
        score([sheet("A", "health", B="611")], OPTIONS)


def test_a_real_network() -> None:
    if not NETWORKS.is_dir():
        pytest.skip(f"the shared data folder {NETWORKS} is missing")
    with (NETWORKS / "dhhs_collab_nodes.csv").open(newline="") as file:
        nodes = {row["id"]: row for row in csv.DictReader(file)}
    partners: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    with (NETWORKS / "dhhs_collab_edges.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            for one, other in ((row["source"], row["target"]), (row["target"], row["source"])):
                partners[one].append({"partner": other, "intensity": row["collab"].removesuffix(".0")})
    sheets = [{"organisation": key, "sector": row["agency"], "partners": partners[key]} for key, row in nodes.items()]
    outcome = score(sheets, {"tie_from": 1})
    assert outcome.of("density").value == Decimal("31.24")  # 447 ties: .312369
    assert outcome.of("reciprocity").value == Decimal(100)
    assert outcome.of("cross_sector").value == Decimal("61.52")  # E-I index by agency .230425
    degrees = [int(one.value) for one in outcome.figures if one.key == "named_by" and one.value is not None]
    assert round(sum(degrees) / 54, 4) == 16.5556
