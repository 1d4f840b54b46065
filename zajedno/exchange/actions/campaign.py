"""A campaign is led: written, published, closed; what it did and what it made is told. Those of packs are loaded."""

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.exchange.enums import CampaignState
from zajedno.exchange.logic.award import labels
from zajedno.exchange.logic.campaign import LISTS
from zajedno.exchange.models import Campaign, CampaignActivity, CampaignMaterial
from zajedno.exchange.rules import CAMPAIGN
from zajedno.kernel.actor import Actor
from zajedno.kernel.labels import Labels
from zajedno.kernel.refusal import Overtaken, Refused
from zajedno.kernel.verbs import ask
from zajedno.places.queries.territory import by_code
from zajedno.procedures.rules import LOAD

TOLD: Mapping[str, Any] = {"activity": CampaignActivity, "material": CampaignMaterial}
NEXT = {CampaignState.DRAFT: CampaignState.PUBLISHED, CampaignState.PUBLISHED: CampaignState.CLOSED}


@transaction.atomic
def open_campaign(
    *, by: Actor, organisation: int, slug: str, titles: Labels, objective: Labels, begins: date,
    ends: date | None = None, parent: Campaign | None = None, territory: int | None = None,
    budget: Decimal | None = None, currency: str = "", **lists: str,
) -> Campaign:  # fmt: skip
    """A draft. `lists`: `audiences`, `messages`, `channels`, `partners`, a line each, `Serbian | Bosnian | English`."""
    ask(by, CAMPAIGN, organisation)
    if Campaign.objects.filter(slug=slug).exists():
        raise Refused(_("There is a campaign at this address already. Choose another one."), "slug")
    fields = _fields(titles, objective, begins, ends, parent, territory, budget, currency, lists)
    row = Campaign.objects.create(slug=slug, organisation_id=organisation, made_by=by.account, **fields)
    _record(by, row, {"state": row.state})
    return row


@transaction.atomic
def change_campaign(
    *, by: Actor, campaign: Campaign, titles: Labels, objective: Labels, begins: date, ends: date | None = None,
    parent: Campaign | None = None, territory: int | None = None, budget: Decimal | None = None, currency: str = "",
    **lists: str,
) -> Campaign:  # fmt: skip
    """What a draft or a published campaign says of itself; its address and who leads it stay."""
    row = _locked(by, campaign)
    if row.state == CampaignState.CLOSED:
        raise Overtaken(_("This campaign is closed already."), "closed")
    if parent and (parent.pk == row.pk or row.local.exists()):
        raise Refused(_("A local campaign stands under a national one, not under another local one."), "parent")
    for name, value in _fields(titles, objective, begins, ends, parent, territory, budget, currency, lists).items():
        setattr(row, name, value)
    row.save()
    _record(by, row, {"changed": True})
    return row


def _fields(
    titles: Labels, objective: Labels, begins: date, ends: date | None, parent: Campaign | None,
    territory: int | None, budget: Decimal | None, currency: str, lists: Mapping[str, str],
) -> dict[str, Any]:  # fmt: skip
    if ends and ends < begins:
        raise Refused(_("The campaign ends after it begins."), "days")
    if parent and parent.parent_id:
        raise Refused(_("A local campaign stands under a national one, not under another local one."), "parent")
    if (budget is None) != (currency == ""):
        raise Refused(_("Write the budget together with its currency."), "budget")
    return {
        "titles": _said(titles), "objective": _said(objective), "begins": str(begins), "ends": str(ends or ""),
        "parent": parent, "territory_id": territory, "budget": budget, "currency": currency,
        **{name: lines(lists.get(name, "")) for name in LISTS},
    }  # fmt: skip


def _said(texts: Labels) -> dict[str, str]:
    said = {language: text.strip() for language, text in texts.items() if text.strip()}
    if not said:
        raise Refused(_("Write title and objective in at least one language."), "empty")
    return said


def lines(text: str) -> list[dict[str, str]]:
    return [found for line in text.splitlines() if (found := labels(line.strip()))]


