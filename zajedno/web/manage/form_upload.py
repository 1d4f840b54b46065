"""An office sends its own form: everything that is wrong in the workbook comes back at once, with its place."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from zajedno.forms import rules
from zajedno.forms.actions.upload import Faulty, upload
from zajedno.forms.logic.book import Book
from zajedno.forms.queries import office
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound, Refused
from zajedno.kernel.spreadsheets import write_workbook
from zajedno.web.manage import form_shown
from zajedno.web.manage.form_fields import Send
from zajedno.web.manage.forms import find
from zajedno.web.manage.frame import actor, manage_page, show
from zajedno.web.manage.unverified import form_path
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.pieces import Column, Link, Table
from zajedno.web.shared.uploads import MEDIA_TYPES, saved

if TYPE_CHECKING:
    from zajedno.forms.models import Version

BORROWED = ("score", "score_options", "findings", "bands", "grid", "day")  # facts of a form scored in the same way
SALT, GOOD_FOR = "faults of a form", 24 * 3600  # seconds
SHOWN = 100  # faults on the page; all of them are in the list that can be taken out


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
        purposes=[*form_shown.purposes().items()], scored=[(key, office.title(one)) for key, one in scored.items()],
        initial=_initial(found, scored) if found else {},
    )  # fmt: skip
    if form.is_valid() and attempt(form, lambda: _keep(by, form, found, scored)):
        messages.success(request, _("The form is kept. It can be taken into use when it is approved."))
        return redirect(form_shown.address(found.form) if found else form_path("", form.cleaned_data["key"]))
    lines = [[fault.sheet, str(fault.row or ""), fault.column, fault.said(_)] for fault in form.faults]
    up = Link(office.title(found.newest), form_shown.address(found.form)) if found else None
    context = {
        "form": form, "up": up or Link(_("Forms"), "/manage/forms/"), "faults": _table(lines) if lines else None,
        "signed": signing.dumps(lines, salt=SALT, compress=True) if lines else "", "more": len(lines) - SHOWN,
    }  # fmt: skip
    return show(request, "forms", "form_upload.html", context)


def _keep(by: Actor, form: Send, found: office.Kept | None, scored: "dict[str, Version]") -> None:
    """Send what was filled in; the form then knows what is wrong in the workbook."""
    data = form.cleaned_data
    at, key = (found.form.owner or 0, found.form.key) if found else (form.organisation_id(), data["key"])
    like = scored.get(data.get("scored", ""))
    content = data["file"].read()
    lacking = _asked(Book.from_json(like.book)) - _asked(Book.from_xlsx(content)) if like else set()
    if lacking:
        sentence = _("To be scored in the same way, the form must also ask: %(names)s.")
        raise Refused(sentence % {"names": ", ".join(sorted(lacking))}, "scored")
    try:
        upload(by=by, organisation=at, key=key, content=content, facts=_facts(data, like, found))
    except Faulty as faulty:
        form.faults = faulty.faults
        raise


def _asked(book: Book) -> set[str]:
    """Names of the questions that somebody answers."""
    lines = (line for line in book.leaf("survey").lines if line["name"])
    return {line["name"] for line in lines if not line["type"].startswith(("begin", "end", "note", "calculate"))}


def _facts(data: dict[str, Any], scored: "Version | None", found: office.Kept | None) -> dict[str, Any]:
    """What lies beside the questions, in the shape of a pack's file. An office's own word verifies no source."""
    source = {"text": data["source"], "licence": data["licence"], "verified": False, "note": ""}
    facts = {"about": found.form.about if found else data["about"], "source": source}
    facts |= {name: data[name] for name in ("parts", "purpose") if data.get(name)}
    if scored is None:
        return facts
    notices = [one for one in scored.facts.get("notices", ()) if not one.get("wording")]
    return facts | {name: scored.facts[name] for name in BORROWED if name in scored.facts} | {"notices": notices}


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


def _titles() -> list[str]:
    return [_("Sheet"), _("Row"), _("Column"), _("What is wrong")]


def _table(lines: list[list[str]]) -> Table:
    columns = [Column(title) for title in _titles()]
    return Table("faults", _("What is wrong in the workbook"), columns, lines[:SHOWN])


@manage_page(rules.UPLOAD)
def faults_out(request: HttpRequest) -> HttpResponse:
    """The same list as a workbook, for whoever puts the form right. It is signed: nothing else is written into it."""
    try:
        lines = signing.loads(request.POST.get("faults", ""), salt=SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        raise NotFound("There is no such list.") from None
    name = f"{_('faults')}-{actor(request).today.isoformat()}.xlsx"
    return saved(write_workbook(_titles(), lines), MEDIA_TYPES["xlsx"], name)
