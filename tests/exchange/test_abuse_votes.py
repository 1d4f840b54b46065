"""Ballots, surveys and nominations that somebody tries to stuff: in many tabs at once, without a cookie, by a robot."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from tests.exchange.award_world import NURSE, SITE, Champions, like
from tests.exchange.campaign_world import Campaigning, sheet
from tests.exchange.test_registration import beside
from tests.web.test_exchange_campaigns import form_of, sent
from tests.world import World, make_world
from zajedno.access.models import Message
from zajedno.exchange.actions import nomination, wave
from zajedno.exchange.actions.score import score
from zajedno.exchange.enums import Mode
from zajedno.exchange.models import Conflict, Nomination, Score, WaveAnswer, WaveTicket
from zajedno.exchange.queries.award import means
from zajedno.kernel import clock
from zajedno.kernel.fence import EXCHANGE, acting
from zajedno.kernel.refusal import Overtaken, Refused

pytestmark = pytest.mark.django_db
TABS = range(12)
ROBOT = 61  # one more than an address may send in an hour


@pytest.fixture
def champions(world: World) -> Champions:
    return Champions(world)


@pytest.fixture
def led(world: World) -> Campaigning:
    cache.clear()
    made = Campaigning(world)
    made.publish()
    return made


# A ballot


def test_twelve_tabs_of_a_juror_are_one_whole_ballot(transactional_db: None) -> None:
    c = Champions(make_world())
    c.jury("jura")
    row, keys = c.agreed(), list(c.cycle.criteria.values_list("pk", flat=True))
    account = c.world.accounts["jura"].pk

    def vote(number: int) -> None:
        with acting(EXCHANGE, account):
            score(by=c.world.actor("jura"), nomination=row, values=dict.fromkeys(keys, number % 11))

    assert beside(vote, TABS) == []
    values = list(Score.objects.values_list("value", flat=True))
    assert len(values) == len(keys)
    assert len({*values}) == 1  # of one tab, not of several
    assert means(c.cycle)[row.pk][1] == 1


def test_a_ballot_after_the_decision_or_against_a_conflict_counts_nothing(champions: Champions) -> None:
    c = champions
    c.jury("jura", "nada")
    row, other = c.agreed(), c.agreed(like(email="b@demo.invalid", nominee="Друга Измишљена"))
    c.score("jura", row, 9, 9)
    juror = c.cycle.jury.get(account=c.world.accounts["jura"])
    Conflict.objects.create(nomination=other, juror=juror, said_by=1)
    with pytest.raises(Refused, match="conflict"):
        c.score("jura", other, 10, 10)
    Score.objects.bulk_create(
        Score(nomination=other, juror=c.cycle.jury.get(account=c.world.accounts["nada"]), criterion=one, value=1)
        for one in c.cycle.criteria.all()
    )
    c.decide(row)
    before = list(Score.objects.order_by("pk").values_list("value", flat=True))
    for who in ("jura", "nada"):
        with pytest.raises(Overtaken):
            c.score(who, row, 0, 0)
    assert list(Score.objects.order_by("pk").values_list("value", flat=True)) == before


@pytest.mark.parametrize("values", [(11, 5), (-1, 5), (5,), (5, 5, 5), (2**40, 5)])
def test_a_ballot_is_whole_and_within_its_scale(champions: Champions, values: tuple[int, ...]) -> None:
    champions.jury("jura")
    row, keys = champions.agreed(), [*champions.cycle.criteria.values_list("pk", flat=True), 0]
    with champions.at_work("jura") as by, pytest.raises(Refused, match="values"):
        score(by=by, nomination=row, values=dict(zip(keys, values, strict=False)))
    assert not Score.objects.exists()


def test_the_page_of_a_ballot_takes_no_more_than_the_verb(champions: Champions) -> None:
    champions.jury("jura")
    row = champions.agreed()
    address = f"/exchange/awards/nominations/{row.uuid}/"
    for who, status in (("jura", 422), ("nada", 404), ("dino", 403)):
        client = Client(headers={"accept-language": "en"})
        client.force_login(champions.world.accounts[who])
        for value in ("11", "-1", "5,5", "пет", "", "9" * 30, "\0"):
            given = dict.fromkeys((f"c{one.pk}" for one in champions.cycle.criteria.all()), value)
            assert client.post(address, given).status_code == status
    assert not Score.objects.exists()


# A nomination


def test_the_same_nominee_twice_is_one_nomination(champions: Champions) -> None:
    first = champions.add()
    before = Message.objects.count()
    again = {"cycle": champions.cycle.uuid, "language": "sr", "site": SITE}
    with acting(EXCHANGE):  # a stranger is told no difference, and nobody gets a letter
        named = nomination.nominate(
            said=like(email=" NEVENA@demo.invalid "), name="С", email="Susetka@demo.invalid", **again
        )
    assert named == first
    with champions.at_work("dino") as by:
        nomination.nominate(said=NURSE, by=by, **again)
        with pytest.raises(Refused, match="twice"):
            nomination.nominate(said=like(nominee="Друго Име"), by=by, **again)
    assert Nomination.objects.count() == 2
    assert Message.objects.count() == before + 1


def test_whom_several_people_nominated_is_honoured_once(world: World) -> None:
    c = Champions(world, mode=Mode.ALL)
    for number in range(3):
        c.agreed(email=f"n{number}@demo.invalid")
    c.agreed(like(email="druga@demo.invalid"))
    assert len(c.decide(citation="")) == 2


def test_a_robot_with_ever_new_names_writes_to_a_nominee_three_times(champions: Champions) -> None:
    for number in range(8):
        champions.add(email=f"robot{number}@demo.invalid")
    assert Message.objects.filter(address=NURSE.email).count() == nomination.MOST_ASKED


# A survey


@pytest.mark.parametrize("by_code", [True, False])
def test_twelve_tabs_are_one_answer(transactional_db: None, by_code: bool) -> None:
    led = Campaigning(make_world())
    led.publish()
    row = led.open(by_code=by_code)
    ticket = led.codes(row)[0] if by_code else "~browser"
    wrong = beside(lambda _number: wave.answer(wave=row.uuid, answers=sheet(), ticket=ticket), TABS)
    assert len(wrong) == len(TABS) - 1
    assert {type(one) for one in wrong} <= {Refused, Overtaken}
    assert WaveAnswer.objects.count() == 1


def test_a_quota_is_not_overrun_by_many_at_once(transactional_db: None) -> None:
    led = Campaigning(make_world())
    led.publish()
    row = led.open(quotas="18-29 f town = 3")
    wrong = beside(lambda number: wave.answer(wave=row.uuid, answers=sheet(), ticket=f"~{number}"), TABS)
    assert (len(wrong), WaveAnswer.objects.count()) == (len(TABS) - 3, 3)


def test_a_robot_that_throws_its_cookie_away_comes_to_an_end(led: Campaigning) -> None:
    row = led.open()

    def answered(client: Client) -> int:
        client.get(form_of(row))
        return client.post(form_of(row), sent()).status_code

    statuses = [answered(Client()) for _turn in range(ROBOT)]
    assert statuses == [302] * (ROBOT - 1) + [429]
    assert answered(Client(headers={"x-forwarded-for": "203.0.113.9"})) == 429  # nobody says who they are themselves
    assert WaveAnswer.objects.count() == ROBOT - 1


def test_a_survey_that_is_over_takes_nothing(led: Campaigning) -> None:
    row = led.open()
    browser = Client()
    browser.get(form_of(row))
    with clock.on(row.closes_on + timedelta(days=1)):
        assert browser.post(form_of(row), sent()).status_code == 404
        with pytest.raises(Overtaken), acting(EXCHANGE):
            wave.answer(wave=row.uuid, answers=sheet(), ticket="~x")
    with led.at_work("edita") as by:
        wave.end_wave(by=by, wave=row)
    assert browser.post(form_of(row), sent()).status_code == 404
    assert not WaveAnswer.objects.exists()


def linked() -> list[tuple[str, int]]:
    """Tables with a row that the same transaction wrote as an answer: whoever holds the database can see that."""
    with connection.cursor() as cursor:
        cursor.execute("select xmin::text from exchange_waveanswer")
        mine = {one for (one,) in cursor.fetchall()}
        cursor.execute("select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'")
        found = []
        for (table,) in cursor.fetchall():
            cursor.execute(
                f"select count(*) from {table} where xmin::text = any (%s)", [[*mine]]
            )  # a name of the catalog
            if (many := cursor.fetchone()[0]) and table != "exchange_waveanswer":
                found.append((table, many))
    return found


def test_nothing_leads_from_a_code_or_an_address_to_an_answer(transactional_db: None) -> None:
    """Neither a key nor a moment, and not what PostgreSQL notes of each row by itself."""
    led = Campaigning(make_world())
    led.publish()
    row = led.open(by_code=True)
    for code in led.codes(row, 3):
        client = Client()
        assert client.post(form_of(row), {**sent(), "code": "WRONG"}).status_code == 422
        assert client.post(form_of(row), {**sent(), "code": code}).status_code == 302
        assert not client.cookies
    assert WaveAnswer.objects.count() == 3
    assert WaveTicket.objects.count() == 0
    assert linked() == []


def test_codes_are_not_tried_out(led: Campaigning) -> None:
    row, robot = led.open(by_code=True), Client()
    statuses = [robot.post(form_of(row), {**sent(), "code": f"AAAA-{n}"}).status_code for n in range(ROBOT)]
    assert statuses == [422] * (ROBOT - 1) + [429]
    assert robot.post(form_of(row), {**sent(), "code": led.codes(row)[0]}).status_code == 429
