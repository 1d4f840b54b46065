"""Classes of a school as they are today, and the children in one."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from zajedno.children.models import Child, Enrolment
from zajedno.children.queries.child import visible_to
from zajedno.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class SchoolClass:
    """A class by its name in a school (primary key), with the number of its children that the actor may see."""

    organisation: int
    name: str
    pupils: int


def enrolled(by: Actor, organisations: list[int]) -> QuerySet[Enrolment]:
    """Enrolments of today in these organisations, of children the actor may see."""
    open_ones = Q(until=None) | Q(until__gte=by.today)
    return Enrolment.objects.filter(
        open_ones, organisation__in=organisations, since__lte=by.today, child__in=visible_to(by)
    )


def classes(by: Actor, organisations: list[int]) -> list[SchoolClass]:
    """In the order of their names; children without a class are in none."""
    rows = enrolled(by, organisations).exclude(class_name="").values("organisation", "class_name")
    counted = rows.annotate(pupils=Count("child", distinct=True)).order_by("organisation", "class_name")
    return [SchoolClass(row["organisation"], row["class_name"], row["pupils"]) for row in counted]


def in_class(by: Actor, organisation: int, class_name: str) -> QuerySet[Child]:
    """Children of a class in the order of the alphabet, with their keys."""
    here = enrolled(by, [organisation]).filter(class_name=class_name, child=OuterRef("pk"))
    rows = visible_to(by).filter(Exists(here), data_key__wrapped__isnull=False)
    return rows.select_related("data_key").order_by("sort_key", "pk")
