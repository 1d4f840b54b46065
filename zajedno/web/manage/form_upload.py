"""An office sends its own form: everything that is wrong in the workbook comes back at once, with its place."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from zajedno.forms import rules
from zajedno.forms.actions.upload import Faulty, upload
from zajedno.forms.logic.check import Fault
from zajedno.forms.queries import office
from zajedno.kernel.actor import Actor
from zajedno.kernel.labels import label
from zajedno.kernel.refusal import NotFound
from zajedno.kernel.spreadsheets import write_workbook
from zajedno.places.queries.organisation import organisations
from zajedno.procedures.queries import definition as definitions
from zajedno.web.manage import form_shown
from zajedno.web.manage.form_fields import Send
from zajedno.web.manage.forms import find
from zajedno.web.manage.frame import actor, manage_page, show
from zajedno.web.registers.views import download
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.pieces import Column, Link, Table

if TYPE_CHECKING:
    from zajedno.forms.models import Version

BORROWED = ("score", "score_options", "findings", "bands", "grid")  # facts of a form that scores in the same way
SALT, GOOD_FOR = "faults of a form", 24 * 3600  # seconds


@manage_page(rules.UPLOAD)
def new(request: HttpRequest) -> HttpResponse:
    return _send(request, None)


@manage_page(rules.UPLOAD)
def again(request: HttpRequest, country: str, key: str) -> HttpResponse:
    """The next version of a form that one's own institution sent."""
    found = find(actor(request), country, key)
    if found.form.retired_on or not actor(request).may(rules.UPLOAD.key, found.form.owner or 0):
        raise NotFound("There is no such form.")
    return _send(request, found)


def _send(request: HttpRequest, found: office.Kept | None) -> HttpResponse:
    by = actor(request)
    scored = _scored(by)
    form = Send(
        request.POST or None, request.FILES or None, form=found, organisations=by.organisations_for(rules.UPLOAD.key),
        purposes=_purposes(by), scored=[(key, office.title(one)) for key, one in scored.items()],
        initial=_initial(found, scored) if found else {},
    )  # fmt: skip
    faults: list[Fault] = []

    def act() -> None:
        data = form.cleaned_data
        facts = _facts(data, scored.get(data.get("scored", "")), found)
        at, key = (found.form.owner, found.form.key) if found else (form.organisation_id(), data["key"])
        try:
            upload(by=by, organisation=at or 0, key=key, content=data["file"].read(), facts=facts)
        except Faulty as faulty:
            faults.extend(faulty.faults)
            raise

    if form.is_valid() and attempt(form, act):
        messages.success(request, _("The form is kept. It can be taken into use when it is approved."))
        return redirect(form_shown.address(found.form) if found else f"/manage/forms/any/{form.cleaned_data['key']}/")
    up = Link(office.title(found.newest), form_shown.address(found.form)) if found else None
    context = {
        "form": form, "up": up or Link(_("Forms"), "/manage/forms/"), "faults": _table(faults) if faults else None,
        "signed": signing.dumps([_line(one) for one in faults], salt=SALT, compress=True) if faults else "",
    }  # fmt: skip
    return show(request, "forms", "form_upload.html", context)


def _facts(data: dict[str, Any], scored: "Version | None", found: office.Kept | None) -> dict[str, Any]:
    """What lies beside the questions, in the shape of a pack's file. An office's own word verifies no source."""
    source = {"text": data["source"], "licence": data["licence"], "verified": False, "note": ""}
    facts = {"about": found.form.about if found else data["about"], "source": source}
    facts |= {name: data[name] for name in ("parts", "purpose") if data.get(name)}
    return facts | {name: scored.facts[name] for name in BORROWED if scored and name in scored.facts}


def _initial(found: office.Kept, scored: "dict[str, Version]") -> dict[str, Any]:
    """The form comes filled with what was said of the version before."""
    facts = found.newest.facts
    same = (key for key, one in scored.items() if all(one.facts.get(name) == facts.get(name) for name in BORROWED[:2]))
    source = facts.get("source", {})
    return {
        "purpose": facts.get("purpose"), "parts": facts.get("parts"), "scored": next(same, ""),
        "source": source.get("text"), "licence": source.get("licence"),
    }  # fmt: skip


def _scored(by: Actor) -> "dict[str, Version]":
    """Forms of packs that have a way of scoring, by key, in their newest version."""
    kept = (one for one in office.kept(by) if one.form.owner is None and one.form.retired_on is None)
    return {one.form.key: one.newest for one in kept if one.newest.facts.get("score")}


def _purposes(by: Actor) -> list[tuple[str, str]]:
    """Purposes known in the countries of the institutions that this person may send for."""
    mine = organisations().filter(pk__in=by.organisations_for(rules.UPLOAD.key))
    countries = sorted({one.territory.country_id for one in mine})
    found = {one.key: label(one.labels) for country in countries for one in definitions.purposes(country)}
    return list(found.items())


def _line(fault: Fault) -> list[str]:
    return [fault.sheet, str(fault.row or ""), fault.column, fault.said(_)]


def _titles() -> list[str]:
    return [_("Sheet"), _("Row"), _("Column"), _("What is wrong")]


def _table(faults: Sequence[Fault]) -> Table:
    return Table(
        "faults", _("What is wrong in the workbook"), [Column(one) for one in _titles()], [*map(_line, faults)]
    )


@manage_page(rules.UPLOAD)
def faults_out(request: HttpRequest) -> HttpResponse:
    """The same list as a workbook, for whoever puts the form right. It is signed: nothing else is written into it."""
    try:
        lines = signing.loads(request.POST.get("faults", ""), salt=SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        raise NotFound("There is no such list.") from None
    return download(write_workbook(_titles(), lines), "xlsx", f"{_('faults')}-{actor(request).today.isoformat()}.xlsx")
