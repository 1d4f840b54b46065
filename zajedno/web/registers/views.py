"""A register comes in by stages, each of which can be left and come back to."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from zajedno.access.queries.batch import has_file
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.web.registers import showing as shown
from zajedno.web.registers.forms import Columns, Decision, File
from zajedno.web.registers.kind import Kind
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import answer, attempt
from zajedno.web.shared.pieces import Link
from zajedno.web.shared.uploads import MEDIA_TYPES, saved

if TYPE_CHECKING:
    from zajedno.access.models import Batch

PER_PAGE = 25


def _show(
    kind: Kind, request: HttpRequest, by: Actor, template: str, batch: "Batch | None" = None, *crumbs: Link, **more: Any
) -> HttpResponse:
    way = [kind.desk, *([Link(kind.title, kind.at)] if batch else []), *crumbs]
    here = kind.address(batch) if batch else kind.at
    frame = {"kind": kind, "crumbs": way, "batch": batch, "here": here, **kind.frame(by)}
    if batch:
        frame["about"] = kind.about(batch)
    return answer(request, template, {**frame, **more})


def _page_of(request: HttpRequest, rows: QuerySet[Any]) -> Page[Any]:
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def listed(kind: Kind, request: HttpRequest, by: Actor) -> HttpResponse:
    """Registers that came in, and a new one."""
    mine, form = by.organisations_for(kind.verbs[0].key), None
    if mine:
        form = kind.file(_sent(request), request.FILES or None, organisations=mine)
        if form.is_valid() and (found := _upload(kind, by, form)):
            return redirect(kind.address(found))
    page = _page_of(request, kind.queries.visible_to(by))
    return _show(kind, request, by, kind.listing, form=form, page=page, table=shown.batches(kind, page))


def _upload(kind: Kind, by: Actor, form: File) -> "Batch | None":
    sent, about = form.cleaned_data["file"], {"organisation": form.organisation_id(), **form.about()}
    kept: list[Batch] = []
    attempt(form, lambda: kept.append(kind.actions.upload(by=by, name=sent.name, content=sent.read(), **about)))
    return kept[0] if kept else None


def batch(kind: Kind, request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """Where a register stands: its columns, its rows before entering, progress, or what became of it."""
    found = kind.queries.find(by, uuid)
    if found.state in (found.State.UPLOADED, found.State.FAILED):
        return _columns(kind, request, by, found, None)
    if found.state == found.State.COMMITTING:
        steps = shown.steps(kind, found)
        return _show(kind, request, by, "registers/progress.html", found, steps=steps, **shown.progress(found))
    verdict = request.GET.get("verdict", "")
    page = _page_of(request, kind.queries.rows(by, found, verdict))
    return _show(
        kind, request, by, "registers/rows.html", found, steps=shown.steps(kind, found), heading=shown.heading(found),
        waiting=kind.doubt.waiting % {"n": found.counts.get("possible_duplicate", 0)},
        counts=shown.counts(found), tabs=shown.tabs(found, verdict), page=page, table=shown.rows(kind, found, page),
        has_errors=bool(found.counts.get("refused")) and has_file(found),
    )  # fmt: skip


def _columns(kind: Kind, request: HttpRequest, by: Actor, found: "Batch", form: Columns | None) -> HttpResponse:
    table = kind.queries.table_of(found)
    initial = {key: str(at) for key, at in found.columns.items()}
    form = form or Columns(fields=kind.fields, header=table.header, initial=initial)
    return _show(
        kind, request, by, "registers/columns.html", found, steps=shown.steps(kind, found), form=form,
        half=-(-len(kind.fields) // 2), notes=table.notes, table=shown.columns(kind, found, table),
    )  # fmt: skip


def columns(kind: Kind, request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """Which column is which; POST takes it and checks every row."""
    found = kind.queries.find(by, uuid)
    form = None
    if found.state not in (found.State.UPLOADED, found.State.FAILED, found.State.CHECKED):
        return redirect(kind.address(found))
    if request.method == "POST":
        form = Columns(request.POST, fields=kind.fields, header=kind.queries.table_of(found).header)
        if form.is_valid() and attempt(form, lambda: kind.actions.prepare(by=by, batch=found, columns=form.chosen())):
            return redirect(kind.address(found))
    return _columns(kind, request, by, found, form)


def enter(kind: Kind, request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """Hand the register to the background job; the page shows how far it is."""
    found = kind.queries.find(by, uuid)
    if request.method == "POST":
        kind.actions.start(by=by, batch=found, hand_over=kind.enter.enqueue)
    return redirect(kind.address(found))


def errors(kind: Kind, request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """The workbook of rows that are not taken."""
    content = kind.actions.errors(by=by, batch=kind.queries.find(by, uuid))
    if not content:
        raise NotFound("")
    return saved(content, MEDIA_TYPES["xlsx"], f"{_('not-taken')}-{by.today.isoformat()}.xlsx")


def undo(kind: Kind, request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """Say what would go, then take it back as a whole."""
    found = kind.queries.find(by, uuid)
    form = Form(_sent(request))
    if form.is_valid() and attempt(form, lambda: kind.actions.undo(by=by, batch=found)):
        messages.success(request, _("The register was taken back."))
        return redirect(kind.address(found))
    if found.state != found.State.COMMITTED:
        return redirect(kind.address(found))
    return _show(kind, request, by, "registers/undo.html", found, _back(kind, found), form=form)


def decide(kind: Kind, request: HttpRequest, by: Actor, uuid: UUID, number: int) -> HttpResponse:
    """A row that may be a child who is already here: what it says, what may be told of the other, and the question."""
    row = kind.queries.find_row(by, uuid, number)
    if row.batch.state != row.batch.State.COMMITTED or row.content is None:
        return redirect(kind.address(row.batch))
    looked = kind.actions.look(by=by, row=row)
    form = Decision(_sent(request), label=kind.doubt.question, choices=kind.choices(looked))
    if form.is_valid() and attempt(form, lambda: kind.actions.decide(by=by, row=row, same=form.same())):
        tell = messages.success if row.verdict == row.Verdict.CREATED else messages.warning
        tell(request, shown.decided(row))
        return redirect(kind.address(row.batch))
    return _show(
        kind, request, by, "registers/row.html", row.batch, _back(kind, row.batch), row=row, form=form,
        heading=kind.doubt.heading % {"n": row.number}, why=shown.sentences(row), says=kind.says(looked),
        known=[shown.known(one) for one in looked.known], elsewhere=looked.elsewhere,
    )  # fmt: skip


def _back(kind: Kind, found: "Batch") -> Link:
    return Link(shown.heading(found), kind.address(found))
