"""The draft of a programme: rooms, slots, speakers, what lies on top of what, and its release."""

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from zajedno.exchange.actions import programme as actions
from zajedno.exchange.enums import ProposalState
from zajedno.exchange.logic.programme import Clash, Conflict, conflicts
from zajedno.exchange.queries import gathering as queries
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.web.exchange.gathering_forms import NewHandout, NewRoom, NewSpeaker, Place, Release
from zajedno.web.exchange.gathering_frame import asked, at, done, organiser_page, show
from zajedno.web.exchange.gatherings import changed
from zajedno.web.shared.forms import Form
from zajedno.web.shared.pieces import Cell, Column, Link, Row, Table, Tag
from zajedno.web.shared.request import sent

if TYPE_CHECKING:
    from zajedno.exchange.models import Gathering, Programme, Session


@organiser_page
def draft(request: HttpRequest, by: Actor, slug: str) -> HttpResponse:
    gathering = queries.find(by, slug)
    last = queries.released(gathering)
    context = {
        "links": [
            Link(_("Add a slot"), at(gathering, "programme/new/")),
            Link(_("Add a room"), at(gathering, "programme/rooms/")),
            Link(_("Release the programme"), at(gathering, "programme/release/")),
        ],
        "warnings": [told(one) for one in conflicts(queries.slots(gathering))],
        "tables": [_slots(gathering)],
        "lists": [(_("Not released yet"), _changed(gathering, last))] if last else [],
        "facts": [
            Row(_("Everybody reads"), f"{last} · {date_format(localtime(last.released_on), 'DATETIME_FORMAT')}"
                if last else _("nothing yet")),
            Row(_("Rooms"), ", ".join(room.name for room in gathering.rooms.all())),
        ],
    }  # fmt: skip
    return show(request, gathering, _("Programme"), context)


def told(conflict: Conflict) -> str:
    """In plain words."""
    words = {
        "what": conflict.what, "one": conflict.one.title, "other": conflict.other.title,
        "when": date_format(localtime(conflict.other.begins), "DATETIME_FORMAT"),
    }  # fmt: skip
    if conflict.clash == Clash.ROOM:
        return _("Room %(what)s is taken twice, %(when)s: “%(one)s” and “%(other)s”.") % words
    return _("%(what)s speaks in two places at once, %(when)s: “%(one)s” and “%(other)s”.") % words


def _slots(gathering: "Gathering") -> Table:
    columns = [Column(_("When")), Column(_("What")), Column(_("Room")), Column(_("Speakers"))]
    rows = [
        [
            Cell(_when(one), sort=one.begins.isoformat()),
            Cell(one.title, at(gathering, f"programme/{one.uuid}/"), small=one.get_kind_display()),
            one.room.name if one.room else _("Everywhere"), ", ".join(who.name for who in one.speakers.all()),
        ]
        for one in queries.sessions(gathering)
    ]  # fmt: skip
    return Table(
        "slots", _("Draft"), columns, rows, sortable=True, empty=_("No slot yet. Add rooms first, then slots.")
    )


def _when(one: "Session") -> str:
    begins, ends = localtime(one.begins), localtime(one.ends)
    return f"{date_format(begins, 'SHORT_DATE_FORMAT')} {begins:%H:%M}–{ends:%H:%M}"


def _changed(gathering: "Gathering", last: "Programme") -> list[str]:
    return changed(last, queries.content(gathering)) or [_("Nothing: the draft is what everybody reads.")]


@organiser_page
def rooms(request: HttpRequest, by: Actor, slug: str) -> HttpResponse:
    gathering, form = queries.find(by, slug), NewRoom(sent(request))
    words = {"title": _("Add a room"), "go": _("Add the room"), "back": "programme/"}
    return done(
        request, form, lambda: actions.add_room(by=by, gathering=gathering, **form.cleaned_data),
        at(gathering, "programme/"), _("The room is there."),
    ) or asked(request, gathering, form, words)  # fmt: skip


@organiser_page
def release(request: HttpRequest, by: Actor, slug: str) -> HttpResponse:
    gathering, form = queries.find(by, slug), Release(sent(request))
    found = len(conflicts(queries.slots(gathering)))
    note = _("From then on everybody reads this programme. It is kept as it is; a change is another release.")
    if found:
        note = _("There are still conflicts in it: %(count)s. You can release it all the same.") % {"count": found}
    words = {"title": _("Release the programme"), "go": _("Release"), "note": note, "back": "programme/"}
    return done(
        request, form, lambda: actions.release(by=by, gathering=gathering, **form.cleaned_data),
        at(gathering, "programme/"), _("The programme is released."),
    ) or asked(request, gathering, form, words)  # fmt: skip


