"""The case: overview, request, people, history."""

from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from zajedno.access.queries.account import names as account_names
from zajedno.casework.actions.case import change_request
from zajedno.casework.enums import Initiator, PaperKind
from zajedno.casework.queries.case import CaseFile, alike, visible_to
from zajedno.casework.queries.clause import newest, of_ties
from zajedno.casework.queries.content import part_of_words, request_of
from zajedno.casework.queries.members import members
from zajedno.casework.queries.note import papers_of
from zajedno.casework.queries.transfer import answering, offer_of
from zajedno.casework.rules import CHANGE_REQUEST, HAND_OUT, TRANSFER, WRITE_NOTE
from zajedno.kernel.labels import label
from zajedno.kernel.refusal import NotFound
from zajedno.places.queries.deputy import stood_in
from zajedno.procedures.logic.definition import DeadlineRule
from zajedno.web.shared.agreements import clause_label
from zajedno.web.shared.dates import day
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.pieces import Cell, Column, Link, Moment, Row, Table, Tag
from zajedno.web.shared.procedure_drawing import drawn
from zajedno.web.work.flags import raised
from zajedno.web.work.frame import address, case_page, show
from zajedno.web.work.labels import REASON_LABELS, deadline_label, due_tag, move_label, part_label, step_label
from zajedno.web.work.next_moves import need_text, next_moves
from zajedno.web.work.notes import Entry, note_entries
from zajedno.web.work.steps import ReasonsStep

if TYPE_CHECKING:
    from zajedno.casework.models import Move, Paper


@case_page("overview")
def overview(request: HttpRequest, file: CaseFile) -> HttpResponse:
    """Where the case stands and what can be done now."""
    case = file.case
    step = file.definition.step.get(case.step)
    beside = [file.definition.step[key] for key in case.beside if key in file.definition.step]
    return show(
        request, file, "overview", "case", step=step_label(file.definition, case.step),
        step_hint=label(step.hint) if step else "", moves=None if case.closed_on else next_moves(file),
        clocks=clocks(file), outlines=outline(file), may_note=file.may(WRITE_NOTE.key),
        recent=moments(file, 3), flags=raised(file), note_href=address(file, "note/"), passing=passing(file),
        may_hand_out=file.may(HAND_OUT.key),
        asides=asides(file), beside=[(label(one.labels), label(one.hint)) for one in beside],
    )  # fmt: skip


def passing(file: CaseFile) -> dict[str, Any]:
    """The offer that waits for an answer, and what this person can do with it; or whether they may offer the case."""
    row, by = offer_of(file), file.by
    keeps = by.may(TRANSFER.key, file.case.organisation_id) and not file.case.closed_on
    return {"offer": row, "answers": row and answering(by, row), "may_withdraw": row and keeps,
            "may_offer": keeps and not row, "person": row.person if row else None}  # fmt: skip


def asides(file: CaseFile) -> list[Row]:
    """Needs that were set aside, with the reason for those who read the request."""
    if "request" not in file.fields or not file.definition.overridable:
        return []
    rows = list(file.case.overrides.all())
    who = account_names({row.account for row in rows})
    found = []
    for row in rows:
        row.case = file.case
        found.append(Row(need_text(file, row.need), [row.text, who.get(row.account, ""), day(row.made_on.date())]))
    return found


def outline(file: CaseFile) -> list[Row]:
    case, definition = file.case, file.definition
    began = [Initiator(case.initiator).label] if definition.opening.submits else []
    earlier = visible_to(file.by).filter(pk=case.repeats_id).first() if case.repeats_id else None
    rows = [
        Row(_("Procedure"), label(definition.labels)),
        Row(part_label(definition, definition.keeper), str(case.organisation)),
        Row(_("Began as"), [*began, *filter(None, [case.initiated_by and str(case.initiated_by)])]),
        Row(_("Received"), day(case.received_on)),
        Row(_("Your part"), ", ".join(part_label(definition, part) for part in sorted(file.parts))),
    ]
    if not rows[2].value:
        del rows[2]
    if clause := newest(case, file.by.today):
        rows.append(Row(_("Rests on"), clause_label(clause)))
    if case.assessment_on:
        rows.append(Row(_("Assessment"), [day(case.assessment_on), case.assessment_place]))
    if earlier:
        link = Link(_("Open"), f"/work/case/{earlier.uuid}/", _("the earlier case"))
        rows.append(Row(_("Follows"), earlier.number or _("an earlier case"), [link]))
    for one in alike(file.by, case.child_id, case.organisation_id, file.definition.key).exclude(pk=case.pk):
        link = Link(_("Open"), f"/work/case/{one.uuid}/", _("the other case"))
        rows.append(Row(_("Another open case of the child"), one.number or day(one.received_on), [link]))
    if "identity" in file.fields:
        rows.append(
            Row(
                _("Child's file"),
                file.case.child.full_name,
                [Link(_("Open"), f"/work/child/{case.child.uuid}/", _("the child's file"))],
            )
        )
    return rows


def clocks(file: CaseFile) -> list[dict[str, Any]]:
    """Running deadlines with their source; `verified` is false when nobody has read it in the law."""
    found = []
    for clock in file.running:
        rule: DeadlineRule | None = file.definition.deadline.get(clock.key)
        found.append({
            "title": deadline_label(file.definition, clock.key), "due": clock.due_on, "hour": clock.due_at,
            "started": clock.started_on,
            "tag": due_tag(clock.due_on, file.by.today, paused=clock.paused_on is not None),
            "paused": clock.paused_on, "source": rule.source if rule else None,
        })  # fmt: skip
    return found


