"""Programs of an institution and their tokens: made here and shown once, listed, taken back."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.access.actions import token as actions
from zajedno.access.queries import token as queries
from zajedno.kernel import scopes as registry
from zajedno.places.queries.organisation import by_ids
from zajedno.web.manage.frame import PROGRAMS, actor, day, manage_page, page_of, show
from zajedno.web.shared.fields import Checks, DateField, Select, Text
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.pieces import Cell, Column, Link, Row, Table, Tag
from zajedno.web.shared.request import sent

HOME = "/manage/programs/"
USUAL = timedelta(days=180)


class NewToken(Form):
    label = Text(
        label=gettext_lazy("What is the program?"), max_length=120, width="two-thirds",
        help_text=gettext_lazy("So that you know it again, for example: the register of the municipality."),
    )  # fmt: skip
    organisation = Select(label=gettext_lazy("For which institution?"), empty=None)
    scopes = Checks(
        label=gettext_lazy("What may it do?"), small=True,
        help_text=gettext_lazy("Only what it needs. It never may do more than you."),
    )  # fmt: skip
    expires_on = DateField(
        label=gettext_lazy("First day on which it opens nothing any more"),
        help_text=gettext_lazy("At most a year from today. Then somebody says again that the program needs it."),
    )

    def __init__(self, *args: Any, organisations: list[tuple[str, str]], scopes: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fill("organisation", organisations)
        self.fill("scopes", [(one.key, one.label) for one in scopes])
        if len(organisations) == 1:
            del self.fields["organisation"]


@manage_page(*PROGRAMS)
def listed(request: HttpRequest) -> HttpResponse:
    """Tokens the person may see; a POST makes a new one and shows it, once."""
    by = actor(request)
    offered = {at: scopes for at, scopes in queries.offered(by).items() if scopes}
    names = by_ids(offered)
    choices = [(str(at), str(names[at])) for at in offered]
    scopes = {one.key: one for found in offered.values() for one in found}
    form = NewToken(
        sent(request), organisations=choices, scopes=list(scopes.values()), initial={"expires_on": by.today + USUAL}
    )
    made: list[Any] = []

    def act() -> None:
        told = dict(form.cleaned_data)
        at = int(told.pop("organisation", "") or choices[0][0])
        made.extend(actions.issue(by=by, organisation=at, **told))

    if offered and request.method == "POST" and form.is_valid() and attempt(form, act):
        return show(request, "programs", "program_made.html", {"row": made[0], "token": made[1], "home": HOME})
    page = page_of(request, queries.visible_to(by))
    context = {"form": form if offered else None, "table": _table(page, by.today), "page": page}
    return show(request, "programs", "programs.html", context)


def _table(page: Any, today: date) -> Table:
    names = by_ids({one.organisation for one in page})
    columns = [
        Column(_("Program")), Column(_("What it may do")), Column(_("Made by")), Column(_("Until")),
        Column(_("Last used")), Column(_("State")),
    ]  # fmt: skip
    rows = [
        [
            Cell(one.label, f"{HOME}{one.uuid}/", small=str(names.get(one.organisation, ""))), _scopes(one),
            str(one.account), day(one.expires_on), day(one.last_used_on, _("never")), Cell(tag=_state(one, today)),
        ]
        for one in page
    ]  # fmt: skip
    return Table("programs", _("Programs"), columns, rows, caption_hidden=True, empty=_("No program has a token yet."))


def _scopes(one: Any) -> str:
    known = registry.known()
    return "; ".join(str(known[key].label) if key in known else key for key in one.scopes)


def _state(one: Any, today: date) -> Tag:
    if one.revoked_on is not None:
        return Tag(_("Taken back"), "off")
    return Tag(_("Works"), "done") if one.is_living(today) else Tag(_("Too old"), "off")


@manage_page(*PROGRAMS)
def revoke(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One token; a POST takes it back."""
    by = actor(request)
    token = queries.find(by, str(uuid))
    form = Form(sent(request))
    if request.method == "POST" and form.is_valid() and attempt(form, lambda: actions.revoke(by=by, token=token)):
        messages.success(request, _("The token is taken back. It opens nothing any more."))
        return redirect(HOME)
    facts = [
        Row(_("What it may do"), _scopes(token)), Row(_("Begins with"), f"zaj_{token.prefix}"),
        Row(_("Made by"), str(token.account)), Row(_("Made on"), token.issued_on), Row(_("Until"), token.expires_on),
        Row(_("Last used"), token.last_used_on), Row(_("State"), _state(token, by.today)),
    ]  # fmt: skip
    context = {"form": form, "token": token, "facts": facts, "up": Link(_("Programs"), HOME),
               "works": token.revoked_on is None}  # fmt: skip
    return show(request, "programs", "program.html", context)
