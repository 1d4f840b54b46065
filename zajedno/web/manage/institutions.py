"""Institutions: the list, one of them, entering, changing, closing."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from zajedno.kernel.actor import Actor
from zajedno.kernel.clock import today
from zajedno.places import rules
from zajedno.places.actions import organisation as actions
from zajedno.places.actions.post import may_end
from zajedno.places.queries import organisation as institutions
from zajedno.places.queries import post as posts
from zajedno.web.manage.frame import INSTITUTIONS, actor, day, manage_page, page_of, show
from zajedno.web.manage.institution_forms import AnyInstitution, Close, Filter, Institution
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.pieces import Cell, Column, Link, Row, Table, Tag

CHANGEABLE = (
    "name", "address", "postal_code", "place", "phone", "email", "contact_person", "registry_number", "tax_number",
    "language", "active_from",
)  # fmt: skip


def may_change(by: Actor, organisation: Any) -> bool:
    anywhere = by.may(rules.CHANGE_ORGANISATION_ANYWHERE.key)
    return anywhere or by.may(rules.CHANGE_ORGANISATION.key, organisation.pk)


def may_appoint(by: Actor, organisation: Any) -> bool:
    return by.may(rules.APPOINT_ANYWHERE.key) or by.may(rules.APPOINT.key, organisation.pk)


def state_tag(organisation: Any) -> Tag:
    until = organisation.active_until
    if until is None:
        return Tag(_("Working"), "done")
    if until > today():
        return Tag(_("Closes on %(day)s") % {"day": day(until)}, "wait")
    return Tag(_("Closed"), "off")


@manage_page(*INSTITUTIONS)
def listed(request: HttpRequest) -> HttpResponse:
    """Institutions that this person administers."""
    by = actor(request)
    form = Filter(request.GET or None)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = institutions.organisations(
        text=chosen.get("q", ""),
        sector=chosen.get("sector", ""),
        kind=chosen.get("kind", ""),
        territory=chosen.get("place"),
        working_on=by.today if chosen.get("state") == "open" else None,
    ).filter(pk__in=institutions.manageable(by).values("pk"))
    if chosen.get("state") == "closed":
        rows = rows.filter(active_until__lte=by.today)
    page = page_of(request, rows)
    narrowed = any(chosen.values())
    context = {"form": form, "page": page, "table": _table(page), "narrowed": narrowed}
    return show(
        request, "institutions", "institutions.html", context | {"may_create": by.may(rules.CREATE_ORGANISATION.key)}
    )


def _table(page: Any) -> Table:
    columns = [Column(_("Institution")), Column(_("Kind")), Column(_("Municipality")), Column(_("State"))]
    rows = [
        [
            Cell(str(one), f"/manage/institutions/{one.uuid}/"),
            str(one.kind),
            one.territory.name,
            Cell(tag=state_tag(one)),
        ]
        for one in page
    ]
    return Table("institutions", _("Institutions"), columns, rows, caption_hidden=True)


@manage_page(*INSTITUTIONS)
def one(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Data, posts now and before, services."""
    by = actor(request)
    organisation = institutions.managed(by, str(uuid))
    history = list(posts.history(organisation))
    now = [post for post in history if post.until is None or post.until > by.today]
    past = [post for post in history if post not in now]
    context = {
        "organisation": organisation,
        "state": state_tag(organisation),
        "facts": _facts(by, organisation),
        "posts": _posts(by, now, ending=True),
        "past": _posts(by, past, ending=False),
        "services": list(institutions.services(organisation)),
        "may_appoint": may_appoint(by, organisation),
        "may_change": may_change(by, organisation),
        "may_close": by.may(rules.CLOSE_ORGANISATION.key),
        "may_serve": by.may(rules.CHANGE_SERVICE_ANYWHERE.key) or by.may(rules.CHANGE_SERVICE.key, organisation.pk),
    }
    return show(request, "institutions", "institution.html", context)


def _facts(by: Actor, one: Any) -> list[Row]:
    covers = ", ".join(place.name for place in one.covers.order_by("key"))
    return [
        Row(_("Kind"), [str(one.kind), one.kind.get_sector_display()]),
        Row(_("Municipality"), one.territory.name),
        *([Row(_("Serves"), covers)] if covers else []),
        Row(
            _("Address"), [" ".join(filter(None, (one.address,))), " ".join(filter(None, (one.postal_code, one.place)))]
        ),
        Row(_("Telephone"), one.phone),
        Row(_("E-mail"), one.email),
        Row(_("Contact person"), one.contact_person),
        Row(_("Registry and tax number"), [one.registry_number, one.tax_number]),
        Row(_("Letters in"), one.get_language_display()),
        Row(_("Short code"), one.code),
    ]


