"""What somebody asked for is decided by another: `four_eyes` of a move in the walker, the check and the stories."""

import pytest

from tests.procedures.small import SMALL, planted
from tests.procedures.test_check import sentences
from zajedno.procedures.logic.parse import parse_text
from zajedno.procedures.logic.walk import State, WalkRefused, advance, latest_of, moves_from

FINISH = 'to = "done"\nby = ["clerk"]'
EYES = SMALL.replace(FINISH, f'{FINISH}\nfour_eyes = ["ask_more"]')
WATCHED, _mistakes = parse_text(EYES)
CLERK = frozenset({"clerk"})


def state(*own: str) -> State:
    return State("open", CLERK, own=frozenset(own))


def test_who_made_the_move_is_refused_and_another_is_not() -> None:
    assert WATCHED is not None
    assert advance(WATCHED, state(), "finish").ended == "done"
    with pytest.raises(WalkRefused) as refused:
        advance(WATCHED, state("ask_more"), "finish")
    assert (refused.value.code, refused.value.names) == ("same_person", ("ask_more",))


def test_it_is_offered_with_the_reason_why_it_cannot_be_made() -> None:
    assert WATCHED is not None
    (offer,) = (one for one in moves_from(WATCHED, state("ask_more")) if one.move.key == "finish")
    assert (offer.yours, offer.own, offer.allowed) == (True, ("ask_more",), False)
    assert all(one.allowed for one in moves_from(WATCHED, state()))


@pytest.mark.parametrize(
    ("made", "own"),
    [
        ([], set()),
        ([("ask_more", 1)], {"ask_more"}),
        ([("ask_more", 1), ("ask_more", 2)], set()),  # who asked last is looked at
        ([("ask_more", 2), ("ask_more", 1)], {"ask_more"}),
        ([("go_on", 1)], set()),  # no move wants other eyes on this one
    ],
)
def test_the_latest_making_counts(made: list[tuple[str, int]], own: set[str]) -> None:
    assert WATCHED is not None
    assert latest_of(WATCHED, made, 1) == own


def test_a_story_tells_two_people_of_one_part_apart() -> None:
    line = '{ move = "ask_more", by = "clerk", clocks = ["answer"] }'
    same = EYES.replace(line, line.replace("clocks", 'who = "first", clocks')).replace(
        '{ move = "finish", by = "clerk", step', '{ move = "finish", by = "clerk", who = "first", step'
    )
    assert sentences(EYES) == []
    assert any("clerk is refused: same_person (ask_more)" in one for one in sentences(same))
    assert sentences(same.replace('who = "first", step', 'who = "second", step')) == []


def test_a_move_that_is_not_there_is_explained() -> None:
    found = sentences(EYES.replace('four_eyes = ["ask_more"]', 'four_eyes = ["ask_mor"]'))
    assert "move finish: The move in `four_eyes` “ask_mor” is not known; did you mean “ask_more”?" in found


def test_a_need_that_may_be_set_aside_is_one_of_the_list() -> None:
    old = 'purpose = "additional-support"'
    assert sentences(planted(old, f'{old}\noverridable = ["consent"]')) == []
    assert any(
        "“consents” is not known" in one for one in sentences(planted(old, f'{old}\noverridable = ["consents"]'))
    )
