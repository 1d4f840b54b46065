"""One's own children: their procedures, who looked at the file, questions to the institution."""

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.access.queries.account import names as account_names
from zajedno.casework.queries.case import CaseFile
from zajedno.casework.queries.clause import of_ties
from zajedno.casework.queries.family import Looked, ledger, own_cases, told_ties
from zajedno.children.actions.family_request import ask
from zajedno.children.enums import Asked, AskedState, Field
from zajedno.children.queries.guardian import asked_by, children_of
from zajedno.children.queries.tie import ties_of
from zajedno.indicators.queries.extract import given_to
from zajedno.kernel.actor import Actor
from zajedno.kernel.labels import label
from zajedno.kernel.refusal import NotFound
from zajedno.places.queries.organisation import names as organisation_names
from zajedno.places.queries.post import history_of
from zajedno.procedures.queries.definition import purposes
from zajedno.web.family import words
from zajedno.web.family.frame import address, child_page, family_page, of_child, quick, show_child
from zajedno.web.shared.agreements import clause_label
from zajedno.web.shared.dates import day
from zajedno.web.shared.fields import LongText
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import answer, attempt
from zajedno.web.shared.pieces import Cell, Column, Moment, Table, Tag
from zajedno.web.shared.uploads import saved
from zajedno.web.work.labels import deadline_label, due_tag, step_label

VERBS = {
    "children.open_file": gettext_lazy("Opened the file"),
    "children.export_file": gettext_lazy("Made a copy of the file"),
    "access.break_glass": gettext_lazy("Opened the file in an emergency"),
    "casework.open_case_file": gettext_lazy("Opened the procedure"),
    "casework.read_letter": gettext_lazy("Read a letter"),
    "casework.read_paper": gettext_lazy("Read a paper"),
    "casework.hand_out": gettext_lazy("Handed data out to the system of another institution"),
}
TONES = {AskedState.WAITING: "wait", AskedState.GRANTED: "done", AskedState.REFUSED: "late"}


@family_page
def home(request: HttpRequest, by: Actor) -> HttpResponse:
    """One's children with what goes on. Without any: how to come in. A researcher without a post lands here, too."""
    children = [(child, case_table(by, child)) for child in children_of(by)]
    context = {"children": children, "home": True, "quick": quick(by), "extracts": given_to(by).exists()}
    return answer(request, "family/home.html", context)


@child_page
def child(request: HttpRequest, by: Actor, child: Any) -> HttpResponse:
    return show_child(request, child, "", "child", table=case_table(by, child))


def case_table(by: Actor, child: Any) -> Table:
    """Where each procedure stands, its nearest deadline, and how much waits for the parent."""
    rows = []
    for case in own_cases(by, child):
        file = CaseFile(case, by)
        step = step_label(file.definition, case.step)
        clock = next(iter(file.running), None)
        due = due_tag(clock.due_on, by.today, paused=clock.paused_on is not None) if clock else None
        name = deadline_label(file.definition, clock.key) if clock else ""
        yours = len(words.your_tasks(file))
        rows.append([
            Cell(label(file.definition.labels), href=address(file), small=str(case.organisation)),
            Cell(step, tag=Tag(_("Over"), "off") if case.closed_on else None),
            Cell(name, tag=due, small=day(clock.due_on) if clock else ""),
            Cell(tag=Tag(_("You can do something"), "info")) if yours else Cell(_("Nothing now")),
        ])  # fmt: skip
    columns = [Column(_("Procedure")), Column(_("Where it stands")), Column(_("By when")), Column(_("For you"))]
    empty = _("No procedure is under way for this child.")
    return Table(f"cases-{child.pk}", _("Procedures"), columns, rows, caption_hidden=True, empty=empty)


@child_page
def looked(request: HttpRequest, by: Actor, child: Any) -> HttpResponse:
    """Who may look now and why; who has looked and on what ground, a page at a time."""
    number = request.GET.get("page", "1")
    page = int(number) if number.isdecimal() and 0 < int(number) < 10_000 else 1
    rows, more = ledger(child, page)
    grounds = _grounds(by, child)
    return show_child(
        request, child, "looked/", "looked", now=tie_table(by, grounds), table=ledger_table(by, rows, grounds),
        page=page, earlier=page + 1 if more else 0, later=page - 1,
    )  # fmt: skip


@dataclass(frozen=True)
class Ground:
    """A tie that the family is told of, with its purpose, and the clause and consent it rests on, in words."""

    tie: Any
    purpose: str
    rests: str

    def stood(self, row: Looked) -> bool:
        """Could somebody look by it that day? What ended in the course of a day stood in it."""
        tie = self.tie
        ended = tie.until is not None and tie.until < row.day - timedelta(days=1)
        return tie.key in (row.organisation, -(row.account or 0)) and tie.since <= row.day and not ended