@case_page("request")
def request_page(request: HttpRequest, file: CaseFile) -> HttpResponse:
    """What the family asks for, in its own words."""
    if "request" not in file.fields:
        raise NotFound("")
    content = request_of(file)
    papers = [PaperKind(kind).label for kind in content.get("papers", []) if kind in PaperKind.values]
    rows = [
        Row(_("Why support is asked for"), [REASON_LABELS.get(key, key) for key in content.get("reasons", [])]),
        Row(_("What is hard for the child"), content.get("difficulties", "")),
        Row(_("What the child likes and does well"), content.get("strengths", "")),
        Row(_("What was tried so far"), content.get("tried", "")),
        Row(_("What is asked for"), content.get("asked", "")),
        Row(_("School or kindergarten"), content.get("institution", "")),
        Row(_("Doctor"), content.get("doctor", "")),
        Row(_("Living conditions"), content.get("conditions", "")),
        Row(_("Papers handed over"), papers),
    ]
    may = file.case.step in file.definition.opening.while_in and file.may(CHANGE_REQUEST.key)
    return show(request, file, "request", "request", rows=rows, may_change=may)


@case_page("request")
def request_change(request: HttpRequest, file: CaseFile) -> HttpResponse:
    if "request" not in file.fields:
        raise NotFound("")
    form = ReasonsStep(request.POST or None, initial=request_of(file))
    if form.is_valid() and attempt(form, lambda: change_request(by=file.by, file=file, request=form.cleaned_data)):
        messages.success(request, _("The request is changed."))
        return redirect(address(file, "request/"))
    return show(
        request,
        file,
        "request",
        "form",
        form=form,
        title=_("Change the request"),
        back=address(file, "request/"),
        go=_("Keep changes"),
    )


@case_page("overview")
def drawing(request: HttpRequest, file: CaseFile) -> HttpResponse:
    """The whole procedure, and where this case stands in it."""
    return show(request, file, "overview", "drawing", drawn=drawn(file.definition, file))


@case_page("people")
def people(request: HttpRequest, file: CaseFile) -> HttpResponse:
    """Who takes part, from when until when, under which clause; who sits in the commission for this case."""
    under = {pk: clause_label(one) for pk, one in of_ties([row.tie for row in file.participants]).items()}
    rows = [
        [
            Cell(row.tie.account.name if row.tie.account else str(row.tie.organisation)),
            part_label(file.definition, row.part),
            day(row.tie.since),
            Cell(day(row.tie.until) or _("until the case ends"), small=under.get(row.tie_id, "")),
        ]
        for row in file.participants
    ]
    columns = [Column(_("Who")), Column(_("Part")), Column(_("Since")), Column(_("Last day"))]
    taking = Table("participants", _("Who takes part"), columns, rows)
    return show(
        request, file, "people", "people", taking=taking, sitting=file.definition.composition and member_table(file)
    )


def member_table(file: CaseFile) -> Table:
    seats = (
        {seat.key: label(seat.labels) for seat in file.definition.composition.seats}
        if file.definition.composition
        else {}
    )
    rows = []
    for member in members(file):
        state = Tag(_("Stepped back"), "off") if member.recused else None
        standing = _("deputy") if member.instead_of else "" if member.votes else _("without a vote")
        rows.append([
            Cell(member.name, tag=state), part_label(file.definition, member.part),
            Cell(seats.get(member.seat, ""), small=standing),
        ])  # fmt: skip
    columns = [Column(_("Name")), Column(_("Part")), Column(_("Field"))]
    return Table("members", _("The commission for this case"), columns, rows, empty=_("Nobody is appointed yet."))


@case_page("history")
def history(request: HttpRequest, file: CaseFile) -> HttpResponse:
    """Every move and note, the newest first."""
    return show(request, file, "history", "history", moments=moments(file), may_note=file.may(WRITE_NOTE.key))


def moments(file: CaseFile, most: int | None = None) -> list[Moment]:
    """What happened, the newest first; at `most` so many. Only what is shown is unsealed."""
    instead = stood_in({row.post for row in file.moves if row.post})
    papers = papers_by_move(file)
    entries = [
        Entry(
            row.happened_on,
            row.moment,
            row.account,
            partial(_moved, file, row, instead.get(row.post or 0, ""), papers.get(row.pk)),
        )
        for row in file.moves
    ]
    entries += note_entries(file)
    chosen = sorted(entries, key=lambda one: (one.day, one.written), reverse=True)[:most]
    who = account_names({one.author for one in chosen})
    return [one.show(who.get(one.author, "")) for one in chosen]


def papers_by_move(file: CaseFile) -> "dict[int, Paper]":
    """Papers that were given with moves, as far as the person may know of them; by the move."""
    given = {row.pk: row.paper_id for row in file.moves if row.paper_id}
    rows = papers_of(file).defer("sealed").in_bulk({*given.values()}) if given else {}
    return {move: rows[paper] for move, paper in given.items() if paper in rows}


def _reads(file: CaseFile, row: "Move") -> bool:
    """What was written at a move; one's own stays readable."""
    return row.account == file.by.account or part_of_words(file.definition) in file.fields


def _moved(file: CaseFile, row: "Move", instead: str, paper: "Paper | None", who: str) -> Moment:
    """`instead`: for whom it was done, when a deputy did it."""
    if instead:
        who = _("%(who)s, for: %(name)s") % {"who": who, "name": instead}
    row.case = file.case  # its text is sealed with the child's key, which is already here
    moved = row.from_step and row.from_step != row.to_step
    return Moment(
        move_label(file.definition, row.move), row.happened_on,
        text=row.text if _reads(file, row) else "", byline=who,
        tag=Tag(step_label(file.definition, row.to_step), "plain") if moved else None,
        links=[Link(paper.name, address(file, f"papers/{paper.uuid}/"))] if paper and "papers" in file.fields else [],
    )  # fmt: skip
