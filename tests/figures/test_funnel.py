"""Where cases wait: who stands behind a step went on from it; what is not told breaks the sum, and is no nought."""

from tests.figures.made import figure
from zajedno.figures.logic.figure import Said
from zajedno.figures.logic.funnel import fullest, stages


def test_who_stands_behind_a_step_went_on_from_it() -> None:
    found = stages([figure(n, word=w) for w, n in (("request", 30), ("assessment", 50), ("closed", 20))])
    assert [(one.step, one.came, one.waits, one.went) for one in found] == [
        ("request", 80, 30, 50), ("assessment", 50, 50, 0), ("closed", None, 20, None)
    ]  # fmt: skip
    most = fullest(found)
    assert most is not None
    assert most.step == "assessment"


def test_who_is_given_support_does_not_wait_and_who_withdrew_went_nowhere() -> None:
    """Ninety were withdrawn, perhaps at their request: none of them is said to have come to an opinion."""
    rows = [("request", 9), ("opinion", 12), ("support", 300), ("closed", 90)]
    found = stages([figure(many, word=word) for word, many in rows])
    assert [one.came for one in found] == [321, 312, 300, None]
    most = fullest(found)
    assert most is not None
    assert most.step == "opinion"


def test_behind_what_is_not_told_nothing_is_added_up() -> None:
    rows = [figure(30, word="request"), figure(said=Said.WITHHELD, word="opinion"), figure(20, word="closed")]
    found = stages(rows)
    assert [one.came for one in found] == [None, None, None]
    most = fullest(found)
    assert most is not None
    assert most.step == "request"  # fewer than five wait at the other


def test_a_step_between_two_numbers_may_hold_the_most() -> None:
    assert fullest(stages([figure(30, word="a"), figure(low=20, high=60, word="b")])) is None
    assert fullest(stages([figure(20, word="closed")])) is None
