"""The form of a wave for everybody: one page, no account, no draft, no session. What is typed comes back with its
errors; what is sent leads nowhere back."""

import secrets
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from zajedno.exchange.actions.wave import answer as send
from zajedno.exchange.queries import wave as queries
from zajedno.exchange.queries.campaign import by_slug
from zajedno.forms.logic.parts import Group
from zajedno.forms.logic.sheet import Sheet
from zajedno.forms.queries.form import Loaded, loaded
from zajedno.kernel.clock import today
from zajedno.kernel.labels import label
from zajedno.web.exchange.campaigns import home
from zajedno.web.exchange.champions import public_form
from zajedno.web.shared.fields import Text
from zajedno.web.shared.guards import answer, attempt
from zajedno.web.shared.limits import is_over, too_many
from zajedno.web.shared.pieces import Link
from zajedno.web.shared.sheets import pages as layout
from zajedno.web.shared.sheets.page_form import PageForm, take

if TYPE_CHECKING:
    from zajedno.exchange.models import Wave

MOST, WINDOW = 60, 3600  # new browsers or wrong codes of one address (a library, a school shares it), in seconds
KEEP = 400 * 24 * 3600  # seconds for which a browser remembers that it answered
SALT = "zajedno.survey"


class Survey(PageForm):
    """All questions of the form on one page, and the invitation code where one is needed."""

    code = Text(
        label=_("Invitation code"), max_length=40, width=20,
        help_text=_("It stands on your invitation. It lets you answer once, and is not kept with your answers."),
    )  # fmt: skip

    def __init__(self, *args: Any, code: str | None, **kwargs: Any) -> None:
        self.typed = code
        super().__init__(*args, **kwargs)

    def full_clean(self) -> None:
        if self.typed is None:
            self.fields.pop("code", None)
        else:
            self.data["code"] = self.typed  # type: ignore[index]
        super().full_clean()


@csrf_exempt  # its token would begin a session; another site can send neither the code nor, being Lax, the cookie
@public_form
def fill(request: HttpRequest, slug: str, wave: UUID) -> HttpResponse:
    row = queries.to_answer(slug, wave, today())
    if _is_stopped(request, row):
        return render(request, "429.html", status=429)
    version = loaded(row.version_id)
    ticket = _token(request, row)
    if queries.is_spent(row, ticket):
        return render(request, "exchange/survey_done.html", {"again": True, **_about(row)})
    sheet = Sheet(version.form, {}, today=today(), language=get_language() or "en")
    typed = request.POST.get("code", "") if row.by_code else None
    is_sent = request.method == "POST"
    unseen = is_sent and take(sheet, partial(_lines, sheet), request.POST)
    judged = is_sent and not unseen
    form = Survey(_lines(sheet), sheet.problems() if judged else (), judged=judged, code=typed)
    if judged and not form.errors:
        said = typed if typed is not None else ticket
        if attempt(form, lambda: send(wave=row.uuid, answers=sheet.values(), ticket=said)):
            return redirect("campaign:thanks", slug=slug)
        if row.by_code:
            too_many(request, "survey", most=MOST, seconds=WINDOW)
    response = answer(request, "exchange/survey.html", {"form": form, "more": unseen, **_about(row), **_of(version)})
    return response if row.by_code else _remembering(response, request, row)


def _is_stopped(request: HttpRequest, row: "Wave") -> bool:
    """Counted are new browsers, and codes that were refused; never an answer that is taken: beside it nothing may be
    written that holds an address, since PostgreSQL tells which rows were written together."""
    if row.by_code:
        return request.method == "POST" and is_over(request, "survey", most=MOST)
    return not _token(request, row) and too_many(request, "survey", most=MOST, seconds=WINDOW)


def _lines(sheet: Sheet) -> list[layout.Item]:
    """Every line of the form that stands on the page now, under the titles of its groups."""
    lines = []
    for page in layout.pages(sheet):
        inside = layout.items(sheet, page)
        if inside and isinstance(sheet.form.nodes[page.paths[0]], Group):
            lines.append(layout.Item("heading", page.paths[0], page.title))
        lines += inside
    return lines


def _of(version: Loaded) -> dict[str, Any]:
    facts = version.facts
    return {
        "title": version.title(), "notices": [label(one) for one in facts.notices], "source": facts.source,
        "unverified": not facts.source.get("verified", False),
    }  # fmt: skip


def _about(row: "Wave") -> dict[str, Any]:
    campaign = row.campaign
    way = [home(), Link(str(campaign), f"/exchange/campaigns/{campaign.slug}/")]
    return {"wave": row, "campaign": campaign, "crumbs": way}


def _name(row: "Wave") -> str:
    return f"survey-{row.uuid.hex[:12]}"


def _token(request: HttpRequest, row: "Wave") -> str:
    """A number drawn for this browser and this wave alone; "" where it keeps none."""
    if row.by_code:
        return ""
    return str(request.get_signed_cookie(_name(row), default="", salt=SALT) or "")


def _remembering(response: HttpResponse, request: HttpRequest, row: "Wave") -> HttpResponse:
    if not _token(request, row):
        response.set_signed_cookie(
            _name(row), queries.TOKEN + secrets.token_urlsafe(16), salt=SALT, max_age=KEEP, httponly=True,
            secure=request.is_secure(), samesite="Lax", path=request.path,
        )  # fmt: skip
    return response


@require_safe
def thanks(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = by_slug(slug)
    way = [home(), Link(str(campaign), f"/exchange/campaigns/{campaign.slug}/")]
    return render(request, "exchange/survey_done.html", {"campaign": campaign, "crumbs": way})
