"""Champions: who opens a cycle, its days, the decision, and the wall."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from tests.exchange.award_world import NURSE, Champions, like
from tests.world import World
from zajedno.access.models import AuditEntry, Message
from zajedno.exchange.actions import award, nomination
from zajedno.exchange.enums import CycleState
from zajedno.exchange.models import Honour
from zajedno.exchange.queries.award import champion, find, visible_to, wall
from zajedno.kernel.clock import today
from zajedno.kernel.fence import EXCHANGE, acting
from zajedno.kernel.refusal import NotFound, NotPermitted, Overtaken, Refused

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_only_who_holds_the_verb_there_opens_one(champions: Champions) -> None:
    for who, at in (("jura", "school"), ("dino", "ngo"), ("edita", "school")):
        with champions.at_work(who) as by, pytest.raises(NotPermitted):
            award.open_cycle(
                by=by, organisation=champions.world.organisations[at].pk, titles={"sr": "а"}, mode="one",
                opens_on=today(), closes_on=today(), criteria="а",
            )  # fmt: skip
    assert AuditEntry.objects.get(verb="exchange.award").detail == {"mode": "one"}


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"titles": {"sr": " "}}, "title"),
        ({"opens_on": today() - DAY}, "days"),
        ({"closes_on": today() - DAY}, "days"),
        ({"criteria": " \n"}, "criteria"),
        ({"criteria": "Ефекат = 0"}, "lines"),
        ({"criteria": "= 3"}, "lines"),
        ({"mode": "by_category"}, "categories"),
    ],
)
def test_a_cycle_is_refused_with_what_is_wrong(champions: Champions, fields: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as told:
        champions.open(**fields)
    assert told.value.code == code


def test_its_state_follows_from_the_days(champions: Champions) -> None:
    row = champions.cycle
    days = (row.opens_on - DAY, row.opens_on, row.closes_on, row.closes_on + DAY)
    assert [row.state(day) for day in days] == ["ahead", "open", "open", "judged"]
    later = row.closes_on + 5 * DAY
    with champions.at_work("edita") as by:
        award.prolong(by=by, cycle=row, closes_on=later)
    row.refresh_from_db()
    assert row.state(later) == CycleState.OPEN


def test_others_find_no_cycle(champions: Champions) -> None:
    champions.jury("jura")
    for who, seen in (("edita", 1), ("jura", 1), ("nada", 0), ("ana", 0)):
        with champions.at_work(who) as by:
            assert visible_to(by).count() == seen, who
    with champions.at_work("nada") as by, pytest.raises(NotFound):
        find(by, champions.cycle.uuid)


# Decision, wall, withdrawal


def test_honoured_published_withdrawn_and_gone_at_once(champions: Champions) -> None:
    row = champions.add()
    token = champions.agree(row)
    (honour,) = champions.decide(row)
    assert not wall().exists()
    champions.publish()
    assert [one.nomination.nominee for one in wall()] == [NURSE.nominee]
    assert Message.objects.filter(key=f"honour-{row.uuid}", address=NURSE.email).exists()
    with acting(EXCHANGE):
        nomination.withdraw(token=token)
    assert not wall().exists()
    with pytest.raises(NotFound):
        champion(honour.slug)
    assert Honour.objects.get().citation == ""
    with connection.cursor() as cursor:
        cursor.execute("select string_agg(n::text, ' ') from exchange_nomination n")
        kept = cursor.fetchone()[0]
    assert not any(word in kept for word in ("Невена", "nevena", "Тутин", "саветовалиште"))


def test_decided_after_the_last_day_once_by_who_runs_it(champions: Champions) -> None:
    row = champions.agreed()
    with champions.at_work("edita") as by, pytest.raises(Refused):
        award.decide(by=by, cycle=champions.cycle, citations={row.uuid: ""})
    with champions.at_work("jura") as by, pytest.raises(NotPermitted):
        award.decide(by=by, cycle=champions.cycle, citations={row.uuid: ""})
    champions.decide(row)
    with pytest.raises(Overtaken):
        champions.decide(row)
    champions.publish()
    with pytest.raises(Overtaken):
        champions.publish()


def test_only_who_agreed_is_honoured(champions: Champions) -> None:
    asked = champions.add()
    with pytest.raises(Overtaken):
        champions.decide(asked)
    with pytest.raises(Refused):
        champions.decide()


def test_one_is_one_by_category_is_one_each_and_all_is_everybody(world: World) -> None:
    champions = Champions(world)
    rows = [champions.agreed(like(email=f"{number}@demo.invalid")) for number in range(2)]
    with pytest.raises(Refused):
        champions.decide(*rows)
    champions.cycle = champions.open(mode="by_category", categories="Здравство\nОбразовање")
    one, two = champions.cycle.categories.all()
    rows = [
        champions.agreed(like(email=f"{number}@demo.invalid", category=category.pk))
        for number, category in enumerate((one, one, two))
    ]
    with pytest.raises(Refused):
        champions.decide(*rows)
    assert [honour.plaque for honour in champions.decide(rows[2], rows[0])] == [1, 2]
    champions.cycle = champions.open(mode="all")
    rows = [champions.agreed(like(email=f"{number}@demo.invalid")) for number in range(3)]
    champions.add(like(email="x@demo.invalid"))
    assert len(champions.decide(rows[1])) == 3


def test_a_decision_nobody_has_read_is_taken_back_and_made_anew(champions: Champions) -> None:
    first, second = champions.agreed(), champions.agreed(like(nominee="Друга", email="druga@demo.invalid"))
    champions.decide(first)
    with champions.at_work("edita") as by:
        award.reopen(by=by, cycle=champions.cycle)
    assert not Honour.objects.exists()
    (honour,) = champions.decide(second)
    assert (honour.nomination, honour.plaque) == (second, 1)
    champions.publish()
    with champions.at_work("edita") as by, pytest.raises(Overtaken):
        award.reopen(by=by, cycle=champions.cycle)
