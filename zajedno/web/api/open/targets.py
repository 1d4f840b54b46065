"""Targets that places have set: beside released figures, not among them, since they are decided and not counted."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from zajedno.figures import queries
from zajedno.figures.logic.formats.table import plain
from zajedno.web.api.declared import Endpoint, Parameter, Told
from zajedno.web.api.open.figures import SLUG
from zajedno.web.api.open.places import CODE
from zajedno.web.api.paging import PAGING, paged
from zajedno.web.api.schemas import page

if TYPE_CHECKING:
    from zajedno.figures.models import Target


def listed(request: HttpRequest, country: str, indicator: str, place: str, page: int, per_page: int) -> Told:
    rows = queries.all_targets().filter(territory__country=country)
    rows = rows.filter(indicator=indicator) if indicator else rows
    return Told(paged(rows.filter(territory__code=place) if place else rows, page, per_page, _tell))


def _tell(one: "Target") -> dict[str, Any]:
    return {
        "indicator": one.indicator, "place": one.territory.code, "value": plain(one.value), "until": one.until,
        "baseline": None if one.baseline is None else plain(one.baseline), "baseline_period": one.since or None,
        "source": one.source, "link": one.link or None, "institution": str(one.organisation), "set_on": one.set_on,
        "ended_on": one.ended_on, "ended_why": one.ended_why or None,
    }  # fmt: skip


ENDPOINTS = (
    Endpoint("GET", "/api/1/targets", "Targets that places have set, also those that have ended", listed,
             page("Target"), (
                 Parameter("country", "Of which country: its code.",
                           {"type": "string", "pattern": "[A-Z]{2}", "maxLength": 2}, required=True),
                 Parameter("indicator", "Of one indicator.", SLUG), Parameter("place", "Of one place: its code.", CODE),
                 *PAGING)),
)  # fmt: skip
