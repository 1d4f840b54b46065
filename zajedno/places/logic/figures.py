"""Figures and shapes as a pack writes them: population per year and band, GeoJSON files with their licences."""

import csv
import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

BANDS = {
    "population": ("all", "all"),
    "male": ("all", "male"),
    "female": ("all", "female"),
    "age_0_6": ("0-6", "all"),
    "age_7_14": ("7-14", "all"),
    "age_15_18": ("15-18", "all"),
    "age_15_29": ("15-29", "all"),
    "live_births": ("births", "all"),
}
SEATS = "seats_ODbL.csv"


@dataclass(frozen=True, slots=True)
class Figure:
    """`count` persons of a band and sex in the territory `code` in a year."""

    code: str
    year: int
    band: str
    sex: str
    count: int
    source: str


@dataclass(frozen=True, slots=True)
class Shape:
    """GeoJSON geometry (degrees, WGS 84) with the licence of the file it came in."""

    code: str
    layer: str
    geometry: dict[str, Any]
    licence: str
    share_alike: bool
    attribution: str


def figures(folder: Path) -> Iterator[Figure]:
    """Figures of one pack's `places` folder; an empty cell is no figure."""
    head = tomllib.loads((folder.parent / "pack.toml").read_text(encoding="utf-8"))
    source = head["places"]["population_source"]
    with (folder / "population.csv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            for column, (band, sex) in BANDS.items():
                if row.get(column):
                    yield Figure(row["code"], int(row["year"]), band, sex, int(row[column]), source)


def shapes(folder: Path) -> Iterator[Shape]:
    """Areas of every GeoJSON file of the folder and the seats; licence and attribution stand in each file."""
    for path in sorted(folder.glob("*.geojson")):
        collection = json.loads(path.read_text(encoding="utf-8"))
        licence = collection["licence"]
        attribution = collection.get("attribution") or collection["source"]
        for feature in collection["features"]:
            code = feature["properties"]["code"]
            yield Shape(code, "area", feature["geometry"], licence, licence.startswith("ODbL"), attribution)
    if (folder / SEATS).exists():
        with (folder / SEATS).open(encoding="utf-8", newline="") as handle:
            for row in csv.DictReader(handle):
                point = {"type": "Point", "coordinates": [float(row["lon"]), float(row["lat"])]}
                yield Shape(row["code"], "seat", point, "ODbL-1.0", True, row["source"])
