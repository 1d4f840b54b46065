"""The front of the exchange, its catalogue, and practices side by side. Open to everybody."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zajedno.exchange.actions.sought import count_search
from zajedno.exchange.enums import Theme
from zajedno.exchange.logic.sought import themes_of
from zajedno.exchange.queries import catalogue
from zajedno.exchange.queries import event as events
from zajedno.exchange.queries.catalogue import NEWEST, Found, search
from zajedno.kernel.refusal import NotFound
from zajedno.web.exchange.facets import PATH, TITLES, Asked, words
from zajedno.web.exchange.public import Share, public_page, show
from zajedno.web.exchange.reading import Reading, cards
from zajedno.web.shared.pieces import Link, Row, Tag

MOST_COMPARED = 3
LONGEST_TITLE = 60


def exchange_link() -> Link:
    return Link(_("Exchange"), "/exchange/")


@public_page
def front(request: HttpRequest) -> HttpResponse:
    """What the exchange is, what came last, and the themes."""
    found = search(limit=4)
    themes = [
        {"text": text, "number": found.counts.get(f"theme:{key}", 0), "href": f"{PATH}?theme={key}"}
        for key, text in Theme.choices
    ]
    context = {
        "newest": cards(found.hits), "total": found.total, "themes": [one for one in themes if one["number"]],
        "events": list(events.public()[:3]),
    }  # fmt: skip
    about = _("What works in one community, told so that another can take it over.")
    return show(request, "front.html", Share(_("Exchange of good practice"), about), context)


@public_page
def listed(request: HttpRequest) -> HttpResponse:
    """Search and facets. A page beyond the last is empty, not missing."""
    asked = Asked.read(request)
    found = search(asked.text, facets=asked.chosen, order=asked.order, offset=asked.offset)
    context = {
        "asked": asked, "found": found, "rows": cards(found.hits, asked.countries),
        "groups": list(asked.groups(found.counts, found.more)),
        "steps": asked.steps(found.total), "sorts": _sorts(asked, found), "chosen": list(_chosen(asked)),
        "crumbs": [exchange_link()],
    }  # fmt: skip
    share = Share(_("Good practices"), _("Search practices of all places and languages."))
    named = f"{share.title}: {asked.text[:LONGEST_TITLE]}" if asked.text else ""
    answer = show(request, "practices.html", share, context | {"named": named})
    if asked.page == 1 and request.method == "GET":  # last, since the counter stays locked until the answer is out
        count_search(themes={*themes_of(asked.text), asked.chosen.get("theme", "")}, found=found.total)
    return answer


def _chosen(asked: Asked) -> Any:
    """What narrows the list, each with the address that lets go of it."""
    for kind, value in asked.facets:
        rest = tuple(pair for pair in asked.facets if pair[0] != kind)
        yield {"title": TITLES[kind], "text": asked.words(kind)[value], "href": asked.address(facets=rest)}


def _sorts(asked: Asked, found: Found) -> list[dict[str, Any]]:
    if not asked.text or found.more:  # of too many the newest are shown
        return []
    orders = (("", _("Best match first")), (NEWEST, _("Newest first")))
    return [{"text": text, "href": asked.address(order=key), "current": asked.order == key} for key, text in orders]


@public_page
def compared(request: HttpRequest) -> HttpResponse:
    """Two or three side by side: `?a=…&b=…&c=…`, or `p` several times as the catalogue's boxes send it."""
    slugs = [request.GET.get(name, "") for name in "abc"] + request.GET.getlist("p")
    wanted = list(dict.fromkeys(slug for slug in slugs if slug))
    found = []
    for slug in wanted[:MOST_COMPARED]:
        try:
            found.append(Reading(catalogue.by_slug(slug)))
        except NotFound:
            continue  # the others can still be compared
    context = {
        "rows": found, "lines": _lines(found) if len(found) > 1 else [], "too_many": len(wanted) > MOST_COMPARED,
        "crumbs": [exchange_link(), Link(_("Good practices"), PATH)],
    }  # fmt: skip
    query = urlencode([("p", one.practice.slug) for one in found])
    return show(request, "compare.html", Share(_("Practices side by side"), query=query), context)


def _lines(found: list[Reading]) -> list[dict[str, Any]]:
    """A line for each fact and each field that any of them has; of a text the whole, since it is to be compared."""
    facts = [{row.key: row for row in fact_rows(one)} for one in found]
    parts = [{part.label: part.text for part in one.parts()} for one in found]
    names = dict.fromkeys(key for each in facts for key in each)
    labels = dict.fromkeys(label for each in parts for label in each)
    told = [
        {"title": name, "cells": [{"told": each[name].values if name in each else []} for each in facts]}
        for name in names
    ]
    texts = [
        {"title": label, "cells": [_cell(each.get(label, ""), one) for each, one in zip(parts, found, strict=True)]}
        for label in labels
    ]
    return told + texts


def _cell(text: str, one: Reading) -> dict[str, str]:
    return {"text": text, "lang": one.lang if text else ""}


def fact_rows(one: Reading) -> list[Row]:
    """What is true in every language, as lines of a summary."""
    version, place = one.version, one.practice.territory
    days = [day for day in (version.begins_on, version.ends_on) if day]
    rows = [
        Row(_("Place"), f"{place.name}, {place.country}"),
        Row(_("Institution"), str(one.practice.organisation)),
        *(Row(TITLES[kind], _named(kind, getattr(version, f"{kind}s"))) for kind in ("theme", "target", "sector")),
        Row(_("Evidence"), Tag(version.get_evidence_display(), "info")),
        Row(TITLES["cost"], _cost(version)),
        Row(_("Period"), days),
        Row(_("Used by"), _places(one.used)),
    ]
    return [row for row in rows if row.values]


def _named(kind: str, values: list[str]) -> str:
    return ", ".join(str(words(kind).get(value, value)) for value in values)


def _cost(version: Any) -> list[str]:
    amount = f"{localize(version.amount)} {version.currency}" if version.amount is not None else ""
    return [str(version.get_cost_display()) if version.cost else "", amount]


def _places(number: int) -> str:
    return ngettext("%(number)s place", "%(number)s places", number) % {"number": number} if number else ""
