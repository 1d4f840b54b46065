"""What every page of a case has: whose file it is, where the case stands, and its sections."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.casework.actions.reading import open_file
from zajedno.casework.queries.case import CaseFile, find
from zajedno.web.shared.dates import day
from zajedno.web.shared.guards import answer, comes_back, desk_page
from zajedno.web.shared.pieces import Link, Row, Tag
from zajedno.web.shared.request import PersonRequest
from zajedno.web.work.labels import deadline_label, due_tag, step_label

Page = Callable[..., HttpResponse]
# key, address under the case, label, parts of the file of which one must be open (none: always)
SECTIONS = (
    ("overview", "", gettext_lazy("Overview"), ()),
    ("request", "request/", gettext_lazy("Request"), ("request",)),
    ("opinions", "opinions/", gettext_lazy("Opinions"), ("opinions",)),
    ("plan", "plan/", gettext_lazy("Support plan"), ("plan",)),
    ("papers", "papers/", gettext_lazy("Papers and letters"), ()),
    ("tasks", "tasks/", gettext_lazy("Tasks and flags"), ()),
    ("people", "people/", gettext_lazy("People"), ()),
    ("history", "history/", gettext_lazy("History"), ()),
)


def work_page(view: Page) -> Page:
    """A page of the desk that is not of one case or child: `view(request, by, …)`."""

    @desk_page
    @wraps(view)
    def page(request: PersonRequest, **kwargs: Any) -> HttpResponse:
        return view(request, request.actor, **kwargs)

    return page


def with_file(request: PersonRequest, uuid: UUID, page: str, view: Callable[[CaseFile], HttpResponse]) -> HttpResponse:
    """What a page of a case answers. Looking at it is recorded; so is a form that comes back, which shows the case
    again. A form that is taken records its own act."""
    by = request.actor
    response = view(find(by, uuid) if request.method == "POST" else open_file(by=by, uuid=uuid, page=page))
    if comes_back(request, response):
        open_file(by=by, uuid=uuid, page=page)
    return response


def case_page(section: str) -> Callable[[Page], Page]:
    """A page of a case: `view(request, file, …)`."""

    def wrap(view: Page) -> Page:
        @desk_page
        @wraps(view)
        def page(request: PersonRequest, uuid: UUID, **kwargs: Any) -> HttpResponse:
            return with_file(request, uuid, section, lambda file: view(request, file, **kwargs))

        return page

    return wrap


def address(file: CaseFile, rest: str = "") -> str:
    return f"/work/case/{file.case.uuid}/{rest}"


def show(request: HttpRequest, file: CaseFile, section: str, template: str, **more: Any) -> HttpResponse:
    """Render a page of a case with its frame."""
    return answer(request, f"work/{template}.html", {**frame(file, section), **more})


def frame(file: CaseFile, section: str) -> dict[str, Any]:
    case = file.case
    return {
        "file": file,
        "case": case,
        "number": case.number or _("Case without a number"),
        "who": who(file),
        "facts": facts_of(file),
        "badge": badge(file),
        "sections": sections(file, section),
        "here": address(file),
        "crumbs": [Link(_("My work"), "/work/")],
    }


def who(file: CaseFile) -> str:
    return file.case.child.full_name if "identity" in file.fields else _("Child")


def facts_of(file: CaseFile) -> list[Row]:
    case, child = file.case, file.case.child
    born = [Row(_("born"), day(child.birth_date))] if child.birth_date and "identity" in file.fields else []
    number = [Row(_("case"), case.number or _("without a number yet"))]
    return [*born, *number, Row(_("step"), step_label(file.definition, case.step))]


def badge(file: CaseFile) -> Tag | None:
    """The nearest deadline, or how the case ended."""
    case = file.case
    if case.closed_on:
        return Tag(_("Closed %(day)s") % {"day": day(case.closed_on)}, "off")
    clock = next(iter(file.running), None)
    if clock is None:
        return None
    tag = due_tag(clock.due_on, file.by.today, paused=clock.paused_on is not None)
    return Tag(f"{deadline_label(file.definition, clock.key)}: {tag.text}", tag.tone) if tag else None


def sections(file: CaseFile, current: str) -> list[dict[str, Any]]:
    """Sections that the person's ties open; a request only where one was written, here or in the case before."""
    open_ones = file.fields | ({"opinions"} if votes(file) else frozenset())
    if not (file.definition.opening.submits or file.case.repeats_id):
        open_ones -= {"request"}
    return [
        {"text": text, "href": address(file, path), "current": key == current, "count": None}
        for key, path, text, needed in SECTIONS
        if not needed or open_ones & set(needed)
    ]


def votes(file: CaseFile) -> bool:
    """Does the person play a part that decides?"""
    return any(file.definition.part[part].votes for part in file.parts if part in file.definition.part)
