"""Definitions as the engine walks them. A version never changes, so what was parsed once is kept in memory."""

from collections.abc import Sequence
from functools import lru_cache

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


def current(key: str, country: str, kind: str = Definition.Kind.PROCEDURE) -> Version:
    """The newest version of a key that is not retired; NotFound when there is none."""
    version = (
        Version.objects.filter(definition__kind=kind, definition__key=key, definition__country=country)
        .filter(definition__retired_on=None)
        .select_related("definition")
        .order_by("-number")
        .first()
    )
    if version is None:
        raise NotFound(_("This is not loaded here. Ask the administrator to load the pack."), "not_loaded")
    return version


def by_id(version: int) -> plain.Definition:
    """The definition of a version, by its primary key; one query the first time, none afterwards."""
    return _parsed(version)


@lru_cache(maxsize=256)
def _parsed(version: int) -> plain.Definition:
    definition, _mistakes = parse(Version.objects.only("content").get(pk=version).content)
    return definition


def procedures(country: str | None = None) -> Sequence[Version]:
    """The newest version of each procedure in use, in the order of their keys."""
    found = Version.objects.filter(definition__kind=Definition.Kind.PROCEDURE, definition__retired_on=None)
    if country is not None:
        found = found.filter(definition__country=country)
    newest = found.order_by("definition__country", "definition__key", "-number")
    return list(newest.distinct("definition__country", "definition__key").select_related("definition"))


def versions(key: str, country: str, kind: str = Definition.Kind.PROCEDURE) -> Sequence[Version]:
    """Every version of a key, the newest first, for the administrator."""
    found = Version.objects.filter(definition__kind=kind, definition__key=key, definition__country=country)
    return list(found.select_related("definition").order_by("-number"))


def measures(country: str) -> tuple[Measure, ...]:
    """The coded measures of support in use."""
    return tuple(_measures(current("measures", country, Definition.Kind.MEASURES).pk))


def purposes(country: str) -> tuple[Purpose, ...]:
    return tuple(_purposes(current("purposes", country, Definition.Kind.PURPOSES).pk))


def retention(country: str) -> tuple[Keeping, ...]:
    return tuple(_retention(current("retention", country, Definition.Kind.RETENTION).pk))


@lru_cache(maxsize=32)
def _measures(version: int) -> list[Measure]:
    return parse_measures(Version.objects.get(pk=version).content)[0]


@lru_cache(maxsize=32)
def _purposes(version: int) -> list[Purpose]:
    return parse_purposes(Version.objects.get(pk=version).content)[0]


@lru_cache(maxsize=32)
def _retention(version: int) -> list[Keeping]:
    return parse_retention(Version.objects.get(pk=version).content)[0]
