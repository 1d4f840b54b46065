"""A price list on its way in: what each row is the price of, and what would become of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from zajedno.kernel.actor import Actor
from zajedno.kernel.labels import label
from zajedno.kernel.script import fold
from zajedno.places.logic.arriving import Fault
from zajedno.places.logic.named import Names
from zajedno.places.queries.organisation import services_in
from zajedno.procedures.queries.definition import measures
from zajedno.programmes.logic.price_line import Outcome, Span, put
from zajedno.programmes.logic.price_rows import Said
from zajedno.programmes.models import Price

if TYPE_CHECKING:
    from zajedno.places.models import Service, Territory

Thing = tuple[str, int]  # a measure's key and 0, or "" and a service's id


@dataclass(frozen=True)
class Coming:
    """A row that can be taken. `ended`: the last day before it of the price that it ends."""

    said: Said
    thing: Thing
    name: str
    outcome: Outcome


class Things:
    """What a price may be of in a place: the coded measures of its country, and services given there."""

    def __init__(self, territory: "Territory", today: date) -> None:
        self.measures = {one.key: one for one in measures(territory.country_id)}
        self.services: dict[int, Service] = {one.pk: one for one in services_in(territory, today)}
        self.codes: dict[str, Thing] = {fold(key): (key, 0) for key in self.measures}
        self.codes |= {fold(str(one.uuid)): ("", one.pk) for one in self.services.values()}
        self.named: Names[Thing] = Names(part=True)
        self.given_by: Names[Thing] = Names()
        for key, one in self.measures.items():
            self.named.add((key, 0), one.labels.values())
        for pk, service in self.services.items():
            self.named.add(("", pk), service.labels.values(), (service.organisation.name,))
            organisation = service.organisation
            self.given_by.add(("", pk), (organisation.name, organisation.code), tuple(_around(territory)))

    def name(self, thing: Thing) -> str:
        code, service = thing
        if service:
            return f"{self.services[service]}, {self.services[service].organisation}"
        return label(self.measures[code].labels)

    def find(self, said: Said) -> Thing | Fault:
        code = self.codes.get(fold(said.code)) or (None if said.code else self.codes.get(fold(said.thing)))
        if code:
            return code
        found = self.named.find(said.thing) if said.thing else self.named.find(said.code)
        if said.provider and (theirs := self.given_by.find(said.provider)):
            found = {one for one in found if one in theirs} or {one for one in found if not one[1]}
        elif len(found) > 1:  # nobody is named who gives it: then a measure of that very name is meant
            exact = self.named.exact.get(fold(said.thing), set())
            found = {one for one in exact if not one[1]} or found
        if len(found) == 1:
            return next(iter(found))
        if not found:
            return Fault("thing_unknown", "thing", {"name": (said.thing or said.code)[:100]})
        names = ", ".join(sorted(map(self.name, found))[:4])
        return Fault("thing_many", "thing", {"name": said.thing[:100], "names": names})


def _around(territory: "Territory") -> list[str]:
    return [territory.name_cyr, territory.name_lat]


def placed(by: Actor, territory: "Territory", said: Iterable[Said]) -> tuple[list[Coming], list[Said]]:
    """(rows that can be taken, rows that cannot with all their faults), both in the order of the file."""
    things = Things(territory, by.today)
    lines = _lines(territory)
    ready: list[Coming] = []
    refused: list[Said] = []
    known: list[tuple[Said, Thing]] = []
    for one in said:
        thing = things.find(one) if one.thing or one.code else Fault("no_thing", "thing")
        faults = one.faults if isinstance(thing, tuple) or not (one.thing or one.code) else [*one.faults, thing]
        if faults or isinstance(thing, Fault):
            refused.append(replace(one, faults=faults))
        else:
            known.append((one, thing))
    for one, thing in sorted(known, key=lambda pair: (pair[1], pair[0].valid_from, pair[0].number)):
        outcome = put(lines.setdefault(thing, []), _span(one))
        if outcome.kind:
            ready.append(Coming(one, thing, things.name(thing), outcome))
        else:
            refused.append(replace(one, faults=[_met(outcome)]))
    return sorted(ready, key=lambda one: one.said.number), sorted(refused, key=lambda one: one.number)


def _lines(territory: "Territory") -> dict[Thing, list[Span]]:
    lines: dict[Thing, list[Span]] = {}
    for row in Price.objects.filter(territory=territory).order_by("valid_from"):
        span = Span(fold(row.unit), row.amount, row.currency, row.payer, row.valid_from, row.valid_until, id=row.pk)
        lines.setdefault((row.code, row.service_id or 0), []).append(span)
    return lines


def _span(one: Said) -> Span:
    assert one.amount is not None
    assert one.valid_from is not None
    return Span(fold(one.unit), one.amount, one.currency, one.payer, one.valid_from, one.valid_until, row=one.number)


def _met(outcome: Outcome) -> Fault:
    """Why a row meets a price for the same days."""
    met = outcome.meets
    assert met is not None
    if met.row and met.says() == outcome.span.says():
        return Fault("same_twice", what={"row": met.row})
    if met.row:
        return Fault("overlaps_row", "valid_from", {"row": met.row})
    return Fault("overlaps", "valid_from", {"price": (met.amount, met.currency), "days": (met.since, met.until)})


@dataclass(frozen=True)
class Entered:
    """A row as it was shown. `price`: the id of the one that is here, for a last day; `service`: an id, or 0."""

    number: int
    kind: str
    price: int
    service: int
    fields: Mapping[str, Any]


def entered(one: Coming) -> Entered:
    said, (code, service) = one.said, one.thing
    names = ("unit", "amount", "currency", "payer", "source", "valid_from", "valid_until")
    fields = {"code": code} | {name: getattr(said, name) for name in names}
    return Entered(said.number, one.outcome.kind, one.outcome.span.id, service, fields)
