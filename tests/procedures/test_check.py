"""The check explains each planted mistake, once, where it is, in a sentence that helps."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.procedures.small import SMALL, planted
from zajedno.procedures.logic.check import Surroundings, check_text
from zajedno.procedures.logic.walk import REFUSALS

AROUND = Surroundings(
    roles={"commission-coordinator"},
    purposes={"additional-support"},
    fields={"identity"},
    letters={"invitation"},
    procedures={"small"},
    calendars={"rs"},
    territories={"RS-VO", "80438"},
)


def sentences(text: str) -> list[str]:
    return [str(mistake) for mistake in check_text(text, AROUND)]


def test_the_small_procedure_is_without_mistake() -> None:
    assert sentences(SMALL) == []


DEAD_END = """[[step]]
key = "lost"
kind = "work"
labels = { sr = "Изгубљено", en = "Lost" }
hint = { sr = "Нема даље.", en = "No way on." }
[[step]]
key = "done"
"""
LEAD = """[[move]]
key = "lose"
from = ["open"]
to = "lost"
by = ["clerk"]
labels = { sr = "Изгуби", en = "Lose" }
hint = { sr = "Нема даље.", en = "No way on." }
[[deadline]]
"""


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('purpose = "additional-support"', 'purpose = "aditional-support"', "did you mean “additional-support”?"),
        ('country = "RS"', 'country = "RS"\nwithin = ["RS-V0"]', "territory in `within` “RS-V0” is not known; did you"),
        ('country = "RS"', 'country = "RS"\nseries.sr = "МП"', "`series` has no text in the declared language “en”."),
        ('role = "commission-coordinator"', 'role = "clerk"', "part clerk: The role “clerk” is not known"),
        ('of = "office"\n', "", "part clerk: A part held by post must say in `of` at which institution."),
        (
            'guardians = "all"\n',
            "",
            "part parent: Nobody can ever play it: let a move ask for it with the input “part:p",
        ),
        ('of = "office"', 'of = "parent"', "part clerk: It belongs to “parent”, which is no organisation."),
        ('to = "open"', 'to = "opened"', "move take: The step “opened” is not known; did you mean “open”?"),
        ('by = ["clerk", "parent"]', 'by = ["clark"]', "move go_on: The part “clark” is not known"),
        ('by = ["clerk", "parent"]', "by = []", "move go_on: `by` names nobody"),
        ('needs = ["consent"]', 'needs = ["consents"]', "move take: The need “consents” is not known"),
        ('renews = ["consent"]', 'renews = ["assent"]', "move ask_more: The need “assent” is not known"),
        ('asks = ["reason"]', 'asks = ["raeson"]', "move ask_more: The input “raeson” is not known"),
        ('letters = ["invitation"]', 'letters = ["poem"]', "move take: The letter “poem” is not known"),
        ('letters = ["invitation"]', "letters = []", "letter invitation: No move sends this letter."),
        ('key = "invitation"', 'key = "invitation"\ntemplate = "x"', "The letter template “x” is not known"),
        ('fields = ["identity"]', 'fields = ["hair"]', "move take: The field “hair” is not known"),
        ('until = ["ask_more", "end"]', 'until = ["never"]', "The move that ends a tie “never” is not known"),
        ('start = ["take"]', 'start = ["taken"]', "deadline answer: The move in `start` “taken” is not known"),
        ('stop = ["finish"]', 'stop = ["the end"]', "deadline answer: The move in `stop` “the end” is not known"),
        ('resume = ["go_on"]', "resume = []", "deadline answer: Where a move pauses the deadline"),
        ('missed = ["clerk"]', "missed = []", "deadline answer: `missed` names nobody"),
        ("remind_before = [3, 1]", "remind_before = [30]", "A reminder 30 days before"),
        ('unit = "days"', 'unit = "weeks"', "`unit` is “weeks”; it may be hours, days, office_days, months"),
        ("length = 10", "length = 0", "A reminder 3 days before would come before the deadline starts."),
        ("length = 10", "length = -1", "deadline answer: `length` must be a whole number, at least 0."),
        ('unit = "days"', 'unit = "days"\ncalendar = "mars"', "The calendar “mars” is not known"),
        (', en = "Take" }', " }", "move take: `labels` has no text in the declared language “en”."),
        (", verified = true }", " }", "deadline answer, source: `verified` must be true or false."),
        ("verified = true }", "verified = false }", "It is not verified, so `note` must say what is unsure."),
        ('source = { law = "Пример", verified = true }\n', "", "deadline answer, source: A source is missing"),
        ('kind = "end"', 'kind = "wait"', "No step is of the kind “end”"),
        ('kind = "start"', 'kind = "work"', "exactly one step of the kind “start”; there are 0"),
        ('[[step]]\nkey = "done"\n', DEAD_END, "step lost: No row of moves leads here from the start."),
        ('key = "ask_more"\nfrom = ["open"]', 'key = "ask_more"\nfrom = ["done"]', "It begins in “done”, which is an"),
        ('key = "go_on"\n', 'key = "finish"\n', "There are two moves with the key “finish”."),
        ('by = ["clerk", "parent"]', 'by = ["clerk", "parent"]\nform = 1', "move go_on: `form` is not known here"),
        ('step = "open", clocks', 'step = "done", clocks', "line 2 (take): It should lead to “done”"),
        (
            'clocks = ["answer"] },\n  { move = "go_on"',
            'clocks = [] },\n  { move = "go_on"',
            "deadlines should run: none",
        ),
        ('refused = "missing_need"', 'refused = "wrong_step"', "line 1 (take): In the step “begun”, clerk is refused"),
        ('facts = ["consent"]', 'facts = ["asent"]', "The need “asent” is not known"),
        ('ends = "done"', 'ends = "open"', "It should end in “open”, but stops in “done”."),
        ('  { move = "go_on", by = "parent" },\n', "", "move go_on: No story makes this move."),
        ('key = "small"', 'key = "Small Procedure"', "a key has small letters"),
        ('needs = ["consent"]', 'needs = ["over:anwser"]', "The deadline in a need “anwser” is not known; did"),
        (
            'to = ["parent"]',
            'to = []\nfrom = "clerk"',
            "letter invitation: The organisation in `from` “clerk” is not known",
        ),
        ('to = ["parent"]', 'to = []\nlanguages = ["hu"]', "letter invitation: The language “hu” is not known"),
        ('key = "small"', "key = small", "This is not valid TOML"),
        ('key = "done"', 'key = "done', "A text ends with a quotation mark in the line in which it begins."),
        (
            'by = ["clerk", "parent"]',
            'by = ["clerk" "parent"]',
            "A list has a comma between its words and ends with ].",
        ),
        (
            '[[move]]\nkey = "finish"',
            '[move]\nkey = "finish"',
            "written in double brackets each time, such as [[move]]",
        ),
    ],
)
def test_a_planted_mistake_is_explained(old: str, new: str, expected: str) -> None:
    found = sentences(planted(old, new))
    assert any(expected in sentence for sentence in found), found


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('to = "open"', 'to = "opened"', "move take: The step “opened” is not known; did you mean “open”?"),
        (
            'unit = "days"',
            'unit = "working_days"',
            "deadline answer: `unit` is “working_days”; it may be hours, days, office_days, months"
            "; did you mean “office_days”?",
        ),
        (
            'refused = "missing_need"',
            'refused = "missing need"',
            "story from begin to end: The refusal “missing need” is not known; it may be " + ", ".join(REFUSALS) + ".",
        ),
    ],
)
def test_one_slip_is_one_mistake(old: str, new: str, expected: str) -> None:
    assert sentences(planted(old, new)) == [expected]


def test_a_refusal_says_what_the_story_expects() -> None:
    (said,) = sentences(planted('refused = "missing_need"', 'refused = "wrong_step"'))
    assert said.endswith("clerk is refused: missing_need (consent); the story expects wrong_step.")


def test_a_linked_case_must_be_one_that_its_keeper_may_keep() -> None:
    text = planted("keeps = true", 'keeps = true\nkinds = ["court"]').replace(
        'asks = ["reason"]', 'asks = ["reason"]\nopens = "small"'
    )
    here = replace(AROUND, keepers={"small": ["police"]})
    assert [str(mistake) for mistake in check_text(text, here)] == [
        "move ask_more: Cases of “small” are kept by police, and “office” is none of them: "
        "`opens_at` must name a part that is."
    ]
    assert check_text(text, replace(AROUND, keepers={"small": ["court", "police"]})) == []


def test_a_dead_end_is_explained() -> None:
    text = planted('[[step]]\nkey = "done"\n', DEAD_END).replace("[[deadline]]\n", LEAD)
    assert sentences(text) == [
        "step lost: This is a dead end: no move leads on, and it is not of the kind “end”.",
    ]


def test_a_ring_without_end_is_explained() -> None:
    found = sentences(planted('to = "done"\nby', 'to = "begun"\nby'))
    assert "step begun: From here no end can be reached." in found
    assert "step done: No row of moves leads here from the start." in found


def test_a_quorum_needs_a_composition() -> None:
    found = sentences(planted('needs = ["consent"]', 'needs = ["consent", "quorum"]'))
    assert any("no composition says how many" in sentence for sentence in found)


def test_every_end_must_be_told() -> None:
    text = planted('ends = "done"\n', "").replace(
        '  { move = "finish", by = "clerk", step = "done", clocks = [] },\n', ""
    )
    assert set(sentences(text)) == {"move finish: No story makes this move.", "step done: No story reaches this end."}


def test_the_pack_of_additional_support_is_without_mistake() -> None:
    path = Path(__file__).parents[2] / "packs/rs/procedures/additional-support.toml"
    assert [str(mistake) for mistake in check_text(path.read_text(encoding="utf-8"))] == []
