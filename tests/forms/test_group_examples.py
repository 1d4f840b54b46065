"""Worked examples of forms that many people fill in: sheets in, figures of the group out, as they are written there.

`KEY.sheets.csv`: rows with the same `example` are the sheets of one round (rows of one organisation are its partners);
its first row says `expect.FIGURE` or `expect.FIGURE ABOUT` (empty: no value).
"""

import csv
import tomllib
from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from zajedno.forms.logic.book import Book
from zajedno.forms.logic.scores.registry import GROUP_SCORES, group_score
from zajedno.site.settings import PACKS_DIR

FORMS = [
    path
    for path in sorted(PACKS_DIR.glob("*/forms/*.toml"))
    if tomllib.loads(path.read_text(encoding="utf-8")).get("score") in GROUP_SCORES
]
Row = dict[str, str]


def examples(path: Path) -> list[list[Row]]:
    with path.with_name(f"{path.stem}.sheets.csv").open(encoding="utf-8", newline="") as file:
        return [list(rows) for _name, rows in groupby(csv.DictReader(file), key=lambda row: row["example"])]


def sheets(rows: Sequence[Row]) -> list[dict[str, Any]]:
    answers = [{name: cell for name, cell in row.items() if not name.startswith("ex") and cell} for row in rows]
    if "partner" not in rows[0]:
        return list(answers)
    return [
        {"organisation": name, "sector": found[0]["sector"], "partners": found}
        for name, found in (
            (name, list(group)) for name, group in groupby(answers, key=lambda row: row["organisation"])
        )
    ]


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_every_example_comes_out_as_it_is_written(path: Path) -> None:
    facts = tomllib.loads(path.read_text(encoding="utf-8"))
    for rows in examples(path):
        outcome = group_score(facts["score"], sheets(rows), facts["score_options"])
        for column, cell in rows[0].items():
            if column.startswith("expect."):
                key, _blank, about = column.removeprefix("expect.").partition(" ")
                figure = outcome.of(key, *([about] if about else []))
                assert figure.value == (Decimal(cell) if cell else None), f"{path.stem}: {column}"


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_options_and_names_are_of_questions_that_the_form_asks(path: Path) -> None:
    facts = tomllib.loads(path.read_text(encoding="utf-8"))
    options = facts["score_options"]
    asked = {
        row["name"]
        for row in Book.from_markdown(path.with_suffix(".xlsform.md").read_text("utf-8")).leaf("survey").lines
    }
    items = options.get("items", [item for group in options.get("dimensions", {}).values() for item in group])
    assert set(items) <= asked
    assert {item + options["evidence"] for item in items if "evidence" in options} <= asked
    assert {column for column in examples(path)[0][0] if not column.startswith("ex")} <= asked
    outcome = group_score(facts["score"], sheets(examples(path)[0]), options)
    assert {figure.key for figure in outcome.figures} <= set(facts["findings"])
    assert {figure.band for figure in outcome.figures} - {""} <= set(facts.get("bands", {}))


def test_every_group_score_has_a_form() -> None:
    assert {tomllib.loads(path.read_text(encoding="utf-8"))["score"] for path in FORMS} == set(GROUP_SCORES)
