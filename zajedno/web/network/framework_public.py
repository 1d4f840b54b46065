"""Public pages of frameworks of results that are marked public."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from zajedno.kernel.labels import label
from zajedno.programmes.queries import frame as queries
from zajedno.web.exchange.public import Share, public_page, show
from zajedno.web.network import framework_words as words
from zajedno.web.shared.pieces import Link

HOME = "/frames/"


@public_page
def shown(request: HttpRequest, frame: str) -> HttpResponse:
    row = queries.find(frame, public_only=True)
    whole = queries.whole(row)
    context = {
        "frame": row, "facts": words.facts(row, whole), "tables": words.tables(whole),
        "crumbs": [Link(_("Frameworks of results"), HOME)],
    }  # fmt: skip
    return show(request, "framework_public.html", Share(str(row), label(row.about)), context, "network")


@public_page
def listed(request: HttpRequest) -> HttpResponse:
    about = _("What programmes of several phases were to change, and what came of it, with sources.")
    return show(
        request,
        "frameworks_public.html",
        Share(_("Frameworks of results"), about),
        {"rows": queries.public()},
        "network",
    )
