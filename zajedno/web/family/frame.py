"""What every page of the family desk has: who asks acts as a parent alone; what is opened is written down."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.casework.actions.reading import OPENED, note_reading
from zajedno.casework.queries.case import CaseFile
from zajedno.casework.queries.family import own_cases, own_file
from zajedno.casework.queries.plan import is_apart
from zajedno.children.actions.file import record_reading
from zajedno.children.enums import Field
from zajedno.children.queries.guardian import as_guardian, child_of
from zajedno.kernel.labels import label
from zajedno.procedures.queries.definition import of_version
from zajedno.web.shared.guards import answer, comes_back, desk_page
from zajedno.web.shared.pieces import Link
from zajedno.web.shared.request import PersonRequest
from zajedno.web.work.labels import step_label

Page = Callable[..., HttpResponse]
HOME = "/family/"
OF_CHILD = (
    ("", gettext_lazy("Procedures")),
    ("consents/", gettext_lazy("Consents")),
    ("looked/", gettext_lazy("Who looked")),
    ("asked/", gettext_lazy("Questions to the institution")),
)
OF_CASE = (
    ("", gettext_lazy("Now")),
    ("papers/", gettext_lazy("Letters and papers")),
    ("plan/", gettext_lazy("Support plan")),
    ("history/", gettext_lazy("What happened so far")),
)


def family_page(view: Page) -> Page:
    """`view(request, by, …)`, where `by` acts as a parent."""

    @desk_page
    @wraps(view)
    def page(request: PersonRequest, **kwargs: Any) -> HttpResponse:
        return view(request, as_guardian(request.actor), **kwargs)

    return page


def child_page(view: Page) -> Page:
    """A page of one's own child: `view(request, by, child, …)`. Looking is recorded, as is a form that comes back."""

    @family_page
    @wraps(view)
    def page(request: HttpRequest, by: Any, uuid: UUID, **kwargs: Any) -> HttpResponse:
        child = child_of(by, uuid)
        if request.method != "POST":
            record_reading(by=by, uuid=uuid)
        response = view(request, by, child, **kwargs)
        if comes_back(request, response):
            record_reading(by=by, uuid=uuid)
        return response

    return page


def case_page(section: str) -> Callable[[Page], Page]:
    """A page of a case of one's own child: `view(request, file, …)`."""

    def wrap(view: Page) -> Page:
        @family_page
        @wraps(view)
        def page(request: HttpRequest, by: Any, uuid: UUID, **kwargs: Any) -> HttpResponse:
            file = own_file(by, uuid)
            response = view(request, file, **kwargs)
            if request.method != "POST" or comes_back(request, response):
                note_reading(by=by, file=file, verb=OPENED, detail={"page": section})
            return response

        return page

    return wrap


def quick(by: Any, child: Any = None) -> bool:
    """Is there a case that tells of violence, so that pages which name it can be left at once?"""
    return any(is_apart(of_version(case.version_id)) for case in own_cases(by, child))


def name_of(child: Any, fields: Any) -> str:
    return child.full_name if Field.IDENTITY in fields else str(_("Your child"))


def address(file: CaseFile, rest: str = "") -> str:
    return f"{HOME}case/{file.case.uuid}/{rest}"


def of_child(child: Any, rest: str = "") -> str:
    return f"{HOME}child/{child.uuid}/{rest}"


def _sections(base: str, rows: Any, current: str) -> list[dict[str, Any]]:
    return [{"text": text, "href": f"{base}{rest}", "current": rest == current, "count": None} for rest, text in rows]


def show_child(request: HttpRequest, child: Any, section: str, template: str, **more: Any) -> HttpResponse:
    frame = {
        "child": child, "who": child.full_name, "here": of_child(child),
        "quick": quick(as_guardian(request.actor), child),  # type: ignore[attr-defined]  # behind log-in
        "sections": _sections(of_child(child), OF_CHILD, section), "crumbs": [Link(_("My children"), HOME)],
    }  # fmt: skip
    return answer(request, f"family/{template}.html", {**frame, **more})


def show_case(request: HttpRequest, file: CaseFile, section: str, template: str, **more: Any) -> HttpResponse:
    """`quick`: the procedure may be about violence, so the page can be left at once."""
    child = file.case.child
    rows = [row for row in OF_CASE if row[0] != "plan/" or "plan" in file.fields]
    frame = {
        "file": file, "who": name_of(child, file.fields), "procedure": label(file.definition.labels),
        "step": step_label(file.definition, file.case.step), "here": address(file),
        "sections": _sections(address(file), rows, section), "quick": is_apart(file.definition),
        "crumbs": [Link(_("My children"), HOME), Link(name_of(child, file.fields), of_child(child))],
    }  # fmt: skip
    return answer(request, f"family/{template}.html", {**frame, **more})
