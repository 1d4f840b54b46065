"""Every indicator has an example counted by hand, and two engines count it alike."""

from inspect import getsource

import pytest
from django.conf import settings

from tests.indicators import examples_of_children, examples_of_work
from tests.indicators.engines import Blocks, on_duckdb, on_postgres
from tests.indicators.examples import Example
from zajedno.indicators.logic.definition import load
from zajedno.indicators.logic.facts import FACTS, OF_ALL_PUPILS, WHERE_IT_WORKS
from zajedno.indicators.logic.facts.compile import DUCKDB, POSTGRES, statement

EXAMPLES = [*examples_of_children.EXAMPLES, *examples_of_work.EXAMPLES]
INDICATORS = load(settings.PACKS_DIR)
NAMES = [f"{one.code}: {one.says}" for one in EXAMPLES]


def sql(example: Example, engine: str) -> str:
    outcomes = INDICATORS[example.code].outcomes
    return statement(example.code, example.span, example.country, outcomes, example.axes, engine)


def by_hand(example: Example, found: Blocks) -> dict[tuple[str, ...], tuple[int, ...]]:
    """As much of what was found as somebody wrote down."""
    whole = {cell: told for cell, told in found.items() if len(cell) == 2 or cell in example.told}
    return {cell: told[: len(example.told.get(cell, told))] for cell, told in whole.items()}


@pytest.mark.parametrize("example", EXAMPLES, ids=NAMES)
def test_it_is_counted_as_by_hand(example: Example) -> None:
    assert by_hand(example, on_duckdb(example, sql(example, DUCKDB))) == dict(example.told)


def test_every_fact_has_an_example() -> None:
    assert {one.code for one in EXAMPLES} == set(FACTS)


def test_what_counts_where_an_institution_works_is_known() -> None:
    there = {code for code, fact in FACTS.items() if 'at="institution"' in getsource(fact)}
    assert there == WHERE_IT_WORKS


def test_so_are_shares_of_all_pupils() -> None:
    assert {code for code, fact in FACTS.items() if "by_pupil(" in getsource(fact)} == OF_ALL_PUPILS


def test_a_fact_says_only_what_its_definition_lists() -> None:
    for example in EXAMPLES:
        assert {cell[1] for cell in example.told} <= set(INDICATORS[example.code].outcomes), example.code
        assert example.span.name == example.period


@pytest.mark.django_db
def test_postgresql_counts_them_alike() -> None:
    for example in EXAMPLES:
        assert on_postgres(example, sql(example, POSTGRES)) == on_duckdb(example, sql(example, DUCKDB)), example.says
