"""Phones in the field: one's own telephones, and which children are on the worklist of each."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from zajedno.children.actions import field_code as worklist
from zajedno.children.actions.search import search
from zajedno.children.queries.field_code import on_list, places_of
from zajedno.children.queries.submission import held, last_heard
from zajedno.children.rules import ASSESS, SEARCH, TAKE_HELD
from zajedno.kernel.actor import Actor
from zajedno.kernel.verbs import ask
from zajedno.places.actions import device as devices
from zajedno.places.queries.device import actor_of, find_own, living, own
from zajedno.places.queries.post import held_today
from zajedno.web.shared.dates import day
from zajedno.web.shared.fields import Checks, Select, Text
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import answer, attempt
from zajedno.web.shared.pieces import Cell, Column, Link, Row, Table, Tag
from zajedno.web.shared.request import uuid_of
from zajedno.web.work.field_setup import setup_for
from zajedno.web.work.frame import work_page

PAGE, FOUND = 25, 20
FIELD = Link(gettext_lazy("Phones in the field"), "/work/field/")


class NewPhone(Form):
    label = Text(
        label=gettext_lazy("What will you call the phone?"),
        help_text=gettext_lazy("So that you know it again, for example: the white Samsung. No names of children."),
        max_length=120,
        width="two-thirds",
    )
    post = Select(label=gettext_lazy("Which post is it for?"), empty=None)

    def __init__(self, *args: Any, posts: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fill("post", posts)
        if len(posts) == 1:
            del self.fields["post"]


class Children(Form):
    children = Checks(label=gettext_lazy("Children"), small=True, legend="m")

    def __init__(self, *args: Any, choices: list[tuple[str, str]], label: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["children"].label = label
        self.fill("children", choices)
        self.fields["children"].error_messages |= {
            "required": _("Tick at least one child."), "invalid_choice": _("Tick children of the list."),
        }  # fmt: skip


class ByName(Form):
    """Posted, so that no name stands in an address."""

    text = Text(label=gettext_lazy("Name"), max_length=120, width="two-thirds")


class ByPlace(Form):
    place = Select(label=gettext_lazy("Settlement"), required=False, empty=gettext_lazy("Everywhere"), optional=False)

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fill("place", places)


def _crumbs(*more: Link) -> list[Link]:
    return [Link(_("My work"), "/work/"), *more]


@work_page
def phones(request: HttpRequest, by: Actor) -> HttpResponse:
    """One's own phones; a POST makes a new one and shows its token, once."""
    posts = _posts(by)
    if not posts:
        ask(by, ASSESS)
    choices = [(str(pk), str(post.organisation)) for pk, post in posts.items()]
    form = NewPhone(request.POST if request.method == "POST" else None, posts=choices)
    made: list[Any] = []

    def act() -> None:
        chosen = int(form.cleaned_data.get("post") or choices[0][0])
        made.extend(devices.issue(by=by, post=posts[chosen], label=form.cleaned_data["label"]))

    if posts and form.is_valid() and attempt(form, act):
        device, token = made
        setup = setup_for(request, device, token)
        go_on = f"/work/field/{device.uuid}/add/"
        return answer(request, "work/field_issued.html", {"setup": setup, "next": go_on, "crumbs": _crumbs(FIELD)})
    return answer(request, "work/field.html", {
        "form": form if posts else None, "table": _phones(by), "crumbs": _crumbs(),
        "waiting": held(by).count(), "may_decide": by.may(TAKE_HELD.key),
    })  # fmt: skip


def _posts(by: Actor) -> dict[int, Any]:
    """Posts of the actor that fill in forms about the children of their institution."""
    seats = {seat.post for seat in by.seats_for(ASSESS.key) if seat.opens_files}
    return {post.pk: post for post in held_today(by.account, by.today) if post.pk in seats}


