"""Gatherings for everybody: which there are, the programme that was released last, and files for calendars."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from zajedno.exchange.enums import GatheringState, SessionKind
from zajedno.exchange.logic.programme import Change, Kind, changes
from zajedno.exchange.queries import gathering as queries
from zajedno.exchange.queries import pact as pacts
from zajedno.kernel.clock import day_of, today
from zajedno.kernel.refusal import NotFound
from zajedno.web.exchange.catalogue import exchange_link
from zajedno.web.exchange.public import Share, public_page, show
from zajedno.web.shared import ical
from zajedno.web.shared.language import NAMES
from zajedno.web.shared.pieces import Link, Row, Tag

if TYPE_CHECKING:
    from zajedno.exchange.models import Gathering, Programme

PICTURES = ("image/jpeg", "image/png")
TONES = {
    GatheringState.DRAFT: "plain", GatheringState.OPEN: "info", GatheringState.CLOSED: "wait",
    GatheringState.HELD: "done", GatheringState.CANCELLED: "off",
}  # fmt: skip


def home() -> Link:
    return Link(_("Gatherings"), "/exchange/gatherings/")


def state_tag(gathering: "Gathering") -> Tag:
    state = GatheringState(gathering.state)
    return Tag(state.label, TONES[state])


def when(gathering: "Gathering") -> str:
    days = dict.fromkeys((gathering.begins_on, gathering.ends_on))
    return " – ".join(date_format(day, "DATE_FORMAT") for day in days)


@public_page
def listed(request: HttpRequest) -> HttpResponse:
    rows = [{"gathering": one, "when": when(one), "state": state_tag(one)} for one in queries.public()]
    about = _("Where communities meet to show each other what works.")
    return show(request, "gatherings.html", Share(_("Gatherings"), about), {"rows": rows, "crumbs": [exchange_link()]})


@public_page
def shown(request: HttpRequest, slug: str) -> HttpResponse:
    gathering = queries.by_slug(slug)
    releases = list(gathering.programmes.all())
    programme = releases[0] if releases else None
    files = list(queries.files(gathering))
    is_open = gathering.state == GatheringState.OPEN and gathering.ends_on >= today()
    tracks = [one for one in gathering.tracks.all() if one.is_open(today()) and is_open]
    context = {
        "gathering": gathering, "state": state_tag(gathering), "rows": _facts(gathering), "programme": programme,
        "days": days(gathering, programme), "is_open": is_open, "tracks": tracks, "earlier": releases[1:],
        "changes": changed(releases[1], releases[0].content) if len(releases) > 1 else [],
        "pictures": [one for one in files if one.media_type in PICTURES],
        "papers": [one for one in files if one.media_type not in PICTURES],
        "agreed": list(pacts.of_gathering(gathering)),
        "crumbs": [exchange_link(), home()],
    }  # fmt: skip
    return show(request, "gathering.html", _share(gathering), context)


@public_page
def release(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """An earlier release of the programme, as it was then. Who withdrew consent is not named in it either."""
    gathering = queries.by_slug(slug)
    programme = next((one for one in gathering.programmes.all() if one.number == number), None)
    if programme is None:
        raise NotFound("")
    here = Link(str(gathering), f"/exchange/gatherings/{slug}/")
    context = {
        "gathering": gathering, "programme": programme, "days": days(gathering, programme),
        "crumbs": [exchange_link(), home(), here],
    }  # fmt: skip
    title = _("%(title)s: release %(name)s") % {"title": gathering, "name": programme}
    return show(request, "gathering_release.html", Share(title, when(gathering)), context)


def _facts(gathering: "Gathering") -> list[Row]:
    return [
        Row(_("When"), when(gathering)),
        Row(_("Where"), gathering.place),
        Row(_("Organised by"), str(gathering.organisation)),
        Row(_("Languages"), ", ".join(NAMES.get(code, code) for code in gathering.languages)),
        Row(_("Places"), str(gathering.capacity)),
        *([Row(_("Online"), _("Whoever has a place gets the link."))] if gathering.online_link else []),
    ]


def changed(before: "Programme", after: Sequence[Mapping[str, Any]]) -> list[str]:
    """In plain words what is otherwise than in a release."""
    return [_change(one) for one in changes(before.content, after)]


def _change(change: Change) -> str:
    before, after = change.before or {}, change.after or {}
    words = {"title": (after or before)["title"], "was": "", "now": ""}
    if change.kind == Kind.MOVED:
        words |= {"was": _time(before), "now": _time(after)}
    elif change.kind in (Kind.ROOM, Kind.TITLE):
        words |= {name: one[change.kind] or "–" for name, one in (("was", before), ("now", after))}
    return {
        Kind.NEW: _("New: %(title)s"), Kind.GONE: _("Taken out: %(title)s"),
        Kind.MOVED: _("%(title)s: another time, %(now)s (before: %(was)s)"),
        Kind.ROOM: _("%(title)s: another room, %(now)s (before: %(was)s)"),
        Kind.TITLE: _("%(title)s: another title (before: %(was)s)"),
    }[change.kind] % words  # fmt: skip


def _time(session: Mapping[str, Any]) -> str:
    moments = timed(session)
    return f"{date_format(moments['begins'], 'SHORT_DATE_FORMAT')} {moments['begins']:%H:%M}–{moments['ends']:%H:%M}"


def days(gathering: "Gathering", programme: "Programme | None") -> list[tuple[Any, list[dict[str, Any]]]]:
    """Slots of the release by day, in the order of time and room."""
    people, handouts = queries.shown_speakers(gathering), queries.handouts(gathering)
    practices = queries.practices(gathering)
    slots = [
        {
            **told, "kind": SessionKind(told["kind"]), "is_break": told["kind"] == SessionKind.BREAK,
            "speakers": [people[key] for key in told["speakers"] if key in people], "handouts": handouts[told["key"]],
            "practice": practices.get(told["key"], ""),
        }
        for told in (timed(one) for one in (programme.content if programme else ()))
    ]  # fmt: skip
    slots.sort(key=lambda one: (one["begins"], one["room"]))
    return [(day, list(rows)) for day, rows in groupby(slots, lambda one: day_of(one["begins"]))]


def timed(session: Mapping[str, Any]) -> dict[str, Any]:
    """A session of a release with moments where it keeps text."""
    moments = {name: localtime(datetime.fromisoformat(session[name])) for name in ("begins", "ends")}
    return {**session, **moments}


def _share(gathering: "Gathering") -> Share:
    cancelled = gathering.state == GatheringState.CANCELLED
    facts: dict[str, Any] = {
        "@type": "Event", "name": str(gathering), "startDate": gathering.begins_on, "endDate": gathering.ends_on,
        "location": {"@type": "Place", "name": gathering.place},
        "eventStatus": f"https://schema.org/Event{'Cancelled' if cancelled else 'Scheduled'}",
        "organizer": [{"@type": "Organization", "name": str(gathering.organisation)}],
    }  # fmt: skip
    return Share(str(gathering), f"{when(gathering)}, {gathering.place}", "website", facts=facts)


@public_page
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Every slot of the release; before there is one, the days."""
    gathering = queries.by_slug(slug)
    return _file(slug, _entries(request, gathering) or [_whole(request, gathering)])


