"""Model packages for everybody, and those a person keeps."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Q, QuerySet

from zajedno.exchange.logic.model import FIELDS
from zajedno.exchange.models import ModelPackage, ModelVersion, Practice
from zajedno.exchange.rules import KEEP_MODEL
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound


def public() -> QuerySet[ModelPackage]:
    """Those that can be taken over, with the number of places that took each (`sites`) and hold it alone (`held`)."""
    rows = ModelPackage.objects.filter(retired_on=None).select_related("organisation", "practice")
    count = Count("versions__sites", distinct=True)
    held = Count("versions__sites", distinct=True, filter=Q(versions__sites__outcome="handed_over"))
    return rows.annotate(sites=count, held=held).order_by("slug")


def by_slug(slug: str) -> ModelPackage:
    """Also a retired one, which sites still name."""
    found = ModelPackage.objects.filter(slug=slug).select_related("organisation", "practice").first()
    if found is None:
        raise NotFound("")
    return found


def of_practice(practice: Practice) -> QuerySet[ModelPackage]:
    """Those that grew out of a practice and can be taken over."""
    return public().filter(practice=practice)


def newest(package: ModelPackage) -> ModelVersion:
    return package.versions.select_related("package").order_by("-number")[0]


def version_of(package: ModelPackage, number: str) -> ModelVersion:
    """An earlier version, which sites go on with; the newest where no number is said."""
    if not number:
        return newest(package)
    found = package.versions.select_related("package").filter(number=number).first() if number.isdecimal() else None
    if found is None:
        raise NotFound("")
    return found


def newest_of(packages: list[ModelPackage]) -> dict[int, ModelVersion]:
    """By package."""
    rows = ModelVersion.objects.filter(package__in=packages).order_by("package", "-number").distinct("package")
    return {row.package_id: row for row in rows}


def contents() -> dict[str, Mapping[str, Any]]:
    """By slug what a pack's model says now, in the shape of its file without key and languages."""
    packages = {row.pk: row for row in ModelPackage.objects.filter(organisation=None, retired_on=None)}
    found = newest_of(list(packages.values()))
    return {
        packages[key].slug: {"titles": packages[key].titles, **{name: getattr(row, name) for name in FIELDS}}
        for key, row in found.items()
    }


def keeps(by: Actor, package: ModelPackage) -> bool:
    """Does the actor answer for it? For what came with a pack, whoever keeps models."""
    return by.may(KEEP_MODEL.key, package.organisation_id)
