"""Events as their sources tell them, open to everybody."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zajedno.exchange.enums import Theme
from zajedno.exchange.queries import campaign as campaigns
from zajedno.exchange.queries import event as events
from zajedno.kernel.labels import label
from zajedno.kernel.script import latin
from zajedno.web.exchange.catalogue import exchange_link
from zajedno.web.exchange.facets import PATH
from zajedno.web.exchange.public import Share, public_page, show
from zajedno.web.shared.language import tag
from zajedno.web.shared.pieces import Link, Row

if TYPE_CHECKING:
    from zajedno.exchange.models import Event

_ANY = 2000  # a leap year: only day and month of it are shown


def when(event: "Event") -> str:
    """Its days as the language writes them; an unknown year is said to be unknown."""
    if event.year:
        return ", ".join(date_format(day, "DATE_FORMAT") for day in event.dates)
    days = [date_format(date.fromisoformat(f"{_ANY}-{day}"), "MONTH_DAY_FORMAT") for day in event.days]
    return _("%(days)s (year unknown)") % {"days": ", ".join(days)}


def where(event: "Event") -> str:
    """The place as the source writes it, in Latin where the page is."""
    return event.place if get_language() == "sr" else latin(event.place)


@public_page
def listed(request: HttpRequest) -> HttpResponse:
    rows = [
        {"event": one, "when": when(one), "where": where(one), "summary": label(one.content["summary"])}
        for one in events.public()
    ]
    about = _("Where communities showed each other what works.")
    return show(request, "events.html", Share(_("Events"), about), {"rows": rows, "crumbs": [exchange_link()]})


@public_page
def shown(request: HttpRequest, key: str) -> HttpResponse:
    event = events.by_key(key)
    said = event.content
    themes = [Link(text, f"{PATH}?theme={theme}") for theme, text in Theme.choices if theme in event.themes]
    sections = [
        {"title": label(one["title"]), "points": [label(point) for point in one.get("points", ())]}
        for one in said.get("sections", ())
    ]
    context = {
        "event": event, "summary": label(said["summary"]), "rows": _rows(event), "sections": sections,
        "places": list(event.participants.all()), "themes": themes, "source": said["source"],
        "spoken": _spoken(said), "campaign": campaigns.public().filter(slug=said.get("campaign", "")).first(),
        "source_lang": tag(said["source"]["language"]), "note": label(said["source"].get("note", {})),
        "crumbs": [exchange_link(), Link(_("Events"), "/exchange/events/")],
    }  # fmt: skip
    return show(request, "event.html", _share(event), context)


def _rows(event: "Event") -> list[Row]:
    said = event.content
    people = [f"{one['name']}, {label(one['role'])}" for one in said.get("people", ()) if not one.get("said")]
    # what is part of, carried out and paid is the project, not the event: the sources say no more
    rows = [
        Row(_("When"), when(event)),
        Row(_("Where"), where(event)),
        Row(_("Organised by"), _names(said, "organisers")),
        Row(_("Part of"), label(said.get("project", {}))),
        Row(_("Carried out by"), _names(said, "implementers")),
        Row(_("In cooperation with"), _names(said, "partners")),
        Row(_("Financed by"), _names(said, "funders")),
        Row(_("Supported by"), _names(said, "supporters")),
        Row(_("Present"), people),
    ]
    return [row for row in rows if row.values]


def _names(said: Mapping[str, Any], role: str) -> list[str]:
    return [label(one) for one in said.get(role, ())]


def _spoken(said: Mapping[str, Any]) -> list[dict[str, str]]:
    """Who said what, as the source tells it. A name stays as it is written there."""
    return [
        {"name": one["name"], "role": label(one["role"]), "said": label(one["said"])}
        for one in said.get("people", ()) if one.get("said")
    ]  # fmt: skip


def _share(event: "Event") -> Share:
    """For schema.org a day without a year is no day, so it is left out."""
    days = event.dates
    facts: dict[str, Any] = {
        "@type": "Event", "name": str(event), "description": label(event.content["summary"]),
        "startDate": days[0] if days else "", "endDate": days[-1] if days else "",
        "location": {"@type": "Place", "name": event.place},
        "organizer": [
            {"@type": "Organization", "name": label(one)} for one in event.content.get("organisers", ())
        ],
    }  # fmt: skip
    return Share(str(event), label(event.content["summary"]), "website", facts=facts)
