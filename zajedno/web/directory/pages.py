"""Services that anybody may look for: by words, need, age and place; and the page of each."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from zajedno.kernel.clock import today
from zajedno.kernel.labels import label
from zajedno.kernel.script import latin
from zajedno.places.enums import LANGUAGES, Fee, Need
from zajedno.places.queries import directory, meant
from zajedno.places.queries.directory import PAGE, Hit
from zajedno.places.queries.territory import units
from zajedno.web.directory.asked import OLDEST, PATH, TITLES, WORDS, Asked
from zajedno.web.exchange.public import Share, public_page, show
from zajedno.web.shared.pieces import Link, Row

if TYPE_CHECKING:
    from zajedno.places.models import Service


@public_page
def listed(request: HttpRequest) -> HttpResponseBase:
    """Search and facets. Beyond the last page is the last one."""
    places = {one.code: one for one in units().select_related("country").order_by("country_id", "key", "code")}
    asked = Asked.read(request, places)
    found = directory.search(asked.text, facets=asked.chosen, today=today(), offset=asked.offset)
    if found.total and not found.hits:
        asked = replace(asked, page=-(-found.total // PAGE))
        found = directory.search(asked.text, facets=asked.chosen, today=today(), offset=asked.offset)
    context = {
        "asked": asked, "found": found, "cards": [_card(one) for one in found.hits], "ages": range(OLDEST + 1),
        "age": asked.chosen.get("age", ""), "needs": Need.choices, "need": asked.chosen.get("need", ""),
        "places": [(country, list(rows)) for country, rows in groupby(places.values(), lambda one: str(one.country))],
        "kept": [pair for pair in asked.facets if pair[0] in ("fee", "language")], "chosen": list(_chosen(asked)),
        "groups": list(asked.groups(found.counts)) if found.total else [], "steps": asked.steps(found.total),
        "meant": [] if found.total else list(_meant(asked)),
    }  # fmt: skip
    about = _("What there is for children and families: for whom, where, what it costs and how to get in.")
    return show(request, "services.html", Share(_("Services"), about), context, "public")


def _chosen(asked: Asked) -> Any:
    """What narrows the list, each with the address that lets go of it."""
    for kind, value in asked.facets:
        text = asked.place if kind == "place" else WORDS[kind][value]
        yield {"title": TITLES[kind], "text": text, "href": asked.without(kind)}


def _meant(asked: Asked) -> Iterator[Link]:
    """Other ways to ask, of which each finds something."""
    if not asked.text:
        return
    if told := meant.nearest(asked.text, today()):
        yield Link(told, Asked(told).address())
    for kind, value, place in meant.facets(asked.text, today()):
        yield Link(f"{TITLES[kind]}: {place or WORDS[kind][value]}", Asked(facets=((kind, value),)).address())


def _card(hit: Hit) -> dict[str, Any]:
    cyrillic = (get_language() or "sr") == "sr"
    told = [hit.organisation if cyrillic else latin(hit.organisation), hit.cyr if cyrillic else hit.lat,
            ages(hit.age_from, hit.age_until), Fee(hit.fee).label if hit.fee else ""]  # fmt: skip
    return {
        "href": f"{PATH}{hit.uuid}/", "title": label(hit.labels), "text": hit.target or hit.about,
        "told": [one for one in told if one], "free": _free(hit.free), "checked": hit.checked,
        "is_stale": hit.is_stale(today()),
    }  # fmt: skip


def ages(least: int | None, most: int | None) -> str:
    """Completed years, in words; empty when it is for any age."""
    if most is None:
        return _("from %(from)s years") % {"from": least} if least else ""
    if not least:
        return _("up to %(to)s years") % {"to": most}
    return _("%(from)s to %(to)s years") % {"from": least, "to": most}


def _free(places: int | None) -> str:
    if places is None:
        return ""
    return ngettext("%(n)s free place", "%(n)s free places", places) % {"n": places}


@public_page
def one(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """A service as its provider describes it. Nothing on it comes from cases."""
    service = directory.one(uuid, today())
    context = {
        "service": service, "rows": [row for row in _rows(service) if row.values],
        "is_stale": service.is_stale(today()), "provider": _provider(service),
        "crumbs": [Link(_("Services"), PATH)],
    }  # fmt: skip
    return show(request, "service.html", Share(str(service), service.target or service.about[:200]), context, "public")


def _rows(one: "Service") -> list[Row]:
    fee = [Fee(one.fee).label] if one.fee else []
    return [
        Row(_("For whom"), one.target),
        Row(_("Age"), ages(one.age_from, one.age_until)),
        Row(_("Need"), [Need(key).label for key in one.needs if key in Need.values]),
        Row(_("How to enter"), one.entry),
        Row(TITLES["fee"], [*fee, one.fee_note]),
        Row(_("Places"), one.capacity),
        Row(_("Free places"), one.free_told),
        Row(_("Languages"), [LANGUAGES.get(code, code) for code in one.languages]),
        Row(_("Accessibility"), one.accessibility),
        Row(_("Where"), ", ".join(str(place) for place in directory.serves(one))),
    ]


def _provider(one: "Service") -> dict[str, Any]:
    """The institution and how to reach the service: its own contact, else that of the institution."""
    at = one.organisation
    return {
        "name": str(at), "kind": str(at.kind), "phone": one.phone or at.phone, "email": one.email or at.email,
        "where": ", ".join(part for part in (at.address, " ".join(filter(None, (at.postal_code, at.place)))) if part),
        "url": one.url if one.url.startswith(("https://", "http://")) else "",
    }  # fmt: skip
