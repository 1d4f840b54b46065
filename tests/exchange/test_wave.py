"""Waves: once each, nobody known, quotas kept, a change with its interval, and nothing shown of few."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db.models import DateTimeField, ForeignKey

from tests.exchange.campaign_world import ITEMS, Campaigning, sheet
from tests.refusal import refusal
from tests.world import World
from zajedno.access.models import AuditEntry
from zajedno.exchange.actions import wave as actions
from zajedno.exchange.logic.wave import Unreadable, bare, change, new_code, read_margins, read_quotas
from zajedno.exchange.models import Wave, WaveAnswer, WaveTicket
from zajedno.exchange.queries import wave as queries
from zajedno.kernel import clock
from zajedno.kernel.clock import today
from zajedno.kernel.fence import EXCHANGE, WORKER, acting
from zajedno.kernel.refusal import NotFound, NotPermitted, Overtaken, Refused

ALLOWED = {"age_group": ("18-29", "60+"), "sex": ("f", "m"), "settlement": ("town", "village")}


@pytest.fixture
def led(world: World) -> Campaigning:
    made = Campaigning(world)
    made.publish()
    return made


@pytest.mark.django_db
def test_a_code_answers_once_however_it_is_typed(led: Campaigning) -> None:
    row = led.open(by_code=True)
    code, other = led.codes(row, 2)
    led.answer(row, code)
    for wrong in (code, f" {code.lower()} ", code.replace("-", ""), "AAAA-BBBB-CCCC", ""):
        with pytest.raises(Refused) as told:
            led.answer(row, wrong)
        assert told.value.code == "code"
    led.answer(row, bare(other).lower())
    assert queries.count(row) == 2


@pytest.mark.django_db
def test_a_browser_answers_once(led: Campaigning) -> None:
    row = led.open()
    led.answer(row, "~one")
    with pytest.raises(Overtaken):
        led.answer(row, "~one")
    with pytest.raises(Refused):
        led.answer(row, "")
    assert (queries.count(row), queries.is_spent(row, "~one"), queries.is_spent(row, "~two")) == (1, True, False)


@pytest.mark.django_db
def test_the_database_itself_counts_nobody_twice(led: Campaigning) -> None:
    row = led.open()
    WaveTicket.objects.create(wave=row, mark=b"m" * 32)
    assert refusal(WaveTicket.objects.create, wave=row, mark=b"m" * 32) == "wave_ticket_once"


@pytest.mark.django_db
def test_an_answer_tells_neither_who_nor_when(led: Campaigning) -> None:
    """No account, no address, no time finer than a day, no number by which answers stand in the order they came."""
    fields = {field.name: field for field in WaveAnswer._meta.fields}
    assert set(fields) == {"uuid", "version", "holds_on", "retired", "wave", "answers", "cell"}
    assert not [field for field in fields.values() if isinstance(field, DateTimeField)]
    assert {field.name for field in fields.values() if isinstance(field, ForeignKey)} == {"version", "wave"}
    ticket = {field.name for field in WaveTicket._meta.fields}
    assert ticket == {"id", "wave", "mark", "spent"}
    row = led.open(by_code=True)
    (code,) = led.codes(row)
    assert bare(code).encode() not in bytes(WaveTicket.objects.get().mark)
    before = AuditEntry.objects.count()
    led.answer(row, code)
    assert AuditEntry.objects.count() == before  # audit would tell the time
    assert not row.tickets.exists()  # PostgreSQL itself would tell of two rows that they were written together


@pytest.mark.django_db
def test_when_a_wave_is_over_nobody_can_be_told_apart(led: Campaigning) -> None:
    row, later = led.open(), led.open(opens_on=today() + timedelta(days=20))
    led.answers(row, 1, 1)
    led.answers(later, 1, 0)
    with clock.on(row.closes_on), acting(WORKER):
        assert actions.forget_tickets() == 0
    with clock.on(row.closes_on + timedelta(days=1)), acting(WORKER):
        assert actions.forget_tickets() == 2
    with led.at_work("edita", later.opens_on) as by:
        actions.end_wave(by=by, wave=later)
    assert not WaveTicket.objects.exists()
    assert WaveAnswer.objects.count() == 3


@pytest.mark.django_db
def test_nobody_changes_an_answer(led: Campaigning) -> None:
    row = led.open()
    led.answer(row, "~one")
    with acting(EXCHANGE):
        assert refusal(WaveAnswer.objects.update, cell="x") == "permission denied for table exchange_waveanswer"


@pytest.mark.django_db
def test_a_full_quota_is_told_and_uses_up_no_code(led: Campaigning) -> None:
    row = led.open(by_code=True, quotas="18-29 f town = 1\n18-29 m town = 2")
    codes = led.codes(row, 3)
    led.answer(row, codes[0])
    with pytest.raises(Refused) as told:
        led.answer(row, codes[1])
    assert told.value.code == "quota"
    led.answer(row, codes[1], sex="m")
    with pytest.raises(Refused) as told:
        led.answer(row, codes[2], sex="")
    assert told.value.code == "cell"
    led.answer(row, codes[2], settlement="village")  # a group that no quota names
    assert queries.filled(row) == [("18-29 f town", 1, 1), ("18-29 m town", 1, 2)]


@pytest.mark.django_db
def test_outside_its_days_a_wave_takes_nothing(led: Campaigning) -> None:
    row = led.open(today() + timedelta(days=3))
    for on in (today(), row.closes_on + timedelta(days=1)):
        with clock.on(on), pytest.raises(Overtaken):
            led.answer(row, "~one")
        with pytest.raises(NotFound):
            queries.to_answer("kampanja", row.uuid, on)
    with clock.on(row.opens_on):
        with pytest.raises(Refused):
            led.answer(row, "~one", **dict.fromkeys(ITEMS, ""))
        led.answer(row, "~one")
        with led.at_work("edita") as by:
            actions.end_wave(by=by, wave=row)
        with pytest.raises(Overtaken):
            led.answer(row, "~two")


@pytest.mark.django_db
def test_two_waves_are_compared_only_when_both_are_over(led: Campaigning) -> None:
    first = led.open()
    led.answers(first, yes=30, no=70)
    second = led.open(today() + timedelta(days=20), kind="end")
    led.answers(second, yes=60, no=40)
    assert queries.compared(first, second, second.closes_on) is None
    assert queries.results(first, first.closes_on) is None
    over = second.closes_on + timedelta(days=1)
    told = queries.compared(first, second, over).change  # type: ignore[union-attr]
    assert told is not None
    figure = told.of("change", "same_class")
    assert (figure.value, figure.flagged) == (30, True)
    assert figure.low is not None
    assert figure.high is not None
    # Newcombe (1998), method 10, by hand: 30 and 60 of 100
    assert float(figure.low) == pytest.approx(16.3, abs=0.06)
    assert float(figure.high) == pytest.approx(42.2, abs=0.06)


@pytest.mark.django_db
def test_of_few_nothing_is_shown(led: Campaigning) -> None:
    first = led.open()
    led.answers(first, yes=5, no=4)
    second = led.open(today() + timedelta(days=20), kind="end")
    led.answers(second, yes=20, no=4)
    over = second.closes_on + timedelta(days=1)
    assert (queries.results(first, over) or 0).figures == ()  # type: ignore[union-attr]
    told = queries.compared(first, second, over).change  # type: ignore[union-attr]
    assert told is not None
    assert told.figures == ()


@pytest.mark.django_db
def test_weights_make_a_sample_stand_as_the_people_do(led: Campaigning) -> None:
    row = led.open(margins="sex f = 50\nsex m = 50")
    with clock.on(row.opens_on):
        for number in range(40):
            woman = number < 30  # who all accept; the ten men do not
            with acting(EXCHANGE):
                said = sheet("5" if woman else "1", sex="f" if woman else "m")
                actions.answer(wave=row.uuid, answers=said, ticket=f"~{number}")
    told = queries.results(row, row.closes_on + timedelta(days=1))
    assert told is not None
    assert told.of("agree", "visits").value == 50


@pytest.mark.django_db
def test_who_leads_no_campaign_opens_no_wave(led: Campaigning) -> None:
    row = led.open(by_code=True)
    with led.at_work("jura") as by:
        with pytest.raises(NotPermitted):
            actions.draw_codes(by=by, wave=row, count=1)
        with pytest.raises(NotPermitted):
            actions.end_wave(by=by, wave=row)
    with led.at_work("edita") as by, pytest.raises(Refused) as told:
        actions.draw_codes(by=by, wave=row, count=actions.MOST_CODES + 1)
    assert told.value.code == "count"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"quotas": "young f town = 1"}, "lines"), ({"margins": "sex f = 60\nsex m = 60"}, "margins"),
        ({"closes_on": today() - timedelta(days=1)}, "days"),
    ],
)  # fmt: skip
def test_a_wave_that_does_not_fit_is_refused(led: Campaigning, wrong: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as told:
        led.open(**wrong)
    assert told.value.code == code
    led.open()
    with pytest.raises(Refused) as told:
        led.open(today() + timedelta(days=2))
    assert told.value.code == "overlap"


@pytest.mark.django_db
def test_a_draft_asks_nobody(world: World) -> None:
    with pytest.raises(Refused) as told:
        Campaigning(world).open()
    assert told.value.code == "state"
    with pytest.raises(Wave.DoesNotExist):
        actions.answer(wave=uuid4(), answers=sheet(), ticket="~x")


def test_lines_are_read_and_their_mistakes_counted() -> None:
    assert read_quotas("18-29 f town = 4\n\n60+ m village=0", ALLOWED) == {"18-29 f town": 4, "60+ m village": 0}
    assert read_margins("sex f = 51,5 %\nsex m = 48.5", ALLOWED) == {"sex": {"f": 0.515, "m": 0.485}}
    for text, line in (
        ("18-29 f = 4", 1),
        ("18-29 f town = 4\n18-29 f town = 4", 2),
        ("18-29 f town = 1.5", 1),
        ("x", 1),
    ):
        with pytest.raises(Unreadable) as fault:
            read_quotas(text, ALLOWED)
        assert fault.value.line == line
    for text, line in (("sex x = 100", 1), ("eyes blue = 100", 1), ("sex f = 40", 0), ("f = 100", 1)):
        with pytest.raises(Unreadable) as fault:
            read_margins(text, ALLOWED)
        assert fault.value.line == line


def test_codes_are_long_and_a_change_is_whole_people() -> None:
    codes = {new_code() for _number in range(200)}
    assert len(codes) == 200
    assert all(len(bare(code)) == 12 for code in codes)
    sure, unsure = (
        change(Decimal("12.4"), Decimal("6.5"), Decimal("17.2")),
        change(Decimal("3"), Decimal("-2.4"), Decimal("8")),
    )
    assert (sure.value, sure.low, sure.high, sure.is_sure, unsure.is_sure) == (12, 7, 17, True, False)


@pytest.mark.django_db
def test_only_what_both_waves_asked_is_compared(led: Campaigning, monkeypatch: pytest.MonkeyPatch) -> None:
    first = led.open()
    led.answers(first, yes=3, no=27)
    second = led.open(today() + timedelta(days=20), kind="end")
    led.answers(second, yes=30, no=0)
    asked = queries._options

    def options(wave: Wave) -> dict[str, object]:
        return {**asked(wave), "items": ["visits", "colleague"] if wave == first else ["colleague", "neighbour"]}

    monkeypatch.setattr(queries, "_options", options)
    found = queries.compared(first, second, second.closes_on + timedelta(days=1))
    assert found is not None
    assert [one.about for one in found.change.figures] == [("colleague",)]
    change = found.change.figures[0]
    # Newcombe's method 10 from Wilson's bounds of 3/30 and 30/30, reckoned apart from the product
    assert (change.value, change.low, change.high) == (Decimal("90.00"), Decimal("70.69"), Decimal("96.54"))
    assert found.before.of("agree", "colleague").value == 10
    assert found.after.of("agree", "colleague").value == 100


@pytest.mark.django_db
def test_a_wave_goes_only_while_nobody_has_answered(led: Campaigning) -> None:
    row = led.open(by_code=True)
    (code,) = led.codes(row)
    led.answer(row, code)
    with led.at_work("edita") as by, pytest.raises(Overtaken):
        actions.drop_wave(by=by, wave=row)
    other = led.open(today() + timedelta(days=20))
    with led.at_work("jura") as by, pytest.raises(NotPermitted):
        actions.drop_wave(by=by, wave=other)
    with led.at_work("edita") as by:
        actions.drop_wave(by=by, wave=other)
    assert list(Wave.objects.all()) == [row]
