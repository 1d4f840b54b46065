"""Campaigns as everybody reads them, and those a person leads."""

from typing import Any

from django.db.models import Prefetch, QuerySet, Sum

from zajedno.exchange.enums import CampaignState
from zajedno.exchange.models import Campaign
from zajedno.exchange.rules import CAMPAIGN
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound


def public() -> QuerySet[Campaign]:
    rows = Campaign.objects.exclude(state=CampaignState.DRAFT)
    return rows.select_related("organisation", "territory", "parent")


def national() -> QuerySet[Campaign]:
    """Those under no other, each with its local ones."""
    return public().filter(parent=None).prefetch_related(Prefetch("local", public()))


def by_slug(slug: str) -> Campaign:
    """NotFound for a draft as for none."""
    return _one(public().filter(slug=slug))


def visible_to(by: Actor) -> QuerySet[Campaign]:
    rows = Campaign.objects.filter(organisation__in=by.organisations_for(CAMPAIGN.key))
    return rows.select_related("organisation", "territory", "parent")


def find(by: Actor, slug: str) -> Campaign:
    """NotFound for a campaign of others as for none."""
    return _one(visible_to(by).filter(slug=slug))


def parents() -> QuerySet[Campaign]:
    """Under which a local campaign may stand."""
    return public().filter(parent=None).order_by("slug")


def reach(campaign: Campaign) -> int | None:
    """People reached by all activities that were counted; one person twice counts twice."""
    total: int | None = campaign.activities.aggregate(total=Sum("reach"))["total"]
    return total


def contents() -> dict[str, dict[str, Any]]:
    """What stands of each historical campaign, by key, to be compared with its file."""
    names = (
        "titles",
        "objective",
        "audiences",
        "messages",
        "channels",
        "partners",
        "source",
        "figures",
        "begins",
        "ends",
    )
    rows = Campaign.objects.filter(historical=True).exclude(state=CampaignState.DRAFT)
    return {row["slug"]: row for row in rows.values("slug", *names)}


def _one(rows: QuerySet[Campaign]) -> Campaign:
    found = rows.first()
    if found is None:
        raise NotFound("")
    return found
