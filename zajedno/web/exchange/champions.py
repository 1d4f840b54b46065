"""Champions for everybody: the wall, a champion, a nomination, and what its two letters lead to."""

from collections.abc import Callable
from functools import wraps
from itertools import groupby
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from zajedno.exchange.actions import nomination as actions
from zajedno.exchange.enums import Consent
from zajedno.exchange.queries import award as queries
from zajedno.exchange.queries import nomination as nominations
from zajedno.kernel.clock import today
from zajedno.kernel.refusal import NotFound
from zajedno.web.exchange.award_forms import Nominate
from zajedno.web.exchange.plaque import as_pdf
from zajedno.web.exchange.public import Share, kept, show
from zajedno.web.shared.errors import not_found
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import answer, attempt
from zajedno.web.shared.limits import too_many
from zajedno.web.shared.pieces import Link, Row

if TYPE_CHECKING:
    from zajedno.exchange.models import Nomination

PER_PAGE = 60
MOST, WINDOW = 30, 3600  # nominations sent from one address (an office shares it), in seconds
WORDS = ("confirm", "thanks", "refused", "withdrawn")


def public_form(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page that anybody may send; nothing it receives may reach an error report."""
    return wraps(view)(sensitive_post_parameters()(require_http_methods(["GET", "HEAD", "POST"])(view)))


def home() -> Link:
    return Link(_("Champions of inclusion"), "/exchange/champions/")


@require_safe
def wall(request: HttpRequest) -> HttpResponseBase:
    """By year of the decision, the newest first; nobody whose consent is not in force."""
    page = Paginator(queries.wall(), PER_PAGE).get_page(request.GET.get("page"))
    years = [(year, list(rows)) for year, rows in groupby(page, lambda one: one.day.year)]
    about = _("People, institutions and groups who did something by which more children belong.")
    context = {"years": years, "page": page, "open": queries.open_cycles(today())}
    return _kept(request, show(request, "champions.html", Share(_("Champions of inclusion"), about), context))


def _kept(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """Asked for anew each time, by browsers alone, and listed by no search engine: so says the page on which a
    nominee agrees, and who withdraws waits for nobody."""
    answer = kept(request, response, seconds=0)
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["X-Robots-Tag"] = "noindex, noarchive"
    return answer


@require_safe
def champion(request: HttpRequest, slug: str) -> HttpResponseBase:
    honour = queries.champion(slug)
    row = honour.nomination
    context = {
        "honour": honour, "row": row, "crumbs": [home()], "facts": facts(row), "story": row.shown("story"),
        "story_lang": story_language(row),
    }  # fmt: skip
    share = Share(f"{row.name} – {_('Champions of inclusion')}", str(honour.cycle))
    return _kept(request, show(request, "champion.html", share, context))


def story_language(row: "Nomination") -> str:
    """In which language and script a text of the nominator stands on this page."""
    if row.language not in ("sr", "sr-latn"):
        return row.language
    return "sr" if get_language() == "sr" and row.language == "sr" else "sr-latn"


def facts(row: "Nomination") -> list[Row]:
    """What is shown of a nominee beside the name and the story."""
    told = (
        (_("What they do"), row.shown("role")),
        (_("Institution"), row.shown("institution")),
        (_("Municipality"), row.town),
        (_("Field of work"), row.get_sector_display()),
        (_("Category"), str(row.category) if row.category else ""),
    )
    return [Row(key, value) for key, value in told if value]


@public_form
def nominate(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Open while the cycle is; without an account the nomination waits for its nominator's link."""
    cycle = queries.open_cycle(uuid, today())
    by = request.actor  # type: ignore[attr-defined]
    form = Nominate(request.POST if request.method == "POST" else None, cycle=cycle, strange=by is None)
    if request.method == "POST" and too_many(request, "nominate", most=MOST, seconds=WINDOW):
        return render(request, "429.html", status=429)
    if form.is_valid() and attempt(
        form,
        lambda: actions.nominate(
            cycle=uuid, said=form.said(), language=get_language() or "sr", site=site(request), by=by, **form.nominator()
        ),
    ):
        return redirect("award:said", what="thanks" if by else "confirm")
    return answer(request, "exchange/nominate.html", {"form": form, "cycle": cycle, "crumbs": [home()]})


def site(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


@require_safe
def said(request: HttpRequest, what: str) -> HttpResponse:
    """What comes next, after something was sent."""
    if what not in WORDS:
        raise NotFound("")
    return render(request, "exchange/champions_said.html", {"what": what, "crumbs": [home()]})


def by_link(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A link of a letter; the same page for a used and for an invented one. Looking changes nothing: mail readers
    open links by themselves."""

    @public_form
    @wraps(view)
    def page(request: HttpRequest, token: str) -> HttpResponse:
        try:
            return view(request, token)
        except NotFound:
            return render(request, "exchange/link_gone.html", status=404)

    return page


@by_link
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The nominator says that it was them."""
    row = nominations.to_confirm(token)
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, lambda: actions.confirm(token=token, site=site(request))):
        return redirect("award:said", what="thanks")
    return answer(request, "exchange/confirm.html", {"form": form, "row": row})


@by_link
def consent(request: HttpRequest, token: str) -> HttpResponse:
    """The nominee reads what would be shown and where, and agrees, refuses, or withdraws."""
    row = nominations.to_answer(token)
    form = Form(request.POST if request.method == "POST" else None)
    asked = row.consent == Consent.ASKED
    what = request.POST.get("answer", "")
    if form.is_valid() and asked and what == "yes":
        new: list[str] = []
        if attempt(form, lambda: new.append(actions.agree(token=token, site=site(request)))):
            return redirect("award:consent", token=new[0])
    elif form.is_valid() and asked and what == "no":
        if attempt(form, lambda: actions.refuse(token=token)):
            return redirect("award:said", what="refused")
    elif form.is_valid() and not asked and what == "withdraw" and attempt(form, lambda: actions.withdraw(token=token)):
        return redirect("award:said", what="withdrawn")
    honour = getattr(row, "honour", None)
    return answer(
        request, "exchange/consent.html",
        {"form": form, "row": row, "asked": asked, "facts": [Row(_("Name"), row.name), *facts(row)], "token": token,
         "honour": honour, "story": row.shown("story"), "story_lang": story_language(row),
         "is_public": bool(honour and row.cycle.published_on)},
    )  # fmt: skip


@by_link
def own_plaque(request: HttpRequest, token: str) -> HttpResponse:
    """The plaque of the honoured, from the same letter."""
    row: Any = nominations.to_answer(token)
    if not hasattr(row, "honour") or not row.cycle.published_on:
        return not_found(request)
    return as_pdf(row.honour)
