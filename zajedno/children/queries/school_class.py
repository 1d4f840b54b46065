"""Classes of a school as they are today, who teaches them, and the children in one."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet

from zajedno.children import rules
from zajedno.children.enums import Field
from zajedno.children.models import Child, Enrolment
from zajedno.children.queries.enrolment import going_on
from zajedno.children.queries.tie import opening
from zajedno.kernel import sealed
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.places.queries.post import held_at

OPENED = [Field.IDENTITY, Field.ENROLMENT]  # what a tie must open for a child to stand in the list of a class


@dataclass(frozen=True)
class SchoolClass:
    """A class by its name in a school (primary key), with the number of its children that the actor may see."""

    organisation: int
    name: str
    pupils: int

    @cached_property
    def key(self) -> str:
        """Its place in an address: always the same, and nobody reads the name from it."""
        return sealed.blind(f"{self.organisation}|{self.name}", "children.class").hex()[:12]


def enrolled(by: Actor, organisations: Collection[int]) -> QuerySet[Enrolment]:
    """Enrolments of today in these organisations, of children that the organisation's tie or the actor's own opens."""
    mine = opening(by, *OPENED).filter(
        Q(organisation=OuterRef("organisation")) | Q(account=by.account), child=OuterRef("child")
    )
    return going_on(by.today).filter(Exists(mine), organisation__in=organisations)


def classes(by: Actor, organisations: Collection[int]) -> list[SchoolClass]:
    """In the order of their names; children without a class are in none."""
    rows = enrolled(by, organisations).exclude(class_name="").values("organisation", "class_name")
    counted = rows.annotate(pupils=Count("child", distinct=True)).order_by("organisation", "class_name")
    return [SchoolClass(row["organisation"], row["class_name"], row["pupils"]) for row in counted]


def find_class(by: Actor, organisation: int, key: str) -> SchoolClass:
    """By its place in an address; NotFound for one in which the actor sees nobody, as for none."""
    found = next((one for one in classes(by, [organisation]) if one.key == key), None)
    if found is None:
        raise NotFound("")
    return found


def in_class(by: Actor, organisation: int, class_name: str) -> QuerySet[Child]:
    """Children of a class in the order of the alphabet, with their keys; those whose file was erased are left out."""
    here = enrolled(by, [organisation]).filter(class_name=class_name)
    rows = Child.objects.filter(pk__in=here.values("child"), data_key__wrapped__isnull=False)
    return rows.select_related("data_key").order_by("sort_key", "pk")


def teachers(organisation: int, day: date) -> dict[int, str]:
    """Whom a class may be entrusted to: who fills in forms in this school without seeing all its files. Names by
    account, in their order."""
    posts = held_at(organisation, day).filter(role__verbs__contains=[rules.ASSESS.key], role__opens_files=False)
    return {post.account_id: post.account.name for post in posts.order_by("account__name", "id")}


def entrusted(by: Actor, organisations: Collection[int]) -> dict[tuple[int, str], list[str]]:
    """Names of the teachers to whom classes are entrusted today, by organisation and class."""
    rows = enrolled(by, organisations).filter(
        child__ties__while_at=F("organisation"), child__ties__since__lte=by.today, child__ties__until__gte=by.today
    )
    names = rows.values_list("organisation", "class_name", "child__ties__account__name").distinct()
    found: dict[tuple[int, str], list[str]] = {}
    for organisation, class_name, teacher in names.order_by("child__ties__account__name"):
        found.setdefault((organisation, class_name), []).append(teacher)
    return found


def last_filled(by: Actor, organisations: Collection[int]) -> Mapping[tuple[int, str, str], date]:
    """When the school last filled in a form for anybody in a class: by organisation, class and key of the form."""
    sheets = enrolled(by, organisations).filter(
        child__assessments__organisation=F("organisation"), child__assessments__corrected_by=None
    )
    rows = sheets.values_list("organisation", "class_name", "child__assessments__version__form__key")
    return {(at, name, form): last for at, name, form, last in rows.annotate(Max("child__assessments__holds_on"))}
