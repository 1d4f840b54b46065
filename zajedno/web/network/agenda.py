"""The agenda of a meeting, what came of it, and tasks: put, written, given, done."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from zajedno.kernel.actor import Actor
from zajedno.networks.actions import agenda as actions
from zajedno.networks.enums import MeetingState
from zajedno.networks.queries import body as bodies
from zajedno.networks.queries import meeting as queries
from zajedno.web.network import body_words as words
from zajedno.web.network.agenda_forms import Finish, Give, Item, Put
from zajedno.web.network.frame import network_page
from zajedno.web.network.meetings import ask, written
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.request import sent


@network_page
def put(request: HttpRequest, by: Actor, meeting: UUID) -> HttpResponse:
    row, elsewhere = written(request, by, meeting)
    if elsewhere:
        return elsewhere
    form = Put(sent(request))
    if form.is_valid() and attempt(form, lambda: actions.put(by=by, meeting=row, title=form.cleaned_data["title"])):
        messages.success(request, _("It is written down."))
        return redirect(words.at(row))
    return ask(request, row, form, _("Put something on the agenda"), _("Keep"))


@network_page
def write(request: HttpRequest, by: Actor, meeting: UUID, item: UUID) -> HttpResponse:
    """What was said and decided."""
    row, elsewhere = written(request, by, meeting)
    one = queries.item(row, item)
    if elsewhere:
        return elsewhere
    form = Item(sent(request), given=one)
    if form.is_valid() and attempt(form, lambda: actions.write(by=by, item=one, said=form.said())):
        messages.success(request, _("It is written down."))
        return redirect(words.at(row))
    links = [(_("Take off the agenda"), words.at(row, f"items/{one.uuid}/remove/"))]
    return ask(request, row, form, f"{one.position}. {one.title}", _("Write down"), links=links)


@network_page
def take_off(request: HttpRequest, by: Actor, meeting: UUID, item: UUID) -> HttpResponse:
    row, elsewhere = written(request, by, meeting)
    one = queries.item(row, item)
    if elsewhere:
        return elsewhere
    form = Form(sent(request))
    if form.is_valid() and attempt(form, lambda: actions.take_off(by=by, item=one)):
        messages.success(request, _("It is written down."))
        return redirect(words.at(row))
    return ask(request, row, form, _("Take off the agenda"), _("Take off"), note=one.title, kind="warning")


@network_page
def give(request: HttpRequest, by: Actor, meeting: UUID) -> HttpResponse:
    row, elsewhere = written(request, by, meeting)
    if elsewhere:
        return elsewhere
    form = Give(sent(request), sitting=list(bodies.members(row.body, by.today)))

    def act() -> None:
        text, due = (form.cleaned_data[name] for name in ("text", "due_on"))
        actions.give(by=by, meeting=row, member=form.chosen(), text=text, due_on=due)

    if form.is_valid() and attempt(form, act):
        messages.success(request, _("The task is given. Who has an account is told of it."))
        return redirect(words.at(row))
    return ask(request, row, form, _("Give a task"), _("Keep"))


@network_page
def duty(request: HttpRequest, by: Actor, duty: UUID) -> HttpResponse:
    """A task that somebody has taken on becomes done."""
    task = queries.task(by, duty)
    row = task.meeting
    if task.done_on is not None and request.method != "POST":
        return redirect(words.at(row))
    form = Finish(sent(request))
    if form.is_valid() and attempt(form, lambda: actions.finish(by=by, task=task, **form.cleaned_data)):
        messages.success(request, _("The task is done."))
        return redirect(words.HOME)
    note = f"{task.member.person}, {words.task_tag(task, by.today).text}"
    writes = bodies.keeps(by, row.body) and row.state == MeetingState.PLANNED
    links = [(_("Take back"), f"{words.DUTIES}{task.uuid}/back/")] if writes else []
    return ask(request, row, form, task.text, _("It is done"), note=note, links=links)


@network_page
def drop_duty(request: HttpRequest, by: Actor, duty: UUID) -> HttpResponse:
    """A task that was given by mistake is taken back, while the minutes are still written."""
    task = queries.task(by, duty)
    row, elsewhere = written(request, by, task.meeting.uuid)
    if elsewhere:
        return elsewhere
    form = Form(sent(request))
    if form.is_valid() and attempt(form, lambda: actions.drop_task(by=by, task=task)):
        messages.success(request, _("It is written down."))
        return redirect(words.at(row))
    return ask(request, row, form, task.text, _("Take back"), note=task.member.person, kind="warning")
