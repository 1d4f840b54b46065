"""Frameworks of results for who compares: which there are, one whole, as a table and on paper."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from zajedno.kernel.actor import Actor
from zajedno.kernel.clock import today
from zajedno.programmes.actions.frame_out import export as take_out
from zajedno.programmes.queries import frame as queries
from zajedno.web.monitor.frame import monitor_page, sections
from zajedno.web.network import framework_paper
from zajedno.web.network import framework_words as words
from zajedno.web.shared.guards import answer
from zajedno.web.shared.pieces import Cell, Column, Link, Table
from zajedno.web.shared.uploads import MEDIA_TYPES, saved

HOME = "/monitor/frames/"


@monitor_page
def listed(request: HttpRequest, by: Actor) -> HttpResponse:
    rows = [
        [Cell(str(one), f"{HOME}{one.key}/"), one.country, Cell(one.source, tag=words.verified(one))]
        for one in queries.frames()
    ]
    columns = [Column(_("Framework")), Column(_("Country")), Column(_("Source"))]
    title = _("Frameworks of results")
    table = Table("frames", title, columns, rows, caption_hidden=True, empty=_("No framework is loaded yet."))
    return answer(request, "monitor/frames.html", {"table": table, "title": title, **sections("frames")})


@monitor_page
def one(request: HttpRequest, by: Actor, frame: str) -> HttpResponse:
    row = queries.find(frame)
    whole = queries.whole(row)
    context = {
        "frame": row, "facts": words.facts(row, whole), "tables": words.tables(whole), "here": f"{HOME}{row.key}/",
        "crumbs": [Link(_("Frameworks of results"), HOME)],
    }  # fmt: skip
    return answer(request, "monitor/frame.html", context)


@monitor_page
def export(request: HttpRequest, by: Actor, frame: str) -> HttpResponse:
    row = queries.find(frame)
    if request.method != "POST":
        return redirect(f"{HOME}{row.key}/")
    kind, whole = request.POST.get("kind", "csv"), queries.whole(row)
    content = take_out(by=by, whole=whole, figures=words.figures(whole), kind=kind)
    return saved(content, MEDIA_TYPES[kind], f"{row.key}-{today().isoformat()}.{kind}")


@monitor_page
def paper(request: HttpRequest, by: Actor, frame: str, ending: str) -> HttpResponse:
    return framework_paper.given(by, queries.find(frame), ending)
