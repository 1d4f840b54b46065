"""Campaigns for everybody: the list, and one with what it did and what its survey found."""

from collections.abc import Sequence
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from zajedno.exchange.queries import campaign as queries
from zajedno.exchange.queries import wave as waves
from zajedno.kernel.clock import today
from zajedno.kernel.labels import label
from zajedno.web.exchange.campaign_words import chart, compared, days, facts, period, told_figures
from zajedno.web.exchange.catalogue import exchange_link
from zajedno.web.exchange.public import Share, public_page, show
from zajedno.web.shared.pieces import Link

if TYPE_CHECKING:
    from zajedno.exchange.models import Campaign, Wave


def home() -> Link:
    return Link(_("Campaigns"), "/exchange/campaigns/")


@public_page
def listed(request: HttpRequest) -> HttpResponse:
    """National ones, each with its local ones."""
    rows = [
        {"row": one, "when": period(one), "objective": label(one.objective), "local": list(one.local.all())}
        for one in queries.national()
    ]
    about = _("What communities do so that people think otherwise of children with disabilities, and whether they do.")
    context = {"rows": rows, "crumbs": [exchange_link()]}
    return show(request, "campaigns.html", Share(_("Campaigns"), about), context)


@public_page
def shown(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = queries.by_slug(slug)
    local = list(queries.public().filter(parent=campaign))
    context = {
        "campaign": campaign, "objective": label(campaign.objective), "rows": facts(campaign), "local": local,
        "said": [label(one) for one in campaign.messages], "figures": told_figures(campaign),
        "note": label(campaign.source.get("note", {})), "places": _by_place(campaign),
        "reach": queries.reach(campaign), "materials": campaign.materials.all(),
        "crumbs": [exchange_link(), home()], **survey(list(waves.of(campaign))),
    }  # fmt: skip
    return show(request, "campaign.html", Share(str(campaign), label(campaign.objective)), context)


def _by_place(campaign: "Campaign") -> list[tuple[str, list[Any]]]:
    return [(place, list(rows)) for place, rows in groupby(campaign.activities.all(), lambda one: one.place)]


def survey(rows: "Sequence[Wave]") -> dict[str, Any]:
    """Waves that can be answered now, those that are over with their figures, and the changes between these."""
    now = today()
    over = [one for one in rows if one.is_over(now)]
    told = []
    for one in over:
        outcome = waves.results(one, now)
        if outcome is not None:
            worth = round(outcome.effective or 0) if one.margins else None
            told.append({"wave": one, "days": days(one), "count": outcome.sheets, "worth": worth,
                         "chart": chart(one, outcome)})  # fmt: skip
    whole = [(over[0], over[-1])] if len(over) > 2 else []  # from the first to the last, then step by step
    changes = [found for pair in (*whole, *pairwise(over)) if (found := compared(*pair, now))]
    return {"open": [one for one in rows if one.is_open(now)], "waves": told, "changes": changes}
