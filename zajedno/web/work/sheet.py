"""A form about a child while it is filled in: the pages of `shared/sheets`, kept as one's own draft."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from zajedno.children.actions.assessment import drop as drop_draft
from zajedno.children.actions.assessment import keep, send
from zajedno.children.actions.file import open_file
from zajedno.children.enums import Field
from zajedno.children.queries.assessment import draft as find_draft
from zajedno.children.queries.tie import fields_open
from zajedno.forms.queries.form import loaded
from zajedno.kernel.actor import Actor
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import answer, comes_back, desk_page
from zajedno.web.shared.pieces import Link
from zajedno.web.shared.sheets import filling as sheets
from zajedno.web.work.labels import day


class ChildFilling(sheets.Filling):
    """A draft of one's own about a child."""

    def __init__(self, by: Actor, uuid: UUID) -> None:
        self.by, self.draft = by, find_draft(by, uuid)
        self.form, self.today = loaded(self.draft.version_id), by.today
        self.address, self.corrects = f"/work/sheet/{uuid}/", self.draft.corrects_id is not None
        self.crumbs = [Link(_("My work"), "/work/"), Link(_("Child's file"), self.home)]

    @property
    def home(self) -> str:
        return f"/work/child/{self.draft.child.uuid}/"

    @property
    def answers(self) -> Mapping[str, Any]:
        return self.draft.answers

    @property
    def leave(self) -> str:
        return f"{self.home}assessments/"

    def keep(self, answers: Mapping[str, Any], page: str) -> None:
        keep(by=self.by, draft=self.draft, answers=answers, page=page)

    def send(self, reason: str) -> str:
        made = send(by=self.by, draft=self.draft, form=self.form, reason=reason)
        return f"{self.home}assessments/{made.uuid}/"

    def context(self) -> dict[str, Any]:
        child = self.draft.child
        if Field.IDENTITY not in fields_open(self.by, child):
            return {}
        fact = _("born %(day)s") % {"day": day(child.birth_date)} if child.birth_date else ""
        return {"identity": {"title": child.full_name, "fact": fact, "lang": ""}}


def _filled(request: HttpRequest, uuid: UUID, view: Any, *rest: str) -> HttpResponse:
    """A page that names the child is a reading of the file, also when a form comes back."""
    filling = ChildFilling(request.actor, uuid)  # type: ignore[attr-defined]
    response: HttpResponse = view(request, filling, *rest)
    if response.status_code == 200 or comes_back(request, response):
        open_file(by=filling.by, uuid=filling.draft.child.uuid, purpose=filling.form.facts.purpose)
    return response


@desk_page
def index(request: HttpRequest, uuid: UUID) -> HttpResponse:
    return _filled(request, uuid, sheets.index)


@desk_page
def page(request: HttpRequest, uuid: UUID, page: str) -> HttpResponse:
    return _filled(request, uuid, sheets.page, page)


@desk_page
def check(request: HttpRequest, uuid: UUID) -> HttpResponse:
    return _filled(request, uuid, sheets.check)


@desk_page
def drop(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Throw a draft away, once it was asked."""
    filling = ChildFilling(request.actor, uuid)  # type: ignore[attr-defined]
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        drop_draft(by=filling.by, draft=filling.draft)
        messages.success(request, _("The draft is gone."))
        return redirect(filling.leave)
    return answer(request, "sheets/drop.html", {"form": form, "filling": filling, "title": filling.form.title()})
