"""Every indicator has an example counted by hand, and two engines count it alike."""

import tomllib
from collections import Counter
from inspect import getsource

import pytest
from django.conf import settings

from tests.indicators import examples_hard, examples_of_children, examples_of_work
from tests.indicators.engines import Blocks, many_on_duckdb, many_on_postgres, on_duckdb, on_postgres
from tests.indicators.examples import NETWORK, Example
from tests.indicators.town import town
from zajedno.indicators.logic.definition import load
from zajedno.indicators.logic.facts import FACTS, OF_ALL_PUPILS, WHERE_IT_WORKS
from zajedno.indicators.logic.facts.commission import STEPS
from zajedno.indicators.logic.facts.compile import DUCKDB, POSTGRES, rows, statement
from zajedno.indicators.logic.facts.compile import sql as sql_of
from zajedno.indicators.logic.facts.sent import completeness
from zajedno.indicators.logic.span import named

EXAMPLES = [*examples_of_children.EXAMPLES, *examples_of_work.EXAMPLES, *examples_hard.EXAMPLES]
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


def test_what_is_said_of_children_counts_each_once() -> None:
    for one in INDICATORS.values():
        if one.words["numerator"]["en"].startswith(("Pupils", "Children")):
            assert one.counts == "children", one.code


@pytest.mark.django_db
def test_postgresql_counts_them_alike() -> None:
    for example in EXAMPLES:
        assert on_postgres(example, sql(example, POSTGRES)) == on_duckdb(example, sql(example, DUCKDB)), example.says


def test_every_step_of_a_case_is_told_under_a_word() -> None:
    text = (settings.PACKS_DIR / "rs" / "procedures" / "additional-support.toml").read_text()
    steps = [step["key"] for step in tomllib.loads(text)["step"]]
    assert sorted([*(one for of in STEPS.values() for one in of), "draft", "discarded"]) == sorted(steps)


def test_who_ran_a_campaign_sent_something() -> None:
    asked = sql_of(completeness("exchange", ("inclusion_network",), "RS", named("2025")), DUCKDB)
    ran = {"prepared_waves": [(1, NETWORK, 2, "2025-03-01", 500)]}
    assert many_on_duckdb(ran, {(): asked})[()] == [("80438", 1, 1)]


def each_row(engine: str) -> dict[tuple[str, ...], str]:
    """Of every indicator, what its rows are."""
    spans = {one.code: named("2025" if one.period == "year" else "2025/26") for one in INDICATORS.values()}
    return {(code,): f"select * from ({rows(code, span, engine)}) as told" for code, span in spans.items()}


@pytest.mark.django_db
def test_two_engines_count_an_untidy_town_alike() -> None:
    there = town(25)  # in which each counts something
    one, other = (
        {of: Counter("|".join(map(str, row)) for row in told) for of, told in found.items()}
        for found in (many_on_duckdb(there, each_row(DUCKDB)), many_on_postgres(there, each_row(POSTGRES)))
    )
    assert {of: (told - other[of], other[of] - told) for of, told in one.items() if told != other[of]} == {}
    assert {code for (code,), told in one.items() if told} == set(FACTS)
