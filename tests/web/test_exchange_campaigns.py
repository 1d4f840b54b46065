"""Pages of campaigns: read by everybody, answered by anybody once, led by who may."""

from datetime import timedelta
from html import unescape

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from tests.exchange.campaign_world import ITEMS, Campaigning, sheet
from tests.exchange.test_campaign import loaded
from tests.world import World
from zajedno.exchange.models import Campaign, Wave, WaveAnswer
from zajedno.kernel import clock
from zajedno.kernel.clock import today

pytestmark = pytest.mark.django_db
PUBLIC, MINE = "/exchange/campaigns/", "/exchange/campaigning/"
NAMES = {name: f"data_{name}" for name in ("age_group", "sex", "settlement")}
NAMES |= {name: f"data_closeness_{name}" for name in ITEMS}


@pytest.fixture
def led(world: World) -> Campaigning:
    cache.clear()
    made = Campaigning(world)
    made.publish()
    return made


@pytest.fixture
def anybody() -> Client:
    return Client(headers={"accept-language": "en"})


def as_(led: Campaigning, who: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(led.world.accounts[who])
    return client


def text(response: HttpResponse) -> str:
    return unescape(response.content.decode())


def sent(**answers: str) -> dict[str, str]:
    return {NAMES[name]: value for name, value in (sheet() | answers).items()}


def form_of(row: Wave) -> str:
    return f"{PUBLIC}kampanja/survey/{row.uuid}/"


def test_the_historical_campaign_reads_as_its_sources_say(led: Campaigning, anybody: Client) -> None:
    row = loaded()
    assert str(row) in text(anybody.get(PUBLIC))
    response = anybody.get(f"{PUBLIC}{row.slug}/")
    page = text(response)
    for told in ("35 %", "78 %", "+43 points", "22 %", "60 %", "one third", "45 %", "June 2013 – December 2014",
                 "not found", "Not verified", "USAID"):  # fmt: skip
        assert told in page, told
    assert response["ETag"]
    assert "sessionid" not in response.cookies


def test_a_draft_is_shown_to_nobody_else(world: World, anybody: Client) -> None:
    Campaigning(world)
    assert anybody.get(f"{PUBLIC}kampanja/").status_code == 404
    assert "Campaign" not in text(anybody.get(PUBLIC)).split("<main")[1].replace("Campaigns", "")


def test_somebody_answers_once_and_is_told_so(led: Campaigning, anybody: Client) -> None:
    row = led.open()
    assert form_of(row) in text(anybody.get(f"{PUBLIC}kampanja/"))
    response = anybody.get(form_of(row))
    assert "How old are you?" in text(response)
    assert not response.has_header("ETag")
    answer = anybody.post(form_of(row), sent())
    assert (answer.status_code, answer["Location"]) == (302, f"{PUBLIC}kampanja/survey/thanks/")
    assert "Your answers are counted." in text(anybody.get(answer["Location"]))
    for response in (anybody.get(form_of(row)), anybody.post(form_of(row), sent())):
        assert "sent from this browser already" in text(response)
    (kept,) = WaveAnswer.objects.all()
    assert (kept.answers, kept.cell, kept.holds_on) == (sheet(), "18-29 f town", today())
    assert "sessionid" not in anybody.cookies


def test_who_keeps_no_cookie_or_makes_one_up_is_not_counted(led: Campaigning) -> None:
    row = led.open()
    stranger = Client(headers={"accept-language": "en"})
    response = stranger.post(form_of(row), sent())
    assert response.status_code == 422
    assert "keeps no cookies" in text(response)
    stranger.cookies[f"survey-{row.uuid.hex[:12]}"] = "~made-up"
    assert stranger.post(form_of(row), sent()).status_code == 422
    assert not WaveAnswer.objects.exists()


def test_an_error_loses_no_answer(led: Campaigning, anybody: Client) -> None:
    row = led.open(by_code=True)
    response = anybody.post(form_of(row), {**sent(sex="m"), "code": "XXXX"})
    page = text(response)
    assert response.status_code == 422
    assert "This code is not known" in page
    assert 'value="XXXX"' in page
    assert page.count("checked") == len(NAMES)
    (code,) = led.codes(row)
    assert anybody.post(form_of(row), {**sent(), "code": code.lower()}).status_code == 302
    assert anybody.post(form_of(row), {**sent(), "code": code}).status_code == 422
    assert anybody.post(form_of(row), {**sent(best_friend="77"), "code": led.codes(row)[0]}).status_code == 422
    assert WaveAnswer.objects.count() == 1


def test_a_full_group_is_thanked_and_told(led: Campaigning, anybody: Client) -> None:
    row = led.open(quotas="18-29 f town = 0")
    anybody.get(form_of(row))
    assert "Enough people like you" in text(anybody.post(form_of(row), sent()))


def test_two_waves_side_by_side_in_plain_words(led: Campaigning, anybody: Client) -> None:
    first = led.open()
    led.answers(first, yes=30, no=70)
    second = led.open(today() + timedelta(days=730), kind="end")
    led.answers(second, yes=60, no=40)
    with clock.on(second.closes_on):
        assert "of 100 people, 30" not in text(anybody.get(f"{PUBLIC}kampanja/"))
    with clock.on(second.closes_on + timedelta(days=1)):
        page = text(anybody.get(f"{PUBLIC}kampanja/"))
    assert "“is in the same class”: of 100 people, 30 more accept this than 2 years before; " in page
    assert "the true change lies between 16 and 42." in page
    assert page.count("<svg") >= 2
    assert "Before, of 100 people" in page
    assert '<td class="govuk-table__cell govuk-table__cell--numeric">60.0</td>' in page
    assert "this is no sample of the people" in page


def test_of_few_nothing_stands_on_the_page(led: Campaigning, anybody: Client) -> None:
    first = led.open()
    led.answers(first, yes=3, no=6)
    with clock.on(first.closes_on + timedelta(days=1)):
        page = text(anybody.get(f"{PUBLIC}kampanja/"))
    assert "too few people answered" in page
    assert "of 100 people" not in page


def test_an_organiser_goes_from_draft_to_results(led: Campaigning) -> None:
    edita = as_(led, "edita")
    begun = {
        "slug": "nova", "title_sr": "Нова", "objective_sr": "Циљ.", "begins_day": "1", "begins_month": "12",
        "begins_year": "2026", "organisation": str(led.campaign.organisation_id), "messages": "Једна\nДруга",
        "parent": "kampanja",
    }  # fmt: skip
    response = edita.post(f"{MINE}new/", begun)
    assert (response.status_code, response.headers.get("Location")) == (302, f"{MINE}nova/"), text(response)
    row = Campaign.objects.get(slug="nova")
    assert (row.parent, len(row.messages)) == (led.campaign, 2)
    assert edita.post(f"{MINE}nova/advance/")["Location"] == f"{MINE}nova/"
    day = today()
    wave = {
        "kind": "baseline", "who": "code", "opens_on_day": day.day, "opens_on_month": day.month,
        "opens_on_year": day.year, "closes_on_day": 1, "closes_on_month": 12, "closes_on_year": day.year + 1,
    }  # fmt: skip
    assert edita.post(f"{MINE}nova/wave/", {**wave, "quotas": "x"}).status_code == 422
    assert edita.post(f"{MINE}nova/wave/", wave).status_code == 302
    one = Wave.objects.get()
    page = text(edita.post(f"{MINE}nova/wave/{one.uuid}/codes/", {"count": "3"}))
    assert page.count("<code>") == 3
    assert edita.post(f"{MINE}nova/activity/", {"place": "Суботица", "what": "Дан", "reach": "5"}).status_code == 302
    bad = {"title": "Летак", "link": "javascript:alert(1)", "licence": "CC0"}
    assert edita.post(f"{MINE}nova/material/", bad).status_code == 422
    assert edita.post(f"{MINE}nova/material/", bad | {"link": "https://demo.invalid/"}).status_code == 302
    assert "Answers so far" in text(edita.get(f"{MINE}nova/"))
    assert edita.post(f"{MINE}nova/wave/{one.uuid}/end/").status_code == 302
    assert "nova" in text(edita.get(MINE))


def test_texts_of_people_stand_as_text(led: Campaigning, anybody: Client) -> None:
    Campaign.objects.filter(pk=led.campaign.pk).update(objective={"en": "<script>alert(1)</script>"})
    for address in (PUBLIC, f"{PUBLIC}kampanja/"):
        assert "<script>alert(1)" not in anybody.get(address).content.decode()


def test_who_leads_no_campaign_stays_outside(led: Campaigning, anybody: Client) -> None:
    assert anybody.get(MINE).status_code == 302
    for address in (MINE, f"{MINE}new/", f"{MINE}kampanja/"):
        assert as_(led, "jura").get(address).status_code == 403
    history = loaded()
    assert as_(led, "edita").get(f"{MINE}{history.slug}/").status_code == 404


def test_no_query_for_each_campaign_of_the_list(
    led: Campaigning, anybody: Client, django_assert_max_num_queries: object
) -> None:
    for number in range(12):
        Campaign.objects.create(
            slug=f"c{number}", titles={"sr": "К"}, objective={"sr": "Ц"}, state="closed", parent=led.campaign,
            organisation=led.campaign.organisation,
        )  # fmt: skip
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        anybody.get(PUBLIC)


def test_from_the_first_to_the_last_wave_is_compared_first(led: Campaigning, anybody: Client) -> None:
    for number, (kind, yes) in enumerate((("baseline", 10), ("middle", 30), ("end", 50))):
        wave = led.open(today() + timedelta(days=400 * number), kind=kind)
        led.answers(wave, yes=yes, no=60 - yes)
    with clock.on(wave.closes_on + timedelta(days=1)):
        page = text(anybody.get(f"{PUBLIC}kampanja/"))
    titles = [f"{one} →" for one in ("Before the campaign → After", "Before the campaign → During", "During")]
    places = [page.index(one.removesuffix(" →")) for one in titles]
    assert places == sorted(places)
    assert "of 100 people, 67 more accept this than 2 years before" in page


def test_what_was_written_wrongly_is_changed_or_taken_out(led: Campaigning, anybody: Client) -> None:
    edita, mine = as_(led, "edita"), f"{MINE}kampanja/"
    page = text(edita.get(f"{mine}change/"))
    assert "Порука | Poruka | Message" in page
    assert 'value="EUR"' in page
    place = led.campaign.organisation.territory  # type: ignore[union-attr]
    day = today()
    said = {
        "title_en": "Another", "objective_en": "Aim", "begins_day": day.day, "begins_month": day.month,
        "begins_year": day.year, "territory": str(place.pk), "channels": "Radio",
    }  # fmt: skip
    assert edita.post(f"{mine}change/", said | {"currency": "", "budget": "5"}).status_code == 422
    assert edita.post(f"{mine}change/", said).status_code == 302
    led.campaign.refresh_from_db()
    assert (led.campaign.titles, led.campaign.territory, led.campaign.budget) == ({"en": "Another"}, place, None)
    edita.post(f"{mine}activity/", {"place": "Суботица", "what": "Дан", "reach": "5"})
    (one,) = led.campaign.activities.all()
    assert "Дан" in text(edita.get(f"{mine}out/activity/told/{one.pk}/"))
    assert edita.get(f"{mine}out/activity/told/{one.pk + 1}/").status_code == 404
    assert edita.get(f"{mine}out/wave/told/{one.pk}/").status_code == 404
    assert as_(led, "jura").post(f"{mine}out/activity/told/{one.pk}/").status_code in (403, 404)
    assert edita.post(f"{mine}out/activity/told/{one.pk}/").status_code == 302
    assert not led.campaign.activities.exists()
    row = led.open(today() + timedelta(days=50))
    assert edita.post(f"{mine}wave/{row.uuid}/drop/").status_code == 302
    assert not Wave.objects.exists()
    edita.post(f"{mine}advance/")
    assert edita.post(f"{mine}change/", said).status_code in (409, 422)
