"""Posts: appointing, also of a person who is not here yet, and ending."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.kernel.labels import label
from zajedno.kernel.refusal import NotPermitted
from zajedno.places.actions import post as actions
from zajedno.places.enums import Sector
from zajedno.places.queries import post as posts
from zajedno.places.queries.account import people, person
from zajedno.places.queries.organisation import managed
from zajedno.procedures.queries.definition import of_version, procedures
from zajedno.web.manage.frame import INSTITUTIONS, actor, manage_page, show, site
from zajedno.web.shared.fields import DateField, Email, LongText, Select, Text
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.pieces import Link, Row
from zajedno.web.shared.request import uuid_of

FOUND = 10  # people offered for one search


class Appoint(Form):
    email = Email(label=gettext_lazy("E-mail of the person"))
    name = Text(
        label=gettext_lazy("Name of the person"),
        help_text=gettext_lazy(
            "Needed when they are not here yet: they get an invitation by mail, good for seven days."
        ),
        max_length=200,
        required=False,
        width="two-thirds",
    )
    language = Select(label=gettext_lazy("Language of their letters and pages"), choices=settings.LANGUAGES, empty=None)
    role = Select(label=gettext_lazy("Role"))
    seat = Select(
        label=gettext_lazy("Seat in the commission"),
        help_text=gettext_lazy("Which profession this person is there for. Without a seat there is no vote."),
        required=False,
        empty=gettext_lazy("No seat"),
    )
    title = Text(
        label=gettext_lazy("Title"),
        help_text=gettext_lazy("As it stands under letters, for example: school psychologist."),
        max_length=120,
        required=False,
        width="two-thirds",
    )
    since = DateField(label=gettext_lazy("From"))
    until = DateField(
        label=gettext_lazy("Ends on"),
        help_text=gettext_lazy("From that day the post carries no rights. Leave it empty when no end is known."),
        required=False,
    )

    def __init__(self, *args: Any, roles: list[Any], seats: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fill("role", [(role.key, str(role)) for role in roles])
        self.fill("seat", seats)
        if not seats:
            del self.fields["seat"]


class End(Form):
    on = DateField(
        label=gettext_lazy("First day without this post"),
        help_text=gettext_lazy("Today ends it at the person's next click."),
    )
    reason = LongText(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("It stays in the history of the institution. Write nothing about health or family."),
        max_length=250,
        rows=3,
    )


def seats_of(organisation: Any) -> list[tuple[str, str]]:
    """Seats that procedures of its country name, for bodies of several sectors."""
    if organisation.kind.sector != Sector.INTERSECTORAL:
        return []
    found: dict[str, str] = {}
    for version in procedures(organisation.territory.country_id):
        composition = of_version(version.pk).composition
        found |= {seat.key: label(seat.labels) for seat in composition.seats} if composition else {}
    return list(found.items())


@manage_page(*INSTITUTIONS)
def appoint(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One form for those who are here and those who are not; `q` finds people by name, `person` chooses one."""
    by = actor(request)
    organisation = managed(by, str(uuid))
    roles = posts.appointable(by, organisation)
    if not roles:
        raise NotPermitted(_("Your post may not appoint to posts of this institution."))
    initial = {"since": by.today, "language": organisation.language, **_chosen(request)}
    form = Appoint(request.POST or None, initial=initial, roles=roles, seats=seats_of(organisation))

    def act() -> None:
        actions.appoint_by_email(by=by, site=site(request), organisation=organisation, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and attempt(form, act):
        messages.success(request, _("The person is appointed, and a letter is on its way."))
        return redirect(f"/manage/institutions/{uuid}/")
    q = request.GET.get("q", "").strip()[:100]
    found = list(people(by, q).filter(is_active=True)[:FOUND]) if q else []
    up = Link(str(organisation), f"/manage/institutions/{uuid}/")
    return show(request, "institutions", "appoint.html", {"form": form, "q": q, "found": found, "up": up})


def _chosen(request: HttpRequest) -> dict[str, str]:
    uuid = uuid_of(request.GET.get("person", ""))
    if uuid is None:
        return {}
    chosen = person(actor(request), str(uuid))
    return {"email": chosen.email, "name": chosen.name, "language": chosen.language}


@manage_page(*INSTITUTIONS)
def end(request: HttpRequest, uuid: UUID) -> HttpResponse:
    by = actor(request)
    post = posts.managed(by, str(uuid))
    if not actions.may_end(by, post):
        raise NotPermitted(_("Your post may not end this one. Ask who supervises it."))
    form = End(request.POST or None, initial={"on": by.today})

    def act() -> None:
        actions.end(by=by, post=post, **form.cleaned_data)

    back = f"/manage/institutions/{post.organisation.uuid}/"
    if request.method == "POST" and form.is_valid() and attempt(form, act):
        messages.success(request, _("The post is ended."))
        return redirect(back)
    facts = [
        Row(_("Person"), post.account.name),
        Row(_("Role"), str(post.role)),
        Row(_("Institution"), str(post.organisation)),
    ]
    context = {"form": form, "heading": _("End a post"), "up": Link(str(post.organisation), back), "facts": facts}
    return show(request, "institutions", "form.html", {**context, "go": _("End this post"), "kind": "warning"})
