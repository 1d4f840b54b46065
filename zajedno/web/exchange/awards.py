"""Cycles of champions: those I run and judge; opened, prolonged, given a jury, decided, published."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from zajedno.exchange.actions import award as actions
from zajedno.exchange.enums import CycleState, Mode
from zajedno.exchange.queries import award as queries
from zajedno.exchange.queries import nomination as nominations
from zajedno.exchange.queries.conflict import by_juror
from zajedno.exchange.rules import AWARD
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound, NotPermitted
from zajedno.places.queries.organisation import names
from zajedno.web.exchange.award_forms import Decide, FindJuror, Jury, LastDay, NewCycle
from zajedno.web.exchange.award_frame import award_page, consent_tag, days, show, state_tag, way
from zajedno.web.exchange.champions import site
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.pieces import Cell, Column, Row, Table, Tag, Task

if TYPE_CHECKING:
    from zajedno.exchange.models import Cycle, Juror, Nomination

PER_PAGE = 25
MOST = 40  # people offered at once


@award_page
def cycles(request: HttpRequest, by: Actor) -> HttpResponse:
    page = Paginator(queries.visible_to(by), PER_PAGE).get_page(request.GET.get("page"))
    rows = list(page)
    counts = queries.counts(rows)
    columns = [Column(_("Cycle")), Column(_("Who awards")), Column(_("Days")), Column(_("Nominations"), numeric=True),
               Column(_("State"))]  # fmt: skip
    cells = [
        [
            Cell(str(one), f"/exchange/awards/{one.uuid}/"), str(one.organisation), days(one),
            str(counts.get(one.pk, 0)), Cell(tag=state_tag(one.state(by.today))),
        ]
        for one in rows
    ]  # fmt: skip
    empty = _("No cycle yet. When you open one, or are named into a jury, it appears here.")
    table = Table("cycles", _("Cycles"), columns, cells, empty=empty)
    return show(request, "awards", {"table": table, "page": page, "may_open": by.may(AWARD.key), "crumbs": []})


@award_page
def new(request: HttpRequest, by: Actor) -> HttpResponse:
    named = names(set(by.organisations_for(AWARD.key)))
    if not named:
        raise NotPermitted(_("Cycles are opened by who edits the exchange."))
    offered = [(str(key), name) for key, name in named.items()]
    form = NewCycle(request.POST if request.method == "POST" else None, organisations=offered, today=by.today)
    made: list[Cycle] = []
    if form.is_valid() and attempt(form, lambda: made.append(actions.open_cycle(by=by, **form.chosen()))):
        messages.success(request, _("The cycle is there. Now name its jury."))
        return redirect("award:jury", uuid=made[0].uuid)
    return show(request, "award_new", {"form": form})


@award_page
def one(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """For the organiser what was nominated and what the jury came to; for a juror what is to be scored."""
    cycle = queries.find(by, uuid)
    state, runs, out = cycle.state(by.today), queries.runs(by, cycle), by_juror(cycle)
    context: dict[str, Any] = {
        "cycle": cycle, "state": state_tag(state), "facts": _facts(cycle), "runs": runs,
        "tasks": _tasks(by, cycle, out), "seat": queries.juror(by, cycle), "is_decided": bool(cycle.decided_on),
        "may_decide": state == CycleState.JUDGED, "may_publish": state == CycleState.DECIDED,
    }  # fmt: skip
    if runs:
        hidden = nominations.still_to_score(by, cycle, out)
        context |= {"nominations": _nominations(cycle, hidden), "jury": _jury(cycle, out), "hidden": hidden}
    return show(request, "award", context)


def _facts(cycle: "Cycle") -> list[Row]:
    criteria = [f"{one} ({one.weight})" for one in cycle.criteria.all()]
    return [
        Row(_("Who awards"), str(cycle.organisation)),
        Row(_("Nominations"), days(cycle)),
        Row(_("How many are honoured"), cycle.get_mode_display()),
        Row(_("Criteria, with weights"), criteria),
    ]


def _tasks(by: Actor, cycle: "Cycle", out: dict[int, set[int]]) -> list[Task]:
    """A juror's nominations, those to score first."""
    seat = queries.juror(by, cycle)
    if seat is None:
        return []
    done, near = nominations.scored(cycle)[seat.pk], out.get(seat.pk, set())
    found = []
    for row in nominations.eligible(cycle):
        tag = Tag(_("Conflict of interest"), "off") if row.pk in near else Tag(_("To score"), "wait")
        tag = Tag(_("Scored"), "done") if row.pk in done - near else tag
        found.append(Task(row.name, tag, f"/exchange/awards/nominations/{row.uuid}/", row.where))
    return sorted(found, key=lambda task: task.status.tone != "wait")


