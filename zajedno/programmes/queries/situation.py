"""What the platform knows of a municipality before a plan is made, without any child: who lives there, which services
there are, what the network found out about itself, and of needs and of who is missing what was released."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from zajedno.kernel.actor import Actor
from zajedno.networks.queries.outcome import Result
from zajedno.networks.queries.round import visible_to as rounds
from zajedno.places.queries import population
from zajedno.places.queries.organisation import kinds
from zajedno.places.queries.service import offered
from zajedno.programmes.models import Plan
from zajedno.programmes.queries.missing import Missing, missing
from zajedno.programmes.queries.need import Bare, Need, bare, needs

if TYPE_CHECKING:
    from zajedno.networks.models import Round
    from zajedno.places.models import Territory

MOST_ROUNDS = 3  # the newest of each form


@dataclass(frozen=True)
class Services:
    """Of one kind of institution. `capacity`: places where a provider gives a number, `without`: services without."""

    kind: str
    number: int
    capacity: int
    without: int


@dataclass(frozen=True)
class Known:
    """`population` by (band, sex) of `year` (None: no denominator); `results`: closed rounds, the newest first;
    `needs`: priced measures by currency, `bare` those without a price."""

    year: int | None
    source: str
    population: Mapping[tuple[str, str], int]
    services: Sequence[Services]
    results: Sequence[Result]
    needs: Sequence[Need] = ()
    bare: Sequence[Bare] = ()
    missing: Missing | None = None


def known(by: Actor, plan: Plan) -> Known:
    year = next(iter(population.years(plan.territory)), None)
    return Known(
        year=year,
        source=population.source(plan.territory, year) if year else "",
        population=population.counts(plan.territory, year) if year else {},
        services=_services(plan.territory, by.today),
        results=_results(by, plan.organisation_id),
        needs=needs([plan.territory_id], by.today.year),
        bare=bare(plan.territory_id, by.today.year),
        missing=missing(plan.territory, by.today),
    )


def _services(territory: "Territory", today: date) -> list[Services]:
    """By the kind of institution that gives them; how many places are taken is no business of a plan."""
    found: dict[str, list[int | None]] = {}
    for one in offered(territory, today).select_related("organisation__kind"):
        found.setdefault(one.organisation.kind_id, []).append(one.capacity)
    names = {one.key: str(one) for one in kinds()}
    return [
        Services(names.get(key, key), len(rows), sum(one for one in rows if one is not None), rows.count(None))
        for key, rows in sorted(found.items(), key=lambda pair: names.get(pair[0], pair[0]))
    ]


def _results(by: Actor, organisation: int) -> list[Result]:
    """The newest closed round of each form that the actor may read."""
    rows = rounds(by).filter(organisation=organisation, outcome__content__sheets__gt=0).select_related("version")
    newest: dict[int, Round] = {}
    for row in rows:
        newest.setdefault(row.version.form_id, row)
    return [Result(row) for row in list(newest.values())[:MOST_ROUNDS]]
