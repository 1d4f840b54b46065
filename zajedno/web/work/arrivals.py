"""Referrals that other systems sent: looked at, given to a child, or turned down with a reason."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.casework.actions.arrival import open_arrival, take_in, turn_down
from zajedno.casework.queries.arrival import Opened, find, waiting
from zajedno.casework.queries.arrival import clauses as clauses_of
from zajedno.casework.rules import RECEIVE
from zajedno.children.actions.likeness import LikelySame
from zajedno.children.enums import GuardianKind, Sex
from zajedno.children.queries.child import find as find_child
from zajedno.children.queries.child import named_to
from zajedno.children.rules import REGISTER, SEARCH
from zajedno.kernel.actor import Actor
from zajedno.kernel.verbs import ask
from zajedno.web.shared.dates import day
from zajedno.web.shared.fields import LongText, Radios
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import answer, attempt
from zajedno.web.shared.pieces import Cell, Column, Link, Row, Table, Tag
from zajedno.web.work.asks import clause_choices
from zajedno.web.work.field import ByName, find_by_name, offered
from zajedno.web.work.frame import work_page

AT, NEW = "/work/arrivals/", "new"
ARRIVALS = Link(gettext_lazy("Referrals from other systems"), AT)


class Whose(Form):
    """`clauses`: under which of several agreements; of one alone nothing is asked, and the usual one is chosen."""

    child = Radios(label=gettext_lazy("Whom is it about?"), legend="s")
    clause = Radios(label=gettext_lazy("Under which agreement do you take it in?"), legend="s")

    def __init__(
        self, *args: Any, choices: list[tuple[str, str]], clauses: list[tuple[str, str]], **kwargs: Any
    ) -> None:  # fmt: skip
        usual = clauses[0][0] if clauses else ""
        super().__init__(*args, initial={"clause": usual}, **kwargs)
        self.fill("child", choices)
        self.fill("clause", clauses)
        if len(clauses) < 2:
            del self.fields["clause"]


class Down(Form):
    reason = LongText(
        label=gettext_lazy("Why do you turn it down?"), rows=4, max_length=250,
        help_text=gettext_lazy("Who sent it reads this. Write no name and nothing about health."),
    )  # fmt: skip


@work_page
def listed(request: HttpRequest, by: Actor) -> HttpResponse:
    ask(by, RECEIVE)
    rows = [
        [
            Cell(str(row.sender), href=f"{AT}{row.uuid}/", tag=Tag(_("Urgent"), "late") if row.urgent else None),
            day(row.sent_on.date()), str(row.receiver),
        ]
        for row in waiting(by)[:200]
    ]  # fmt: skip
    columns = [Column(_("Who sent it")), Column(_("Arrived")), Column(_("For"))]
    table = Table("arrivals", _("Referrals from other systems"), columns, rows, caption_hidden=True)
    return answer(request, "work/arrivals.html", {"table": table, "crumbs": [Link(_("My work"), "/work/")]})


@work_page
def one(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """What it says. A POST looks for a child, or takes the referral in for one."""
    found = open_arrival(by=by, uuid=uuid)
    named = f"{found.says.given_name} {found.says.family_name}"
    name = ByName(request.POST if "find" in request.POST else None, initial={"text": named})
    others = offered(request, "child")
    if name.is_valid():
        attempt(name, lambda: others.extend(find_by_name(by, name)))
    choices = _choices(by, others)
    clauses = clause_choices(clauses_of(found.row, by.today))
    form = Whose(request.POST if "take" in request.POST else None, choices=choices, clauses=clauses)
    like: list[LikelySame] = []
    cases: list[Any] = []

    def act() -> None:
        chosen = form.cleaned_data["child"]
        try:
            cases.append(take_in(
                by=by, uuid=uuid, child=None if chosen == NEW else UUID(chosen), distinct="another" in request.POST,
                clause=form.cleaned_data.get("clause", ""),
            ))  # fmt: skip
        except LikelySame as same:
            like.append(same)
            raise

    if form.is_valid() and attempt(form, act):
        messages.success(request, _("The referral stands among your cases. Accept or decline it here."))
        return redirect(f"/work/case/{cases[0].uuid}/")
    return answer(request, "work/arrival.html", {
        "facts": _facts(found), "asked": _asked(found), "form": form, "choices": choices, "searched": name.is_valid(),
        "name": name if by.may(SEARCH.key) else None, "like": bool(like), "elsewhere": any(x.elsewhere for x in like),
        "known": [find_child(by, pk) for x in like for pk in x.mine], "down": f"{AT}{uuid}/down/",
        "crumbs": [Link(_("My work"), "/work/"), ARRIVALS],
    }, name)  # fmt: skip


def _choices(by: Actor, others: list[UUID]) -> list[tuple[str, str]]:
    """Children whom the search found; and, for who may register one, a child that is new here."""
    rows = named_to(by).filter(uuid__in=others)
    named = [(str(row.uuid), f"{row.full_name}, {day(row.birth_date)}".rstrip(", ")) for row in rows]
    return [*named, *([(NEW, _("A child that is not registered here yet"))] if by.may(REGISTER.key) else [])]


def _facts(found: Opened) -> list[Row]:
    says, row = found.says, found.row
    return [
        Row(_("Child"), f"{says.given_name} {says.family_name}"),
        Row(_("Date of birth"), day(says.birth_date) if says.birth_date else _("not said")),
        Row(_("Sex"), str(Sex(says.sex).label)),
        *([Row(_("Address"), says.address)] if says.address else []),
        Row(_("Who consented"), [says.giver.name, str(GuardianKind(says.giver.kind).label), says.giver.phone]),
        Row(_("Consent of"), day(says.given_on)),
        Row(_("Consent until"), day(says.until) if says.until else _("no last day")),
        Row(_("Who sent it"), str(row.sender)),
        Row(_("Arrived"), row.sent_on),
    ]


def _asked(found: Opened) -> list[Row]:
    says = found.says
    asked = [Row(_("For what"), says.asked)] if says.asked else []
    return [*asked, *([Row(_("Why"), says.words.splitlines())] if says.words else [])]


@work_page
def down(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    ask(by, RECEIVE)
    find(by, uuid)
    form = Down(request.POST if request.method == "POST" else None)

    def act() -> None:
        turn_down(by=by, uuid=uuid, reason=form.cleaned_data["reason"])

    if form.is_valid() and attempt(form, act):
        messages.success(request, _("It is turned down. Who sent it reads why."))
        return redirect(AT)
    crumbs = [Link(_("My work"), "/work/"), ARRIVALS]
    return answer(request, "work/arrival_down.html", {"form": form, "crumbs": crumbs, "back": f"{AT}{uuid}/"})
