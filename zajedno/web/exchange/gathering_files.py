"""Pictures and papers of a gathering: kept by its organisers, shown to everybody."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zajedno.exchange.actions import gathering_file as actions
from zajedno.exchange.queries import gathering as queries
from zajedno.kernel.actor import Actor
from zajedno.web.exchange.gathering_frame import asked, at, done, organiser_page, show
from zajedno.web.exchange.gatherings import PICTURES
from zajedno.web.exchange.public import kept
from zajedno.web.exchange.writing_forms import AddFile
from zajedno.web.shared.forms import Form
from zajedno.web.shared.pieces import Link, Row
from zajedno.web.shared.request import sent


class AddPicture(AddFile):
    template = None  # type: ignore[assignment]  # an event has no templates


@organiser_page
def listed(request: HttpRequest, by: Actor, slug: str) -> HttpResponse:
    gathering = queries.find(by, slug)
    form = AddPicture(sent(request), request.FILES if request.method == "POST" else None)

    def act() -> None:
        given = dict(form.cleaned_data)
        upload = given.pop("file")
        actions.add_file(
            by=by, gathering=gathering, name=upload.name, media_type=upload.content_type, content=upload.read(), **given
        )

    went = done(request, form, act, at(gathering, "files/"), _("It is there, for everybody."))
    rows = [
        Row(one.name, [one.alternative, one.consent],
            [Link(_("Remove"), at(gathering, f"files/{one.uuid}/remove/"), one.name)])
        for one in queries.files(gathering)
    ]  # fmt: skip
    note = _("Pictures and papers of the event are public. Where and when a picture was taken is not kept.")
    return went or show(request, gathering, _("Pictures and papers"), {
        "facts": rows, "notes": [note], "form": form, "ask": _("Add a file"), "go": _("Add"), "sends": True,
    })  # fmt: skip


@organiser_page
def remove(request: HttpRequest, by: Actor, slug: str, uuid: UUID) -> HttpResponse:
    gathering, form = queries.find(by, slug), Form(sent(request))
    one = queries.find_file(gathering, uuid)
    words = {"title": _("Remove the file?"), "note": f"{one.name}: {one.alternative}", "go": _("Remove"),
             "kind": "warning", "back": "files/"}  # fmt: skip
    return done(
        request, form, lambda: actions.remove_file(by=by, gathering=gathering, file=uuid), at(gathering, "files/"),
        _("The file is gone, for the public too."),
    ) or asked(request, gathering, form, words)  # fmt: skip


@require_safe
def file(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponseBase:
    """A picture in the page, a paper to keep; asked for anew each time, since consent can be withdrawn."""
    row = queries.find_file(queries.by_slug(slug), uuid)
    name = content_disposition_header(as_attachment=row.media_type not in PICTURES, filename=row.name)
    response = HttpResponse(bytes(row.content), content_type=row.media_type)
    response.headers["Content-Disposition"] = name or "attachment"
    return kept(request, response, seconds=0)
