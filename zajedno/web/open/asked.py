"""The query of the table of figures as its page reads and writes it. Unknown values are left out, so that no address
repeats what somebody typed into it."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from zajedno.figures import queries
from zajedno.places.queries.level import levels_of
from zajedno.places.queries.territory import countries, country_names
from zajedno.web.open.released import Choice, axes
from zajedno.web.open.words import LEVELS
from zajedno.web.shared.asking import Asking, page_of
from zajedno.web.shared.fields import Select
from zajedno.web.shared.figures import naming
from zajedno.web.shared.forms import Form

PATH = "/figures/"
TABLE = f"{PATH}table/"
USUAL_LEVEL = "municipality"


@dataclass(frozen=True)
class Asked(Asking):
    size = 100
    choice: Choice
    page: int = 1

    @classmethod
    def read(cls, request: HttpRequest) -> "Asked":
        given = request.GET
        known = [one.code for one in countries()]
        country = given.get("country", "") if given.get("country") in known else next(_with_figures(known), "")
        released = queries.indicators_released(country) if country else {}
        indicator = _indicator(given.get("indicator", ""), released)
        periods = released.get(indicator, [])
        period = given.get("period", "") if given.get("period") in periods else next(iter(periods), "")
        level = given.get("level", "")
        level = level if country and level in levels_of(country) else USUAL_LEVEL
        by = given.get("by", "") if indicator and given.get("by") in axes(indicator) else ""
        return cls(Choice(country, indicator, period, level, by), page_of(given))

    def address(self, **changed: Any) -> str:
        other = replace(self, **{"page": 1, **changed})
        pages = {"page": str(other.page)} if other.page > 1 else {}
        return f"{TABLE}?{urlencode({**other.pairs, **pages})}"

    @cached_property
    def pairs(self) -> dict[str, str]:
        one = self.choice
        told = {"country": one.country, "indicator": one.indicator, "period": one.period, "level": one.level,
                "by": one.by}  # fmt: skip
        return {name: value for name, value in told.items() if value}


def _indicator(code: str, released: Collection[str]) -> str:
    """What was asked for, also where nothing is released of it yet: no other one is shown in its stead."""
    if code in released or queries.definition(code):
        return code
    return next(iter(sorted(released)), "")


def as_asked(request: HttpRequest) -> Choice:
    """For a file, as the API reads it: what is unknown finds nothing. Nobody is given other figures than asked for."""
    given = request.GET
    return Choice(
        given.get("country", "") or Asked.read(request).choice.country, given.get("indicator", ""),
        given.get("period", ""), given.get("level", "") or USUAL_LEVEL, given.get("by", ""),
    )  # fmt: skip


def _with_figures(codes: list[str]) -> Any:
    """Countries of which something is released first; then any."""
    yield from (code for code in codes if queries.indicators_released(code))
    yield from codes


class Narrow(Form):
    country = Select(label=_("Country"), required=False, empty=None, optional=False)
    indicator = Select(label=_("Indicator"), required=False, empty=None, optional=False)
    period = Select(label=_("Period"), required=False, empty=None, optional=False)
    level = Select(label=_("Level"), required=False, empty=None, optional=False)
    by = Select(label=_("Divided by"), required=False, empty=_("Not divided"), optional=False)

    def __init__(self, asked: Asked, names: dict[str, str]) -> None:
        """`names` of indicators, by code."""
        one = asked.choice
        super().__init__(initial=asked.pairs)
        released = queries.indicators_released(one.country) if one.country else {}
        self.fill("country", list(country_names().items()))
        self.fill("indicator", [(code, names.get(code, code)) for code in sorted({*released, one.indicator} - {""})])
        self.fill("period", [(period, period) for period in released.get(one.indicator, [])])
        self.fill("level", [(level, LEVELS[level]) for level in levels_of(one.country)])
        self.fill("by", [(axis, naming.axis(axis)) for axis in axes(one.indicator)])
