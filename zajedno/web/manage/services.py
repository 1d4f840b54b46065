"""Services as their providers keep them: the list with what nobody checked, entering, changing, ending."""

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zajedno.kernel.script import latin
from zajedno.places.actions import service as actions
from zajedno.places.logic.hsds_people import names
from zajedno.places.queries.hsds import taken_out
from zajedno.places.queries.organisation import keeping, kept_at, kept_services, managed_service
from zajedno.web.manage.frame import INSTITUTIONS, SERVICES, actor, day, manage_page, may_any, page_of, show
from zajedno.web.manage.service_forms import EndOffer, Offer
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.pieces import Cell, Column, Link, Table, Tag
from zajedno.web.shared.uploads import saved

HOME = "/manage/services/"
FEW = 10  # institutions whose services can be entered from the list
SHOWN = (
    "target", "about", "needs", "capacity", "free_told", "age_from", "age_until", "entry", "fee", "fee_note",
    "languages", "accessibility", "phone", "email", "url", "active_from", "is_public",
    "names_people",
)  # fmt: skip


@manage_page(*SERVICES)
def listed(request: HttpRequest) -> HttpResponse:
    """Services of one's own institutions, those first that nobody has checked for longest."""
    by = actor(request)
    page = page_of(request, kept_services(by))
    columns = [Column(_("Service")), Column(_("Institution")), Column(_("State")), Column(_("Checked on"))]
    rows = [
        [
            Cell(str(one), f"{HOME}{one.uuid}/"),
            str(one.organisation),
            Cell(tag=_state(one, by.today)),
            _checked(one, by),
        ]
        for one in page
    ]
    stale = sum(1 for one in page if one.is_public and one.is_stale(by.today))
    table = Table("services", _("Services"), columns, rows, caption_hidden=True)
    bodies = [Link(str(one), f"/manage/institutions/{one.uuid}/services/new/") for one in keeping(by)[:FEW]]
    return show(request, "services", "services.html", {"table": table, "page": page, "stale": stale, "bodies": bodies})


def _state(one: Any, today: Any) -> Tag:
    if not one.is_offered(today):
        return Tag(_("Not offered"), "off")
    return Tag(_("Public"), "done") if one.is_public else Tag(_("Not public"), "plain")


def _checked(one: Any, by: Any) -> Cell:
    when = day(one.checked_on, _("never"))
    return Cell(when, tag=Tag(_("Check it again"), "late") if one.is_stale(by.today) else None)


@manage_page(*SERVICES)
def out(request: HttpRequest) -> HttpResponse:
    """One's own services whole, as HSDS: a page of the standard, which comes in again as it is."""
    by = actor(request)
    told = json.dumps({"contents": taken_out(by)}, ensure_ascii=False, indent=1)
    return saved(told.encode(), "application/json", f"hsds-{by.today.isoformat()}.json")


@manage_page(*SERVICES)
def check(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One click: everything is still so."""
    by = actor(request)
    service = managed_service(by, str(uuid))
    if request.method == "POST":
        actions.check_service(by=by, service=service)
        messages.success(request, _("Kept: the service was checked today."))
    return redirect(f"{HOME}{uuid}/")


def _back(by: Any, organisation: Any) -> str:
    """Where who keeps services, and perhaps nothing else, came from."""
    return f"/manage/institutions/{organisation.uuid}/" if may_any(by, INSTITUTIONS) else HOME


def _written(name: str, before: dict[str, str]) -> dict[str, str]:
    """The name under the language in use; Latin Serbian and Cyrillic are one text, kept as it was written."""
    language = (get_language() or "sr").replace("sr-latn", "sr")
    known = before.get(language, "")
    return before if name in (known, latin(known)) and known else before | {language: name}


def _given(form: Offer, before: dict[str, str]) -> dict[str, Any]:
    data = dict(form.cleaned_data)
    return {"labels": _written(data.pop("name"), before), **data}


@manage_page(*SERVICES)
def create(request: HttpRequest, uuid: UUID) -> HttpResponse:
    by = actor(request)
    organisation = kept_at(by, str(uuid))
    form = Offer(request.POST or None)

    def act() -> None:
        actions.create_service(by=by, organisation=organisation, checked_on=by.today, **_given(form, {}))

    if request.method == "POST" and form.is_valid() and attempt(form, act):
        messages.success(request, _("The service is entered."))
        return redirect(_back(by, organisation))
    return _page(request, form, _("Enter a service"), organisation)


@manage_page(*SERVICES)
def change(request: HttpRequest, uuid: UUID) -> HttpResponse:
    by = actor(request)
    service = managed_service(by, str(uuid))
    form = Offer(
        request.POST or None,
        people=names(service.kept),
        initial={"name": str(service)} | {name: getattr(service, name) for name in SHOWN},
    )

    def act() -> None:
        actions.change_service(by=by, service=service, checked_on=by.today, **_given(form, service.labels))

    if request.method == "POST" and form.is_valid() and attempt(form, act):
        messages.success(request, _("The change is kept."))
        return redirect(_back(by, service.organisation))
    return _page(request, form, _("Change the service"), service.organisation, service=service)


@manage_page(*SERVICES)
def end(request: HttpRequest, uuid: UUID) -> HttpResponse:
    by = actor(request)
    service = managed_service(by, str(uuid))
    form = EndOffer(request.POST or None, initial={"on": by.today})

    def act() -> None:
        actions.end_service(by=by, service=service, on=form.cleaned_data["on"])

    if request.method == "POST" and form.is_valid() and attempt(form, act):
        messages.success(request, _("The service is ended."))
        return redirect(_back(by, service.organisation))
    return _page(request, form, _("End the service"), service.organisation, go=_("End the service"))


def _page(
    request: HttpRequest, form: Any, title: str, organisation: Any, go: str = "", service: Any = None
) -> HttpResponse:
    by = actor(request)
    up = Link(str(organisation) if may_any(by, INSTITUTIONS) else _("Services"), _back(by, organisation))
    context = {"form": form, "heading": title, "up": up, "go": go or _("Keep"), "service": service}
    if service is not None:
        context |= {"checked": day(service.checked_on, _("never")), "is_stale": service.is_stale(by.today),
                    "shown": service.is_public and service.is_offered(by.today)}  # fmt: skip
    return show(request, "services", "service.html", context)
