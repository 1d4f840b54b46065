"""Loading the places of a pack: bulk, repeatable, by the owner of the database from the command line.

Only what is new or different is written, so a second run writes nothing. What a pack no longer names is ended with
a date, never deleted.
"""

import tomllib
from collections.abc import Callable, Hashable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from django.db import models, transaction

from zajedno.access.actions import audit
from zajedno.kernel.clock import today
from zajedno.places import rules
from zajedno.places.logic import gazetteer
from zajedno.places.logic.figures import figures, shapes
from zajedno.places.models import Country, OrganisationKind, Outline, Population, Territory

M = TypeVar("M", bound=models.Model)
Progress = Callable[[str, int], None]  # what was compared, how many rows of it
BATCH = 2000


def silent(what: str, count: int) -> None:
    """Progress for those who do not watch."""


@transaction.atomic
def load_places(pack: Path, progress: Progress = silent) -> dict[str, int]:
    """Bring territories, population and outlines in line with `pack`/places. Returns rows written, by table."""
    head = tomllib.loads((pack / "pack.toml").read_text(encoding="utf-8"))
    country = _country(head)
    folder = pack / "places"
    written = {"territory": _territories(country, gazetteer.lines(folder), progress)}
    ids = dict(Territory.objects.filter(country=country).values_list("code", "id"))
    written["population"] = _population(ids, folder, progress)
    written["outline"] = _outlines(ids, folder, progress)
    if any(written.values()):
        audit.record(by=None, verb=rules.LOAD, detail={"pack": head["key"], **written})
    return written


@transaction.atomic
def load_kinds(path: Path) -> int:
    """Bring the kinds of organisation in line with `organisation_kinds.toml`; a kind no longer named is retired."""
    named = tomllib.loads(path.read_text(encoding="utf-8"))
    rows = {
        key: {"key": key, "sector": row["sector"], "labels": row["labels"], "retired_on": None}
        for key, row in named.items()
    }
    written = _write(OrganisationKind, OrganisationKind.objects.all(), ("key",), rows.values())
    gone = OrganisationKind.objects.filter(retired_on=None).exclude(key__in=rows)
    written += gone.update(retired_on=today())
    if written:
        audit.record(by=None, verb=rules.LOAD, detail={"organisation_kind": written})
    return written


def _country(head: Mapping[str, Any]) -> Country:
    fields = {key: head[key] for key in ("labels", "languages", "currency")}
    return Country.objects.update_or_create(code=head["country"], defaults=fields)[0]


def _territories(country: Country, lines: list[gazetteer.Line], progress: Progress) -> int:
    """Level by level from the country down, since a row needs the id of the one above it."""
    written, level, ids = 0, [line for line in lines if not line.parent], dict[str, int]()
    everything = Territory.objects.filter(country=country)
    while level:
        rows = [_territory(country, line, ids.get(line.parent)) for line in level]
        written += _write(Territory, everything, ("country_id", "code"), rows)
        codes = {line.code for line in level}
        ids |= dict(everything.filter(code__in=codes).values_list("code", "id"))
        level = [line for line in lines if line.parent in codes]
    written += everything.filter(valid_until=None).exclude(code__in=ids).update(valid_until=today())
    progress("territory", len(lines))
    return written


def _territory(country: Country, line: gazetteer.Line, parent: int | None) -> dict[str, Any]:
    return {
        "country_id": country.pk,
        "parent_id": parent,
        "kind": line.kind,
        "code": line.code,
        "iso": line.iso,
        "is_unit": line.unit,
        "name_lat": line.name_lat,
        "name_cyr": line.name_cyr,
        "city": line.city,
        "languages": list(line.languages),
        "languages_verified": line.languages_verified,
        "seed20": line.seed20,
        "spis_phase": line.spis_phase,
        "valid_until": None,
    }


def _population(ids: Mapping[str, int], folder: Path, progress: Progress) -> int:
    rows = [
        {"territory_id": ids[one.code], "year": one.year, "band": one.band, "sex": one.sex}
        | {"count": one.count, "source": one.source}
        for one in figures(folder)
    ]
    mine = Population.objects.filter(territory__in=ids.values())
    written = _write(Population, mine, ("territory_id", "year", "band", "sex"), rows)
    progress("population", len(rows))
    return written


def _outlines(ids: Mapping[str, int], folder: Path, progress: Progress) -> int:
    rows = [
        {"territory_id": ids[one.code], "layer": one.layer, "geometry": one.geometry, "licence": one.licence}
        | {"share_alike": one.share_alike, "attribution": one.attribution}
        for one in shapes(folder)
    ]
    mine = Outline.objects.filter(territory__in=ids.values())
    written = _write(Outline, mine, ("territory_id", "layer"), rows)
    progress("outline", len(rows))
    return written


def _write(model: type[M], existing: models.QuerySet[M], by: tuple[str, ...], rows: Iterable[Mapping[str, Any]]) -> int:
    """Insert or update those rows that differ from what is there; how many that were."""
    rows = list(rows)
    columns = list(rows[0]) if rows else []
    there = {_identity(row, by): row for row in existing.values(*columns)} if columns else {}
    different = [model(**row) for row in rows if there.get(_identity(row, by)) != row]
    names = {field.attname: field.name for field in model._meta.concrete_fields}
    model._base_manager.bulk_create(
        different,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=[names[column] for column in by],
        update_fields=[names[column] for column in columns if column not in by],
    )
    return len(different)


def _identity(row: Mapping[str, Any], by: tuple[str, ...]) -> tuple[Hashable, ...]:
    return tuple(row[column] for column in by)
