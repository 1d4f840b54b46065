"""What every page of the desk has: who may open it, its sections, and addresses of other desks."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from zajedno.casework.queries.panel import taking_part
from zajedno.casework.rules import EXPORT_REGISTER, IMPORT_CASES
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotPermitted
from zajedno.procedures.queries.definition import of_version
from zajedno.web.shared.dates import day
from zajedno.web.shared.guards import answer, desk_page
from zajedno.web.shared.pieces import Cell, Link
from zajedno.web.shared.request import PersonRequest
from zajedno.web.work.frame import with_file
from zajedno.web.work.labels import due_tag, step_label

if TYPE_CHECKING:
    from zajedno.casework.models import Case

View = Callable[..., HttpResponse]


def panel_page(view: View) -> View:
    """A page for who sits in a commission or was appointed for a case: `view(request, by, …)`."""

    @desk_page
    @wraps(view)
    def page(request: PersonRequest, **kwargs: Any) -> HttpResponse:
        by = request.actor
        if not taking_part(by):
            raise NotPermitted(_("This desk is for members of a commission."))
        return view(request, by, **kwargs)

    return page


def panel_case_page(section: str) -> Callable[[View], View]:
    """A page of a case at this desk: `view(request, by, file)`. Read as at the work desk, and recorded."""

    def wrap(view: View) -> View:
        @panel_page
        @wraps(view)
        def page(request: PersonRequest, by: Actor, uuid: UUID) -> HttpResponse:
            return with_file(request, uuid, section, lambda file: view(request, by, file))

        return page

    return wrap


def case_address(uuid: UUID, rest: str = "") -> str:
    """The page of a case at the work desk."""
    return f"/work/case/{uuid}/{rest}"


def sections(current: str, by: Actor | None = None) -> list[dict[str, Any]]:
    pages: tuple[tuple[str, str, str], ...] = (
        ("inbox", "/panel/", _("What waits")),
        ("cases", "/panel/cases/", _("Cases")),
        ("sittings", "/panel/sittings/", _("Sittings")),
        ("follow-up", "/panel/follow-up/", _("Follow-up")),
        ("unmet", "/panel/unmet/", _("Unmet needs")),
        ("deadlines", "/panel/deadlines/", _("Deadlines")),
        ("figures", "/panel/figures/", _("Figures")),
        ("report", "/panel/report/", _("Annual report")),
    )
    if by and (by.may(IMPORT_CASES.key) or by.may(EXPORT_REGISTER.key)):
        pages = (*pages, ("register", "/panel/register/", _("Register")))
    return [{"text": text, "href": href, "current": key == current, "count": None} for key, href, text in pages]


def show(request: HttpRequest, section: str, template: str, context: Mapping[str, Any]) -> HttpResponse:
    """Render a page of the desk with its sections."""
    by = getattr(request, "actor", None)
    frame = {"sections": sections(section, by), "crumbs": [Link(_("Commission"), "/panel/")]}
    return answer(request, f"panel/{template}.html", {**frame, **context})


def case_cells(case: "Case", by: Actor, *, href: str = "") -> list[Cell]:
    """Child, number, step and nearest deadline: the first cells of every list of cases."""
    due = getattr(case, "due_on", None)
    return [
        Cell(case.child.full_name, href or case_address(case.uuid), small=case.number or _("without a number yet")),
        Cell(step_label(of_version(case.version_id), case.step)),
        Cell(day(due), tag=due_tag(due, by.today), sort=due.isoformat() if due else "9"),
    ]


def page_number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 7 else 1
