"""“My child needs support: where do I begin?” by municipality and age. It asks nothing of a child and keeps nothing."""

import tomllib
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from zajedno.kernel.clock import today
from zajedno.kernel.labels import label
from zajedno.places.queries.organisation import organisations, services, serving
from zajedno.places.queries.territory import by_code, country_names, units
from zajedno.procedures.logic.definition import Definition
from zajedno.procedures.queries.definition import of_version, procedures
from zajedno.web.exchange.public import Share, public_page, show
from zajedno.web.shared.pieces import Link

if TYPE_CHECKING:
    from zajedno.places.models import Organisation, Territory

MOST = 12  # institutions of one kind


@dataclass(frozen=True)
class Place:
    """An institution with how to reach it, and what it offers for the age."""

    name: str
    kind: str
    contacts: list[str]
    offers: list[str]


@cache
def _pack() -> dict[str, Any]:
    return tomllib.loads((settings.PACKS_DIR / "common" / "begin.toml").read_text())


def bands() -> list[dict[str, Any]]:
    return [row | {"label": label(row["labels"])} for row in _pack()["band"]]


def numbers(country: str) -> list[tuple[str, str]]:
    """(who, number) of those who come at any hour; while no country is chosen of every one, and of which."""
    names = {} if country else country_names()
    return [
        (", ".join(filter(None, (label(row["labels"]), names.get(row["country"])))), row["number"])
        for row in _pack()["number"]
        if country in ("", row["country"])
    ]


@public_page
def child(request: HttpRequest) -> HttpResponseBase:
    """Two choices, then the answer on the same page. Both stand in the address: a place and an age say of nobody."""
    place = by_code(request.GET.get("place", "")[:40])
    place = place if place and place.is_unit else None
    band = next((one for one in bands() if one["key"] == request.GET.get("age", "")), None)
    about = _("Whom to turn to first in your municipality, what happens then, and what it costs.")
    query = f"place={place.code}&age={band['key']}" if place and band else ""
    share = Share(_("My child needs support: where do I begin?"), about, query=query)
    context = {
        "groups": [(country, list(rows)) for country, rows in groupby(_units(), lambda one: str(one.country))],
        "bands": bands(), "place": place, "band": band, "asked": bool(request.GET.get("place")),
        "numbers": numbers(place.country_id if place else ""), "crumbs": [Link(_("Where do I begin?"), "/begin/")],
    }  # fmt: skip
    return show(request, "guide.html", share, context | (_answer(place, band) if place and band else {}), "public")


def _units() -> Any:
    return units().select_related("country").order_by("country_id", "key", "code")


def _answer(place: "Territory", band: dict[str, Any]) -> dict[str, Any]:
    ways = [one for one in _procedures(place.country_id) if _keepers(place, one)]
    return {
        "first": _first(place, band),
        "ways": [
            {"name": label(one.labels), "keepers": [_shown(row, band) for row in _keepers(place, one)],
             "steps": [(label(step.labels), label(step.hint)) for step in one.steps if step.kind != "end"],
             "verified": one.source.verified, "law": one.source.law}
            for one in ways
        ],
    }  # fmt: skip


def _first(place: "Territory", band: dict[str, Any]) -> list[Place]:
    """Institutions at work here, by the order of kinds of the pack."""
    found: list[Place] = []
    for kind in band["kinds"]:
        found += [_shown(row, band) for row in organisations(kind=kind, territory=place, working_on=today())[:MOST]]
    return found


def _shown(row: "Organisation", band: dict[str, Any]) -> Place:
    where = ", ".join(part for part in (row.address, row.place) if part)
    offers = [str(one) for one in services(row) if _fits(one, band)]
    return Place(str(row), str(row.kind), [part for part in (where, row.phone, row.email) if part], offers)


def _fits(service: Any, band: dict[str, Any]) -> bool:
    over = service.active_until is not None and service.active_until <= today()
    too_old = service.age_until is not None and service.age_until < band["from"]
    return not (over or too_old or (service.age_from is not None and service.age_from > band["until"]))


def _procedures(country: str) -> list[Definition]:
    """Procedures that a family takes part in from the beginning."""
    rows = (of_version(row.pk) for row in procedures() if row.definition.country in (country, ""))
    return [one for one in rows if any(part.guardians == "all" for part in one.parts)]


def _keepers(place: "Territory", definition: Definition) -> list["Organisation"]:
    """Institutions that keep such a case for the place; where any may, the page names none."""
    kinds = definition.part[definition.keeper].kinds if definition.keeper else ()
    return [row for kind in kinds for row in serving(place, kind, today())]
