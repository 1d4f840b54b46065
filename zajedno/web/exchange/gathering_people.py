"""Who comes to a gathering: places, needs, badges, who came; and letters to them."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from zajedno.exchange.actions import letter as letter_actions
from zajedno.exchange.actions import registration as actions
from zajedno.exchange.enums import RegistrationState
from zajedno.exchange.queries import gathering as gatherings
from zajedno.exchange.queries import registration as queries
from zajedno.kernel.actor import Actor
from zajedno.kernel.clock import today
from zajedno.kernel.documents import Rendering, render_pdf
from zajedno.kernel.refusal import NotFound
from zajedno.kernel.spreadsheets import write_csv
from zajedno.web.exchange.champions import site
from zajedno.web.exchange.gathering_forms import Came, Write
from zajedno.web.exchange.gathering_frame import asked, at, done, organiser_page, show
from zajedno.web.exchange.gatherings import when
from zajedno.web.exchange.registering import TONES
from zajedno.web.exchange.review_forms import Find
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.papers import language_of
from zajedno.web.shared.pieces import Cell, Column, Link, Row, Table, Tag
from zajedno.web.shared.request import sent

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zajedno.exchange.models import Gathering, Registration

PER_PAGE = 50
PAPER = settings.PACKS_DIR / "common" / "letters" / "badge.typ"


@organiser_page
def listed(request: HttpRequest, by: Actor, slug: str) -> HttpResponse:
    """All whose address is confirmed, in the order in which they came."""
    gathering = gatherings.find(by, slug)
    links = [
        Link(_("Badges (PDF)"), at(gathering, "people/badges.pdf")), Link(_("Who came"), at(gathering, "people/came/")),
        Link(_("List for the door, without what people need (CSV)"), at(gathering, "people/list.csv")),
    ]  # fmt: skip
    narrow = Find(request.GET or None)
    text = narrow.cleaned_data["q"] if narrow.is_valid() else ""
    page = Paginator(queries.registered(gathering, text), PER_PAGE).get_page(request.GET.get("page"))
    counted = [f"{kind}: {many}" for kind, many in queries.counted(queries.coming(gathering))]
    return show(request, gathering, _("Registrations"), {
        "links": links, "tables": [_table(gathering, page)], "page": page, "narrow": narrow,
        "lists": [(_("What people with a place need"), counted)] if counted else [],
    })  # fmt: skip


@organiser_page
def door(request: HttpRequest, by: Actor, slug: str) -> HttpResponse:
    """Everybody who registered, to print or to keep; without what they need, which never leaves the pages."""
    gathering = gatherings.find(by, slug)
    heads = [_("Name"), _("Institution"), _("E-mail"), _("State"), _("Came")]
    rows = (
        [one.name, one.institution, one.email, one.get_state_display(), _("Yes") if one.attended else ""]
        for one in queries.registered(gathering)
    )
    response = HttpResponse("".join(write_csv(heads, rows)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slug}.csv"'
    return response


def _table(gathering: "Gathering", page: "Iterable[Registration]") -> Table:
    columns = [Column(_("Name")), Column(_("E-mail")), Column(_("What they need")), Column(_("State")),
               Column(_("Cancel"), fixed=True)]  # fmt: skip
    rows, there = [], at(gathering, "people/")
    for one in page:
        state = RegistrationState(one.state)
        live = state != RegistrationState.CANCELLED
        rows.append([
            Cell(one.name, small=one.institution), one.email, queries.needs(one),
            Cell(tag=Tag(_("Came"), "done") if one.attended else Tag(state.label, TONES[state])),
            Cell(_("Cancel: %(name)s") % {"name": one.name}, f"{there}{one.uuid}/cancel/") if live else "",
        ])  # fmt: skip
    empty = _("Nobody has registered yet.")
    return Table("people", _("Registrations"), columns, rows, sortable=True, empty=empty)


@organiser_page
def strike(request: HttpRequest, by: Actor, slug: str, uuid: UUID) -> HttpResponse:
    gathering, form = gatherings.find(by, slug), Form(sent(request))
    row = queries.registered(gathering).filter(uuid=uuid).first()
    if row is None:
        raise NotFound("")
    words = {
        "title": _("Cancel this registration?"), "go": _("Cancel the registration"), "kind": "warning",
        "note": _("%(name)s. The first who waits gets the place and a letter.") % {"name": row.name}, "back": "people/",
    }  # fmt: skip
    return done(
        request, form, lambda: actions.strike(by=by, gathering=gathering, uuid=uuid, site=site(request)),
        at(gathering, "people/"), _("The registration is cancelled."),
    ) or asked(request, gathering, form, words)  # fmt: skip


@organiser_page
def came(request: HttpRequest, by: Actor, slug: str) -> HttpResponse:
    """The list at the door: everybody with a place, a box each."""
    gathering = gatherings.find(by, slug)
    rows = [(str(one.uuid), _named(one), one.attended) for one in queries.coming(gathering)]
    form = Came(sent(request), rows=rows)

    def act() -> None:
        actions.mark(by=by, gathering=gathering, came={UUID(one) for one in form.cleaned_data["came"]})

    words = {"title": _("Who came"), "go": _("Keep"), "back": "people/"}
    return done(request, form, act, at(gathering, "people/"), _("Kept.")) or asked(request, gathering, form, words)


def _named(row: "Registration") -> str:
    return ", ".join(filter(None, (row.name, row.institution)))


@organiser_page
def badges(request: HttpRequest, by: Actor, slug: str) -> HttpResponse:
    """Eight on a sheet, for who has a place; needs are not on them."""
    gathering = gatherings.find(by, slug)
    people = [{"name": one.name, "institution": one.institution} for one in queries.coming(gathering)]
    language = language_of(PAPER)
    data = {"event": str(gathering), "when": when(gathering), "place": gathering.place, "people": people}
    title = _("Badges: %(name)s") % {"name": str(gathering)}
    pdf = render_pdf(PAPER, data, Rendering(language, title, str(gathering.organisation), today()))
    response = HttpResponse(pdf.content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="badges-{slug}.pdf"'
    return response


@organiser_page
def letters(request: HttpRequest, by: Actor, slug: str) -> HttpResponse:
    gathering = gatherings.find(by, slug)
    columns = [Column(_("Subject")), Column(_("To whom")), Column(_("State"))]
    rows = [
        [
            Cell(one.subject, at(gathering, f"letters/{one.uuid}/")), one.get_audience_display(),
            Cell(tag=Tag(_("Sent"), "done") if one.sent_on else Tag(_("Waits to be sent"), "wait")),
        ]
        for one in gathering.letters.all()
    ]  # fmt: skip
    table = Table(
        "letters",
        pgettext("gathering", "Letters"),
        columns,
        rows,
        empty=_("No letter yet. What you write waits until you send it."),
    )
    links = [Link(_("Write a letter"), at(gathering, "letters/new/"))]
    return show(request, gathering, pgettext("gathering", "Letters"), {"tables": [table], "links": links})


@organiser_page
def letter(request: HttpRequest, by: Actor, slug: str, uuid: UUID | None = None) -> HttpResponse:
    """Write or change one that waits; a sent one is only read."""
    gathering = gatherings.find(by, slug)
    row = queries.letter(by, slug, uuid) if uuid else None
    if row and row.sent_on:
        facts = [
            Row(_("Sent"), localtime(row.sent_on)), Row(_("To whom"), f"{row.get_audience_display()} ({row.sent_to})"),
            Row(_("Text"), row.body),
        ]  # fmt: skip
        return show(request, gathering, row.subject, {"facts": facts})
    initial = {name: getattr(row, name) for name in ("audience", "subject", "body")} if row else {}
    form = Write(sent(request), initial=initial)
    made: list[UUID] = []
    if form.is_valid() and attempt(
        form, lambda: made.append(
            letter_actions.write(by=by, gathering=gathering, letter=uuid, **form.cleaned_data).uuid
        )
    ):  # fmt: skip
        return redirect(at(gathering, f"letters/{made[0]}/send/"))
    words = {"title": row.subject if row else _("Write a letter"), "go": _("Keep and look at it"), "back": "letters/"}
    return asked(request, gathering, form, words)


@organiser_page
def send(request: HttpRequest, by: Actor, slug: str, uuid: UUID) -> HttpResponse:
    """Read once more, then send: a person does it, nothing else."""
    gathering, row, form = gatherings.find(by, slug), queries.letter(by, slug, uuid), Form(sent(request))
    if row.sent_on:
        return redirect(at(gathering, f"letters/{uuid}/"))
    many = len(queries.receivers(row))
    count = ngettext("%(count)s person", "%(count)s people", many) % {"count": many}
    facts = [
        Row(_("To whom"), f"{row.get_audience_display()} · {count}" if many else row.get_audience_display()),
        Row(_("Text"), row.body, [Link(_("Change"), at(gathering, f"letters/{uuid}/"))]),
    ]  # fmt: skip
    went = done(
        request, form, lambda: letter_actions.send(by=by, gathering=gathering, letter=uuid, site=site(request)),
        at(gathering, "letters/"), _("The letter is on its way."),
    )  # fmt: skip
    words = {"facts": facts, "form": form, "ask": _("Send it?"), "go": _("Send now")}
    return went or show(request, gathering, row.subject, words)
