"""The query of the directory as a page reads and writes it: words, need, age, place, cost, language, page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zajedno.places.enums import LANGUAGES, Fee, Need
from zajedno.places.queries.directory import COUNTED, FACETS, LONGEST, PAGE
from zajedno.places.queries.meant import is_said
from zajedno.web.shared.asking import Asking, Group, Value, page_of

PATH = "/services/"
OLDEST = 26  # years; up to there a service may be asked for by age
TITLES = {"need": _("Need"), "fee": pgettext_lazy("service", "Cost"), "language": _("Language"), "age": _("Age"),
          "place": _("Municipality or city")}  # fmt: skip
WORDS: Mapping[str, Mapping[str, Any]] = {
    "need": dict(Need.choices), "fee": dict(Fee.choices), "language": LANGUAGES,
    "age": {str(years): years for years in range(OLDEST + 1)},
}  # fmt: skip


@dataclass(frozen=True)
class Asked(Asking):
    """Unknown values are left out, so that no address repeats what somebody typed into it."""

    size = PAGE
    text: str = ""
    facets: tuple[tuple[str, str], ...] = ()
    page: int = 1
    place: Any = None  # the municipality chosen

    @classmethod
    def read(cls, request: HttpRequest, places: Mapping[str, Any]) -> "Asked":
        given = request.GET
        known = {**WORDS, "place": places}
        facets = tuple((kind, value) for kind in FACETS if (value := given.get(kind, "")) and value in known[kind])
        place = places.get(dict(facets).get("place", ""))
        text = given.get("q", "").replace("\0", "")[:LONGEST].strip()
        return cls(text if is_said(text) else "", facets, page_of(given), place)

    def address(self, **changed: Any) -> str:
        """With other facets or another page; the first page when anything else changes."""
        other = replace(self, **{"page": 1, **changed})
        query = [("q", other.text), *other.facets, ("page", other.page if other.page > 1 else "")]
        told = urlencode([(name, value) for name, value in query if value])
        return f"{PATH}?{told}" if told else PATH

    def without(self, kind: str) -> str:
        return self.address(facets=tuple(pair for pair in self.facets if pair[0] != kind))

    def groups(self, counts: Mapping[str, int] | None) -> Iterator[Group]:
        """Facets that are counted; without numbers when there are too many services to count."""
        for kind in COUNTED:
            mine, rest = self.chosen.get(kind), self.without(kind)
            narrower = f"{rest}{'&' if '?' in rest else '?'}{kind}="
            values = [
                Value(str(text), None if counts is None else counts.get(f"{kind}:{value}", 0),
                      rest if value == mine else narrower + value, value == mine)
                for value, text in WORDS[kind].items()
                if value == mine or (not mine and (counts is None or counts.get(f"{kind}:{value}")))
            ]  # fmt: skip
            if values:
                yield Group(TITLES[kind], values, bool(mine) or kind == "need")
