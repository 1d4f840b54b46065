"""Public pages: no login, no session, nothing of anybody."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zajedno.exchange.queries import event as events
from zajedno.exchange.queries import model as models
from zajedno.kernel.labels import label
from zajedno.web.exchange.event import when
from zajedno.web.exchange.models import address
from zajedno.web.exchange.public import Share, public_page, show
from zajedno.web.public.begin import PEOPLE
from zajedno.web.public.easy import PARTS
from zajedno.web.shared.shell import product

SOURCES = ("exchange-of-good-practices", "lessons-learned-spis")  # the events whose texts say how this works
NETWORK = "local-network"  # a model of the packs
CLOSED = ("/work/", "/panel/", "/manage/", "/network/", "/family/", "/account/", "/login/")


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """The model in plain words; what it says of the world comes from events with a source, or is not said."""
    told = {one.key: one for one in events.public().filter(key__in=SOURCES)}
    sources = [
        {"event": told[key], "summary": label(told[key].content["summary"]), "when": when(told[key])}
        for key in SOURCES
        if key in told
    ]
    model = models.public().filter(slug=NETWORK).first()
    network = {"href": address(model)} if model else None
    name = product(request.LANGUAGE_CODE)
    about = _(
        "%(product)s is where schools, health centres, social work, municipalities and parents work on one thing: "
        "that a child gets the support it needs, in time."
    ) % {"product": name}
    facts = {"@type": "WebSite", "name": name, "description": about}
    share = Share(_("Every child included, everybody working together"), about, facts=facts)
    return show(request, "home.html", share, {"sources": sources, "network": network}, folder="public")


@public_page
def easy(request: HttpRequest) -> HttpResponse:
    share = Share(_("Easy to read"), _("What happens here, in short sentences and with pictures."))
    return show(request, "easy.html", share, {"parts": PARTS}, folder="public")


@public_page
def begin(request: HttpRequest) -> HttpResponse:
    share = Share(_("Where do I begin?"), _("Three steps for parents, teachers, nurses, municipalities and guests."))
    return show(request, "begin.html", share, {"people": PEOPLE}, folder="public")


@public_page
def help_page(request: HttpRequest) -> HttpResponse:
    return show(request, "help.html", Share(_("Help"), _("What to do when something does not work.")), {}, "public")


@public_page
def accessibility(request: HttpRequest) -> HttpResponse:
    share = Share(_("Accessibility"), _("How everybody can use these pages, and what is not good enough yet."))
    return show(request, "accessibility.html", share, {}, "public")


@public_page
def privacy(request: HttpRequest) -> HttpResponse:
    share = Share(_("Privacy"), _("What is kept of a child, who sees it, and what your rights are."))
    return show(request, "privacy.html", share, {}, "public")


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """`ok` when the database answers, else 503. Read by whoever watches the server."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except DatabaseError:
        return HttpResponse("database does not answer\n", content_type="text/plain", status=503)
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in CLOSED),
        f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")
