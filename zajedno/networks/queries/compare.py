"""Networks side by side: for who compares them, numbers of institutions alone; for a round, what others answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import connection

from zajedno.kernel.actor import Actor
from zajedno.kernel.verbs import ask
from zajedno.networks.logic.outcome import FEWEST_NETWORKS
from zajedno.networks.models import Round
from zajedno.networks.queries.network import KINDS
from zajedno.networks.rules import COMPARE
from zajedno.places.queries.organisation import by_ids, of_kinds

if TYPE_CHECKING:
    from zajedno.places.models import Organisation


@dataclass
class Numbers:
    """Of one network: `levels` by dimension, mean of the newest self-evaluation, density (%) of the newest survey of
    collaboration, institutions by sector; `days` of those, and `few`: what too few people answered for a
    number."""

    network: "Organisation"
    levels: dict[str, int] = field(default_factory=dict)
    self_evaluation: Decimal | None = None
    density: Decimal | None = None
    members: dict[str, int] = field(default_factory=dict)
    days: dict[str, date] = field(default_factory=dict)
    few: set[str] = field(default_factory=set)

    @property
    def sustainability(self) -> Decimal | None:
        """Mean of the dimensions looked at."""
        if not self.levels:
            return None
        return (Decimal(sum(self.levels.values())) / len(self.levels)).quantize(Decimal("0.01"))

    @property
    def size(self) -> int:
        return sum(self.members.values())


def numbers(by: Actor) -> list[Numbers]:
    """Of every network in the countries where the actor may compare, in the order of names."""
    ask(by, COMPARE)
    countries = {one.territory.country_id for one in by_ids(by.organisations_for(COMPARE.key)).values()}
    rows = of_kinds(KINDS, by.today).filter(territory__country__in=countries)
    found = {one.pk: Numbers(one) for one in rows}
    with connection.cursor() as cursor:
        cursor.execute("select organisation, what, key, value, on_day from app.network_numbers()")
        for organisation, what, key, value, day in cursor.fetchall():
            _put(found[organisation], what, key, value)
            found[organisation].days[what] = max(day, found[organisation].days.get(what, day))
    return list(found.values())


def _put(row: Numbers, what: str, key: str, value: Decimal) -> None:
    if what == "level":
        row.levels[key] = int(value)
    elif what == "members":
        row.members[key] = int(value)
    elif what == "self":
        row.self_evaluation = value
    elif what == "ties":
        row.density = value
    elif what == "few":
        row.few.add(key)


@dataclass(frozen=True)
class Others:
    """Of the other networks that closed a round of the same form: how many, and the mean by place where enough did."""

    count: int
    means: Mapping[str, Decimal]

    @property
    def enough(self) -> bool:
        return self.count >= FEWEST_NETWORKS


def others(by: Actor, row: Round) -> Others:
    """The database looks at who asks: of a round that is not theirs, it tells nothing."""
    with connection.cursor() as cursor:
        cursor.execute("select place, others, mean from app.round_of_others(%s)", [row.pk])
        told = {place: (count, mean) for place, count, mean in cursor.fetchall()}
    return Others(told[""][0], {place: mean for place, (_count, mean) in told.items() if mean is not None})
