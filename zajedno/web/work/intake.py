"""Registering a request step by step. It can be left at any step and come back to."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from zajedno.casework.actions.case import drop_draft, save_draft
from zajedno.casework.actions.intake import take_in
from zajedno.casework.actions.reading import open_file
from zajedno.casework.queries import draft as drafts
from zajedno.casework.rules import OPEN_CASE
from zajedno.children.actions.likeness import LikelySame
from zajedno.children.queries.child import find
from zajedno.children.queries.family import guardians
from zajedno.children.queries.likely import Asked, Likely, likely_same
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.kernel.verbs import ask
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import answer, attempt
from zajedno.web.shared.pieces import Link
from zajedno.web.shared.request import uuid_of
from zajedno.web.work.draft import ORDER, STEPS, Draft
from zajedno.web.work.frame import work_page
from zajedno.web.work.labels import step_label
from zajedno.web.work.steps import CheckStep
from zajedno.web.work.summary import summaries


def _page(request: HttpRequest, template: str, **more: Any) -> HttpResponse:
    return answer(request, f"work/{template}.html", {"crumbs": [Link(_("My work"), "/work/")], **more})


@work_page
def start(request: HttpRequest, by: Actor) -> HttpResponse:
    """Own drafts, and the beginning of a new request; `child` begins it for a child already in one's files."""
    organisation = ask(by, OPEN_CASE).organisation
    if request.method == "POST":
        content = {}
        if child := request.POST.get("child", ""):
            content = {"known": _known(by, child)}
        row = save_draft(by=by, organisation=organisation, step="who", content=content, draft=None)
        return redirect(f"/work/request/{row.uuid}/who/")
    return _page(request, "intake_start", drafts=drafts.own(by)[:25], steps=STEPS)


def _known(by: Actor, text: str) -> str:
    """The id of a child in one's files."""
    uuid = uuid_of(text)
    if uuid is None:
        raise NotFound("")
    return str(find(by, uuid).uuid)


def _keep(draft: Draft, step: str) -> None:
    save_draft(by=draft.by, organisation=draft.row.organisation_id, step=step, content=draft.content, draft=draft.row)


def _draft(by: Actor, uuid: UUID) -> Draft:
    return Draft(by, drafts.find(by, uuid))


@work_page
def go_on(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """To the step where the draft was left."""
    draft = _draft(by, uuid)
    return redirect(f"{draft.address}{draft.row.step if draft.row.step in STEPS else 'who'}/")


@work_page
def step(request: HttpRequest, by: Actor, uuid: UUID, step: str) -> HttpResponse:
    """One step. "Save and come back later" keeps what is written even when it is not whole."""
    if step not in ORDER[:-1]:
        raise NotFound("")
    draft = _draft(by, uuid)
    if request.method != "POST":
        return _show(request, draft, step, draft.form(step))
    sent = {name: request.POST.getlist(name) for name in request.POST if name not in ("csrfmiddlewaretoken", "later")}
    if step == "child" and sent.get("given_name") != draft.content.get("child", {}).get("given_name"):
        draft.content.pop("another", None)  # what was confirmed of one name says nothing of another
    form = draft.form(step, request.POST)
    if "later" in request.POST:
        draft.content[step] = sent
        _keep(draft, step)
        messages.success(request, _("Your request is saved. Only you see it."))
        return redirect("/work/")
    if step == "child" and draft.known:
        return _next(draft, step)
    if form.is_valid():
        draft.content[step] = sent
        if step == "child" and _likely(draft, form.cleaned_data):
            _keep(draft, step)
            return redirect(f"{draft.address}same/")
        return _next(draft, step)
    return _show(request, draft, step, form)


def _likely(draft: Draft, data: dict[str, Any]) -> list[Likely]:
    """Children that may be the same, unless somebody has looked at them for this request."""
    if draft.content.get("another"):
        return []
    return likely_same([Asked(data["given_name"], data["family_name"], data["birth_date"], data["number"])])


def _next(draft: Draft, step: str) -> HttpResponse:
    after = ORDER[ORDER.index(step) + 1]
    _keep(draft, after)
    return redirect(f"{draft.address}{after}/")


def _show(request: HttpRequest, draft: Draft, step: str, form: Any) -> HttpResponse:
    at = ORDER.index(step)
    known = draft.known if step in ("child", "family") else None
    return _page(
        request, "intake_step", draft=draft, step=step, title=STEPS[step],
        form=None if step == "child" and known else form,
        trail=draft.trail(step), back=f"{draft.address}{ORDER[at - 1]}/" if at else "/work/request/", known=known,
        there=list(guardians(known)) if known and step == "family" else [],
    )  # fmt: skip


@work_page
def same(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """A likely same child: use that file, or say that it is another child. A foreign file stays nameless."""
    draft = _draft(by, uuid)
    form = draft.saved("child")
    if not form.is_valid():
        return redirect(f"{draft.address}child/")
    found = _likely(draft, form.cleaned_data)
    if request.method == "POST":
        if use := request.POST.get("use", ""):
            draft.content["known"] = _known(draft.by, use)
        else:
            draft.content["another"] = True
        return _next(draft, "child")
    mine = [find(draft.by, one.uuid) for one in found if one.visible]
    return _page(
        request,
        "intake_same",
        draft=draft,
        mine=mine,
        foreign=any(not one.visible for one in found),
        trail=draft.trail("child"),
    )


@work_page
def check(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """All answers on one page; sending them is one act, wholly or not at all."""
    draft = _draft(by, uuid)
    missing = draft.unfinished()
    form = CheckStep(request.POST if request.method == "POST" else None)
    made: list[Any] = []

    def act() -> None:
        made.append(take_in(by=draft.by, intake=draft.intake(form.cleaned_data["submit"]), draft=draft.row))

    try:
        if form.is_valid() and not missing and attempt(form, act, passing=(LikelySame,)):
            return redirect(f"/work/request/done/{made[0].uuid}/")
    except LikelySame:  # somebody registered the child while this draft lay here: look at it first
        return redirect(f"{draft.address}same/")
    return _page(
        request, "intake_check", draft=draft, form=form, trail=draft.trail("check"), cards=summaries(draft),
        missing=[{"title": STEPS[step], "href": f"{draft.address}{step}/"} for step in missing],
    )  # fmt: skip


@work_page
def drop(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    draft = _draft(by, uuid)
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, lambda: drop_draft(by=draft.by, draft=draft.row)):
        messages.success(request, _("The draft is gone."))
        return redirect("/work/")
    return _page(request, "intake_drop", form=form, draft=draft)


@work_page
def done(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    """What was made, what happens next, and the form to print."""
    file = open_file(by=by, uuid=uuid, page="done")
    letter = file.case.letters.filter(kind="request-form").first()
    return _page(
        request,
        "intake_done",
        file=file,
        case=file.case,
        letter=letter,
        step=step_label(file.definition, file.case.step),
    )
