"""The commission's register comes in by stages, each of which can be left and come back to; and goes out."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from zajedno.casework.actions import batch as batches
from zajedno.casework.actions import register_out
from zajedno.casework.queries import batch as queries
from zajedno.casework.rules import EXPORT_REGISTER, IMPORT_CASES
from zajedno.casework.tasks import commit_batch
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound, NotPermitted
from zajedno.web.panel import register_show as shown
from zajedno.web.panel.frame import page_number, panel_page, show
from zajedno.web.panel.register_forms import Columns, File, Out
from zajedno.web.shared.guards import answer, attempt
from zajedno.web.shared.pieces import Link
from zajedno.web.shared.uploads import MEDIA_TYPES

if TYPE_CHECKING:
    from zajedno.casework.models import CaseBatch

PER_PAGE = 25


def _crumbs() -> list[Link]:
    return [Link(_("Commission"), "/panel/"), Link(_("Register"), "/panel/register/")]


def _mine(by: Actor, verb: str) -> int:
    """The commission whose register it is: of the post that carries the verb."""
    found = by.organisations_for(verb)
    if not found:
        raise NotPermitted(_("The register is brought in by the coordinator of the commission."))
    return found[0]


@panel_page
def register(request: HttpRequest, by: Actor) -> HttpResponse:
    """Registers that came in, a new one, and taking the register out."""
    may = by.may(IMPORT_CASES.key)
    if not may:
        _mine(by, EXPORT_REGISTER.key)
    form = File(request.POST or None, request.FILES or None) if may else None
    if request.method == "POST" and form and form.is_valid() and (found := _upload(by, form)):
        return redirect("panel:register-batch", uuid=found.uuid)
    page = Paginator(queries.listed(by), PER_PAGE).get_page(page_number(request.GET.get("page", "1")))
    script = "sr" if get_language() == "sr" else "sr-latn"
    out = Out(initial={"kind": "xlsx", "script": script}) if by.may(EXPORT_REGISTER.key) else None
    context = {"form": form, "out": out, "page": page, "table": shown.batches(list(page))}
    return show(request, "register", "register", context)


def _upload(by: Actor, form: File) -> "CaseBatch | None":
    file, kept = form.cleaned_data["file"], []
    organisation = _mine(by, IMPORT_CASES.key)
    done = attempt(
        form,
        lambda: kept.append(batches.upload(by=by, organisation=organisation, name=file.name, content=file.read())),
    )
    return kept[0] if done else None


@panel_page
def export(request: HttpRequest, by: Actor) -> HttpResponse:
    """POST alone: taking out is an act that is written down."""
    form = Out(request.POST)
    if request.method != "POST" or not form.is_valid():
        return redirect("panel:register")
    kind, script = form.cleaned_data["kind"], form.cleaned_data["script"]
    content = register_out.export(by=by, organisation=_mine(by, EXPORT_REGISTER.key), kind=kind, script=script)
    return _file(content, kind, register_out.file_name(kind, script, by.today))


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or "attachment"}
    return HttpResponse(content, content_type=MEDIA_TYPES[kind], headers=headers)


@panel_page
def batch(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """Where a register stands: its columns, its rows before entering, progress, or what became of it."""
    found = queries.find(by, uuid)
    context = {"batch": found, "crumbs": _crumbs(), "steps": shown.steps(found)}
    if found.state in (found.State.UPLOADED, found.State.FAILED):
        return _columns_page(request, found, None)
    if found.state == found.State.COMMITTING:
        return answer(request, "panel/register_progress.html", {**context, **shown.progress(found)})
    verdict = request.GET.get("verdict", "")
    rows = queries.rows(by, found, verdict)
    page = Paginator(rows, PER_PAGE).get_page(page_number(request.GET.get("page", "1")))
    context |= {
        "page": page, "tabs": shown.tabs(found, verdict), "counts": shown.counts(found),
        "table": shown.rows(found, list(page)), "waiting": queries.undecided(by, found).count(),
        "has_errors": bool(found.counts.get("refused")) and bool(found.content),
    }  # fmt: skip
    name = "register_check" if found.state == found.State.CHECKED else "register_result"
    return show(request, "register", name, context)


def _columns_page(request: HttpRequest, found: "CaseBatch", form: Columns | None) -> HttpResponse:
    table = shown.table_of(found)
    form = form or Columns(header=table.header, initial={key: str(at) for key, at in found.columns.items()})
    context = {
        "batch": found, "crumbs": _crumbs(), "steps": shown.steps(found), "form": form, "notes": table.notes,
        "samples": shown.samples(table, found), "rest": shown.unmatched(table, found),
    }  # fmt: skip
    return show(request, "register", "register_columns", context)


@panel_page
def columns(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """Which column is which; POST takes it and checks every row."""
    found = queries.find(by, uuid)
    if found.state not in (found.State.UPLOADED, found.State.FAILED, found.State.CHECKED):
        return redirect("panel:register-batch", uuid=uuid)
    if request.method != "POST":
        return _columns_page(request, found, None)
    form = Columns(request.POST, header=shown.table_of(found).header)
    if form.is_valid() and attempt(form, lambda: batches.prepare(by=by, batch=found, columns=form.chosen())):
        return redirect("panel:register-batch", uuid=uuid)
    return _columns_page(request, found, form)


@panel_page
def enter(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """Hand the register to the background job; the page shows how far it is."""
    if request.method == "POST":
        batches.start(by=by, batch=queries.find(by, uuid), hand_over=commit_batch.enqueue)
    return redirect("panel:register-batch", uuid=uuid)


@panel_page
def errors(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """The workbook of rows that are not taken."""
    found = queries.find(by, uuid)
    content = batches.errors(by=by, batch=found) if found.state != found.State.UPLOADED else b""
    if not content:
        raise NotFound("")
    return _file(content, "xlsx", f"{_('not-taken')}-{by.today.isoformat()}.xlsx")


@panel_page
def undo(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """Say what would go, then take it back as a whole."""
    found = queries.find(by, uuid)
    if request.method == "POST":
        gone = batches.undo(by=by, batch=found)
        said = ngettext(
            "%(n)s case of the register was taken back.", "%(n)s cases of the register were taken back.", gone
        )
        messages.success(request, said % {"n": gone})
        return redirect("panel:register-batch", uuid=uuid)
    if found.state != found.State.COMMITTED:
        return redirect("panel:register-batch", uuid=uuid)
    context = {"batch": found, "crumbs": _crumbs(), "worked": queries.is_moved_on(found)}
    return show(request, "register", "register_undo", context)
