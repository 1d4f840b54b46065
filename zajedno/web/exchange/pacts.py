"""Visits and mentoring of my institutions: proposed to another, answered, told of when they are done."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.exchange.actions import pact as actions
from zajedno.exchange.enums import Pact, PactState
from zajedno.exchange.queries import pact as queries
from zajedno.exchange.rules import REPLICATE
from zajedno.kernel.actor import Actor
from zajedno.kernel.clock import today
from zajedno.kernel.refusal import NotFound
from zajedno.places.queries.organisation import names
from zajedno.web.exchange.desk import exchange_page, show
from zajedno.web.exchange.gathering_forms import institution
from zajedno.web.shared.fields import Confirm, DateField, LongText, Radios, Text
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.pieces import Cell, Column, Link, Row, Table, Tag

if TYPE_CHECKING:
    from zajedno.exchange.models import Agreed

PER_PAGE = 25
TONES = {
    PactState.PROPOSED: "wait", PactState.AGREED: "info", PactState.DONE: "done", PactState.DECLINED: "off",
}  # fmt: skip
CHECKED = gettext_lazy("I have read it again: no child can be recognised in it")
pact_page = exchange_page(REPLICATE.key)


class New(Form):
    organisation = Radios(label=gettext_lazy("For which institution?"))
    kind = Radios(label=gettext_lazy("What is it?"), choices=Pact.choices)
    hosts = Radios(
        label=gettext_lazy("Who shows or helps?"),
        choices=(("no", gettext_lazy("The other institution")), ("yes", gettext_lazy("We"))),
    )  # fmt: skip
    other = Text(
        label=gettext_lazy("The other institution"), help_text=gettext_lazy("Its name, as in the register"),
        max_length=250,
    )  # fmt: skip
    what = LongText(
        label=gettext_lazy("What do you want to see, learn or show?"), rows=3, max_length=actions.WHAT
    )  # fmt: skip
    due_on = DateField(label=gettext_lazy("Until when"), required=False, earliest=today)
    is_checked = Confirm(label=CHECKED, required=False)

    def clean_other(self) -> int:
        return institution(self.cleaned_data["other"])

    def said(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {**given, "organisation": int(given["organisation"]), "hosts": given["hosts"] == "yes"}


class Done(Form):
    done_on = DateField(label=gettext_lazy("When was it, or when did it end?"))
    learnt = LongText(
        label=gettext_lazy("What was learnt"), help_text=gettext_lazy("Everybody can read it."), rows=5,
        max_length=actions.LEARNT,
    )  # fmt: skip
    is_checked = Confirm(label=CHECKED, required=False)


def home() -> Link:
    return Link(_("Visits and mentoring"), "/exchange/visits/")


def path(row: "Agreed") -> str:
    return f"/exchange/visits/{row.uuid}/"


def _state(row: "Agreed") -> Tag:
    return Tag(row.get_state_display(), TONES[PactState(row.state)])


def _title(row: "Agreed") -> str:
    return f"{row.guest} → {row.host}"


@pact_page
def listed(request: HttpRequest, by: Actor) -> HttpResponse:
    page = Paginator(queries.visible_to(by), PER_PAGE).get_page(request.GET.get("page"))
    heads = (_("Who visits whom, or is helped by whom"), _("What it is"), _("Until when"), _("State"))
    rows = [
        [
            Cell(_title(row), path(row), small=row.what), row.get_kind_display(),
            date_format(row.due_on, "SHORT_DATE_FORMAT") if row.due_on else "", Cell(tag=_state(row)),
        ]
        for row in page
    ]  # fmt: skip
    table = Table("pacts", _("Visits and mentoring"), [Column(head) for head in heads], rows, caption_hidden=True)
    return show(request, "pacts", {"table": table, "page": page})


@pact_page
def new(request: HttpRequest, by: Actor) -> HttpResponse:
    """`?with=`: the name of the other institution."""
    mine = names(set(by.organisations_for(REPLICATE.key)))
    first = {
        "organisation": next(iter(mine)) if len(mine) == 1 else None, "kind": Pact.VISIT, "hosts": "no",
        "other": request.GET.get("with", "")[:250],
    }  # fmt: skip
    form = New(request.POST if request.method == "POST" else None, initial=first)
    form.fill("organisation", [(str(key), text) for key, text in mine.items()])
    made: list[Agreed] = []
    if form.is_valid() and attempt(form, lambda: made.append(actions.propose(by=by, **form.said()))):
        messages.success(request, _("It is proposed. The other institution is asked by letter."))
        return redirect("gathering:pact", uuid=made[0].uuid)
    words = {"title": _("Propose a visit or mentoring"), "go": _("Propose"), "cancel": home().href}
    return show(request, "act", {"form": form, "crumbs": [home()], **words})


@pact_page
def one(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    row = queries.find(by, uuid)
    rows = [
        Row(_("Who visits or is helped"), str(row.guest)), Row(_("Who shows or helps"), str(row.host)),
        Row(_("What it is"), row.get_kind_display()), Row(_("What for"), row.what), Row(_("Until when"), row.due_on),
        Row(_("Agreed at"), str(row.gathering) if row.gathering else ""), Row(_("Done"), row.done_on),
        Row(_("What was learnt"), row.learnt),
    ]  # fmt: skip
    links = [Link(words[0], f"{path(row)}{act}/") for act, words in _acts(row, by).items()]
    return show(request, "pact", {
        "title": _title(row), "state": _state(row), "rows": [each for each in rows if each.values], "links": links,
        "crumbs": [home()], "waits": row.state == PactState.PROPOSED and not links[1:],
    })  # fmt: skip


def _acts(row: "Agreed", by: Actor) -> dict[str, tuple[str, str]]:
    """What can be done now: act -> (heading, button)."""
    if row.state == PactState.PROPOSED and queries.side(by, row) != row.proposed_by_id:
        return {"accept": (_("Agree"), _("Agree")), "decline": (_("Say no"), _("Say no"))}
    if row.state == PactState.AGREED:
        return {"done": (_("Tell what was learnt"), _("Keep")), "off": (_("Call it off"), _("Call it off"))}
    return {"off": (_("Withdraw"), _("Withdraw"))} if row.state == PactState.PROPOSED else {}


@pact_page
def act(request: HttpRequest, by: Actor, uuid: UUID, act: str) -> HttpResponse:
    """Asked first."""
    row = queries.find(by, uuid)
    words = _acts(row, by).get(act)
    if words is None:
        raise NotFound("")
    form = (Done if act == "done" else Form)(request.POST if request.method == "POST" else None)
    verbs: dict[str, Any] = {
        "accept": lambda: actions.answer(by=by, uuid=uuid, accept=True),
        "decline": lambda: actions.answer(by=by, uuid=uuid, accept=False),
        "off": lambda: actions.take_back(by=by, uuid=uuid),
        "done": lambda: actions.tell_done(by=by, uuid=uuid, **form.cleaned_data),
    }
    if form.is_valid() and attempt(form, verbs[act]):
        messages.success(request, _("Kept. The other institution can read it."))
        return redirect("gathering:pact", uuid=uuid)
    context = {
        "title": f"{words[0]}: {_title(row)}", "go": words[1], "cancel": path(row), "note": row.what,
        "kind": "warning" if act in ("decline", "off") else "", "crumbs": [home(), Link(_title(row), path(row))],
    }  # fmt: skip
    return show(request, "act", {"form": form, **context})
