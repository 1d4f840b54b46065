"""Forms as they are kept: the list, one of them, where it is in use, its end."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.forms import UUIDField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from zajedno.forms import rules
from zajedno.forms.actions import enabling
from zajedno.forms.actions import form as actions
from zajedno.forms.queries import office
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.kernel.script import fold
from zajedno.places.queries import organisation as institutions
from zajedno.web.manage import form_fields, form_shown
from zajedno.web.manage.form_content import content
from zajedno.web.manage.frame import FORMS, actor, manage_page, page_of, show
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.pieces import Link

FOUND = 25  # institutions offered for one search


def find(by: Actor, country: str, key: str) -> office.Kept:
    return office.find(by, "" if country == "any" else country, key)


@manage_page(*FORMS)
def listed(request: HttpRequest) -> HttpResponse:
    """Every form that this person may look at."""
    by = actor(request)
    form = form_fields.Filter(request.GET or None)
    chosen = form.cleaned_data if form.is_valid() else {}
    page = page_of(request, [one for one in office.kept(by) if _fits(one, chosen)])
    context = {
        "form": form, "page": page, "table": form_shown.listed(page), "narrowed": any(chosen.values()),
        "may_upload": by.may(rules.UPLOAD.key),
    }  # fmt: skip
    return show(request, "forms", "forms.html", context)


def _fits(one: office.Kept, chosen: dict[str, Any]) -> bool:
    state = chosen.get("state", "")
    if (one.form.retired_on is not None) != (state == form_fields.RETIRED):
        return False
    if chosen.get("about") not in (None, "", one.form.about):
        return False
    is_so = {form_fields.WAITING: one.waiting, form_fields.HERE: one.used, form_fields.PACK: one.form.owner is None}
    said = fold(f"{office.title(one.newest)} {one.form.key}")
    return bool(is_so.get(state, True)) and all(word in said for word in fold(chosen.get("q", "")).split())


@manage_page(*FORMS)
def one(request: HttpRequest, country: str, key: str) -> HttpResponse:
    """A form by the version that is filled in, or by its newest one before the first approval."""
    by, found = actor(request), find(actor(request), country, key)
    version = found.valid or found.newest
    live = found.form.retired_on is None
    page = page_of(request, found.used)
    context = content(version) | {
        "state": form_shown.state(found.newest),
        "waits": found.waiting,
        "versions": form_shown.versions(found),
        "page": page,
        "used": form_shown.used(page),
        "here": _here(by, found) if live and found.valid else [],
        "anywhere": live and found.valid and by.may(rules.ENABLE_ANYWHERE.key),
        "may_upload": live and found.form.owner is not None and by.may(rules.UPLOAD.key, found.form.owner),
        "may_retire": live and _may_retire(by, found),
    }
    return show(request, "forms", "questionnaire.html", context)


def _here(by: Actor, found: office.Kept) -> list[dict[str, Any]]:
    """The person's own institutions, each with whether the form is in use there."""
    mine = by.organisations_for(rules.ENABLE.key)
    return _using(found, institutions.organisations().filter(pk__in=mine)) if mine else []


def _using(found: office.Kept, rows: Iterable[Any]) -> list[dict[str, Any]]:
    using = {row.organisation for row in found.used}
    return [{"uuid": one.uuid, "name": str(one), "uses": one.pk in using} for one in rows]


def _may_retire(by: Actor, found: office.Kept) -> bool:
    if found.form.owner is None:
        return by.may(rules.LOAD.key)
    return by.may(rules.APPROVE.key) or by.may(rules.UPLOAD.key, found.form.owner)


@manage_page(rules.ENABLE, rules.ENABLE_ANYWHERE)
def use(request: HttpRequest, country: str, key: str) -> HttpResponse:
    """Take the form into use in an institution or out of it; who may do so anywhere looks for the institution first."""
    by, found = actor(request), find(actor(request), country, key)
    form = Use(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, lambda: form.act(by, found.form)):
        told = _("The form is in use there from today.") if form.is_on else _("The form is out of use there.")
        messages.success(request, told)
        return redirect(form_shown.address(found.form))
    q = request.GET.get("q", "").strip()
    anywhere = q and by.may(rules.ENABLE_ANYWHERE.key)
    rows = institutions.organisations(text=q, working_on=by.today)[:FOUND] if anywhere else []
    context = {"form": form, "q": q, "found": _using(found, rows), "up": _up(found)}
    return show(request, "forms", "form_use.html", context)


class Use(Form):
    """A button for each institution: `on` or `off` with its id."""

    on = UUIDField(required=False)
    off = UUIDField(required=False)

    @property
    def is_on(self) -> bool:
        return bool(self.cleaned_data["on"])

    def act(self, by: Actor, form: Any) -> None:
        organisation = institutions.by_uuid(self.cleaned_data["on"] or self.cleaned_data["off"])
        if organisation is None:
            raise NotFound("There is no such institution.")
        act = enabling.enable if self.is_on else enabling.disable
        act(by=by, form=form, organisation=organisation.pk)


@manage_page(rules.LOAD, rules.APPROVE, rules.UPLOAD)
def retire(request: HttpRequest, country: str, key: str) -> HttpResponse:
    """Say what it means, then retire the key for ever."""
    by, found = actor(request), find(actor(request), country, key)
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, lambda: actions.retire(by=by, form=found.form)):
        messages.success(request, _("The form is retired."))
        return redirect(form_shown.address(found.form))
    return show(request, "forms", "form_retire.html", {"form": form, "used": len(found.used), "up": _up(found)})


def _up(found: office.Kept) -> Link:
    return Link(office.title(found.newest), form_shown.address(found.form))