def _nominations(cycle: "Cycle", hidden: bool) -> Table:
    means = {} if hidden else queries.means(cycle)
    honoured: dict[int, int] = dict(cycle.honours.values_list("nomination", "plaque"))
    columns = [Column(_("Nominee")), Column(_("Category")), Column(_("Consent")), Column(_("Jury"), numeric=True),
               Column(_("Plaque"), numeric=True)]  # fmt: skip
    rows = []
    for row in nominations.in_hand(cycle):
        name = Cell(row.name, f"/exchange/awards/nominations/{row.uuid}/", small=row.where)
        rows.append([
            name if row.nominee else _("Nothing is kept"), str(row.category or ""), Cell(tag=consent_tag(row.consent)),
            told(means.get(row.pk)), str(honoured.get(row.pk, "")),
        ])  # fmt: skip
    return Table("nominations", _("Nominations"), columns, rows, sortable=True, empty=_("Nobody is nominated yet."))


def told(result: tuple[Decimal | None, int] | None) -> str:
    """The jury's mean and of how many ballots."""
    if result is None or result[0] is None:
        return "–"
    ballots = ngettext("%(count)s ballot", "%(count)s ballots", result[1]) % {"count": result[1]}
    return f"{localize(result[0])} · {ballots}"


def _jury(cycle: "Cycle", out: dict[int, set[int]]) -> Table:
    """How far each has come, never with which scores."""
    able, scored = set(nominations.eligible(cycle).values_list("pk", flat=True)), nominations.scored(cycle)
    columns = [Column(_("Member of the jury")), Column(_("Scored"), numeric=True),
               Column(_("Conflicts of interest"), numeric=True)]  # fmt: skip
    rows = []
    columns += [] if cycle.decided_on else [Column(_("Act"))]
    for seat in queries.jury(cycle):
        near = out.get(seat.pk, set()) & able
        done = len((scored[seat.pk] & able) - near)
        of = _("%(done)s of %(all)s") % {"done": done, "all": len(able - near)}
        leave = pgettext("removal", "Take out: %(name)s") % {"name": seat.account.name}
        out_of = Cell(leave, f"/exchange/awards/{cycle.uuid}/jury/{seat.pk}/")
        rows.append([seat.account.name, of, str(len(near)), *([] if cycle.decided_on else [out_of])])
    return Table("jury", _("Jury"), columns, rows, empty=_("Nobody is named yet."))


