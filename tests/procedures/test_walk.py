"""Walking: who may, what is missing, what follows; by example and over thousands of random walks."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.procedures.small import SMALL
from zajedno.procedures.logic.definition import Definition
from zajedno.procedures.logic.needs import NEEDS
from zajedno.procedures.logic.parse import parse_text
from zajedno.procedures.logic.walk import State, WalkRefused, advance, moves_from, reachable


def definition_of(text: str) -> Definition:
    definition, mistakes = parse_text(text)
    assert mistakes == []
    assert definition is not None
    return definition


SMALL_ONE = definition_of(SMALL)
SUPPORT = definition_of(
    (Path(__file__).parents[2] / "packs/rs/procedures/additional-support.toml").read_text(encoding="utf-8")
)
CLERK = frozenset({"clerk"})
EVERY = {need for move in SUPPORT.moves for need in move.needs}


def test_offers_say_what_is_missing_and_whose_move_it_is() -> None:
    (mine,) = moves_from(SMALL_ONE, State("begun", CLERK))
    assert (mine.move.key, mine.yours, mine.missing, mine.allowed) == ("take", True, ("consent",), False)
    (theirs,) = moves_from(SMALL_ONE, State("begun", frozenset({"parent"}), {"consent": True}))
    assert (theirs.yours, theirs.missing, theirs.allowed) == (False, (), False)
    (ready,) = moves_from(SMALL_ONE, State("begun", CLERK, {"consent": 1}))
    assert ready.allowed


def test_an_end_offers_nothing() -> None:
    assert moves_from(SMALL_ONE, State("done", CLERK, dict.fromkeys(NEEDS, True))) == []


@pytest.mark.parametrize(
    ("state", "move", "code", "names"),
    [
        (State("begun", CLERK), "fly", "no_such_move", ()),
        (State("open", CLERK), "take", "wrong_step", ()),
        (State("begun", frozenset({"parent"}), {"consent": True}), "take", "wrong_part", ("clerk",)),
        (State("begun", frozenset(), {"consent": True}), "take", "wrong_part", ("clerk",)),
        (State("begun", CLERK, {"consent": False}), "take", "missing_need", ("consent",)),
        (State("begun", CLERK, {"consent": 0}), "take", "missing_need", ("consent",)),
    ],
)
def test_a_refusal_says_why(state: State, move: str, code: str, names: tuple[str, ...]) -> None:
    with pytest.raises(WalkRefused) as refused:
        advance(SMALL_ONE, state, move)
    assert (refused.value.code, refused.value.names, str(refused.value)) == (code, names, code)


def test_an_unanswered_question_refuses_only_when_answers_are_given() -> None:
    state = State("open", CLERK)
    assert advance(SMALL_ONE, state, "ask_more").step == "open"
    assert advance(SMALL_ONE, state, "ask_more", {"reason"}).renews == ("consent",)
    with pytest.raises(WalkRefused) as refused:
        advance(SMALL_ONE, state, "ask_more", set())
    assert (refused.value.code, refused.value.names) == ("missing_answer", ("reason",))


def test_an_outcome_says_everything_that_follows() -> None:
    taken = advance(SMALL_ONE, State("begun", CLERK, {"consent": True}), "take")
    assert (taken.from_step, taken.step, taken.ended) == ("begun", "open", "")
    assert (taken.starts, taken.stops, taken.letters, taken.notifies) == (("answer",), (), ("invitation",), ("parent",))
    assert [(tie.part, tie.fields) for tie in taken.ties] == [("office", ("identity",))]
    paused = advance(SMALL_ONE, State("open", CLERK), "ask_more")
    assert (paused.pauses, paused.resumes, paused.drops) == (("answer",), (), taken.ties)
    assert advance(SMALL_ONE, State("open", CLERK), "go_on").resumes == ("answer",)


def test_an_end_stops_every_clock_and_drops_what_lasts_until_the_end() -> None:
    ended = advance(SMALL_ONE, State("open", CLERK), "finish")
    assert (ended.ended, ended.stops, ended.starts) == ("done", ("answer",), ())
    assert [tie.part for tie in ended.drops] == ["office"]


def test_a_tie_without_end_outlasts_the_case() -> None:
    submitted = SUPPORT.move["submit"].ties
    closed = advance(SUPPORT, State("implementation", frozenset({"coordinator"}), {"follow_up_report": True}), "close")
    assert [tie.part for tie in submitted] == ["commission"]
    assert "commission" not in {tie.part for tie in closed.drops}
    assert {"implementer", "initiator"} <= {tie.part for tie in closed.drops}


STEPS = st.lists(
    st.tuples(
        st.integers(0, 60),
        st.frozensets(st.sampled_from(sorted(SUPPORT.part)), max_size=3),
        st.frozensets(st.sampled_from(sorted(NEEDS))),
    ),
    max_size=40,
)


@settings(max_examples=300, deadline=None)
@given(STEPS)
def test_no_walk_gets_anywhere_without_part_and_needs(walk: list[tuple[int, frozenset[str], frozenset[str]]]) -> None:
    """What was allowed is judged here by the file's own words, not by the walker's."""
    step = SUPPORT.first
    for choice, parts, facts in walk:
        rule = SUPPORT.moves[choice % len(SUPPORT.moves)]
        may = step in rule.from_steps and bool(parts & set(rule.by)) and set(rule.needs) <= facts
        state = State(step, parts, dict.fromkeys(facts, True))
        try:
            outcome = advance(SUPPORT, state, rule.key)
        except WalkRefused:
            assert not may
            continue
        assert may
        assert any(offer.allowed for offer in moves_from(SUPPORT, state) if offer.move is rule)
        assert outcome.step == (rule.to_step or step)
        assert set(outcome.starts).isdisjoint(outcome.pauses)
        step = outcome.step


def test_from_every_reachable_step_an_end_can_be_reached() -> None:
    ends = {step.key for step in SUPPORT.steps if step.kind == "end"}
    for step in reachable(SUPPORT, SUPPORT.first):
        assert reachable(SUPPORT, step) & ends, step


def test_no_opinion_without_consent_family_members_and_a_sitting() -> None:
    """Take one need away for good: the adopted opinion can no longer be reached, whatever else is there."""
    for need in ("consent", "guardian_informed", "family_heard", "individual_opinions", "sitting", "quorum",
                 "joint_opinion", "support_plan", "part:interim_member", "documents", "required_fields"):  # fmt: skip
        assert "adopted" not in _reached(EVERY - {need}), need
    assert "adopted" in _reached(EVERY)


def _reached(facts: set[str]) -> set[str]:
    """Steps that somebody who plays every part reaches when only `facts` ever hold."""
    found, waiting = {SUPPORT.first}, [SUPPORT.first]
    while waiting:
        state = State(waiting.pop(), frozenset(SUPPORT.part), dict.fromkeys(facts, True))
        for offer in moves_from(SUPPORT, state):
            if offer.allowed and (step := advance(SUPPORT, state, offer.move.key).step) not in found:
                found.add(step)
                waiting.append(step)
    return found


@settings(max_examples=200, deadline=None)
@given(st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=20))
def test_reachable_agrees_with_a_table_of_all_pairs(edges: set[tuple[int, int]]) -> None:
    """Against an independent way of counting: the transitive closure of the whole table."""
    moves = "".join(
        f'[[move]]\nkey = "m{a}t{b}"\nfrom = ["s{a}"]\nto = "s{b}"\nby = ["clerk"]\n'
        'labels = { sr = "а", en = "a" }\nhint = { sr = "а", en = "a" }\n'
        for a, b in edges
    )
    steps = "".join(
        f'[[step]]\nkey = "s{n}"\nkind = "work"\nlabels = {{ sr = "а", en = "a" }}\nhint = {{ sr = "а", en = "a" }}\n'
        for n in range(8)
    )
    head = SMALL.split("[[step]]")[0]
    definition = definition_of(head + steps + moves)
    table = {(a, b) for a, b in edges} | {(n, n) for n in range(8)}
    for middle in range(8):
        table |= {(a, b) for a in range(8) for b in range(8) if (a, middle) in table and (middle, b) in table}
    for start in range(8):
        assert reachable(definition, f"s{start}") == {f"s{b}" for a, b in table if a == start}
