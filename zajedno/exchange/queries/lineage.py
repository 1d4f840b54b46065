"""Who took a model from whom, and what became of it; and themes that are asked for against practices found."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Func, Prefetch, Q, QuerySet, Sum, TextField

from zajedno.exchange.enums import PUBLIC, Theme
from zajedno.exchange.models import Fidelity, ModelPackage, Practice, Question, Site, Sought, Taking
from zajedno.exchange.queries.site import score, sites

YEAR = timedelta(days=365)


@dataclass
class Node:
    """A site with those that took the model from it. `depth`: 0 took it from the package or a practice."""

    site: Site
    depth: int
    fidelity: int | None  # percent; None until it is judged
    adaptations: int
    lessons: int
    taken: list["Node"] = field(default_factory=list)

    def walk(self) -> Iterator["Node"]:
        """Itself and all below, in reading order."""
        yield self
        for one in self.taken:
            yield from one.walk()


def of_model(package: ModelPackage) -> QuerySet[Any]:
    """All its sites, the earliest first, each with `adapted` and `learnt`: how many changes and lessons it told."""
    rows = sites().filter(model__package=package)
    adapted = Count("adaptations", distinct=True, filter=Q(adaptations__retraction=None))
    learnt = Count("lessons", distinct=True, filter=Q(lessons__retraction=None))
    counted = rows.annotate(adapted=adapted, learnt=learnt)
    return counted.prefetch_related(Prefetch("fidelity", Fidelity.objects.all())).order_by("opened_on", "pk")


def lineage(package: ModelPackage) -> list[Node]:
    """The trees of a model: a root for each site that took it from the package or from a practice. Two queries.

    A site never changes where it took the model from, so there is no circle.
    """
    nodes: dict[int, Node] = {}
    roots: list[Node] = []
    for site in of_model(package).order_by("pk"):  # a parent is older than who took the model from it
        above = nodes.get(site.parent_id) if site.parent_id else None
        node = nodes[site.pk] = Node(site, above.depth + 1 if above else 0, score(site), site.adapted, site.learnt)
        (above.taken if above else roots).append(node)
    return roots


@dataclass(frozen=True)
class Asked:
    """A theme: practices that were found, against what speaks of a want of them.

    `searches`: of the last twelve months; `unfound`: those of them that found nothing.
    """

    theme: Theme
    found: int
    questions: int
    takings: int
    sought: int
    searches: int
    unfound: int

    @property
    def asked(self) -> int:
        """A search that found something asks for no more than there is, so only the others count."""
        return self.questions + self.takings + self.sought + self.unfound

    @property
    def is_neglected(self) -> bool:
        """Asked for more often than there are practices."""
        return self.asked > self.found


def neglected(today: date) -> list[Asked]:
    """Every theme, those with the most asked for one practice first."""
    public = Practice.objects.filter(state__in=PUBLIC, published__isnull=False)
    shown = Q(practice__in=public)
    found = _by_theme(public, "published__themes")
    questions = _by_theme(Question.objects.filter(shown, hidden_on=None), "practice__published__themes")
    takings = _by_theme(Taking.objects.filter(shown), "practice__published__themes")
    sought = _by_theme(Site.objects.exclude(needs=[]), "needs")
    searches, unfound = _searched(today)
    counts = [found, questions, takings, sought, searches, unfound]
    rows = [Asked(theme, *(one.get(theme.value, 0) for one in counts)) for theme in Theme]
    return sorted(rows, key=lambda row: (row.found - row.asked, -row.searches, row.theme.value))


def _searched(today: date) -> tuple[dict[str, int], dict[str, int]]:
    """All searches, and those that found nothing, by theme."""
    since = (today - YEAR).replace(day=1)
    rows = Sought.objects.filter(month__gt=since).values_list("theme").annotate(Sum("number"), Sum("unfound"))
    told = list(rows)
    return {theme: number for theme, number, _none in told}, {theme: none for theme, _number, none in told}


def _by_theme(rows: QuerySet[Any], path: str) -> dict[str, int]:
    theme = Func(F(path), function="unnest", output_field=TextField())
    return dict(rows.annotate(theme=theme).values("theme").annotate(number=Count("pk")).values_list("theme", "number"))
