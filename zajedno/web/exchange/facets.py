"""The query of the catalogue as a page reads and writes it: words, one value a facet, order, page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from zajedno.exchange.enums import Cost, Evidence, Target, Theme
from zajedno.exchange.queries.catalogue import FACETS, LONGEST, NEWEST, PAGE
from zajedno.places.enums import Sector
from zajedno.places.queries.territory import country_names
from zajedno.web.shared.asking import Asking, Group, Value, page_of

PATH = "/exchange/practices/"
TITLES = {
    "theme": _("Theme"), "sector": _("Sector of partners"), "target": _("For whom"), "size": _("Size of the place"),
    "cost": pgettext_lazy("practice", "Cost"), "evidence": _("Evidence"), "country": _("Country"),
}  # fmt: skip
SIZES = {
    "small": _("Up to 20,000 people"), "middle": _("20,000 to 50,000 people"), "large": _("50,000 to 100,000 people"),
    "city": _("100,000 people or more"), "unknown": _("Number of people not known"),
}  # fmt: skip
_WORDS: Mapping[str, Mapping[str, Any]] = {
    "theme": dict(Theme.choices), "sector": dict(Sector.choices), "target": dict(Target.choices), "size": SIZES,
    "cost": dict(Cost.choices), "evidence": dict(Evidence.choices),
}  # fmt: skip


def words(kind: str) -> Mapping[str, Any]:
    """Value -> text, in order, of a facet whose values are a closed list."""
    return _WORDS[kind]


@cache
def _said(kind: str, _language: str) -> Mapping[str, str]:
    """The same as it is said in a language, the one of the page: a list of many practices asks for all of them."""
    return {value: str(text) for value, text in _WORDS[kind].items()}


@dataclass(frozen=True)
class Asked(Asking):
    """Unknown values are left out, so that no address repeats what somebody typed into it; words are shown escaped."""

    size = PAGE
    text: str = ""
    facets: tuple[tuple[str, str], ...] = ()
    order: str = ""
    page: int = 1
    countries: Mapping[str, str] = field(default_factory=dict, repr=False)

    @classmethod
    def read(cls, request: HttpRequest) -> "Asked":
        given, names = request.GET, country_names()
        known = {**_WORDS, "country": names}
        facets = tuple((kind, value) for kind in FACETS if (value := given.get(kind, "")) and value in known[kind])
        order = NEWEST if given.get("order") == NEWEST else ""
        return cls(given.get("q", "").replace("\0", "")[:LONGEST].strip(), facets, order, page_of(given), names)

    def words(self, kind: str) -> Mapping[str, Any]:
        """Value -> text, in order."""
        return self.countries if kind == "country" else _said(kind, get_language() or "")

    def address(self, **changed: Any) -> str:
        """Of the catalogue with another page, order or facets; the first page when anything else changes."""
        other = replace(self, **{"page": 1, **changed})
        query = [
            ("q", other.text),
            *other.facets,
            ("order", other.order),
            ("page", other.page if other.page > 1 else ""),
        ]
        told = urlencode([(name, value) for name, value in query if value])
        return f"{PATH}?{told}" if told else PATH

    def groups(self, counts: Mapping[str, int], more: bool = False) -> Iterator[Group]:
        """Each facet; of one that is chosen only the chosen value. `more`: there are more than were counted."""
        for kind in FACETS:
            mine = self.chosen.get(kind)
            rest = self.address(facets=tuple(pair for pair in self.facets if pair[0] != kind))
            narrower = f"{rest}{'&' if '?' in rest else '?'}{kind}="
            values = [
                Value(
                    text,
                    None if more else counts.get(f"{kind}:{value}", 0),
                    rest if value == mine else narrower + value,
                    value == mine,
                )
                for value, text in self.words(kind).items()
                if more or counts.get(f"{kind}:{value}") or value == mine
            ]
            if values:
                shown = [one for one in values if one.chosen] if mine else values
                yield Group(TITLES[kind], shown, bool(mine))
