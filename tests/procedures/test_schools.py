"""What the procedures of schools in Serbia promise beyond their own stories."""

import tomllib
from collections.abc import Iterator
from functools import cache

import pytest
from django.conf import settings

from zajedno.procedures.logic.definition import Definition, Part, Tie
from zajedno.procedures.logic.parse import parse_text

KINDS = tomllib.loads((settings.PACKS_DIR / "common" / "organisation_kinds.toml").read_text(encoding="utf-8"))
PASSAGES = {
    "family_kindergarten", "kindergarten_school", "class_subject", "primary_secondary", "secondary_on",
    "special_regular", "treatment_school", "between_places", "centre_kindergarten",
}  # fmt: skip
SCHOOLS = ("individual-education", "transition", "dropout-prevention")


@cache
def definition(key: str) -> Definition:
    path = settings.PACKS_DIR / "rs" / "procedures" / f"{key}.toml"
    found, mistakes = parse_text(path.read_text(encoding="utf-8"))
    assert found
    assert not mistakes
    return found


def of_school(one: Definition, part: Part) -> bool:
    """Is the part played by a school, or by its people?"""
    while part.of:
        part = one.part[part.of]
    return any(KINDS[kind]["sector"] == "education" for kind in part.kinds)


def ties_of_schools() -> Iterator[tuple[str, Tie]]:
    for path in sorted((settings.PACKS_DIR / "rs" / "procedures").glob("*.toml")):
        one = definition(path.stem)
        yield from ((one.key, tie) for tie in one.all_ties() if of_school(one, one.part[tie.part]))


def test_no_procedure_opens_health_to_a_school() -> None:
    ties = list(ties_of_schools())
    assert {key for key, _tie in ties} >= set(SCHOOLS)
    assert [(key, tie) for key, tie in ties if "health" in tie.fields] == []


@pytest.mark.parametrize("key", SCHOOLS)
def test_every_time_says_that_nobody_has_read_it_in_the_law(key: str) -> None:
    assert [rule.key for rule in definition(key).deadlines if rule.source.verified or not rule.source.note] == []


def test_each_of_the_nine_passages_has_a_time_and_a_story() -> None:
    one = definition("transition")
    timed = {move for rule in one.deadlines if "offer_plan" in rule.stop for move in rule.start}
    told = {story.moves[0].move for story in one.stories}
    assert timed == told == PASSAGES


def test_the_form_of_a_transition_plan_knows_the_nine_passages() -> None:
    text = (settings.PACKS_DIR / "rs" / "forms" / "transition-plan.xlsform.md").read_text(encoding="utf-8")
    assert {row.split("|")[2].strip() for row in text.splitlines() if row.startswith("| passage |")} == PASSAGES


def test_who_receives_sees_the_plan_only_after_accepting_and_nothing_after_consent_is_withdrawn() -> None:
    one = definition("transition")
    opened = {move.key: tie for move in one.moves for tie in move.ties if tie.part == "receiver"}
    assert "education" not in opened["share"].fields
    assert {"education", "plan"} <= set(opened["accept"].fields)
    assert all("withdraw_consent" in tie.until for tie in opened.values())


def test_only_the_team_decides_on_a_plan_and_says_why() -> None:
    """The index proposes; nobody's decision follows from it by itself."""
    one = definition("dropout-prevention")
    decisions = [move for move in one.moves if move.key.startswith("decide_")]
    assert {move.by for move in decisions} == {("dropout_team",)}
    assert all("reason" in move.asks for move in decisions)


def test_iop2_waits_for_iop1_and_for_the_commission() -> None:
    move = definition("individual-education").move["propose_iop2"]
    assert (move.from_steps, set(move.needs)) == (("iop1",), {"move:evaluate", "move:enter_opinion"})
