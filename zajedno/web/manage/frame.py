"""What every page of the desk has: who may open it, and the pages beside it."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import wraps
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from zajedno.access import rules as access
from zajedno.figures import rules as figures
from zajedno.forms import rules as forms
from zajedno.indicators import rules as indicators
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotPermitted
from zajedno.kernel.verbs import Verb
from zajedno.places import rules as places
from zajedno.procedures import rules as procedures
from zajedno.web.shared.guards import View, answer, desk_page

ROWS = 25  # on a page of a list
COUNTED = 10_000  # longer lists say how many only up to here: counting the whole trail takes too long

INSTITUTIONS = (
    places.CHANGE_ORGANISATION,
    places.CHANGE_ORGANISATION_ANYWHERE,
    places.APPOINT,
    places.APPOINT_ANYWHERE,
)
SERVICES = (places.CHANGE_SERVICE, places.CHANGE_SERVICE_ANYWHERE)
PEOPLE = (access.INVITE, access.CLOSE_ACCOUNT)
PACKS = (procedures.LOAD, procedures.ENABLE)
FORMS = (forms.LOAD, forms.UPLOAD, forms.APPROVE, forms.ENABLE, forms.ENABLE_ANYWHERE)
AUDIT = (access.READ_AUDIT, access.READ_ALL_AUDIT)
PROGRAMS = (access.ISSUE_TOKEN, access.REVOKE_TOKEN)
EVERYWHERE = (places.APPOINT_ANYWHERE,)
ARRIVALS = (places.CREATE_ORGANISATION,)
TARGETS = (figures.SET_TARGET_ANYWHERE,)
EXTRACTS = (indicators.REQUEST_EXTRACT, indicators.APPROVE_EXTRACT)
ANY = (*INSTITUTIONS, *SERVICES, *PEOPLE, *PACKS, *FORMS, *AUDIT, *PROGRAMS)

SECTIONS = (
    ("overview", "/manage/", _("Overview"), ANY),
    ("institutions", "/manage/institutions/", _("Institutions"), INSTITUTIONS),
    ("services", "/manage/services/", _("Services"), SERVICES),
    ("municipalities", "/manage/municipalities/", _("Municipalities"), ARRIVALS),
    ("people", "/manage/people/", _("People"), PEOPLE),
    ("roles", "/manage/roles/", _("Roles"), (*INSTITUTIONS, *PACKS)),
    ("who-sees", "/manage/who-sees/", _("Who sees what"), (*INSTITUTIONS, *PACKS)),
    ("packs", "/manage/packs/", _("Packs"), PACKS),
    ("forms", "/manage/forms/", _("Forms"), FORMS),
    ("programs", "/manage/programs/", _("Programs"), PROGRAMS),
    ("audit", "/manage/audit/", _("Audit trail"), AUDIT),
    ("break-glass", "/manage/break-glass/", _("Openings without a tie"), AUDIT),
    ("mail", "/manage/mail/", _("Mail"), EVERYWHERE),
    ("targets", "/manage/targets/", _("Targets"), TARGETS),
    ("extracts", "/manage/extracts/", _("Extracts for research"), EXTRACTS),
)


def actor(request: HttpRequest) -> Actor:
    """Whoever is logged in, at work today."""
    by: Actor = request.actor  # type: ignore[attr-defined]
    return by


def may_any(by: Actor, verbs: tuple[Verb, ...]) -> bool:
    return any(by.may(verb.key) for verb in verbs)


def manage_page(*verbs: Verb) -> Callable[[View], View]:
    """A page for whoever holds one of the verbs; others are refused in words."""

    def guard(view: View) -> View:
        @desk_page
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not may_any(actor(request), verbs):
                raise NotPermitted(_("This page is for administrators. Your post does not open it."))
            return view(request, *args, **kwargs)

        return guarded

    return guard


def show(request: HttpRequest, here: str, template: str, context: Mapping[str, Any]) -> HttpResponse:
    """A page in the section `here`; `template` lies in templates/manage/."""
    return answer(request, f"manage/{template}", {"nav": nav_of(actor(request), here), **context})


def nav_of(by: Actor, here: str) -> list[dict[str, Any]]:
    """The sections that open for the actor."""
    return [
        {"text": text, "href": href, "current": key == here}
        for key, href, text, verbs in SECTIONS
        if may_any(by, verbs)
    ]


class _Counted(Paginator):
    """Counts no further than `COUNTED`."""

    @cached_property
    def count(self) -> int:
        rows = self.object_list
        return rows[: COUNTED + 1].count() if isinstance(rows, QuerySet) else len(rows)


def page_of(request: HttpRequest, rows: Any) -> "Page[Any]":
    """The page of a list that the query asks for."""
    return _Counted(rows, ROWS).get_page(request.GET.get("page"))


def day(when: date | None, without: str = "") -> str:
    """A day that does not break over lines."""
    return date_format(when).replace(" ", "\N{NO-BREAK SPACE}") if when else without


def moment(when: datetime | None, without: str = "") -> str:
    """A moment in the region's time; breaks only before the hour."""
    if when is None:
        return without
    local = localtime(when)
    return f"{day(local.date())} {local:%H:%M}"


def site(request: HttpRequest) -> str:
    """The address of this installation, for letters."""
    return request.build_absolute_uri("/").rstrip("/")
