"""Extracts for research: asked for, approved by another, made, taken back; and where the researcher takes theirs."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from zajedno.access.queries.account import names
from zajedno.indicators.actions import extract as actions
from zajedno.indicators.enums import Asked
from zajedno.indicators.queries import extract as queries
from zajedno.indicators.rules import APPROVE_EXTRACT, REQUEST_EXTRACT
from zajedno.indicators.tasks import make_extract, sweep_extracts
from zajedno.kernel.refusal import NotFound
from zajedno.web.manage.extract_forms import AskExtract, usual
from zajedno.web.manage.frame import EXTRACTS, actor, day, manage_page, moment, page_of, show
from zajedno.web.shared.guards import answer, attempt, desk_page
from zajedno.web.shared.pieces import Cell, Column, Link, Row, Table, Tag
from zajedno.web.shared.uploads import saved

if TYPE_CHECKING:
    from zajedno.indicators.models import Extract

HOME, OWN = "/manage/extracts/", "/manage/extracts/mine/"
STATES = {
    queries.ASKED: (gettext_lazy("Waits for a second person"), "wait"),
    queries.APPROVED: (gettext_lazy("Is being made"), "info"),
    queries.MADE: (gettext_lazy("Can be downloaded by the researcher"), "done"),
    queries.FAILED: (gettext_lazy("Could not be made: too few children"), "late"),
    queries.REVOKED: (gettext_lazy("Taken back"), "off"),
    queries.EXPIRED: (gettext_lazy("Expired"), "off"),
}


def _state(row: "Extract", today: Any) -> Tag:
    return Tag(*STATES[queries.state(row, today)])


@manage_page(*EXTRACTS)
def listed(request: HttpRequest) -> HttpResponse:
    by = actor(request)
    page = page_of(request, queries.visible_to(by))
    who = names({row.researcher for row in page})
    columns = [Column(_("Institution")), Column(_("Researcher")), Column(_("Asked for")), Column(_("State"))]
    rows = [
        [Cell(row.institution, f"{HOME}{row.uuid}/", small=row.agreement_number), who.get(row.researcher, ""),
         moment(row.requested_on), Cell(tag=_state(row, by.today))]
        for row in page
    ]  # fmt: skip
    table = Table("extracts", _("Extracts for research"), columns, rows, caption_hidden=True)
    may_ask = by.may(REQUEST_EXTRACT.key)
    return show(request, "extracts", "extracts.html", {"table": table, "page": page, "may_ask": may_ask})


@manage_page(REQUEST_EXTRACT)
def ask(request: HttpRequest) -> HttpResponse:
    by = actor(request)
    form = AskExtract(request.POST or None, request.FILES or None, initial=usual(by.today))
    made: list[Any] = []

    def act() -> None:
        made.append(actions.request_extract(by=by, language=get_language() or "sr", **form.given()))

    if request.method == "POST" and form.is_valid() and attempt(form, act):
        messages.success(request, _("It is asked for. A second person must approve it now."))
        return redirect(f"{HOME}{made[0].uuid}/")
    return show(request, "extracts", "extract_new.html", {"form": form, "up": _up()})


def _up() -> Link:
    return Link(_("Extracts for research"), HOME)


@manage_page(*EXTRACTS)
def one(request: HttpRequest, uuid: UUID) -> HttpResponse:
    by = actor(request)
    row = queries.find(by, uuid)
    state = queries.state(row, by.today)
    others = by.account not in (row.requested_by, row.researcher)
    keeps = by.may(REQUEST_EXTRACT.key)
    context = {
        "extract": row, "state": _state(row, by.today), "rows": _rows(row), "up": _up(), "told": _told(row),
        "may_approve": state == queries.ASKED and others and by.may(APPROVE_EXTRACT.key),
        "waits": state == queries.ASKED and not others, "may_make": state == queries.FAILED and keeps,
        "may_revoke": state not in (queries.REVOKED, queries.EXPIRED) and keeps,
    }  # fmt: skip
    return show(request, "extracts", "extract.html", context)


def _rows(row: "Extract") -> list[Row]:
    who = names({one for one in (row.researcher, row.requested_by, row.approved_by, row.revoked_by) if one})
    agreed = _("%(number)s, from %(first)s to %(last)s") % {
        "number": row.agreement_number, "first": day(row.agreement_from), "last": day(row.agreement_until)
    }  # fmt: skip
    rows = [
        Row(_("Purpose"), row.purpose), Row(_("Researcher"), [who.get(row.researcher, ""), row.institution]),
        Row(_("Agreement"), agreed, [Link(_("Read it"), f"{HOME}{row.uuid}/agreement/", _("agreement"))]),
        Row(_("Columns"), [str(Asked(one).label) for one in row.columns]),
        Row(_("Years"), f"{row.year_from}–{row.year_until}"),
        Row(_("Children who share every combination, at least"), str(row.k)),
        Row(_("Asked for by"), [who.get(row.requested_by, ""), moment(row.requested_on)]),
        Row(_("Approved by"), [who[row.approved_by], moment(row.approved_on)] if row.approved_by else ""),
        Row(_("Rows"), str(row.rows) if row.rows else ""),
        Row(_("Can be downloaded until"), day(row.expires_on)),
        Row(_("Taken back by"), [who[row.revoked_by], moment(row.revoked_on)] if row.revoked_by else ""),
    ]  # fmt: skip
    return [one for one in rows if one.values]


def _told(row: "Extract") -> Table | None:
    """The dictionary as it went out."""
    if not row.dictionary:
        return None
    columns = [
        Column(_("Column")), Column(_("Meaning")), Column(_("How coarse")),
        Column(_("Fewest values in a group"), numeric=True),
    ]  # fmt: skip
    rows = [
        [line["column"], line["meaning"], line["generalised"], str(line["fewest_values"] or "")]
        for line in row.dictionary
    ]
    return Table("dictionary", _("What went out"), columns, rows)


@manage_page(*EXTRACTS)
def agreement(request: HttpRequest, uuid: UUID) -> HttpResponse:
    file = queries.agreement(queries.find(actor(request), uuid))
    if file is None:
        raise NotFound("")
    return saved(file.plain, file.media_type, file.name)


def _acted(request: HttpRequest, uuid: UUID, act: Callable[[], object], done: str) -> HttpResponse:
    """One act; what is refused is told by a page of its own."""
    if request.method == "POST":
        act()
        messages.success(request, done)
    return redirect(f"{HOME}{uuid}/")


@manage_page(APPROVE_EXTRACT)
def approve(request: HttpRequest, uuid: UUID) -> HttpResponse:
    by = actor(request)
    done = _("Approved. It is made now, and the researcher is told by mail.")
    return _acted(
        request, uuid, lambda: actions.approve_extract(by=by, uuid=uuid, hand_over=make_extract.enqueue), done
    )  # fmt: skip


@manage_page(REQUEST_EXTRACT)
def make(request: HttpRequest, uuid: UUID) -> HttpResponse:
    by = actor(request)
    done = _("It is tried once more.")
    return _acted(request, uuid, lambda: actions.make_again(by=by, uuid=uuid, hand_over=make_extract.enqueue), done)


@manage_page(REQUEST_EXTRACT)
def revoke(request: HttpRequest, uuid: UUID) -> HttpResponse:
    by = actor(request)
    done = _("Taken back: nobody can download it any more, and the file is deleted.")
    return _acted(
        request, uuid, lambda: actions.revoke_extract(by=by, uuid=uuid, hand_over=sweep_extracts.enqueue), done
    )  # fmt: skip


@desk_page
def mine(request: HttpRequest) -> HttpResponse:
    """For whoever is logged in: what was made for them. Mostly nothing."""
    by = actor(request)
    rows = list(queries.given_to(by))
    context = {"rows": rows, "second": _has_second_step(request)}
    return answer(request, "manage/extracts_mine.html", context)


def _has_second_step(request: HttpRequest) -> bool:
    return not settings.REQUIRE_SECOND_FACTOR or bool(is_mfa_enabled(request.user))


@desk_page
def download(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A POST, since each time is written down; a link in a mail would be enough for whoever reads that mail."""
    if request.method != "POST":
        return redirect(OWN)
    if not _has_second_step(request):
        messages.warning(request, _("An extract needs a second step at log-in. Set it up to go on."))
        return redirect("/account/second-factor/")
    file = actions.download(by=actor(request), uuid=uuid)
    return saved(file.plain, file.media_type, file.name)
