"""What comes with a practice, and loading it for one's institution in one act; taking that back."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.exchange.actions import taking as actions
from zajedno.exchange.enums import Template
from zajedno.exchange.queries import catalogue, taking
from zajedno.exchange.queries.file import files_with
from zajedno.forms.queries.form import loaded
from zajedno.forms.queries.form import newest as forms
from zajedno.kernel.labels import label
from zajedno.kernel.refusal import NotFound
from zajedno.procedures.queries.definition import of_version, procedures
from zajedno.web.exchange.catalogue import exchange_link
from zajedno.web.exchange.reading import Reading
from zajedno.web.shared.fields import Radios, Text
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import answer, attempt, desk_page
from zajedno.web.shared.pieces import Link, Row
from zajedno.web.shared.request import PersonRequest

if TYPE_CHECKING:
    from zajedno.exchange.models import Practice


class Load(Form):
    organisation = Radios(label=gettext_lazy("For which institution?"))
    note = Text(label=gettext_lazy("How you use it, and what you do otherwise"), required=False, max_length=500)


def address(slug: str) -> str:
    return f"/exchange/practices/{slug}/"


def rows_of(practice: "Practice") -> list[Row]:
    """Procedure and form by their names, templates as files to keep. Empty: nothing comes with it."""
    rows = []
    if practice.procedure:
        found = [one for one in procedures() if one.definition.key == practice.procedure]
        name = label(of_version(found[0].pk).labels) if found else practice.procedure
        rows.append(Row(_("Procedure"), name))
    if practice.form:
        form = taking.form_of(practice)
        version = forms().filter(form=form).first() if form else None
        rows.append(Row(_("Form"), loaded(version.pk).title() if version else practice.form))
    assert practice.published is not None  # a check of the table
    for kind in Template:
        files = [one for one in files_with(practice.published) if one.template == kind]
        if files:
            links = [Link(_("Keep"), f"{address(practice.slug)}files/{one.uuid}/", one.alternative) for one in files]
            rows.append(Row(kind.label, [one.alternative for one in files], links))
    return rows


@desk_page
def load(request: PersonRequest, slug: str) -> HttpResponse:
    """One act: the form in use, the institution counted, the templates at hand."""
    practice = catalogue.by_slug(slug)
    by, rows = request.actor, rows_of(practice)
    places = {one.code: one for one in taking.takers(by, practice)}
    if not rows or not places:
        raise NotFound("")
    first = {"organisation": next(iter(places)) if len(places) == 1 else ""}
    form = Load(request.POST if request.method == "POST" else None, initial=first)
    form.fill("organisation", [(code, str(one)) for code, one in places.items()])
    done: list[bool] = []

    def act() -> None:
        given = form.cleaned_data
        at = places[given["organisation"]].pk
        done.append(actions.take_pack(by=by, practice=practice, organisation=at, note=given["note"]))

    if form.is_valid() and attempt(form, act):
        messages.success(request, _said(practice, in_use=done[0]))
        return redirect(request.path)
    one = Reading(practice)
    context = {
        "one": one, "form": form, "rows": rows, "crumbs": [exchange_link(), Link(one.title, address(slug))],
        "mine": list(taking.uses(by, practice)),
    }  # fmt: skip
    return answer(request, "exchange/pack.html", context)


def _said(practice: "Practice", *, in_use: bool) -> str:
    if in_use:
        return _("It is loaded: the form is in use in your institution from today. Keep the templates from this page.")
    if practice.form:
        return _("It is loaded. Who takes forms into use in your institution was asked by letter.")
    return _("It is loaded. Keep the templates from this page.")


@desk_page
def leave(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    """It is not used there any more. What was filled in stays."""
    practice = catalogue.by_slug(slug)
    row = next((one for one in taking.uses(request.actor, practice) if one.organisation.code == code), None)
    if row is None:
        raise NotFound("")
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(
        form, lambda: actions.leave(by=request.actor, practice=practice, organisation=row.organisation_id)
    ):
        messages.success(request, _("Your place is not counted any more."))
        return redirect(address(slug))
    title = Reading(practice).title
    words: dict[str, Any] = {
        "title": _("Do you not use it any more?"), "go": _("We do not use it any more"), "back": address(slug),
        "note": f"{row.organisation}: {title}", "kind": "warning", "about": "",
        "crumbs": [exchange_link(), Link(title, address(slug))],
    }  # fmt: skip
    return answer(request, "exchange/gathering_form.html", {"form": form, **words})