@transaction.atomic
def advance(*, by: Actor, campaign: Campaign) -> CampaignState:
    """Publish a draft; close a published one."""
    row = _locked(by, campaign)
    if row.state not in NEXT:
        raise Overtaken(_("This campaign is closed already."), "closed")
    row.state = NEXT[CampaignState(row.state)]
    row.save(update_fields=["state"])
    _record(by, row, {"state": row.state})
    return CampaignState(row.state)


@transaction.atomic
def tell_activity(
    *, by: Actor, campaign: Campaign, place: str, what: str, day: date | None = None, reach: int | None = None
) -> CampaignActivity:
    row = _locked(by, campaign)
    if not (texts := labels(what.strip())) or not place.strip():
        raise Refused(_("Say what was done and where."), "empty")
    made = CampaignActivity.objects.create(campaign=row, place=place.strip(), what=texts, day=day, reach=reach)
    _record(by, row, {"activity": made.pk})
    return made


@transaction.atomic
def add_material(*, by: Actor, campaign: Campaign, title: str, link: str, licence: str) -> CampaignMaterial:
    row = _locked(by, campaign)
    if not (texts := labels(title.strip())) or not licence.strip():
        raise Refused(_("Say what it is, and under which licence others may use it."), "empty")
    if not link.startswith(("https://", "http://")):
        raise Refused(_("Write an address that begins with https://"), "link")
    made = CampaignMaterial.objects.create(campaign=row, titles=texts, link=link, licence=licence.strip())
    _record(by, row, {"material": made.pk})
    return made


@transaction.atomic
def take_out(*, by: Actor, campaign: Campaign, what: str, number: int) -> None:
    """An activity or a material that was entered wrongly; `what`: a key of TOLD."""
    row = _locked(by, campaign)
    if what not in TOLD or not TOLD[what].objects.filter(campaign=row, pk=number).delete()[0]:
        raise Overtaken(_("It is not there any more."), "gone")
    _record(by, row, {"taken_out": what})


def _locked(by: Actor, campaign: Campaign) -> Campaign:
    """Nobody leads a historical campaign, so nobody has a right on it."""
    row = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    ask(by, CAMPAIGN, row.organisation_id or 0)
    return row


@transaction.atomic
def load_campaign(content: Mapping[str, Any], *, by: Actor | None) -> bool:
    """Bring a historical campaign in line with its checked file (`logic.campaign.check`). Was anything written?

    `by` None is the command line; whoever else loads packs has been asked for LOAD before.
    """
    fields: dict[str, Any] = {
        "titles": content["titles"], "objective": content["objective"], "budget": content.get("budget"),
        "currency": content.get("currency", ""), "begins": content.get("begins", ""), "ends": content.get("ends", ""),
        "source": content["source"], "figures": content.get("figures", []), "state": CampaignState.CLOSED,
        "territory": by_code(content["country"], content["country"]) if content.get("country") else None,
        **{name: content.get(name, []) for name in LISTS},
    }  # fmt: skip
    old = Campaign.objects.select_for_update(of=("self",)).filter(slug=content["key"], historical=True).first()
    if old and all(getattr(old, name) == value for name, value in fields.items()):
        return False
    Campaign.objects.update_or_create(slug=content["key"], historical=True, defaults=fields)
    audit.record(by=by, verb=LOAD.key if by else CAMPAIGN.key, detail={"campaign": content["key"]})
    return True


@transaction.atomic
def retire_campaigns(keys: Collection[str], *, by: Actor | None) -> int:
    """Take historical campaigns off the pages that no pack names any more."""
    gone = Campaign.objects.filter(historical=True).exclude(slug__in=keys).exclude(state=CampaignState.DRAFT)
    count = gone.update(state=CampaignState.DRAFT)
    if count:
        audit.record(by=by, verb=LOAD.key if by else CAMPAIGN.key, detail={"retired_campaigns": count})
    return count


def _record(by: Actor, campaign: Campaign, detail: dict[str, Any]) -> None:
    about = {"campaign": campaign.slug}
    audit.record(by=by, verb=CAMPAIGN.key, organisation=campaign.organisation_id, detail=about | detail)
