"""docs/procedures.md explains each word that a procedure may say, and none that the parser does not know."""

import re
import tomllib
from pathlib import Path

import pytest

from zajedno.children.enums import Field
from zajedno.procedures.logic import definition, parse
from zajedno.procedures.logic.needs import ASKS, OF_CASES, OF_KEYS
from zajedno.procedures.logic.walk import REFUSALS

DOC = (Path(__file__).parents[2] / "docs/procedures.md").read_text(encoding="utf-8")
SAID = set(re.findall(r"[a-z_0-9]+", " ".join(re.findall(r"```.*?```|`[^`]+`", DOC, re.DOTALL))))
READ = {"key"} | set(
    re.findall(r'(?:reader|one)\.\w+\(\s*"([a-z_]+)"', Path(parse.__file__).read_text(encoding="utf-8"))
)
CHOICES = (definition.STEP_KINDS, definition.PART_KINDS, definition.GUARDIANS, definition.UNITS, definition.ROLLS,
           definition.CLAUSES)  # fmt: skip


def listed(name: str) -> set[str]:
    """The words of the list that begins “Needs:” and so on, each in one pair of backticks."""
    found = re.search(rf"^{name}[^`]*`([^`]+)`", DOC, re.MULTILINE)
    assert found, name
    return set(found[1].split())


def test_every_word_of_a_table_is_explained() -> None:
    assert len(READ) > 60
    assert not READ - SAID


@pytest.mark.parametrize("choice", CHOICES)
def test_every_choice_is_explained(choice: tuple[str, ...]) -> None:
    assert not set(choice) - SAID


def test_the_lists_are_the_closed_vocabularies() -> None:
    assert listed("Needs:") == set(OF_CASES)
    assert listed("Inputs:") == set(ASKS)
    assert listed("Fields of a file:") == set(Field.values)
    assert set(OF_KEYS) <= SAID
    assert set(REFUSALS) <= SAID


@pytest.mark.parametrize("block", re.findall(r"```toml\n(.*?)```", DOC, re.DOTALL))
def test_an_example_says_nothing_unknown(block: str) -> None:
    content = tomllib.loads(block)
    _definition, mistakes = parse.parse(content)
    assert [str(one) for one in mistakes if "is not known here" in one.sentence] == []
