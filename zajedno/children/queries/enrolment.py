"""Where a child goes and went."""

from datetime import date

from django.db.models import Q, QuerySet

from zajedno.children.models import Child, Enrolment


def of_child(child: Child) -> QuerySet[Enrolment]:
    """All enrolments, the newest first."""
    return Enrolment.objects.filter(child=child).select_related("organisation").order_by("-since", "-id")


def current(child: Child, day: date) -> QuerySet[Enrolment]:
    return of_child(child).filter(_on(day))


def going_on(day: date) -> QuerySet[Enrolment]:
    """Of anybody."""
    return Enrolment.objects.filter(_on(day))


def _on(day: date) -> Q:
    return Q(Q(until=None) | Q(until__gte=day), since__lte=day)


def school_year(day: date) -> int:
    """The year in which the school year of a day began: it begins on 1 September."""
    return day.year if day.month >= 9 else day.year - 1