@organiser_page
def place(request: HttpRequest, by: Actor, slug: str, uuid: UUID | None = None) -> HttpResponse:
    """A new slot, or another time, room and title of one."""
    gathering = queries.find(by, slug)
    one = queries.session(gathering, uuid) if uuid else None
    free = queries.proposals(gathering).filter(state=ProposalState.ACCEPTED)
    free = free.filter(session=None) | free.filter(session=one) if one else free.filter(session=None)
    span = (gathering.ends_on - gathering.begins_on).days + 1
    form = Place(
        sent(request), days=[gathering.begins_on + timedelta(days=n) for n in range(span)],
        rooms=list(gathering.rooms.all()), free=list(free), session=one,
    )  # fmt: skip
    title = _("Change the slot") if one else _("Add a slot")
    return done(
        request, form, lambda: actions.place(by=by, gathering=gathering, placed=form.placed(), session=uuid),
        at(gathering, f"programme/{uuid}/" if uuid else "programme/"), _("The slot is in the draft."),
    ) or asked(request, gathering, form, {"title": title, "go": _("Keep the slot"), "back": "programme/"})  # fmt: skip


@organiser_page
def session(request: HttpRequest, by: Actor, slug: str, uuid: UUID) -> HttpResponse:
    gathering, form = queries.find(by, slug), NewSpeaker(sent(request))
    one = queries.session(gathering, uuid)
    to = at(gathering, f"programme/{uuid}/")
    went = done(
        request, form, lambda: actions.add_speaker(by=by, gathering=gathering, session=uuid, **form.cleaned_data), to,
        _("The speaker is there."),
    )  # fmt: skip
    facts = [
        Row(_("When"), _when(one)), Row(_("Room"), one.room.name if one.room else _("Everywhere")),
        Row(_("What it is"), one.get_kind_display()),
        *([Row(_("Online"), one.link)] if one.link else []),
        *([Row(_("Materials"), [f"{each.title} ({each.licence})" for each in one.handouts.all()])]
          if one.handouts.all() else []),
    ]  # fmt: skip
    return went or show(request, gathering, one.title, {
        "facts": facts, "tables": [_speakers(gathering, one)], "form": form, "ask": _("Add a speaker"),
        "go": _("Add the speaker"),
        "links": [Link(_("Change the slot"), f"{to}change/"), Link(_("Add material"), f"{to}link/"),
                  Link(_("Take the slot out"), f"{to}remove/")],
    })  # fmt: skip


def _speakers(gathering: "Gathering", one: "Session") -> Table:
    rows = [
        [
            Cell(who.name, at(gathering, f"programme/speakers/{who.pk}/"), small=who.institution),
            Cell(tag=Tag(_("Shown by name"), "done") if who.consents else Tag(_("Not shown"), "off")),
        ]
        for who in one.speakers.all()
    ]  # fmt: skip
    columns = [Column(_("Speaker")), Column(_("Public page"))]
    return Table("speakers", _("Speakers"), columns, rows, empty=_("Nobody speaks here yet."))


@organiser_page
def consent(request: HttpRequest, by: Actor, slug: str, speaker: int) -> HttpResponse:
    """Shown by name, or no longer: at once, also in what was released."""
    gathering, form = queries.find(by, slug), Form(sent(request))
    one = next((who for each in queries.sessions(gathering) for who in each.speakers.all() if who.pk == speaker), None)
    if one is None:
        raise NotFound("")
    title = _("Do not show by name any more?") if one.consents else _("Show by name?")
    note = _("%(name)s. A withdrawn consent takes the name off the released programme at once.") % {"name": one.name}
    words = {"title": title, "note": note, "go": _("Yes"), "back": f"programme/{one.session.uuid}/"}
    return done(
        request, form,
        lambda: actions.set_consent(by=by, gathering=gathering, speaker=speaker, consents=not one.consents),
        at(gathering, f"programme/{one.session.uuid}/"), _("Kept."),
    ) or asked(request, gathering, form, words)  # fmt: skip


@organiser_page
def remove(request: HttpRequest, by: Actor, slug: str, uuid: UUID) -> HttpResponse:
    gathering, form = queries.find(by, slug), Form(sent(request))
    one = queries.session(gathering, uuid)
    words = {"title": _("Take the slot out?"), "note": one.title, "go": _("Take it out"), "kind": "warning",
             "back": f"programme/{uuid}/"}  # fmt: skip
    return done(
        request, form, lambda: actions.remove(by=by, gathering=gathering, session=uuid), at(gathering, "programme/"),
        _("The slot is out of the draft."),
    ) or asked(request, gathering, form, words)  # fmt: skip


@organiser_page
def handout(request: HttpRequest, by: Actor, slug: str, uuid: UUID) -> HttpResponse:
    gathering, form = queries.find(by, slug), NewHandout(sent(request))
    queries.session(gathering, uuid)
    words = {"title": _("Add material"), "go": _("Add the material"), "back": f"programme/{uuid}/"}
    return done(
        request, form, lambda: actions.add_handout(by=by, gathering=gathering, session=uuid, **form.cleaned_data),
        at(gathering, f"programme/{uuid}/"), _("The material is there."),
    ) or asked(request, gathering, form, words)  # fmt: skip