def _whole(request: HttpRequest, gathering: "Gathering") -> ical.Entry:
    """Its days, as long as no programme says hours."""
    return ical.Entry(
        str(gathering.uuid), gathering.begins_on, gathering.ends_on, str(gathering), gathering.place,
        request.build_absolute_uri(f"/exchange/gatherings/{gathering.slug}/"),
        gathering.state == GatheringState.CANCELLED,
    )  # fmt: skip


@public_page
def slot(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    found = [one for one in _entries(request, queries.by_slug(slug)) if one.uid == str(uuid)]
    if not found:
        raise NotFound("")
    return _file(f"{slug}-{str(uuid)[:8]}", found)


def _entries(request: HttpRequest, gathering: "Gathering") -> list[ical.Entry]:
    programme = queries.released(gathering)
    address = request.build_absolute_uri(f"/exchange/gatherings/{gathering.slug}/")
    cancelled = gathering.state == GatheringState.CANCELLED
    return [
        ical.Entry(
            one["key"], one["begins"], one["ends"], one["title"],
            ", ".join(filter(None, (one["room"], gathering.place))), address, cancelled,
        )
        for one in (timed(each) for each in (programme.content if programme else ()))
    ]  # fmt: skip


def _file(name: str, entries: list[ical.Entry]) -> HttpResponse:
    response = HttpResponse(ical.calendar(entries), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response
