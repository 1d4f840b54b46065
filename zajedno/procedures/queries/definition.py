"""Definitions as the engine walks them. A version never changes, so what was parsed once is kept in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from zajedno.kernel.refusal import NotFound
from zajedno.procedures.logic import definition as plain
from zajedno.procedures.logic.codes import (
    Keeping,
    Measure,
    Purpose,
    parse_measures,
    parse_purposes,
    parse_retention,
)
from zajedno.procedures.logic.parse import parse
from zajedno.procedures.models import Definition, Version


@dataclass(frozen=True, slots=True)
class Current:
    """The newest version (primary key) with its definition."""

    version: int
    definition: plain.Definition


def current(key: str, country: str) -> Current:
    """What a new case of a procedure begins with in a country; NotFound when it is not loaded, or retired."""
    version = newest(key, country, Definition.Kind.PROCEDURE)
    return Current(version, of_version(version))


def of_requests(country: str) -> plain.Definition:
    """The procedure of a country that begins with a family's written request."""
    rows = (of_version(row.pk) for row in procedures() if row.definition.country in (country, ""))
    found = next((one for one in rows if one.opening.submits), None)
    if found is None:
        raise NotFound(_("This is not loaded here. Ask the administrator to load the pack."), "not_loaded")
    return found


def newest(key: str, country: str, kind: str) -> int:
    """Primary key of the newest version of a key in use: the country's own, or else that of any country."""
    found = (
        Version.objects.filter(definition__kind=kind, definition__key=key, definition__country__in=(country, ""))
        .filter(definition__retired_on=None)
        .order_by("-definition__country", "-number")
        .values_list("pk", flat=True)
        .first()
    )
    if found is None:
        raise NotFound(_("This is not loaded here. Ask the administrator to load the pack."), "not_loaded")
    return found


@lru_cache(maxsize=256)
def of_version(version: int) -> plain.Definition:
    """The definition of a version, by its primary key; one query the first time, none afterwards."""
    definition, _mistakes = parse(Version.objects.only("content").get(pk=version).content)
    return definition


def without_text() -> QuerySet[Version]:
    """Versions for a list or a heading: the text is long, and `of_version` has it read."""
    return Version.objects.defer("content")


def procedures(country: str | None = None) -> Sequence[Version]:
    """The newest version of each procedure in use, in the order of their keys."""
    found = Version.objects.filter(definition__kind=Definition.Kind.PROCEDURE, definition__retired_on=None)
    if country is not None:
        found = found.filter(definition__country=country)
    newest = found.order_by("definition__country", "definition__key", "-number")
    return list(newest.distinct("definition__country", "definition__key").select_related("definition"))


def loaded() -> Sequence[Version]:
    """The newest version of everything in use, of every kind, by country, kind and key."""
    found = Version.objects.filter(definition__retired_on=None).select_related("definition")
    by = ("definition__country", "definition__kind", "definition__key")
    return list(found.order_by(*by, "-number").distinct(*by))


def versions(key: str, country: str, kind: str = Definition.Kind.PROCEDURE) -> Sequence[Version]:
    """Every version of a key, the newest first, for the administrator."""
    found = Version.objects.filter(definition__kind=kind, definition__key=key, definition__country=country)
    return list(found.select_related("definition").order_by("-number"))


def newest_content(key: str, country: str, kind: str) -> tuple[int, Mapping[str, Any]]:
    """(number, content) of the newest version, also of a retired key; (0, {}) when nothing was loaded."""
    found = Version.objects.filter(definition__kind=kind, definition__key=key, definition__country=country)
    row = found.order_by("-number").values_list("number", "content").first()
    return row or (0, {})


def measures(country: str) -> tuple[Measure, ...]:
    """The coded measures of support in use."""
    return tuple(_measures(newest("measures", country, Definition.Kind.MEASURES)))


def purposes(country: str) -> tuple[Purpose, ...]:
    return tuple(_purposes(newest("purposes", country, Definition.Kind.PURPOSES)))


def retention(country: str) -> tuple[Keeping, ...]:
    return tuple(_retention(newest("retention", country, Definition.Kind.RETENTION)))


@lru_cache(maxsize=32)
def _measures(version: int) -> list[Measure]:
    return parse_measures(Version.objects.get(pk=version).content)[0]


@lru_cache(maxsize=32)
def _purposes(version: int) -> list[Purpose]:
    return parse_purposes(Version.objects.get(pk=version).content)[0]


@lru_cache(maxsize=32)
def _retention(version: int) -> list[Keeping]:
    return parse_retention(Version.objects.get(pk=version).content)[0]
