"""One version of a form: what it says, what changed, how it will look; an administrator's word; taking it out."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from zajedno.forms import rules
from zajedno.forms.actions import approval
from zajedno.forms.logic.book import Book
from zajedno.forms.queries import office
from zajedno.kernel.refusal import NotFound
from zajedno.web.manage import form_shown
from zajedno.web.manage.form_content import content
from zajedno.web.manage.form_fields import Decide
from zajedno.web.manage.forms import find
from zajedno.web.manage.frame import FORMS, actor, manage_page, show
from zajedno.web.manage.pack_forms import differences
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.pieces import Link
from zajedno.web.shared.uploads import MEDIA_TYPES, saved

if TYPE_CHECKING:
    from zajedno.forms.models import Version

ENDINGS: "dict[str, tuple[str, Callable[[Version], bytes]]]" = {
    "xlsx": (MEDIA_TYPES["xlsx"], lambda version: Book.from_json(version.book).to_xlsx()),
    "md": ("text/markdown; charset=utf-8", lambda version: Book.from_json(version.book).to_markdown().encode()),
    "xml": ("application/xml", lambda version: version.xml.encode()),
}


@manage_page(*FORMS)
def one(request: HttpRequest, country: str, key: str, number: int) -> HttpResponse:
    """The version beside the one approved before it; while it waits, whoever approves says yes or no."""
    by, found = actor(request), find(actor(request), country, key)
    version = office.version_of(found, number)
    decides = version in found.waiting and by.may(rules.APPROVE.key)
    form = Decide(request.POST or None) if decides else None

    def act() -> None:
        verb = approval.approve if form and form.cleaned_data["answer"] == "approve" else approval.refuse
        verb(by=by, version=version, reason=form.cleaned_data["reason"] if form else "")

    if form and form.is_valid() and attempt(form, act):
        messages.success(request, _("Your answer is kept. The office reads it here."))
        return redirect(form_shown.address(found.form))
    before = office.before(version)
    context = content(version) | {
        "form": form,
        "own": version.loaded_by == by.account,
        "state": form_shown.state(version),
        "said": office.approval(version),
        "before": before,
        "changes": differences(_said(before), _said(version)) if before else [],
        "up": Link(office.title(found.newest), form_shown.address(found.form)),
    }
    return show(request, "forms", "form_version.html", context)


def _said(version: "Version") -> dict[str, object]:
    return {"book": version.book, "facts": version.facts}


@manage_page(*FORMS)
def take_out(request: HttpRequest, country: str, key: str, number: int, ending: str) -> HttpResponse:
    """The version as the field's own formats have it: a workbook, Markdown, or the XForm that phones fill in."""
    version = office.version_of(find(actor(request), country, key), number)
    if ending not in ENDINGS:
        raise NotFound("There is no such format.")
    kind, written = ENDINGS[ending]
    return saved(written(version), kind, f"{key}-{number}.{ending}")
