"""What a procedure says of another institution than the keeper: posts there, letters of its own, times that run out."""

from collections.abc import Callable
from copy import deepcopy
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings

from tests.casework.cast import InventedCast, about, content, load
from zajedno.access.models import Account, Message
from zajedno.casework.actions import daily, notices
from zajedno.casework.models import Case
from zajedno.casework.queries.case import CaseFile
from zajedno.casework.queries.letter_data import writer
from zajedno.casework.queries.members import members
from zajedno.casework.queries.needs import facts
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.procedures.actions.load import load_definition
from zajedno.procedures.logic.parse import parse
from zajedno.site.demo.tale.telling import Telling

pytestmark = pytest.mark.django_db
REFERRAL = settings.PACKS_DIR / "rs/procedures/referral.toml"
HEAD = {"key": "head", "kind": "post", "role": "institution-head", "of": "receiver", "labels": {}}


def called(table: dict[str, Any], kind: str, key: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in table[kind] if one["key"] == key)
    return found


def told(lines: int, change: Callable[[dict[str, Any]], None]) -> Telling:
    """The first lines of the story of a referral that says one thing more."""
    load("rs")
    table = deepcopy(content(REFERRAL))
    change(table)
    load_definition(table, by=None, key="referral", country="RS")
    definition, mistakes = parse(table)
    assert mistakes == []
    cast = InventedCast()
    story = definition.stories[0]
    telling = Telling.begin(cast, definition, story, about(cast, definition), clock.today())
    for _line, _number in zip(telling.tell(story), range(lines), strict=False):
        pass
    return telling


def seen(telling: Telling, day: date) -> CaseFile:
    return CaseFile(Case.objects.get(pk=telling.case.pk), Actor(account=0, seats=(), today=day))


def with_head(table: dict[str, Any]) -> None:
    table["part"].append(HEAD | {"labels": table["part"][1]["labels"]})
    called(table, "deadline", "answer")["missed"] = ["head"]


def heads(telling: Telling) -> tuple[Account, Account]:
    """Of the institution that received, and of the one that keeps the case."""
    there = telling.cast.person(telling.definition, telling.definition.part["head"])
    keeper = InventedCast._post("institution-head", telling.case.organisation)
    return there, keeper


def test_a_post_is_held_at_the_institution_that_the_part_is_of() -> None:
    telling = told(2, with_head)
    there, keeper = heads(telling)
    file = seen(telling, telling.day)
    assert notices.people(file, "head") == {there.pk: there}
    assert keeper.pk not in {one.account for one in members(file)}


def test_a_deadline_that_is_missed_is_told_to_the_post_there() -> None:
    telling = told(2, with_head)
    there, _keeper = heads(telling)
    with clock.on(telling.day + timedelta(days=30)):
        daily.run()
    assert list(Message.objects.filter(key__startswith="missed-").values_list("account", flat=True)) == [there.pk]


def test_a_letter_bears_the_head_of_who_writes_it_and_comes_in_both_scripts() -> None:
    def change(table: dict[str, Any]) -> None:
        called(table, "letter", "referral").update({"from": "receiver", "languages": ["sr", "sr-latn"]})
        called(table, "move", "send")["letters"] = []
        called(table, "move", "accept")["letters"] = ["referral"]

    telling = told(6, change)
    receiver = telling.cast.organisation(telling.definition, telling.definition.part["receiver"])
    letters = list(telling.case.letters.order_by("id"))
    assert [letter.language for letter in letters] == ["sr", "sr-latn"]
    assert len({letter.number for letter in letters}) == 1
    assert writer(seen(telling, telling.day), "referral") == receiver


def test_a_time_has_run_out_on_the_day_after_its_last_one() -> None:
    def change(table: dict[str, Any]) -> None:
        called(table, "move", "revoke")["needs"] = ["over:answer"]

    telling = told(2, change)
    last = telling.case.clocks.get(key="answer", stopped_on=None).due_on
    over = {}
    for days in (0, 1):
        with clock.on(last + timedelta(days=days)):
            over[days] = facts(seen(telling, clock.today()), {"over:answer"})["over:answer"]
    assert over == {0: False, 1: True}
    telling.case.clocks.update(stopped_on=last)
    assert not facts(seen(telling, last + timedelta(days=9)), {"over:answer"})["over:answer"]
