"""Did it work? A place names an indicator once; everybody reads what released figures say, and no more."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from html import unescape

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from tests.exchange.site_world import Sites
from tests.figures.effects import FIRST, invented
from zajedno.exchange.actions.site_report import name_indicator
from zajedno.exchange.models import Site
from zajedno.exchange.queries.effect import offered, shown
from zajedno.figures.actions import define
from zajedno.figures.logic.effect import Reason, Verdict
from zajedno.figures.models import Edition, Reading
from zajedno.kernel import clock
from zajedno.kernel.fence import EXCHANGE, acting
from zajedno.kernel.refusal import NotFound, Overtaken, Refused
from zajedno.places.models import Territory
from zajedno.web.exchange.effect_chart import EffectChart

pytestmark = pytest.mark.django_db
DEFINED = {
    "code": "k2",
    "kind": "share",
    "unit": "%",
    "better": "higher",
    "words": {"name": {"en": "Opinions in time"}},
}


@pytest.fixture(autouse=True)
def later() -> Iterator[None]:
    with clock.on(date(2025, 3, 1)):
        yield


def taken_over(sites: Sites, indicator: str = "k2") -> Site:
    """Begun in February 2021; the service is there since September, and the indicator was named before."""
    with clock.on(date(2021, 2, 1)):
        site = sites.begun()
        if indicator:
            with sites.at_work("amra", date(2021, 2, 1)) as by:
                name_indicator(by=by, uuid=site.uuid, indicator=indicator)
        sites.ready(site)
        for move in ("settle_readiness", "agree", "form_body", "finish_mapping", "adopt_plan", "sign_protocol"):
            sites.move(site, move)
    with clock.on(date(2021, 9, 1)):
        sites.move(site, "begin_service")
    return Site.objects.get(pk=site.pk)


def release(sites: Sites, effect: float) -> None:
    """Eight years of invented figures of the town and of two dozen places beside it."""
    whole = Territory.objects.get(code="BA")
    table = invented(3, effect=effect)
    table[sites.at("town").territory.code] = table.pop("P00")
    for code in table.keys() - {sites.at("town").territory.code}:
        Territory.objects.create(
            country=whole.country, code=code, kind="municipality", is_unit=True, parent=whole,
            name_lat=f"Mjesto {code}", name_cyr=f"Мјесто {code}",
        )  # fmt: skip
    for at in range(9):
        year = FIRST + at
        edition = Edition.objects.create(
            indicator="k2", territory=whole, period=str(year), number="1", turn=1, axes=[],
            released_on=date(year + 1, 2, 1), closed_on=date(year, 12, 31),
        )  # fmt: skip
        Reading.objects.bulk_create(
            Reading(edition=edition, place=code, said="exact", value=Decimal(str(round(row[at], 2))), top=90,
                    bottom=200, count=200)
            for code, row in table.items()
        )  # fmt: skip


@pytest.fixture
def defined() -> None:
    define([DEFINED, {**DEFINED, "code": "n1", "kind": "count"}, {**DEFINED, "code": "x1", "better": "neither"}])


def page(site: Site) -> str:
    answer = Client(headers={"accept-language": "en"}).get(f"/exchange/models/spi/sites/{site.uuid}/")
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_everybody_reads_that_it_worked_and_how_sure_that_is(sites: Sites, defined: None) -> None:
    site = taken_over(sites)
    release(sites, effect=15.0)
    with acting(EXCHANGE):
        found = shown(site)
    assert found is not None
    assert found.effect.verdict == Verdict.WORKED
    assert (found.effect.n_before, found.effect.n_after) == (5, 3)
    text = page(site)
    for words in (
        "Did it work?", "It worked, as far as these figures show", "Opinions in time",
        "of a hundred more than where the model was not taken up; chance alone would show this less than once in",
        "Before: 2016, 2017, 2018, 2019, 2020. After: 2022, 2023, 2024.", "The numbers as a table", "Mjesto P",
        "does not say that the model did it", "The scale does not begin at zero.",
    ):  # fmt: skip
        assert words in text, words
    assert "may choose what went well" not in text


def test_only_a_scale_that_leaves_zero_out_says_so() -> None:
    for values, is_cut in (((50.0, 60.0), True), ((-9.0, -3.0), True), ((0.0, 60.0), False), ((-3.0, 4.0), False)):
        rows = [(str(2020 + at), value, None, "before") for at, value in enumerate(values)]
        assert EffectChart("title", "words", "Mjesto", "%", rows).is_cut() == is_cut


def test_no_change_and_nothing_to_say_are_said(sites: Sites, defined: None) -> None:
    site = taken_over(sites)
    assert "Figures of three periods before the start are needed" in page(site)
    release(sites, effect=0.0)
    assert "No change was seen that chance alone could not make. Anything from " in page(site)
    with clock.on(date(2021, 9, 1)):
        other = sites.begun("mirza", "other")
    found = shown(other)
    assert found is None  # it names no indicator
    assert "Did it work?" not in page(other)


def test_who_took_the_model_over_too_is_no_comparison(sites: Sites, defined: None) -> None:
    site = taken_over(sites)
    release(sites, effect=0.0)
    near = shown(site)
    assert near is not None
    one = near.effect.places[0]
    town = sites.at("other")
    Territory.objects.filter(code=one).update(code="moved")
    Territory.objects.filter(pk=town.territory_id).update(code=one)
    town.territory.refresh_from_db()
    sites.begun("mirza", "other")
    again = shown(site)
    assert again is not None
    assert {*near.effect.places} - {*again.effect.places} == {one}


def test_an_indicator_is_named_once_from_those_that_can_be_compared(sites: Sites, defined: None) -> None:
    assert [one.code for one in offered()] == ["k2"]
    site = sites.begun()
    with sites.at_work("amra") as by:
        for code in ("n1", "x1", "none", ""):
            with pytest.raises(Refused, match="indicator"), transaction.atomic():
                name_indicator(by=by, uuid=site.uuid, indicator=code)
        name_indicator(by=by, uuid=site.uuid, indicator="k2")
        with pytest.raises(Overtaken, match="named"), transaction.atomic():
            name_indicator(by=by, uuid=site.uuid, indicator="k2")
    with sites.at_work("mirza") as by, pytest.raises(NotFound), transaction.atomic():
        name_indicator(by=by, uuid=site.uuid, indicator="k2")
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        Site.objects.filter(pk=site.pk).update(indicator="n1")


def test_it_is_named_on_a_page_and_late_is_told(sites: Sites, defined: None) -> None:
    site = taken_over(sites, indicator="")
    amra = Client(headers={"accept-language": "en"})
    amra.force_login(sites.world.accounts["amra"])
    address = f"/exchange/sites/{site.uuid}/indicator/"
    assert address in amra.get(f"/exchange/sites/{site.uuid}/").content.decode()
    assert amra.post(address, {"indicator": ""}).status_code == 422
    assert amra.post(address, {"indicator": "k2"}).status_code == 302
    assert amra.post(address, {"indicator": "k2"}).status_code == 409
    assert "may choose what went well" in page(site)
    assert address not in amra.get(f"/exchange/sites/{site.uuid}/").content.decode()


def test_what_is_not_begun_or_given_up_or_not_alone_claims_nothing(sites: Sites, defined: None) -> None:
    with clock.on(date(2021, 2, 1)):
        site = sites.begun()
    with sites.at_work("amra") as by:
        name_indicator(by=by, uuid=site.uuid, indicator="k2")
    found = shown(Site.objects.get(pk=site.pk))
    assert found is not None
    assert found.effect.reason == Reason.NOT_BEGUN
    Site.objects.filter(pk=site.pk).update(closed_on=date(2022, 1, 1), outcome="given_up")
    assert shown(Site.objects.get(pk=site.pk)) is None
