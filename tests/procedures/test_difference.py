"""What changes between two texts, told to a person; and the digest that says whether anything does."""

import tomllib
from datetime import date

import pytest

from tests.procedures.small import SMALL, planted
from zajedno.procedures.logic.difference import canonical, difference, digest

CONTENT = tomllib.loads(SMALL)


def changed(old: str, new: str) -> list[str]:
    return difference(CONTENT, tomllib.loads(planted(old, new)))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("length = 10", "length = 15", ["  deadline answer › length: 10 → 15"]),
        ('by = ["clerk", "parent"]', 'by = ["clerk"]', ["  move go_on › by: clerk, parent → clerk"]),
        ('asks = ["reason"]\n', "", ["- move ask_more › asks: reason"]),
        ('purpose = "additional-support"', 'purpose = "other"', ["  purpose: additional-support → other"]),
        ('en = "Finish"', 'en = "Close"', ["  move finish › labels › en: Finish → Close"]),
        (
            'length = 10\nunit = "days"',
            'length = 10\nroll = "forward"\nunit = "days"',
            ["+ deadline answer › roll: forward"],
        ),
    ],
)
def test_each_change_is_one_line(old: str, new: str, expected: list[str]) -> None:
    assert changed(old, new) == expected


def test_a_story_changes_nothing_that_is_stored() -> None:
    other = tomllib.loads(planted('name = "from begin to end"', 'name = "another name"'))
    assert difference(CONTENT, other) == []
    assert digest(CONTENT) == digest(other)
    assert "story" not in canonical(CONTENT)


def test_moving_a_table_is_no_difference_to_read_but_another_text() -> None:
    other = dict(CONTENT, move=CONTENT["move"][::-1])
    assert difference(CONTENT, other) == []
    assert digest(CONTENT) != digest(other)  # the order of moves is the order of buttons


def test_the_order_of_fields_means_nothing() -> None:
    assert digest(CONTENT) == digest(dict(reversed(CONTENT.items())))


def test_stored_content_is_plain_and_stays_itself() -> None:
    stored = canonical({"until": date(2026, 9, 1), "list": [1, {"day": date(2026, 9, 2)}]})
    assert stored == {"until": "2026-09-01", "list": [1, {"day": "2026-09-02"}]}
    assert canonical(stored) == stored
    assert digest(canonical(CONTENT)) == digest(CONTENT)
