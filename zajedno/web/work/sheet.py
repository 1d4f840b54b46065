"""A form about a child while it is filled in: the pages of `shared/sheets`, kept as one's own draft."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from zajedno.children.actions import assessment as actions
from zajedno.children.actions.file import record_reading
from zajedno.children.enums import Field
from zajedno.children.queries.assessment import draft as find_draft
from zajedno.children.queries.tie import fields_open
from zajedno.forms.queries.form import loaded
from zajedno.kernel.actor import Actor
from zajedno.web.shared.dates import day
from zajedno.web.shared.guards import comes_back
from zajedno.web.shared.pieces import Link
from zajedno.web.shared.sheets import filling as sheets
from zajedno.web.shared.sheets.contract import Filling
from zajedno.web.work.frame import work_page


class ChildFilling(Filling):
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

    def keep(self, answers: Mapping[str, Any]) -> None:
        actions.keep(by=self.by, draft=self.draft, answers=answers)

    def send(self, reason: str) -> str:
        made = actions.send(by=self.by, draft=self.draft, reason=reason)
        return f"{self.home}assessments/{made.uuid}/"

    def drop(self) -> None:
        actions.drop(by=self.by, draft=self.draft)

    def context(self) -> dict[str, Any]:
        child = self.draft.child
        if Field.IDENTITY not in fields_open(self.by, child):
            return {}
        fact = _("born %(day)s") % {"day": day(child.birth_date)} if child.birth_date else ""
        return {"whose": {"title": child.full_name, "fact": fact}}


def _filled(request: HttpRequest, by: Actor, uuid: UUID, view: Any, *rest: str) -> HttpResponse:
    """A page that names the child is a reading of the file, also when a form comes back."""
    filling = ChildFilling(by, uuid)
    response: HttpResponse = view(request, filling, *rest)
    if response.status_code == 200 or comes_back(request, response):
        record_reading(by=by, uuid=filling.draft.child.uuid, purpose=filling.form.facts.purpose)
    return response


@work_page
def index(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    return _filled(request, by, uuid, sheets.index)


@work_page
def page(request: HttpRequest, by: Actor, uuid: UUID, page: str) -> HttpResponse:
    return _filled(request, by, uuid, sheets.page, page)


@work_page
def check(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    return _filled(request, by, uuid, sheets.check)


@work_page
def drop(request: HttpRequest, by: Actor, uuid: UUID) -> HttpResponse:
    return sheets.drop(request, ChildFilling(by, uuid))