def _posts(by: Actor, rows: list[Any], *, ending: bool) -> Table:
    """Posts as a table; those that the person may end carry a link to do so."""
    columns = [Column(_("Person")), Column(_("Role")), Column(_("Since")), Column(_("Ends"))]
    columns += [Column(_("Action"), fixed=True)] if ending else [Column(_("Reason")), Column(_("Ended by"))]
    lines = []
    for post in rows:
        who = Cell(post.account.name, f"/manage/people/{post.account.uuid}/", small=post.title)
        line = [who, str(post.role), day(post.since), day(post.until, _("no end"))]
        if ending:
            allowed = may_end(by, post)
            line.append(Cell(_("End this post"), f"/manage/posts/{post.uuid}/end/") if allowed else "")
        else:
            line += [post.reason, post.ended_by.name if post.ended_by else ""]
        lines.append(line)
    key = "posts" if ending else "past"
    caption = _("Posts now") if ending else _("Posts that are over")
    return Table(key, caption, columns, lines, caption_hidden=not ending, empty=_("Nobody holds a post here yet."))


@manage_page(rules.CREATE_ORGANISATION)
def create(request: HttpRequest) -> HttpResponse:
    form = AnyInstitution(request.POST or None, initial={"language": "sr"})
    made: list[Any] = []

    def act() -> None:
        data = dict(form.cleaned_data)
        data["code"] = data["code"] or institutions.free_code(data["name"])
        made.append(actions.create_organisation(by=actor(request), **data))

    if request.method == "POST" and form.is_valid() and attempt(form, act):
        messages.success(request, _("The institution is entered."))
        return redirect(f"/manage/institutions/{made[0].uuid}/")
    return _form(request, form, _("Enter an institution"), Link(_("Institutions"), "/manage/institutions/"))


@manage_page(*INSTITUTIONS)
def change(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Its own administrator changes its data; which places it serves only the administrator of the platform."""
    by = actor(request)
    organisation = institutions.managed(by, str(uuid))
    anywhere = by.may(rules.CHANGE_ORGANISATION_ANYWHERE.key)
    initial = {name: getattr(organisation, name) for name in CHANGEABLE}
    initial |= {"kind": organisation.kind_id, "territory": str(organisation.territory_id)}
    initial |= {"covers": list(organisation.covers.order_by("key"))} if anywhere else {}
    form = (AnyInstitution if anywhere else Institution)(
        request.POST or None, initial=initial, seat=organisation.territory
    )
    form.fields.pop("code", None)

    def act() -> None:
        actions.change_organisation(by=by, organisation=organisation, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and attempt(form, act):
        messages.success(request, _("The change is kept."))
        return redirect(f"/manage/institutions/{uuid}/")
    return _form(request, form, _("Change the institution"), Link(str(organisation), f"/manage/institutions/{uuid}/"))


@manage_page(rules.CLOSE_ORGANISATION)
def close(request: HttpRequest, uuid: UUID) -> HttpResponse:
    by = actor(request)
    organisation = institutions.managed(by, str(uuid))
    form = Close(request.POST or None, initial={"on": by.today})

    def act() -> None:
        actions.close_organisation(by=by, organisation=organisation, on=form.cleaned_data["on"])

    if request.method == "POST" and form.is_valid() and attempt(form, act):
        messages.success(request, _("The institution is closed."))
        return redirect(f"/manage/institutions/{uuid}/")
    up = Link(str(organisation), f"/manage/institutions/{uuid}/")
    return _form(request, form, _("Close the institution"), up, go=_("Close the institution"), kind="warning")


@manage_page(rules.CLOSE_ORGANISATION)
def reopen(request: HttpRequest, uuid: UUID) -> HttpResponse:
    organisation = institutions.managed(actor(request), str(uuid))
    if request.method == "POST":
        actions.reopen_organisation(by=actor(request), organisation=organisation)
        messages.success(request, _("The institution works again."))
    return redirect(f"/manage/institutions/{uuid}/")


def _form(request: HttpRequest, form: Any, title: str, up: Link, go: str = "", kind: str = "") -> HttpResponse:
    context = {"form": form, "heading": title, "up": up, "go": go or _("Keep"), "kind": kind}
    return show(request, "institutions", "form.html", context)
