"""Steps that are gone through beside each other, and needs that name something."""

from itertools import product

import pytest

from tests.procedures.small import SMALL, planted
from zajedno.procedures.logic.check import Surroundings, check_text
from zajedno.procedures.logic.definition import Definition
from zajedno.procedures.logic.parse import parse_text
from zajedno.procedures.logic.walk import State, WalkRefused, advance, moves_from

STEP = """
[[step]]
key = "{0}"
kind = "work"
labels = {{ sr = "{0}", en = "{0}" }}
hint = {{ sr = "{0}", en = "{0}" }}
"""
MOVE = """
[[move]]
key = "{key}"
from = {here}
{to}
by = ["clerk"]
{more}
labels = {{ sr = "{key}", en = "{key}" }}
hint = {{ sr = "{key}", en = "{key}" }}
"""
BRANCHED = (
    SMALL.split("[[story]]")[0]
    + "".join(STEP.format(one) for one in ("calling", "called", "planning", "planned", "following"))
    + MOVE.format(key="split", here='["open"]', to="", more='forks = ["calling", "planning"]')
    + MOVE.format(key="call", here='["calling"]', to='to = "called"', more="")
    + MOVE.format(key="plan", here='["planning"]', to='to = "planned"', more='needs = ["move:split"]')
    + MOVE.format(key="join", here='["open"]', to='to = "following"', more='joins = ["called", "planned"]')
    + MOVE.format(key="stop", here='["following"]', to='to = "done"', more="")
    + MOVE.format(key="drop", here='["calling"]', to='to = "open"', more="")
    + """
[[story]]
name = "both ways are gone"
ends = "done"
move = [
  { move = "take", by = "clerk", on = 2026-03-02, facts = ["consent"], step = "open" },
  { move = "call", by = "clerk", refused = "wrong_step" },
  { move = "ask_more", by = "clerk", on = 2026-03-02 },
  { move = "go_on", by = "clerk", on = 2026-03-03 },
  { move = "split", by = "clerk", on = 2026-03-03, step = "open", beside = ["calling", "planning"] },
  { move = "join", by = "clerk", refused = "not_joined" },
  { move = "call", by = "clerk", on = 2026-03-04, step = "open", beside = ["called", "planning"] },
  { move = "join", by = "clerk", refused = "not_joined" },
  { move = "plan", by = "clerk", on = 2026-03-05, step = "open", beside = ["called", "planned"] },
  { move = "join", by = "clerk", on = 2026-03-05, step = "following", beside = [] },
  { move = "stop", by = "clerk", on = 2026-03-06, step = "done" },
]
[[story]]
name = "one way is given up, and the end closes the other"
ends = "done"
move = [
  { move = "take", by = "clerk", on = 2026-03-02, facts = ["consent"] },
  { move = "split", by = "clerk", on = 2026-03-03 },
  { move = "drop", by = "clerk", on = 2026-03-03, step = "open", beside = ["planning"] },
  { move = "finish", by = "clerk", on = 2026-03-03, step = "done", beside = [], clocks = [] },
]
"""
)
CLERK = frozenset({"clerk"})


def definition() -> Definition:
    found, mistakes = parse_text(BRANCHED)
    assert mistakes == []
    assert found is not None
    return found


def test_both_stories_are_told_without_mistake() -> None:
    assert check_text(BRANCHED) == []


def test_moves_of_every_step_are_offered_and_the_join_says_what_it_waits_for() -> None:
    offers = {
        one.move.key: one
        for one in moves_from(definition(), State("open", CLERK, {}, frozenset({"calling", "planned"})))
    }
    assert {"split", "call", "drop", "join", "finish"} <= offers.keys()
    assert "plan" not in offers
    assert (offers["join"].waits_for, offers["join"].allowed) == (("called",), False)


def test_a_join_is_made_exactly_when_all_its_steps_are_reached() -> None:
    for beside in product((None, "calling", "called"), (None, "planning", "planned")):
        state = State("open", CLERK, {}, frozenset(one for one in beside if one))
        if state.beside == {"called", "planned"}:
            assert advance(definition(), state, "join").beside == ()
        else:
            with pytest.raises(WalkRefused, match="not_joined"):
                advance(definition(), state, "join")


def test_the_history_says_which_step_was_left_and_the_main_one_stays() -> None:
    outcome = advance(definition(), State("open", CLERK, {}, frozenset({"calling", "planning"})), "call")
    assert (outcome.from_step, outcome.to_step, outcome.step) == ("calling", "called", "open")
    assert outcome.beside == ("called", "planning")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('forks = ["calling", "planning"]', 'forks = ["calling", "done"]', "stands beside no other step"),
        ('forks = ["calling", "planning"]', 'forks = ["caling", "planning"]', "did you mean “calling”?"),
        ('joins = ["called", "planned"]', 'joins = ["called", "plan"]', "The step “plan” is not known"),
        ('joins = ["called", "planned"]', 'joins = ["called", "begun"]', "Nothing beside it leads to “begun”"),
        ('needs = ["move:split"]', 'needs = ["move:splitt"]', "The move in a need “splitt” is not known"),
        ('needs = ["move:split"]', 'needs = ["part:father"]', "The part in a need “father” is not known"),
        ('needs = ["move:split"]', 'needs = ["form:cmf"]', "did you mean “cfm”?"),
        ('needs = ["move:split"]', 'needs = ["linked:larg"]', "did you mean “large”?"),
        ('needs = ["move:split"]', 'needs = ["step:open"]', "A need may begin with move, part, form, linked"),
        ('asks = ["reason"]', 'asks = ["part:clerk"]', "“clerk” is held by post, so nobody can be chosen for it."),
        ('asks = ["reason"]', 'asks = ["form:cfm"]', "An input that names something begins with part"),
        ("keeps = true", "keeps = false", "Exactly one part must have `keeps = true`"),
        ('kind = "person"', 'kind = "person"\nplanned = true', "are said of an organisation"),
    ],
)  # fmt: skip
def test_a_planted_mistake_is_explained(old: str, new: str, said: str) -> None:
    assert old in BRANCHED
    found = [
        str(one) for one in check_text(BRANCHED.replace(old, new, 1), Surroundings(forms={"cfm"}, procedures={"large"}))
    ]
    assert any(said in sentence for sentence in found), found


def test_a_part_and_a_linked_case_can_be_asked_for() -> None:
    text = planted('asks = ["reason"]', 'asks = ["part:parent"]\nopens = "small"\nopens_at = "office"')
    assert [str(one) for one in check_text(text, Surroundings(procedures={"small"}))] == []


def test_hours_need_a_number_and_the_same_day_is_no_days() -> None:
    hours = planted('unit = "days"', 'unit = "hours"').replace("length = 10", "length = 0")
    assert any("Some hours must be given" in str(one) for one in check_text(hours))
    same = planted("length = 10", "length = 0").replace("remind_before = [3, 1]", "remind_before = [0]")
    assert check_text(same) == []
