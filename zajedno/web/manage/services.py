"""Services of an institution: entered, changed, ended."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zajedno.kernel.script import latin
from zajedno.places import rules
from zajedno.places.actions import service as actions
from zajedno.places.queries.organisation import managed, managed_service
from zajedno.web.manage.frame import actor, manage_page, show
from zajedno.web.manage.institution_forms import EndOffer, Offer
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.pieces import Link

SERVICES = (rules.CHANGE_SERVICE, rules.CHANGE_SERVICE_ANYWHERE)


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
    organisation = managed(by, str(uuid))
    form = Offer(request.POST or None)

    def act() -> None:
        actions.create_service(by=by, organisation=organisation, **_given(form, {}))

    if request.method == "POST" and form.is_valid() and attempt(form, act):
        messages.success(request, _("The service is entered."))
        return redirect(f"/manage/institutions/{uuid}/")
    return _page(request, form, _("Enter a service"), organisation)


@manage_page(*SERVICES)
def change(request: HttpRequest, uuid: UUID) -> HttpResponse:
    by = actor(request)
    service = managed_service(by, str(uuid))
    names = ("target", "capacity", "age_from", "age_until", "active_from")
    form = Offer(
        request.POST or None, initial={"name": str(service)} | {name: getattr(service, name) for name in names}
    )

    def act() -> None:
        actions.change_service(by=by, service=service, **_given(form, service.labels))

    if request.method == "POST" and form.is_valid() and attempt(form, act):
        messages.success(request, _("The change is kept."))
        return redirect(f"/manage/institutions/{service.organisation.uuid}/")
    return _page(request, form, _("Change the service"), service.organisation)


@manage_page(*SERVICES)
def end(request: HttpRequest, uuid: UUID) -> HttpResponse:
    by = actor(request)
    service = managed_service(by, str(uuid))
    form = EndOffer(request.POST or None, initial={"on": by.today})

    def act() -> None:
        actions.end_service(by=by, service=service, on=form.cleaned_data["on"])

    if request.method == "POST" and form.is_valid() and attempt(form, act):
        messages.success(request, _("The service is ended."))
        return redirect(f"/manage/institutions/{service.organisation.uuid}/")
    return _page(request, form, _("End the service"), service.organisation, go=_("End the service"))


def _page(request: HttpRequest, form: Any, title: str, organisation: Any, go: str = "") -> HttpResponse:
    up = Link(str(organisation), f"/manage/institutions/{organisation.uuid}/")
    return show(request, "institutions", "form.html", {"form": form, "heading": title, "up": up, "go": go or _("Keep")})
