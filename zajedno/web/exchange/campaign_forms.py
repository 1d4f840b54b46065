"""Forms of who leads a campaign: to begin one, to tell what was done, to open a wave, to draw codes."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.validators import validate_slug
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zajedno.exchange.actions.wave import MOST_CODES
from zajedno.exchange.enums import WaveKind
from zajedno.exchange.logic.campaign import LISTS
from zajedno.exchange.logic.model import lines
from zajedno.web.shared.fields import DateField, LongText, Number, Radios, Select, Text, Whole
from zajedno.web.shared.forms import Form

if TYPE_CHECKING:
    from zajedno.exchange.models import Campaign

LANGUAGES = ("sr", "bs", "en")
BY_CODE = (
    ("code", _("Only who has an invitation code")),
    ("open", _("Anybody who reads the page, once a browser")),
)


class NewCampaign(Form):
    """`organisations`: (id, name); `parents`: (slug, title) of national campaigns; `places`: (id, name) of territories.

    `campaign`: one that is changed; its address and who leads it stay.
    """

    organisation = Radios(label=_("Who leads it"))
    slug = Text(
        label=_("Address of its page"), max_length=80, width="two-thirds", validators=[validate_slug],
        help_text=_("Small Latin letters, numbers and hyphens, for example: see-me-subotica"),
    )  # fmt: skip
    title_sr = Text(label=_("Title in Serbian, in Cyrillic"), max_length=160, required=False, width="two-thirds")
    title_bs = Text(label=_("Title in Bosnian"), max_length=160, required=False, width="two-thirds")
    title_en = Text(label=_("Title in English"), max_length=160, required=False, width="two-thirds")
    objective_sr = LongText(label=_("What should change, in Serbian"), max_length=2000, rows=3, required=False)
    objective_bs = LongText(label=_("What should change, in Bosnian"), max_length=2000, rows=3, required=False)
    objective_en = LongText(label=_("What should change, in English"), max_length=2000, rows=3, required=False)
    begins = DateField(label=_("First day"))
    ends = DateField(label=_("Last day"), required=False)
    territory = Select(label=_("Where"), required=False)
    parent = Select(label=_("National campaign that it belongs to"), required=False)
    audiences = LongText(
        label=_("For whom, a line each"), max_length=2000, rows=3, required=False,
        help_text=_("Serbian | Bosnian | English. One language is enough."),
    )  # fmt: skip
    messages = LongText(label=_("Messages, a line each"), max_length=4000, rows=3, required=False)
    channels = LongText(label=_("By what ways, a line each"), max_length=2000, rows=3, required=False)
    partners = LongText(label=_("Partners, a line each"), max_length=2000, rows=3, required=False)
    budget = Number(label=_("Budget"), required=False, least=0)
    currency = Text(
        label=_("Currency"), help_text=_("Three letters, for example RSD"), max_length=3, required=False, width=5
    )

    def __init__(
        self, *args: Any, organisations: Sequence[tuple[str, str]], parents: Sequence[tuple[str, str]],
        places: Sequence[tuple[str, str]], today: date, campaign: "Campaign | None" = None, **kwargs: Any,
    ) -> None:  # fmt: skip
        first = {"begins": today, "organisation": organisations[0][0]} if campaign is None else said_before(campaign)
        super().__init__(*args, initial=first, **kwargs)
        self.fill("territory", [("", _("Not said")), *places])
        self.fill("parent", [("", _("None")), *parents])
        if campaign is None:
            self.fill("organisation", organisations)
        away = ([] if parents else ["parent"]) + (["organisation", "slug"] if campaign else [])
        for name in away:
            del self.fields[name]

    def chosen(self) -> dict[str, Any]:
        """For `open_campaign` and `change_campaign`; without the parent, which is a slug here."""
        data = dict(self.cleaned_data)
        texts = {
            name: {language: data.pop(f"{short}_{language}") for language in LANGUAGES}
            for name, short in (("titles", "title"), ("objective", "objective"))
        }
        data.pop("parent", None)
        if "organisation" in data:
            data["organisation"] = int(data["organisation"])
        data["territory"] = int(data["territory"]) if data["territory"] else None
        data["currency"] = data["currency"].upper() if data["budget"] is not None else ""
        return {**data, **texts}


def said_before(campaign: "Campaign") -> dict[str, Any]:
    """What stands of a campaign now, as `NewCampaign` asks for it."""
    texts = {
        f"{short}_{language}": told.get(language, "")
        for short, told in (("title", campaign.titles), ("objective", campaign.objective))
        for language in LANGUAGES
    }
    lists = {name: lines([{"labels": one} for one in getattr(campaign, name)]) for name in LISTS}
    days = {name: date.fromisoformat(day) for name in ("begins", "ends") if (day := getattr(campaign, name))}
    return {
        **texts, **lists, **days, "territory": campaign.territory_id or "", "budget": campaign.budget,
        "parent": campaign.parent.slug if campaign.parent else "", "currency": campaign.currency,
    }  # fmt: skip


class TellActivity(Form):
    place = Text(label=_("Place"), max_length=120, width="two-thirds")
    day = DateField(label=_("Day"), required=False)
    what = Text(
        label=pgettext_lazy("campaign", "What was done"),
        max_length=300,
        help_text=_("Serbian | Bosnian | English. One is enough."),
    )
    reach = Whole(label=_("How many people it reached, if anybody counted"), required=False, least=0, most=100_000_000)


class AddMaterial(Form):
    title = Text(label=_("What it is"), max_length=200, help_text=_("Serbian | Bosnian | English. One is enough."))
    link = Text(label=_("Address on the web"), help_text=_("It begins with https://"), max_length=500)
    licence = Text(label=_("Licence"), help_text=_("For example: CC BY 4.0"), max_length=120, width="two-thirds")


class OpenWave(Form):
    kind = Radios(label=_("When in the campaign"), choices=WaveKind.choices)
    opens_on = DateField(label=_("First day of the survey"))
    closes_on = DateField(label=_("Last day of the survey"))
    who = Radios(label=_("Who answers"), choices=BY_CODE)
    quotas = LongText(
        label=_("Quotas: how many at most of each group, a line each"), max_length=4000, rows=4, required=False,
        help_text=_("For example: 18-29 f town = 40. Ages 18-29, 30-44, 45-59, 60+; f or m; town or village."),
    )  # fmt: skip
    margins = LongText(
        label=_("Shares of the population to weight by, a line each"), max_length=2000, rows=4, required=False,
        help_text=_("In percent, for example: sex f = 51. Questions: age_group, sex, settlement. From your census."),
    )  # fmt: skip

    def chosen(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        by_code = data.pop("who") == "code"
        return {**data, "by_code": by_code}


class DrawCodes(Form):
    count = Whole(label=_("How many codes"), least=1, most=MOST_CODES)
