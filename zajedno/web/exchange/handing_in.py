"""What an author does at the end: look it through, hand it in, begin a new version; and the files beside it."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from zajedno.exchange.actions import file as files
from zajedno.exchange.actions import practice as actions
from zajedno.exchange.logic import template
from zajedno.exchange.logic.naming import Sign
from zajedno.exchange.queries import practice as queries
from zajedno.exchange.queries.file import files_of, find_file
from zajedno.kernel.actor import Actor
from zajedno.web.exchange.desk import saved, show, writer_page
from zajedno.web.exchange.mine import STEP_OF, missing_of, way
from zajedno.web.exchange.writing_forms import AddFile, HandIn
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.pieces import Link, Row

if TYPE_CHECKING:
    from zajedno.exchange.models import PracticeVersion


@writer_page
def check(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """What is missing, and what may name a child; then it is handed in."""
    row = queries.find_own(by, uuid)
    version = queries.newest(row)
    suspicious = actions.warnings(version)
    form = HandIn(request.POST if request.method == "POST" else None, suspicious=bool(suspicious))

    def act() -> None:
        actions.submit(by=by, practice=row, confirmed=bool(form.cleaned_data.get("confirmed")))

    if form.is_valid() and attempt(form, act):
        messages.success(request, _("Handed in. You will be told by mail what becomes of it."))
        return redirect("writing:one", uuid=uuid)
    signs = {
        Sign.NUMBER: _("a national number?"), Sign.INITIALS: _("initials?"), Sign.NAME: _("a name?"),
    }  # fmt: skip
    context = {
        "form": form, "crumbs": way(row, version), "practice": row, "lacking": _lacking(version),
        "suspicious": [
            Row(_(template.BY_KEY[one.field].label), f"{one.found} – {signs[one.sign]}",
                [Link(_("Change"), f"/exchange/mine/{uuid}/step/{STEP_OF[one.field]}/", one.found)])
            for one in suspicious
        ],
    }  # fmt: skip
    return show(request, "check", context)


def _lacking(version: "PracticeVersion") -> list[Link]:
    """Links to what has to be written first."""
    labels = {
        "themes": _("Themes"), "targets": _("Whom it serves"), "sectors": _("Sectors of the partners"),
        "validated_by": _("Who has confirmed it"),
    }  # fmt: skip
    at = f"/exchange/mine/{version.practice.uuid}/step/"
    return [
        Link(labels.get(key) or _(template.BY_KEY[key].label), f"{at}{STEP_OF[key]}/") for key in missing_of(version)
    ]


@writer_page
def change(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """Begin a new version of what is published."""
    row = queries.find_own(by, uuid)
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, lambda: actions.new_version(by=by, practice=row)):
        messages.success(request, _("This is your new version. The public goes on reading the published one."))
        return redirect("writing:one", uuid=uuid)
    words = {
        "title": _("Begin a new version"), "go": _("Begin"), "cancel": f"/exchange/mine/{uuid}/",
        "note": _("The public goes on reading the published version until the new one is reviewed and published."),
    }  # fmt: skip
    return show(request, "act", {"form": form, "crumbs": way(row, queries.newest(row)), **words})


@writer_page
def take_back(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    row = queries.find_own(by, uuid)
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, lambda: actions.take_back(by=by, practice=row)):
        messages.success(request, _("It is yours again. Change it and hand it in when you like."))
        return redirect("writing:one", uuid=uuid)
    words = {
        "title": _("Take it back?"), "go": _("Withdraw"), "cancel": f"/exchange/mine/{uuid}/", "kind": "warning",
        "note": _("Reviews that were written stay with this version. What you hand in next is reviewed anew."),
    }  # fmt: skip
    return show(request, "act", {"form": form, "crumbs": way(row, queries.newest(row)), **words})


@writer_page
def discard(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """A draft begun by mistake."""
    row = queries.find_own(by, uuid)
    form = Form(request.POST if request.method == "POST" else None)
    gone: list[bool] = []
    if form.is_valid() and attempt(form, lambda: gone.append(actions.discard(by=by, practice=row))):
        messages.success(request, _("The draft is gone."))
        return redirect("writing:mine") if gone[0] else redirect("writing:one", uuid=uuid)
    words = {
        "title": _("Throw the draft away?"), "go": _("Throw it away"), "cancel": f"/exchange/mine/{uuid}/",
        "kind": "warning", "note": _("It cannot be brought back. What is public stays public."),
    }  # fmt: skip
    return show(request, "act", {"form": form, "crumbs": way(row, queries.newest(row)), **words})


@writer_page
def listed_files(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    row = queries.find_own(by, uuid)
    at = f"/exchange/mine/{uuid}/files/"
    rows = [
        Row(one.name, [one.alternative, one.consent],
            [Link(_("Open"), f"{at}{one.uuid}/", one.name), Link(_("Remove"), f"{at}{one.uuid}/remove/", one.name)])
        for one in files_of(row)
    ]  # fmt: skip
    return show(request, "files", {"practice": row, "rows": rows, "crumbs": way(row, queries.newest(row))})


@writer_page
def add(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    row = queries.find_own(by, uuid)
    sent = request.method == "POST"
    form = AddFile(request.POST if sent else None, request.FILES if sent else None)

    def act() -> None:
        given = form.cleaned_data
        upload = given.pop("file")
        files.add_file(
            by=by, practice=row, name=upload.name, media_type=upload.content_type, content=upload.read(), **given
        )

    if form.is_valid() and attempt(form, act):
        messages.success(request, _("The file is there. Where and when a picture was taken is not kept."))
        return redirect("writing:files", uuid=uuid)
    words = {"title": _("Add a file"), "go": _("Add"), "cancel": f"/exchange/mine/{uuid}/files/"}
    return show(request, "act", {"form": form, "crumbs": way(row, queries.newest(row)), "sends": True, **words})


@writer_page
def file(request: HttpRequest, by: Actor, uuid: UUID, file: UUID) -> HttpResponse:
    return saved(find_file(files_of(queries.find_own(by, uuid)), file))


@writer_page
def remove(request: HttpRequest, by: Actor, uuid: UUID, file: UUID) -> HttpResponse:
    row = queries.find_own(by, uuid)
    found = find_file(files_of(row), file)
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, lambda: files.remove_file(by=by, practice=row, file=file)):
        messages.success(request, _("The file is gone, for the public too."))
        return redirect("writing:files", uuid=uuid)
    words = {
        "title": _("Remove the file?"), "go": _("Remove"), "cancel": f"/exchange/mine/{uuid}/files/",
        "kind": "warning", "note": f"{found.name}: {found.alternative}",
    }  # fmt: skip
    return show(request, "act", {"form": form, "crumbs": way(row, queries.newest(row)), **words})
