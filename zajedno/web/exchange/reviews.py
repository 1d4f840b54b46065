"""What I am asked to review, and writing it. An anonymous author stays so on every page."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from zajedno.exchange.actions import review as actions
from zajedno.exchange.enums import Criterion
from zajedno.exchange.queries import review as queries
from zajedno.exchange.queries.file import files_with, find_file
from zajedno.kernel.actor import Actor
from zajedno.web.exchange.desk import day, reviewer_page, saved, show
from zajedno.web.exchange.review_forms import ADVICE, MARKS, NOT_HERE, SCALES, WriteReview
from zajedno.web.exchange.whole import whole
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.pieces import Column, Link, Row, Table, Tag, Task

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zajedno.exchange.models import Review

PER_PAGE = 25


def home() -> Link:
    return Link(_("Reviews"), "/exchange/reviews/")


@reviewer_page
def mine(request: HttpRequest, by: Actor) -> HttpResponse:
    page = Paginator(queries.mine(by), PER_PAGE).get_page(request.GET.get("page"))
    tasks = [
        Task(one.title, _status(one), f"/exchange/reviews/{one.uuid}/",
             _("until %(day)s") % {"day": day(one.due_on)} if one.due_on and not one.written_on else "")
        for one in page
    ]  # fmt: skip
    return show(request, "reviews", {"tasks": tasks, "page": page})


def _status(one: "Review") -> Tag:
    if one.written_on:
        return Tag(_("Written"), "done")
    return Tag(_("To review"), "wait") if queries.is_open(one) else Tag(_("Not needed any more"), "off")


@reviewer_page
def one(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """The practice as it was handed in; what others wrote stands here once mine is written."""
    row = queries.find(by, uuid)
    practice = row.version.practice
    hidden = practice.anonymous
    facts = [] if hidden else [
        Row(_("Institution"), str(practice.organisation)), Row(_("Place"), practice.territory.name),
    ]  # fmt: skip
    at = f"/exchange/reviews/{uuid}/files/"
    context = {
        "review": row, "cards": whole(row.version, hidden=hidden), "facts": facts, "hidden": hidden,
        "lang": row.version.language, "is_open": queries.is_open(row), "crumbs": [home()],
        "files": [Link(one.alternative, f"{at}{one.uuid}/") for one in files_with(row.version)],
        "table": judged(queries.of_version(by, row.version), named=False), "remarks": remarks(by, row),
    }  # fmt: skip
    return show(request, "review", context)


def remarks(by: Actor, row: "Review") -> list[Row]:
    return [
        Row(dict(ADVICE)[one.advice], one.remarks) for one in queries.of_version(by, row.version)
    ]  # fmt: skip


def judged(rows: "Iterable[Review]", *, named: bool) -> Table:
    """Marks, a column for each review; the reviewer's name only for editors."""
    rows = list(rows)
    heads = [
        one.reviewer.name if named else _("Review %(number)s") % {"number": number}
        for number, one in enumerate(rows, start=1)
    ]
    columns = [Column(_("Criterion")), *(Column(head, numeric=True) for head in heads)]
    cells = [[label, *(_mark(key, one) for one in rows)] for key, label in Criterion.choices]
    return Table("marks", _("Marks from 0 to 4"), columns, cells if rows else [])


def _mark(key: str, review: "Review") -> str:
    """In words where the scale is no number; a dash where a review is older than the criterion."""
    if key not in review.marks:
        return "–"
    mark = NOT_HERE if review.marks[key] is None else str(review.marks[key])
    return str(next((text for value, text in SCALES.get(key, MARKS) if value == mark), mark))


@reviewer_page
def write(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    row = queries.find(by, uuid)
    form = WriteReview(request.POST if request.method == "POST" else None)

    def act() -> None:
        given = form.cleaned_data
        actions.write(by=by, review=row, marks=form.marks(), advice=given["advice"], remarks=given["remarks"])

    if form.is_valid() and attempt(form, act):
        messages.success(request, _("Thank you. The editors have your review."))
        return redirect("writing:review", uuid=uuid)
    words = {
        "title": _("Write the review"), "go": _("Send the review"), "cancel": f"/exchange/reviews/{uuid}/",
        "note": _("Marks go from 0 (not at all) to 4 (fully). A review is written once and cannot be changed."),
    }  # fmt: skip
    crumbs = [home(), Link(_title(row), f"/exchange/reviews/{uuid}/")]
    return show(request, "act", {"form": form, "crumbs": crumbs, **words})


def _title(row: "Review") -> str:
    return str(row.title)  # type: ignore[attr-defined]  # annotated by the query


@reviewer_page
def decline(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    row = queries.find(by, uuid)
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, lambda: actions.decline(by=by, review=row)):
        messages.success(request, _("You have declined. The editors can ask somebody else."))
        return redirect("writing:reviews")
    words = {
        "title": _("Decline the review?"), "go": _("Decline"), "cancel": f"/exchange/reviews/{uuid}/",
        "kind": "warning", "note": _("You know the people, or have no time: no reason is needed."),
    }  # fmt: skip
    return show(request, "act", {"form": form, "crumbs": [home()], **words})


@reviewer_page
def file(request: HttpRequest, by: Actor, uuid: UUID, file: UUID) -> HttpResponse:
    version = queries.find(by, uuid).version
    return saved(find_file(files_with(version), file), nameless=version.practice.anonymous)