def _grounds(by: Actor, child: Any) -> list[Ground]:
    names = {one.key: label(one.labels) for one in purposes(child.registered_by.territory.country_id)}
    ties = list(ties_of(child).filter(pk__in=told_ties(child, by.account)).select_related("consent"))
    under = of_ties(ties)
    return [Ground(tie, names.get(tie.purpose, tie.purpose), _rests(tie, under.get(tie.pk))) for tie in ties]


def _rests(tie: Any, clause: Any) -> str:
    consent = _("with the consent of %(day)s") % {"day": day(tie.consent.given_on)} if tie.consent else ""
    return "; ".join(filter(None, [str(clause_label(clause)) if clause else "", consent]))


def tie_table(by: Actor, grounds: list[Ground]) -> Table:
    rows = []
    for one in grounds:
        tie = one.tie
        if tie.account_id == by.account or (tie.until is not None and tie.until < by.today):
            continue
        parts = ", ".join(str(Field(name).label) for name in tie.fields)
        rows.append([
            Cell(str(tie.organisation or tie.account), small=parts), Cell(one.purpose, small=one.rests), day(tie.since),
            day(tie.until) or _("no end yet"),
        ])  # fmt: skip
    columns = [Column(_("Who")), Column(_("For what")), Column(_("Since")), Column(_("Last day"))]
    return Table("now", _("Who may look now"), columns, rows, empty=_("Nobody but you."))


def ledger_table(by: Actor, rows: list[Looked], grounds: list[Ground]) -> Table:
    people = account_names({row.account for row in rows if row.account})
    places = organisation_names({row.organisation for row in rows if row.organisation})
    posts = history_of({row.account for row in rows if row.account})
    lines = []
    for row in rows:
        own, here = row.account == by.account, (row.account, row.organisation)
        who = _("You") if own else people.get(row.account or 0, _("The system"))
        post = next((one for one in posts if (one.account_id, one.organisation_id) == here), None)
        why = [one for one in grounds if one.stood(row)]
        times = _("%(times)s times") % {"times": row.times} if row.times > 1 else ""
        lines.append([
            Cell(day(row.day)), Cell(who, small=(post.title or str(post.role)) if post else ""),
            places.get(row.organisation or 0, ""), Cell(VERBS.get(row.verb, row.verb), small=times),
            Cell("; ".join(dict.fromkeys(one.purpose for one in why)),
                 small="; ".join(dict.fromkeys(one.rests for one in why if one.rests))),
        ])  # fmt: skip
    columns = [
        Column(_("Day")), Column(_("Who")), Column(_("Institution")), Column(_("What they did")), Column(_("For what")),
    ]  # fmt: skip
    return Table("looked", _("Who has looked"), columns, lines, empty=_("Nobody has looked yet."))


class Question(Form):
    text = LongText(label=gettext_lazy("What is wrong, and what would be right?"), rows=8)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind == Asked.COPY:
            self.fields["text"].required = False
            self.fields["text"].label = _("Is there something that you want to say to it?")


@child_page
def asked(request: HttpRequest, by: Actor, child: Any) -> HttpResponse:
    """What was asked, what was answered, by when."""
    told = []
    for row in asked_by(by, child):
        row.child = child
        tag = Tag(AskedState(row.state).label, TONES[AskedState(row.state)])
        waiting = _("%(place)s answers by %(day)s.") % {"place": row.organisation, "day": day(row.due_on)}
        reply = row.take("reply") if row.state != AskedState.WAITING else waiting
        told.append((Moment(Asked(row.kind).label, row.asked_on, text=reply, tag=tag), row.uuid if row.copy else None))
    return show_child(request, child, "asked/", "asked", told=told)


@child_page
def question(request: HttpRequest, by: Actor, child: Any, kind: str) -> HttpResponse:
    if kind not in Asked.values:
        raise NotFound("")
    form = Question(request.POST if request.method == "POST" else None, kind=kind)
    if form.is_valid() and attempt(
        form, lambda: ask(by=by, child=child.uuid, kind=kind, text=form.cleaned_data["text"])
    ):
        messages.success(request, _("It is sent. Here you see when it is answered."))
        return redirect(of_child(child, "asked/"))
    return show_child(request, child, "asked/", "question", form=form, title=Asked(kind).label, copy=kind == Asked.COPY)


@child_page
def copy(request: HttpRequest, by: Actor, child: Any, asked: UUID) -> HttpResponse:
    """The copy as the institution gave it: a file that people and programs can read."""
    row = asked_by(by, child).filter(uuid=asked).exclude(copy=None).first()
    if row is None:
        raise NotFound("")
    row.child = child
    text = json.dumps(json.loads(row.take("copy")), ensure_ascii=False, indent=1)
    return saved(text.encode(), "application/json", "copy-of-the-file.json")
