"""Coded lists: ours are sound, and planted mistakes are explained."""

import tomllib
from pathlib import Path

import pytest

from zajedno.procedures.logic.codes import LEGAL_GROUPS, parse_measures, parse_purposes, parse_retention

PACK = Path(__file__).parents[2] / "packs/rs"
MEASURE = """
languages = ["en"]
source = { law = "Example", verified = false, note = "an example" }
[[measure]]
key = "transport"
sector = "education"
payer = "municipality"
needs_funds = true
legal_group = "realised"
labels = { en = "Transport" }
"""


def test_our_measures_cover_both_legal_groups_and_say_what_is_unsure() -> None:
    measures, mistakes = parse_measures(tomllib.loads((PACK / "measures.toml").read_text()))
    assert mistakes == []
    assert {measure.legal_group for measure in measures} == set(LEGAL_GROUPS)
    assert {measure.sector for measure in measures} == {"education", "health", "social_protection", "systemic"}
    assert all(measure.source.note for measure in measures if not measure.source.verified)


def test_our_purposes_and_keeping_times_are_sound() -> None:
    from zajedno.children.enums import Field

    purposes, mistakes = parse_purposes(tomllib.loads((PACK / "purposes.toml").read_text()), set(Field.values))
    assert mistakes == []
    assert {"additional-support", "registration"} <= {purpose.key for purpose in purposes}
    keeping, mistakes = parse_retention(tomllib.loads((PACK / "retention.toml").read_text()))
    assert mistakes == []
    assert not any(rule.source.verified for rule in keeping)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('sector = "education"', 'sector = "educaton"', "`sector` is “educaton”; it may be education"),
        ('payer = "municipality"', "", "`payer` must be a text."),
        ("needs_funds = true", 'needs_funds = "yes"', "`needs_funds` must be true or false."),
        ('legal_group = "realised"', 'legal_group = "new"', "it may be realised, recommended"),
        ("[[measure]]", "[[mesure]]", "`mesure` is not known here; did you mean “measure”?"),
        ('{ en = "Transport" }', "{}", "no text in the declared language “en”"),
    ],
)
def test_a_planted_mistake_is_explained(old: str, new: str, expected: str) -> None:
    assert MEASURE.count(old) == 1
    _measures, mistakes = parse_measures(tomllib.loads(MEASURE.replace(old, new)))
    assert any(expected in str(mistake) for mistake in mistakes), mistakes


def test_an_unknown_field_of_a_purpose_is_explained() -> None:
    content = {
        "languages": ["en"],
        "purpose": [{"key": "x", "labels": {"en": "X"}, "fields": ["helth"], "needs_consent": True}],
    }
    _purposes, mistakes = parse_purposes(content, {"health"})
    assert [str(mistake) for mistake in mistakes] == [
        "purpose x: The field “helth” is not known; did you mean “health”?"
    ]
