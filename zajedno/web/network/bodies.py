"""Bodies: those I keep or sit in, what waits for me; one with its members and meetings; set up, taken up, ended."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotPermitted
from zajedno.networks.actions import body as actions
from zajedno.networks.queries import body as queries
from zajedno.networks.queries import meeting as meetings
from zajedno.places.queries.organisation import names
from zajedno.places.queries.territory import of_organisation
from zajedno.web.network import body_words as words
from zajedno.web.network.agreement_forms import End, Keeper
from zajedno.web.network.body_forms import Act, Write
from zajedno.web.network.frame import home, network_page, question, sections, show
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.pieces import Link, Task
from zajedno.web.shared.request import sent
from zajedno.web.shared.uploads import saved

if TYPE_CHECKING:
    from zajedno.networks.models import Body

MOST = 20  # meetings shown of one body


def way(row: "Body") -> list[Link]:
    """Crumbs of the pages under a body."""
    return [home(), words.bodies_home(), Link(str(row), words.address(row))]


def page(request: HttpRequest, row: "Body", form: Form, title: str, go: str, **more: Any) -> HttpResponse:
    """One question about a body."""
    return question(request, way(row), form, title, go, **more)


def kept(request: HttpRequest, by: Actor, uuid: UUID) -> "tuple[Body, HttpResponse | None]":
    """The body, and where to go instead when who asks only reads it."""
    row = queries.find(by, uuid)
    may = queries.keeps(by, row) and row.ended_on is None
    return row, None if may or request.method == "POST" else redirect(words.address(row))


@network_page
def listed(request: HttpRequest, by: Actor) -> HttpResponse:
    """What I have taken on and where I am invited first."""
    waiting = queries.waiting(by)
    rows = queries.visible_to(by).exclude(pk__in=waiting.values("pk"))
    tasks = [
        Task(one.text, words.task_tag(one, by.today), f"{words.DUTIES}{one.uuid}/", str(one.meeting.body))
        for one in meetings.own_tasks(by)
    ]
    return show(
        request, "bodies",
        {
            "tasks": tasks, "table": words.body_table(rows, by.today), "nav": sections("bodies"), "crumbs": [],
            "next": words.meeting_table(meetings.next_of(by), with_body=True),
            "waiting": [Link(str(one), words.address(one)) for one in waiting], "may_set_up": bool(queries.kept(by)),
        },
    )  # fmt: skip


@network_page
def new(request: HttpRequest, by: Actor) -> HttpResponse:
    keepers = queries.kept(by)
    if not keepers:
        raise NotPermitted(_("Bodies are set up here by the coordinator of a network."))
    form = Write(sent(request), places=of_organisation(keepers))
    keeper = Keeper(sent(request), named=names(set(keepers))) if len(keepers) > 1 else None
    made: list[Body] = []

    def act() -> None:
        at = int(keeper.cleaned_data["organisation"]) if keeper else keepers[0]
        made.append(actions.set_up(by=by, organisation=at, head=form.head()))

    if form.is_valid() and (keeper is None or keeper.is_valid()) and attempt(form, act):
        messages.success(request, _("The body is set up. Say who sits in it."))
        return redirect(words.address(made[0]))
    context: dict[str, Any] = {"form": form, "keeper": keeper, "title": _("Set up a body"), "go": _("Keep")}
    context |= {"cancel": words.HOME, "crumbs": [home(), words.bodies_home()]}
    return show(request, "act", context, *([keeper] if keeper else []))


@network_page
def one(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """Who it is, who sits in it, when it meets, who has still to do what."""
    row = queries.find(by, uuid)
    keeps = queries.keeps(by, row)
    may, here = keeps and row.ended_on is None, words.address(row)
    mine = set(meetings.own_tasks(by).values_list("pk", flat=True))
    former = queries.former(row, by.today)
    return show(
        request, "body",
        {
            "body": row, "here": here, "state": words.state_of(row, by.today), "facts": words.facts(row),
            "gaps": words.gaps_said(row, by.today), "may": may, "waits": row.organisation_id is None,
            "file": queries.files(row).first(), "public": f"/networks/{row.slug}/" if row.ended_on is None else "",
            "members": words.member_table(queries.members(row, by.today), f"{here}members/" if may else ""),
            "coming": words.member_table(queries.coming(row, by.today), f"{here}members/" if may else "",
                                         name="coming", title=_("Will sit in it")),
            "former": words.member_table(former, name="former", title=_("Sat in it before")),
            "meetings": words.meeting_table(meetings.of_body(row)[:MOST]),
            "tasks": words.task_table(meetings.open_tasks(row), by.today, None if keeps else mine),
            "crumbs": [home(), words.bodies_home()],
        },
    )  # fmt: skip


@network_page
def change(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    row, elsewhere = kept(request, by, uuid)
    if elsewhere:
        return elsewhere
    form = Write(sent(request), places=of_organisation(queries.kept(by)), given=row)
    if form.is_valid() and attempt(form, lambda: actions.change(by=by, body=row, head=form.head())):
        messages.success(request, _("The body is changed."))
        return redirect(words.address(row))
    return page(request, row, form, _("Change the body"), _("Keep changes"))


@network_page
def take(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """A body that a pack names for the own municipality gets who keeps it."""
    row = queries.find(by, uuid)
    if row.organisation_id is not None and request.method != "POST":
        return redirect(words.address(row))
    keepers = queries.kept(by)
    form: Form = Keeper(sent(request), named=names(set(keepers))) if len(keepers) > 1 else Form(sent(request))

    def act() -> None:
        at = int(form.cleaned_data.get("organisation", keepers[0] if keepers else 0))
        actions.take_up(by=by, body=row, organisation=at)

    if form.is_valid() and attempt(form, act):
        messages.success(request, _("You keep this body now. Complete what is missing."))
        return redirect(words.address(row))
    note = _("From now on your institution keeps its members, mandate and meetings.")
    return page(request, row, form, _("Take up the body"), _("Take up the body"), note=note)


@network_page
def end(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    row, elsewhere = kept(request, by, uuid)
    if elsewhere:
        return elsewhere
    form = End(sent(request))
    if form.is_valid() and attempt(form, lambda: actions.end(by=by, body=row, **form.cleaned_data)):
        messages.success(request, _("The body is ended. What it decided stays here to be read."))
        return redirect(words.address(row))
    note = _("It has no public page any more, and calls no meeting.")
    return page(request, row, form, _("End the body"), _("End the body"), note=note, kind="warning")


@network_page
def attach(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    row, elsewhere = kept(request, by, uuid)
    if elsewhere:
        return elsewhere
    form = Act(*((request.POST, request.FILES) if request.method == "POST" else ()))

    def act() -> None:
        paper = form.cleaned_data["file"]
        actions.attach(by=by, body=row, name=paper.name, media_type=paper.content_type, content=paper.read())

    if form.is_valid() and attempt(form, act):
        messages.success(request, _("The act is kept with the body."))
        return redirect(words.address(row))
    return page(request, row, form, _("Keep the act"), _("Keep"), files=True)


@network_page
def file(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """The newest act that was kept."""
    paper = queries.newest_file(queries.find(by, uuid))
    return saved(bytes(paper.content), paper.media_type, paper.name)