def _phones(by: Actor) -> Table:
    rows = list(own(by))
    heard = last_heard([row.pk for row in rows])
    acting = set(living(by.today).filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    found = []
    for row in rows:
        last = heard.get(row.pk)
        state = Tag(_("Works"), "done") if row.pk in acting else Tag(_("Stopped"), "off")
        found.append([
            Cell(row.label, href=f"/work/field/{row.uuid}/", small=str(row.post.organisation)),
            day(row.issued_on.date()), day(last.date()) if last else _("Nothing yet"), Cell(tag=state),
        ])  # fmt: skip
    columns = [Column(_("Phone")), Column(_("Set up")), Column(_("Last sent something")), Column(_("State"))]
    return Table("phones", _("Your phones"), columns, found, empty=_("You have no phone for the field yet."))


def _frame(by: Actor, device: Any, section: str) -> dict[str, Any]:
    """What every page of a phone has."""
    here, works = f"/work/field/{device.uuid}/", living(by.today).filter(pk=device.pk).exists()
    on = on_list(by, device).count()
    tabs = [
        {"text": _("On the worklist"), "href": here, "current": section == "", "count": on},
        {"text": _("Add children"), "href": f"{here}add/", "current": section == "add", "count": None},
    ]
    facts = [
        Row(_("Post"), [str(device.post.organisation), str(device.post.role)]),
        Row(_("Name for logging in"), device.name),
        Row(_("Set up"), day(device.issued_on.date())),
        Row(_("State"), Tag(_("Works"), "done") if works else Tag(_("Stopped"), "off")),
    ]
    crumbs = _crumbs(FIELD)
    return {"device": device, "tabs": tabs if works else [], "facts": facts, "here": here, "works": works, "on": on,
            "crumbs": crumbs}  # fmt: skip


def _who(name: str, born: date | None, place: str) -> str:
    return ", ".join(filter(None, (name, str(born.year) if born else "", place)))


@work_page
def phone(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """The worklist of a phone; a POST takes children off it."""
    device = find_own(by, str(uuid))
    seated = actor_of(device, by.today)
    page = Paginator(worklist.look(by=by, device=device), PAGE).get_page(request.GET.get("page"))
    choices = [
        (str(line.child), " · ".join(filter(None, (line.code, _who(line.name, line.birth_date, line.place)))))
        for line in page
    ]
    form = Children(
        request.POST if request.method == "POST" else None, choices=choices, label=_("Children on the worklist")
    )

    def act() -> None:
        off = worklist.remove(by=by, device=device, children=[UUID(one) for one in form.cleaned_data["children"]])
        messages.success(request, ngettext(
            "%(count)s child was taken off the worklist.", "%(count)s children were taken off the worklist.", off
        ) % {"count": off})  # fmt: skip

    if form.is_valid() and attempt(form, act):
        return redirect(f"/work/field/{uuid}/")
    return answer(request, "work/field_phone.html", {**_frame(seated, device, ""), "form": form, "page": page})


@work_page
def add(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """Children who are not on the worklist: by settlement, or found by name. A POST puts those ticked on it."""
    device = find_own(by, str(uuid))
    seated = actor_of(device, by.today)
    ask(seated, ASSESS)
    places = [(str(one.pk), str(one)) for one in places_of(seated)]
    place = request.GET.get("place", "")
    rows = worklist.look_beside(by=by, device=device, place=int(place) if place in dict(places) else None)
    name = ByName(request.POST if "find" in request.POST else None)
    found: list[UUID] = []
    if name.is_valid() and attempt(name, lambda: found.extend(find_by_name(seated, name))):
        rows = rows.filter(uuid__in=found)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    sent = request.method == "POST" and not name.is_bound
    shown: Any = rows.filter(uuid__in=again) if sent and (again := offered(request, "children")) else page
    choices = [
        (str(row.uuid), _who(row.full_name, row.birth_date, str(row.residence or "") if row.placed else ""))
        for row in shown
    ]
    form = Children(request.POST if sent else None, choices=choices, label=_("Children not on the worklist"))

    def act() -> None:
        on = worklist.add(by=by, device=device, children=[UUID(one) for one in form.cleaned_data["children"]])
        messages.success(request, ngettext(
            "%(count)s child is on the worklist now.", "%(count)s children are on the worklist now.", on
        ) % {"count": on})  # fmt: skip

    if form.is_valid() and attempt(form, act):
        return redirect(f"/work/field/{uuid}/")
    return answer(request, "work/field_add.html", {
        **_frame(seated, device, "add"), "form": form, "page": page, "name": name if seated.may(SEARCH.key) else None,
        "narrow": ByPlace(initial={"place": place}, places=places) if len(places) > 1 else None,
        "searched": name.is_valid(), "narrowed": bool(place),
    }, name)  # fmt: skip


def find_by_name(by: Actor, name: ByName) -> list[UUID]:
    """Whom a valid name finds."""
    return [hit.uuid for hit in search(by=by, limit=FOUND, **name.cleaned_data)]


def offered(request: HttpRequest, ticked: str) -> list[UUID]:
    """Whom the page that was sent offered, and who was ticked on it, so that it can come back as it was."""
    sent = request.POST.getlist("offered") + request.POST.getlist(ticked)
    return [found for text in sent[:500] if (found := uuid_of(text))]


@work_page
def printed(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """The worklist for paper: codes and whom they mean. Reading it is recorded for every child on it."""
    device = find_own(by, str(uuid))
    lines = worklist.print_list(by=by, device=device)
    columns = [Column(_("Code")), Column(_("Child")), Column(_("Date of birth")), Column(_("Address"))]
    rows = [
        [Cell(line.code), line.name, day(line.birth_date), ", ".join(filter(None, (line.address, line.place)))]
        for line in lines
    ]
    table = Table("worklist", _("Worklist"), columns, rows, caption_hidden=True, empty=_("Nobody is on the list yet."))
    return answer(request, "work/field_print.html", {
        "device": device, "table": table, "today": by.today,
        "crumbs": _crumbs(FIELD, Link(device.label, f"/work/field/{uuid}/")),
    })  # fmt: skip


@work_page
def stop(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """Lost, stolen or no longer needed: asked once more, then it opens nothing."""
    device = find_own(by, str(uuid))
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, lambda: devices.revoke(by=by, device=device)):
        messages.success(request, _("The phone is stopped. It opens nothing any more."))
        return redirect("/work/field/")
    crumbs = _crumbs(FIELD, Link(device.label, f"/work/field/{uuid}/"))
    return answer(request, "work/field_stop.html", {"device": device, "form": form, "crumbs": crumbs})