@award_page
def prolong(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    cycle = queries.run_by(by, uuid)
    first = {"closes_on": cycle.closes_on} | {f"title_{key}": text for key, text in cycle.titles.items()}
    form = LastDay(request.POST if request.method == "POST" else None, initial=first)
    if form.is_valid() and attempt(form, lambda: actions.prolong(by=by, cycle=cycle, **form.chosen())):
        messages.success(request, _("The cycle is changed."))
        return redirect("award:one", uuid=uuid)
    words = {"title": _("Change title and last day"), "go": _("Save")}
    return show(request, "award_form", {"form": form, "cycle": cycle, "crumbs": way(cycle), **words})


@award_page
def jury(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """Tick and name. The search stays in the address, so that a list that comes back is the same one."""
    cycle = queries.run_by(by, uuid)
    find = FindJuror(request.GET or None)
    text = find.cleaned_data["q"] if find.is_valid() else ""
    found = list(queries.candidates(by, cycle, text)[: MOST + 1])
    offers = [(str(post.uuid), post.account.name, f"{post.organisation} · {post.role}") for post in found[:MOST]]
    form = Jury(request.POST if request.method == "POST" else None, posts=offers)
    made: list[Juror] = []
    if form.is_valid() and attempt(
        form, lambda: made.extend(actions.name_jurors(by=by, cycle=cycle, posts=form.cleaned_data["posts"]))
    ):
        sentence = ngettext("%(count)s person is named into the jury.", "%(count)s people are named into the jury.",
                            len(made))  # fmt: skip
        messages.success(request, sentence % {"count": len(made)})
        return redirect("award:one", uuid=uuid)
    context = {"form": form, "find": find, "cycle": cycle, "found": found, "more": len(found) > MOST}
    return show(request, "award_jury", {**context, "narrowed": text, "crumbs": way(cycle)})


@award_page
def unseat(request: HttpRequest, by: Actor, uuid: UUID, number: int) -> HttpResponse:
    """Somebody who was named by mistake; asked first."""
    cycle = queries.run_by(by, uuid)
    seat = queries.jury(cycle).filter(pk=number).first()
    if seat is None:
        raise NotFound("")
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, lambda: actions.unseat(by=by, cycle=cycle, seat=number)):
        messages.success(request, _("The person is out of the jury."))
        return redirect("award:one", uuid=uuid)
    words = {
        "title": _("Take out of the jury: %(name)s") % {"name": seat.account.name}, "kind": "warning",
        "go": pgettext("removal", "Take out"), "note": _("What this person scored does not count any more."),
    }  # fmt: skip
    return show(request, "award_form", {"form": form, "cycle": cycle, "crumbs": way(cycle), **words})


@award_page
def reopen(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """A decision that nobody has read yet is made anew."""
    cycle = queries.run_by(by, uuid)
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, lambda: actions.reopen(by=by, cycle=cycle)):
        messages.success(request, _("The decision is taken back. Decide anew."))
        return redirect("award:one", uuid=uuid)
    words = {
        "title": _("Take the decision back?"), "go": _("Take the decision back"), "kind": "warning",
        "note": _("It is not public yet. Who is honoured, the citations and the numbers of plaques are decided anew."),
    }  # fmt: skip
    return show(request, "award_form", {"form": form, "cycle": cycle, "crumbs": way(cycle), **words})


@award_page
def decide(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """Who is honoured and why; the best of the jury first. The organiser decides, not the sum."""
    cycle = queries.run_by(by, uuid)
    means = {} if nominations.still_to_score(by, cycle, by_juror(cycle)) else queries.means(cycle)
    able = sorted(nominations.eligible(cycle), key=lambda row: -_mean(means, row))
    rows = [(row, ", ".join(filter(None, (str(row.category or ""), told(means.get(row.pk)))))) for row in able]
    everybody = cycle.mode == Mode.ALL
    form = Decide(request.POST if request.method == "POST" else None, rows=rows, everybody=everybody)
    if form.is_valid() and attempt(form, lambda: actions.decide(by=by, cycle=cycle, citations=form.citations())):
        messages.success(request, _("The decision is kept. It is not public yet."))
        return redirect("award:one", uuid=uuid)
    words = {"title": _("Decide who is honoured"), "go": _("Keep the decision"), "note": cycle.get_mode_display()}
    return show(request, "award_form", {"form": form, "cycle": cycle, "crumbs": way(cycle), **words})


def _mean(means: dict[int, tuple[Decimal | None, int]], row: "Nomination") -> Decimal:
    return means.get(row.pk, (None, 0))[0] or Decimal(-1)


@award_page
def publish(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """Asked first: from here everybody can read it."""
    cycle = queries.run_by(by, uuid)
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, lambda: actions.publish(by=by, cycle=cycle, site=site(request))):
        messages.success(request, _("The champions are public."))
        return redirect("award:wall")
    words = {
        "title": _("Show the champions to everybody?"), "go": _("Publish"),
        "note": _("Everybody can read it, and each champion gets a letter. Who withdraws later is gone at once."),
    }  # fmt: skip
    return show(request, "award_form", {"form": form, "cycle": cycle, "crumbs": way(cycle), **words})
