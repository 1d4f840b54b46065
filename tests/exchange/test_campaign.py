"""Campaigns: the historical one says what its sources say and no more; a local one is led under a national one."""

import tomllib
from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings

from tests.exchange.campaign_world import Campaigning
from tests.refusal import refusal
from tests.world import World
from zajedno.exchange.actions import campaign as actions
from zajedno.exchange.logic.campaign import check, is_partial_day
from zajedno.exchange.models import Campaign
from zajedno.exchange.queries import campaign as queries
from zajedno.kernel.refusal import NotFound, NotPermitted, Overtaken, Refused
from zajedno.web.manage import pack_campaigns
from zajedno.web.manage.packs import Pack

COMMON = Pack(settings.PACKS_DIR / "common")
FILE = settings.PACKS_DIR / "common" / "campaigns" / "govorimo-o-mogucnostima.toml"


def loaded() -> Campaign:
    actions.load_campaign(tomllib.loads(FILE.read_text()), by=None)
    return queries.by_slug(FILE.stem)


def test_the_file_of_the_pack_is_right() -> None:
    assert dict(pack_campaigns.campaign_parts(COMMON)) == {f"campaigns/{FILE.name}": []}


@pytest.mark.django_db
def test_the_historical_figures_are_those_of_the_sources_and_unknown_stays_unknown() -> None:
    row = loaded()
    told = [(one["place"]["en"], one.get("before"), one.get("after")) for one in row.figures]
    assert told == [
        ("Montenegro, 2010–2015", 35, 78), ("Montenegro, 2010–2015", 22, 60), ("Bosnia and Herzegovina", None, None),
        ("Bosnia and Herzegovina", 45, None), ("Bosnia and Herzegovina", 10, None),
        ("Bosnia and Herzegovina", None, None), ("Bosnia and Herzegovina", 20, None),
    ]  # fmt: skip
    assert row.figures[2]["before_said"]["en"] == "one third"
    assert row.figures[5]["before_said"]["en"] == "more than 40 %"
    assert (row.begins, row.ends, row.budget, row.currency) == ("2013-06", "2014-12", Decimal(339500), "USD")
    assert all(one["source"] for one in row.figures)
    assert not row.source["verified"]
    assert row.organisation is None


@pytest.mark.django_db
def test_loading_twice_changes_nothing_and_a_lost_file_is_not_shown() -> None:
    row = loaded()
    assert not actions.load_campaign(tomllib.loads(FILE.read_text()), by=None)
    assert pack_campaigns.changes([COMMON]) == []
    assert actions.retire_campaigns(set(), by=None) == 1
    with pytest.raises(NotFound):
        queries.by_slug(row.slug)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("before = 35", "before = 350", "`before` must be a whole percentage"),
        ('begins = "2013-06"', 'begins = "2013-13"', "`begins` must be as much of a day"),
        ('currency = "USD"', "", "a `budget` needs its `currency`"),
        ('titles.bs = "', 'titles.de = "', "has no text in the declared language “bs”"),
        ('country = "BA"', 'country = "XX"', "the packs know no country “XX”"),
        ("[source]", 'colour = "red"\n[source]', "`colour` is not known here"),
    ],
)
def test_a_mistake_is_explained(old: str, new: str, sentence: str) -> None:
    found = check(FILE.read_text().replace(old, new, 1), key=FILE.stem, countries={"BA"})
    assert any(sentence in str(one) for one in found), found


@pytest.mark.parametrize("text", ["201", "2013-00", "2013-02-30", "2013-7", "x"])
def test_no_day(text: str) -> None:
    assert not is_partial_day(text)


@pytest.mark.django_db
def test_a_local_campaign_is_written_published_and_closed(world: World) -> None:
    led = Campaigning(world, parent=loaded())
    with led.at_work("edita") as by:
        with pytest.raises(NotFound):
            queries.by_slug(led.campaign.slug)
        assert actions.advance(by=by, campaign=led.campaign) == "published"
        actions.tell_activity(by=by, campaign=led.campaign, place="Суботица", what="Дан | Dan | Day", reach=120)
        actions.tell_activity(by=by, campaign=led.campaign, place="Суботица", what="Филм")
        actions.add_material(
            by=by, campaign=led.campaign, title="Летак", link="https://demo.invalid/letak.pdf", licence="CC BY 4.0"
        )
        assert queries.reach(led.campaign) == 120
        assert actions.advance(by=by, campaign=led.campaign) == "closed"
        with pytest.raises(Overtaken):
            actions.advance(by=by, campaign=led.campaign)
    (national,) = queries.national()
    assert list(national.local.all()) == [led.campaign]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"slug": "govorimo-o-mogucnostima"}, "slug"), ({"ends": date(2020, 1, 1)}, "days"),
        ({"budget": Decimal(5), "currency": ""}, "budget"), ({"titles": {"sr": " "}}, "empty"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused(world: World, wrong: dict[str, object], code: str) -> None:
    national = loaded()
    with pytest.raises(Refused) as refusal:
        Campaigning(world, parent=national, **wrong)
    assert refusal.value.code == code


@pytest.mark.django_db
def test_others_may_neither_see_nor_change_it(world: World) -> None:
    led, history = Campaigning(world), loaded()
    with led.at_work("jura") as by:
        with pytest.raises(NotFound):
            queries.find(by, led.campaign.slug)
        with pytest.raises(NotPermitted):
            actions.advance(by=by, campaign=led.campaign)
    with led.at_work("edita") as by:
        with pytest.raises(NotFound):
            queries.find(by, history.slug)
        with pytest.raises(NotPermitted):
            actions.advance(by=by, campaign=history)
        with pytest.raises(Refused):
            actions.add_material(by=by, campaign=led.campaign, title="x", link="javascript:alert(1)", licence="CC0")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "broken"),
    [
        ({"begins": "2013-6"}, "campaign_days"),
        ({"begins": "2014", "ends": "2013"}, "campaign_ends_after_it_begins"),
        ({"budget": 5}, "campaign_budget_has_currency"),
        ({"source": {}}, "campaign_has_a_source_or_a_leader"),
        ({"titles": {}}, "campaign_says_what_it_is"),
    ],
)
def test_the_database_keeps_what_a_campaign_is(wrong: dict[str, object], broken: str) -> None:
    right = {"slug": "c", "titles": {"sr": "К"}, "objective": {"sr": "Ц"}, "historical": True, "source": {"text": "x"}}
    assert refusal(Campaign.objects.create, **right | wrong) == broken
