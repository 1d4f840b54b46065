"""Nominations: confirmed, consented to and taken back; no child is named, and what is left after a no."""

from datetime import timedelta
from typing import Any

import pytest

from tests.exchange.award_world import NURSE, SITE, Champions, like
from zajedno.access.models import Message
from zajedno.exchange.actions import nomination
from zajedno.exchange.enums import Consent
from zajedno.exchange.logic.award import reads_as_child
from zajedno.exchange.models import Nomination
from zajedno.exchange.models.nomination import TOLD
from zajedno.kernel import clock
from zajedno.kernel.clock import today
from zajedno.kernel.fence import EXCHANGE, acting
from zajedno.kernel.refusal import NotFound, NotPermitted, Overtaken, Refused

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_a_stranger_confirms_before_the_nominee_is_written_to(champions: Champions) -> None:
    with acting(EXCHANGE):
        row = nomination.nominate(
            cycle=champions.cycle.uuid, said=NURSE, language="bs", site=SITE, name="С", email="S@Demo.invalid"
        )
    assert list(Message.objects.filter(account=None).values_list("address", flat=True)) == ["s@demo.invalid"]
    token = champions.to(row)
    with acting(EXCHANGE):
        nomination.confirm(token=token, site=SITE)
        with pytest.raises(NotFound):
            nomination.confirm(token=token, site=SITE)
    assert Message.objects.filter(address=NURSE.email).count() == 1
    assert Nomination.objects.get().consent == Consent.ASKED


def test_who_has_an_account_needs_no_letter(champions: Champions) -> None:
    with champions.at_work("ana") as by:
        row = nomination.nominate(cycle=champions.cycle.uuid, said=NURSE, language="sr", site=SITE, by=by)
    assert (row.nominator_id, row.consent) == (by.account, Consent.ASKED)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"adult": False}, "child"),
        ({"role": "ученица петог разреда"}, "child"),
        ({"nominee": "učenik Marko"}, "child"),
        ({"nominee": "Марко, 12 година"}, "child"),
        ({"kind": "group", "nominee": "Марко Марковић и другари"}, "names"),
        ({"story": "Дете 0405016825018 је ишло у вртић."}, "number"),
        ({"story": " "}, "empty"),
        ({"category": 7}, "category"),
    ],
)
def test_a_child_is_no_champion_and_in_no_text(champions: Champions, fields: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as told:
        champions.add(like(**fields))
    assert told.value.code == code
    assert not Nomination.objects.exists()


def test_an_adult_who_works_with_children_is(champions: Champions) -> None:
    for number, role in enumerate(("педагог за ученике", "учитељица, 12 година искуства", "dječja nurse")):
        champions.add(like(role=role, email=f"{number}@demo.invalid"))
    champions.add(like(kind="group", nominee="Вршњачки тим школе у Тутину", adult=False, email="d@demo.invalid"))
    assert Nomination.objects.count() == 4


def test_only_while_it_is_open(champions: Champions) -> None:
    row = champions.add(email="late@demo.invalid")
    with clock.on(champions.cycle.closes_on + DAY), pytest.raises(NotFound):
        champions.add()
    assert champions.agree(row)  # the answer may come later


def test_a_stranger_cannot_fill_a_box_with_letters(champions: Champions) -> None:
    fields = {"cycle": champions.cycle.uuid, "language": "sr", "site": SITE, "name": "С", "email": "s@demo.invalid"}
    for number in range(3):
        nomination.nominate(said=like(email=f"{number}@demo.invalid"), **fields)
    with pytest.raises(Refused):
        nomination.nominate(said=like(email="3@demo.invalid"), **fields)
    rows = [champions.add(email=f"n{number}@demo.invalid") for number in range(5)]
    assert Message.objects.filter(address=NURSE.email).count() == 3
    assert sum(row.set_aside_on is not None for row in rows) == 2


def test_who_refused_is_not_asked_again_and_nothing_is_left(champions: Champions) -> None:
    row = champions.add()
    with acting(EXCHANGE):
        nomination.refuse(token=champions.to(row))
    again = champions.add(email="drugi@demo.invalid")
    for one in Nomination.objects.all():
        assert {getattr(one, field) for field in TOLD} == {""}
    assert again.set_aside_on
    assert not Message.objects.filter(address=NURSE.email).exists()  # nor is what was written before still sent


def test_a_link_works_once_and_the_next_one_withdraws(champions: Champions) -> None:
    row = champions.add()
    asked = champions.to(row)
    token = champions.agree(row)
    assert champions.to(row, "agreed") == token
    with acting(EXCHANGE), pytest.raises(NotFound):
        nomination.agree(token=asked, site=SITE)
    with acting(EXCHANGE):
        with pytest.raises(Overtaken):
            nomination.refuse(token=token)
        nomination.withdraw(token=token)
        with pytest.raises(NotFound):
            nomination.withdraw(token=token)
    row.refresh_from_db()
    assert (row.consent, bool(row.answered_on), bool(row.withdrawn_on)) == (Consent.WITHDRAWN, True, True)


def test_what_nobody_confirmed_goes(champions: Champions) -> None:
    nomination.nominate(
        cycle=champions.cycle.uuid, said=NURSE, language="sr", site=SITE, name="С", email="s@demo.invalid"
    )
    assert nomination.drop_unconfirmed() == 0
    with clock.on(today() + 15 * DAY):
        assert nomination.drop_unconfirmed() == 1


def test_the_organiser_takes_out_what_does_not_belong(champions: Champions) -> None:
    row, other = champions.agreed(), champions.agreed(like(email="b@demo.invalid"))
    with champions.at_work("edita") as by:
        nomination.set_aside(by=by, nomination=row)
        nomination.withdraw_for(by=by, nomination=other)
        with pytest.raises(Overtaken):
            nomination.withdraw_for(by=by, nomination=other)
    assert {one.nominee for one in Nomination.objects.all()} == {""}
    with champions.at_work("jura") as by, pytest.raises(NotPermitted):
        nomination.set_aside(by=by, nomination=row)


def test_a_lost_letter_is_sent_again_once_a_day_and_the_old_link_is_dead(champions: Champions) -> None:
    row = champions.add()
    old = champions.to(row)
    with champions.at_work("jura") as by, pytest.raises(NotPermitted):
        nomination.send_again(by=by, nomination=row, site=SITE)
    with champions.at_work("edita") as by:
        nomination.send_again(by=by, nomination=row, site=SITE)
        with pytest.raises(Refused) as told:
            nomination.send_again(by=by, nomination=row, site=SITE)
    assert told.value.code == "today"
    assert champions.to(row) != old
    with acting(EXCHANGE), pytest.raises(NotFound):
        nomination.agree(token=old, site=SITE)
    champions.agree(row)
    assert row.consent == Consent.GIVEN


def test_of_who_refuses_no_letter_waits_to_be_sent(champions: Champions) -> None:
    row = champions.agreed()
    assert Message.objects.filter(address=NURSE.email).exists()
    with acting(EXCHANGE):
        nomination.withdraw(token=champions.to(row, "agreed"))
    assert not Message.objects.filter(address=NURSE.email).exists()


def test_who_reads_as_a_child() -> None:
    assert reads_as_child("девојчица Ана", "")
    assert not reads_as_child("Ана", "дефектолог")
