"""Registration: every constraint is broken once; places and who waits, links, sealed needs, letters, 500 at once."""

from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from django.db import connection

from tests.exchange.gathering_world import AHEAD, SITE, Gatherings, plan
from tests.refusal import refusal
from tests.world import make_world
from zajedno.access.models import AuditEntry, Message
from zajedno.exchange.actions import gathering as actions
from zajedno.exchange.actions import letter, registration
from zajedno.exchange.actions.registration import Coming
from zajedno.exchange.models import Gathering, Letter, Registration
from zajedno.exchange.queries import registration as queries
from zajedno.kernel import clock
from zajedno.kernel.clock import today
from zajedno.kernel.fence import EXCHANGE, acting
from zajedno.kernel.refusal import NotFound, NotPermitted, Overtaken, Refused

PLACES, CROWD, WIDE = 20, 500, 12


@pytest.fixture
def committed(transactional_db: None) -> Gatherings:
    return Gatherings(make_world(), capacity=PLACES)


def states(**fields: Any) -> list[str]:
    return list(Registration.objects.filter(**fields).order_by("pk").values_list("state", flat=True))


def beside(act: Any, numbers: range) -> list[Exception]:
    """The act for each number, many at a time, each thread with a connection of its own; what went wrong."""
    wrong: list[Exception] = []

    def run(mine: range) -> None:
        for number in mine:
            try:
                with acting(EXCHANGE):
                    act(number)
            except Exception as error:
                wrong.append(error)
        connection.close()

    threads = [Thread(target=run, args=[numbers[start::WIDE]], daemon=True) for start in range(WIDE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(300)
    assert not any(thread.is_alive() for thread in threads)
    return wrong


def test_five_hundred_at_once_never_overbook(committed: Gatherings) -> None:
    """All ask, then all confirm, then thirty with a place or without cancel while others still come."""
    g = committed

    def ask(number: int) -> None:
        registration.register(
            gathering=g.gathering, coming=Coming(f"Н{number}", f"n{number}@demo.invalid"), language="sr", site=SITE
        )

    assert beside(ask, range(CROWD)) == []
    rows = list(Registration.objects.order_by("pk"))

    def confirm(number: int) -> None:
        row = rows[number]
        registration.confirm(slug=g.gathering.slug, uuid=row.uuid, token=queries.token(row), site=SITE)

    def both(number: int) -> None:
        row = rows[number - CROWD if number >= CROWD else number]
        if number >= CROWD:
            registration.cancel(slug=g.gathering.slug, uuid=row.uuid, token=queries.token(row), site=SITE)
        else:
            confirm(number)

    assert beside(confirm, range(CROWD - 50)) == []
    assert states(state="confirmed") == ["confirmed"] * PLACES
    assert beside(both, range(CROWD - 50, CROWD + 30)) == []
    assert len(states(state="confirmed")) == PLACES
    assert len(states(state="cancelled")) == 30
    assert len(states(state="waiting")) == CROWD - 30 - PLACES
    last = max(Registration.objects.filter(state="confirmed").values_list("queued_on", flat=True))
    first = min(Registration.objects.filter(state="waiting").values_list("queued_on", flat=True))
    assert last < first  # nobody was passed over


pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("fields", "broken"),
    [
        ({"state": "x"}, "registration_state"),
        ({"email": "VELIKO@demo.invalid"}, "registration_email_lower"),
        ({"queued_on": None}, "registration_queued"),
        ({"email": "b@demo.invalid"}, "registration_once"),
        ({"state": "waiting", "attended": True}, "registration_attended_by_the_confirmed"),
        ({"state": "cancelled", "needs": b"x"}, "registration_cancelled_keeps_no_needs"),
    ],
)
def test_a_registration_that_makes_no_sense(gatherings: Gatherings, fields: dict[str, Any], broken: str) -> None:
    row = gatherings.come("a")
    gatherings.come("b")
    assert refusal(Registration.objects.filter(pk=row.pk).update, **fields) == broken


def test_the_database_itself_lets_nobody_in_beyond_the_places(gatherings: Gatherings) -> None:
    for who in "abc":
        gatherings.come(who)
    assert states() == ["confirmed", "confirmed", "waiting"]
    waiting = Registration.objects.filter(state="waiting")
    assert refusal(waiting.update, state="confirmed") == "registration_has_place"


def test_without_the_link_no_place_is_taken(gatherings: Gatherings) -> None:
    row = gatherings.ask("a")
    assert row
    assert states() == ["asked"]
    for token in ("", "0" * 64, "ш"):
        with pytest.raises(NotFound):
            registration.confirm(slug=gatherings.gathering.slug, uuid=row.uuid, token=token, site=SITE)


def test_with_an_account_at_once_and_once(gatherings: Gatherings) -> None:
    g = gatherings
    with g.at_work("dino") as by:
        made = registration.register(gathering=g.gathering, coming=Coming("x", "y"), language="bs", site=SITE, by=by)
        assert made
        assert (made.state, made.email) == ("confirmed", "dino@demo.invalid")
        assert queries.own(by, g.gathering) == made
        with pytest.raises(Refused, match="twice"):
            registration.register(gathering=g.gathering, coming=Coming("x", "y"), language="bs", site=SITE, by=by)


def test_an_address_that_is_there_is_told_no_difference(gatherings: Gatherings) -> None:
    row = gatherings.come("a")
    before = Message.objects.count()
    for _turn in range(3):
        assert gatherings.ask("a", email="A@demo.invalid") is None
    assert Message.objects.count() == before + 1  # to the owner, once a day
    gatherings.cancel(row)
    assert gatherings.come("a").state == "confirmed"


def test_who_cancels_makes_place_for_the_first_who_waits(gatherings: Gatherings) -> None:
    a, _b, c, d = (gatherings.come(who) for who in "abcd")
    for _twice in range(2):
        gatherings.cancel(a)
    assert states() == ["cancelled", "confirmed", "confirmed", "waiting"]
    told = Message.objects.filter(key__startswith=f"registration-{c.uuid}").latest("pk")
    assert (told.address, told.key) == ("c@demo.invalid", f"registration-{c.uuid}-confirmed")
    gatherings.cancel(d)
    assert states() == ["cancelled", "confirmed", "confirmed", "cancelled"]


def test_who_comes_later_does_not_pass_who_waits(gatherings: Gatherings) -> None:
    for who in "abc":
        gatherings.come(who)
    Gathering.objects.update(capacity=3)
    assert gatherings.come("d").state == "waiting"
    with gatherings.at_work("edita") as by:
        assert registration.let_in(by=by, gathering=gatherings.gathering, site=SITE) == 1
    assert states() == ["confirmed", "confirmed", "confirmed", "waiting"]


def test_places_are_not_taken_away(gatherings: Gatherings) -> None:
    gatherings.come("a")
    gatherings.come("b")
    with gatherings.at_work("edita") as by:
        with pytest.raises(Refused, match="capacity"):
            actions.change(by=by, gathering=gatherings.gathering, plan=plan(capacity=1))
        actions.change(by=by, gathering=gatherings.gathering, plan=plan(capacity=7))
    assert gatherings.fresh().capacity == 7


@pytest.mark.parametrize("state", ["draft", "closed", "held", "cancelled"])
def test_only_an_open_one_is_registered_for(gatherings: Gatherings, state: str) -> None:
    Gathering.objects.update(state=state)
    with pytest.raises(Refused, match="closed"):
        gatherings.ask("a")


def test_what_somebody_needs_is_sealed_and_goes_with_the_place(gatherings: Gatherings) -> None:
    row = gatherings.come("a", needs="Тумач за знаковни језик")
    kept = bytes(Registration.objects.get().needs or b"")
    assert kept
    assert "Тумач".encode() not in kept
    assert queries.needs(Registration.objects.get()) == "Тумач за знаковни језик"
    gatherings.cancel(row)
    assert Registration.objects.get().needs is None
    assert "Тумач" not in str(list(AuditEntry.objects.values_list("detail", flat=True)))


def test_who_came(gatherings: Gatherings) -> None:
    g = gatherings
    a, b, c = (g.come(who) for who in "abc")
    with g.at_work("edita") as by, pytest.raises(Refused, match="early"):
        registration.mark(by=by, gathering=g.gathering, came={a.uuid})
    day = today() + AHEAD
    with clock.on(day), g.at_work("edita", day) as by:
        assert registration.mark(by=by, gathering=g.gathering, came={a.uuid, c.uuid}) == 1  # c only waits
        assert registration.mark(by=by, gathering=g.gathering, came={b.uuid}) == 1
    assert list(Registration.objects.filter(attended=True)) == [b]


def test_the_organiser_strikes_and_others_do_not(gatherings: Gatherings) -> None:
    g, row = gatherings, gatherings.come("a")
    with g.at_work("strana") as by, pytest.raises(NotPermitted):
        registration.strike(by=by, gathering=g.gathering, uuid=row.uuid, site=SITE)
    with g.at_work("edita") as by:
        registration.strike(by=by, gathering=g.gathering, uuid=row.uuid, site=SITE)
    assert states() == ["cancelled"]


# Letters


def write(g: Gatherings, **fields: Any) -> Letter:
    told = {"audience": "confirmed", "subject": "Пут до {event}", "body": "{name}, ваша страна: {link}"} | fields
    with g.at_work("edita") as by:
        return letter.write(by=by, gathering=g.gathering, **told)


def send(g: Gatherings, row: Letter) -> int:
    with g.at_work("edita") as by:
        return letter.send(by=by, gathering=g.gathering, letter=row.uuid, site=SITE)


@pytest.mark.parametrize(
    "fields", [{"body": "{password}"}, {"body": "{name"}, {"subject": "{name}"}, {"body": "{event.organisation}"}]
)
def test_an_unknown_placeholder_is_refused_on_saving(gatherings: Gatherings, fields: dict[str, str]) -> None:
    with pytest.raises(Refused, match="placeholder"):
        write(gatherings, **fields)
    assert not Letter.objects.exists()


def test_a_letter_waits_is_sent_by_a_person_and_never_changes(gatherings: Gatherings) -> None:
    g = gatherings
    for who in "abc":
        g.come(who)
    before = Message.objects.count()
    row = write(g)
    row = write(g, letter=row.uuid, subject="Пут на {event}")
    assert Message.objects.count() == before
    assert send(g, row) == 2  # who waits is not of this audience
    told = Message.objects.filter(key__startswith=f"letter-{row.uuid}").order_by("pk")
    assert [one.address for one in told] == ["a@demo.invalid", "b@demo.invalid"]
    assert told[0].subject == "Пут на Размена пракси"
    assert told[0].body.startswith("A, ваша страна: https://demo.invalid/exchange/gatherings/")
    for act in (lambda: write(g, letter=row.uuid), lambda: send(g, row)):
        with pytest.raises(Overtaken):
            act()
    with g.at_work("edita") as by, pytest.raises(Overtaken):
        letter.discard(by=by, gathering=g.gathering, letter=row.uuid)
    for change in (lambda: Letter.objects.update(body="x"), lambda: Letter.objects.all().delete()):
        assert refusal(change) == "a letter that was sent is never changed"


def test_a_letter_to_nobody_is_not_sent(gatherings: Gatherings) -> None:
    gatherings.ask("a")
    with pytest.raises(Refused, match="nobody"):
        send(gatherings, write(gatherings))


def test_a_letter_to_who_proposed(gatherings: Gatherings) -> None:
    for _twice in range(2):
        gatherings.propose()
    assert send(gatherings, write(gatherings, audience="proposers")) == 1


@pytest.mark.parametrize(
    ("fields", "broken"),
    [
        ({"audience": "x"}, "letter_audience"),
        ({"subject": ""}, "letter_says_something"),
        ({"sent_by": 1}, "letter_sent_by_somebody"),
        ({"sent_to": 1}, "letter_sent_by_somebody"),
    ],
)
def test_a_letter_that_makes_no_sense(gatherings: Gatherings, fields: dict[str, Any], broken: str) -> None:
    write(gatherings)
    assert refusal(Letter.objects.update, **fields) == broken


def test_the_past_is_closed(gatherings: Gatherings) -> None:
    with clock.on(gatherings.gathering.ends_on + timedelta(days=1)), pytest.raises(Refused, match="closed"):
        gatherings.ask("a")
