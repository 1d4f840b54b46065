"""Did it work? What released figures say of a place that took a model over, beside places that did without."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from zajedno.exchange.models import Site, SiteMove
from zajedno.exchange.queries.site import GIVEN_UP
from zajedno.figures.logic.effect import Effect, Question, did_it_work
from zajedno.figures.logic.effect.question import HIGHER, LOWER, RATES
from zajedno.figures.logic.figure import Figure
from zajedno.figures.queries import definition, definitions, figures, indicators_released
from zajedno.kernel.clock import day_of
from zajedno.places.queries.territory import units

if TYPE_CHECKING:
    from zajedno.figures.models import Definition
    from zajedno.places.models import Territory

BEGUN = "begin_service"  # the move of the procedure `replication` from which on the thing itself is there
NEAR = timedelta(days=366)  # what began so long before may still show in the same years


@dataclass(frozen=True, slots=True)
class Shown:
    """An effect with what a page tells it by. `figures`: of the place and of all it might be compared with."""

    effect: Effect
    question: Question
    definition: "Definition"
    figures: list[Figure]
    names: dict[str, str]  # of places
    named_late: bool  # the indicator was named when the service had begun already


def offered() -> "list[Definition]":
    """Indicators by which it can be seen: those that mean the same at a small place and a large one."""
    return [one for one in definitions() if one.kind in RATES and one.better in (HIGHER, LOWER)]


def shown(site: Site) -> Shown | None:
    """None where no indicator is named, or the model was given up."""
    what = definition(site.indicator) if site.indicator else None
    if what is None or site.outcome == GIVEN_UP:
        return None
    country, began = site.territory.country_id, service_began(site)
    question = Question(
        what.code, _unit(site.territory), site.opened_on, began, what.kind, what.better, _also(site), _several(site)
    )
    names = {one.code: one.name for one in units(country)}
    periods = indicators_released(country).get(what.code, []) if began is not None else []
    found = figures(what.code, sorted({*names, question.place}), periods) if periods else []
    late = began is not None and site.indicator_on is not None and day_of(site.indicator_on) >= began
    return Shown(did_it_work(question, found), question, what, found, names, late)


def service_began(site: Site) -> date | None:
    found = SiteMove.objects.filter(site=site, move=BEGUN).order_by("position")
    return found.values_list("happened_on", flat=True).first()


def _unit(place: "Territory") -> str:
    """Figures are told by municipality."""
    return place.parent.code if place.kind == "settlement" and place.parent else place.code


def _also(site: Site) -> frozenset[str]:
    """Places that took the same model over, or gave it: no comparison."""
    package = site.model.package
    rows = Site.objects.filter(model__package=package).select_related("territory__parent")
    found = {_unit(one.territory) for one in rows}
    if package.practice is not None:
        found.add(_unit(package.practice.territory))
    return frozenset(found - {_unit(site.territory)})


def _several(site: Site) -> bool:
    """Did another model begin at the place in the same years? Then nobody can tell which of them did it."""
    others = Site.objects.filter(territory=site.territory).exclude(pk=site.pk)
    begun = SiteMove.objects.filter(site__in=others, move=BEGUN, happened_on__gte=site.opened_on - NEAR)
    return begun.exists()
