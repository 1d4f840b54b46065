"""The editors' list of what was handed in, and one of them with its reviews."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from zajedno.exchange.enums import PUBLIC, State
from zajedno.exchange.queries import practice as queries
from zajedno.exchange.queries import review as reviews
from zajedno.exchange.queries.file import files_with, find_file
from zajedno.exchange.queries.practice import WAITING
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.web.exchange.desk import day, editor_page, saved, show, state_tag
from zajedno.web.exchange.mine import history_of
from zajedno.web.exchange.review_forms import ADVICE, Narrow
from zajedno.web.exchange.reviews import judged
from zajedno.web.exchange.whole import whole
from zajedno.web.shared.pieces import Cell, Column, Link, Row, Table, Tag

if TYPE_CHECKING:
    from zajedno.exchange.models import Practice, PracticeVersion, Review

PER_PAGE = 25


def home() -> Link:
    return Link(_("Editing"), "/exchange/editing/")


@editor_page
def listed(request: HttpRequest, by: Actor) -> HttpResponse:
    """What waits for editors, the oldest first; or all that was ever handed in."""
    form = Narrow(request.GET if "state" in request.GET else None, initial={"state": "waiting"})
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {"q": "", "state": "waiting", "theme": ""}
    state = asked["state"] or "waiting"
    found = queries.submissions(by, text=asked["q"], state="" if state == "all" else state, theme=asked["theme"])
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    nameless = queries.hidden_among(by, page)
    heads = (_("Practice"), _("Institution"), _("Handed in"), _("Reviews"), _("State"))
    rows = [
        [
            Cell(row.title, f"/exchange/editing/{row.uuid}/", lang=row.language),
            "–" if row.pk in nameless else str(row.organisation),
            day(row.submitted_on), _("%(written)s of %(asked)s") % {"written": row.written, "asked": row.asked},
            Cell(tag=state_tag(State(row.stands))),
        ]
        for row in page
    ]  # fmt: skip
    table = Table(
        "submissions",
        _("Practices that were handed in"),
        [Column(head) for head in heads],
        rows,
        empty=_("Nothing fits."),
    )
    return show(request, "editing", {"table": table, "page": page, "narrow": form, "total": page.paginator.count})


def way(row: "Practice", version: "PracticeVersion") -> list[Link]:
    return [home(), Link(queries.source(version).title, f"/exchange/editing/{row.uuid}/")]


def found_for(by: Actor, uuid: UUID) -> "tuple[Practice, PracticeVersion]":
    """A practice with the version that was handed in."""
    row = queries.find_submitted(by, uuid)
    version = queries.submitted(row)
    if version is None:
        raise NotFound("")
    return row, version


@editor_page
def one(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """Read it with its reviews, and decide."""
    row, newest = found_for(by, uuid)
    earlier = [one for one in queries.versions(row) if one.frozen_on and str(one.number) == request.GET.get("version")]
    version = earlier[0] if earlier else newest
    hidden = queries.hides(by, row)
    written = list(reviews.of_version(by, version))
    at = f"/exchange/editing/{uuid}/"
    who = [] if hidden else [
        Row(_("Institution"), str(row.organisation)), Row(_("Place"), row.territory.name),
        Row(_("Author"), row.author.name),
    ]  # fmt: skip
    context = {
        "practice": row, "title": queries.source(version).title, "lang": version.language, "crumbs": [home()],
        "state": state_tag(row.stage), "cards": whole(version, hidden=hidden), "number": version.number,
        "facts": [*who, Row(_("Handed in"), day(version.frozen_on)), Row(_("Version"), str(version.number))],
        "files": [Link(one.alternative, f"{at}files/{one.uuid}/") for one in files_with(version)],
        "asked": [_asked(one, written) for one in reviews.asked(version)], "marks": judged(written, named=True),
        "waits": row.stage in WAITING and version == newest, "is_own": row.author_id == by.account,
        "is_published": row.state == State.PUBLISHED, "is_public": row.state in PUBLIC,
        "may_restore": row.state == State.RETIRED and row.published_id is not None,
        "may_retire": row.state not in (State.DRAFT, State.RETIRED), **history_of(row, at),
    }  # fmt: skip
    return show(request, "submission", context)


def _asked(one: "Review", written: "list[Review]") -> Row:
    """Who was asked and what came of it; what they wrote only where it may be read."""
    told: Any = next((found for found in written if found.pk == one.pk), None)
    if told is not None:
        return Row(one.reviewer.name, [dict(ADVICE)[told.advice], told.remarks])
    if one.written_on:
        return Row(one.reviewer.name, Tag(_("Written"), "done"))
    if one.declined_on:
        return Row(one.reviewer.name, Tag(_("Declined"), "off"))
    until = _("until %(day)s") % {"day": day(one.due_on)} if one.due_on else ""
    return Row(one.reviewer.name, [Tag(_("Asked"), "info"), until])


@editor_page
def file(request: HttpRequest, by: Actor, uuid: UUID, file: UUID) -> HttpResponse:
    row, version = found_for(by, uuid)
    return saved(find_file(files_with(version), file), nameless=queries.hides(by, row))
