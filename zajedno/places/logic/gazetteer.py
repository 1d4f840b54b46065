"""Places as a pack writes them (`packs/<country>/places/*.csv`), without a database."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SHARED, SHORT = "shared", "short"  # kinds of alias; the others are `language` and `former`

# how people write a country or entity after a name, by code of the territory
SAID = {
    "RS": ("Srbija", "Republika Srbija", "R Srbija", "Serbia", "Szerbia", "Serbi", "RS", "SRB"),
    "BA": ("BiH", "Bosna i Hercegovina", "Bosna", "Bosnia and Herzegovina", "Bosnia", "BA"),
    "BA-BIH": ("FBiH", "Federacija", "Federacija BiH", "F BiH", "FB i H"),
    "BA-SRP": ("RS", "R Srpska", "Srpska", "RS BiH"),
    "BA-BRC": ("BD", "Brčko distrikt"),
    "RS-VO": ("Vojvodina", "AP Vojvodina", "APV"),
    "RS-KM": ("Kosovo", "Kosovo i Metohija", "KiM", "AP Kosovo i Metohija"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One row of `territories.csv`."""

    code: str
    parent: str
    kind: str
    unit: bool
    name_lat: str
    name_cyr: str
    city: str
    iso: str
    languages: tuple[str, ...]
    languages_verified: bool
    seed20: bool
    spis_phase: str


@dataclass(frozen=True, slots=True)
class Place:
    """A unit to resolve to: `within` holds names of what it lies in, `aliases` pairs of (kind, name)."""

    code: str
    country: str
    name_lat: str
    name_cyr: str
    within: tuple[str, ...] = ()
    aliases: tuple[tuple[str, str], ...] = ()


def rows(path: Path) -> Iterator[dict[str, str]]:
    """Rows of a CSV file of a pack (UTF-8, header)."""
    with path.open(encoding="utf-8", newline="") as handle:
        yield from csv.DictReader(handle)


def lines(folder: Path) -> list[Line]:
    """All territories of one pack's `places` folder, parents before children."""
    return [
        Line(
            code=row["code"],
            parent=row["parent"],
            kind=row["kind"],
            unit=row["unit"] == "1",
            name_lat=row["name_lat"],
            name_cyr=row["name_cyr"],
            city=row["city"],
            iso=row["iso"],
            languages=tuple(row["languages"].split()),
            languages_verified=row["languages_verified"] == "yes",
            seed20=row["seed20"] == "1",
            spis_phase=row["spis_phase"],
        )
        for row in rows(folder / "territories.csv")
    ]


def places(packs: Path) -> list[Place]:
    """The units of every pack that has places: 198 of Serbia and 143 of Bosnia and Herzegovina."""
    found: list[Place] = []
    for folder in sorted(packs.glob("*/places")):
        if (folder / "territories.csv").exists():
            found += _units(folder)
    return found


def elsewhere(packs: Path) -> list[str]:
    """Names that look like a misspelt unit and are not: villages, towns of neighbours, given names."""
    return [row["name"] for path in sorted(packs.glob("*/places/elsewhere.csv")) for row in rows(path)]


def _units(folder: Path) -> Iterator[Place]:
    by_code = {line.code: line for line in lines(folder)}
    aliases: dict[str, list[tuple[str, str]]] = {}
    for row in rows(folder / "aliases.csv"):
        aliases.setdefault(row["code"], []).append((row["kind"], row["alias"]))
    names = {line.name_cyr for line in by_code.values() if line.unit}
    for line in by_code.values():
        if line.unit:
            above = list(_above(line, by_code))
            yield Place(
                code=line.code,
                country=above[-1].code,
                name_lat=line.name_lat,
                name_cyr=line.name_cyr,
                within=tuple(_said(line, above)),
                aliases=tuple(_own_aliases(line, aliases.get(line.code, []), names)),
            )


def _above(line: Line, by_code: dict[str, Line]) -> Iterator[Line]:
    while line.parent:
        line = by_code[line.parent]
        yield line


def _said(line: Line, above: list[Line]) -> Iterator[str]:
    if line.city:
        yield line.city
        yield f"Grad {line.city}"
    for higher in above:
        yield higher.name_lat
        yield from SAID.get(higher.code, ())
        for word in ("okrug", "kanton"):
            if higher.name_lat.endswith(f" {word}"):
                yield higher.name_lat.removesuffix(f" {word}")
                yield f"{word} {higher.name_lat.removesuffix(f' {word}')}"


def _own_aliases(line: Line, listed: list[tuple[str, str]], names: set[str]) -> Iterator[tuple[str, str]]:
    yield from listed
    if "(" in line.name_lat:  # "Trnovo (RS)" is called Trnovo, and so is its neighbour
        yield SHARED, line.name_lat.partition("(")[0].strip()
    if line.city and line.city not in names:  # Belgrade and Niš: cities over city municipalities, no units
        yield SHARED, line.city
