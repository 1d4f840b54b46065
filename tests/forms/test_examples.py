"""Worked examples beside each form of the packs: answers and facts in, the findings that are written there out.

`KEY.examples.csv`: columns named by question, `facts.sex`, `facts.born`, `facts.on`, then `expect.FINDING` (empty: no
value) and `expect.FINDING.band` (empty: whatever).
"""

import csv
import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from zajedno.forms.logic.book import Book
from zajedno.forms.logic.scores.contract import Facts, Finding
from zajedno.forms.logic.scores.registry import GROUP_SCORES, SCORES, score
from zajedno.site.settings import PACKS_DIR

FORMS = sorted(PACKS_DIR.glob("*/forms/*.toml"))
SCORED = [path for path in FORMS if tomllib.loads(path.read_text(encoding="utf-8")).get("score") in SCORES]
Row = Mapping[str, str]


def examples(path: Path) -> list[Row]:
    with path.with_name(f"{path.stem}.examples.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def expected(row: Row) -> dict[str, tuple[str, str]]:
    """Value and band by finding."""
    keys = [name.removeprefix("expect.") for name in row if name.startswith("expect.") and not name.endswith(".band")]
    return {key: (row[f"expect.{key}"], row.get(f"expect.{key}.band", "")) for key in keys}


def as_written(finding: Finding | None, band: str) -> tuple[Decimal | None, str]:
    value = None if finding is None or finding.value is None else Decimal(finding.value)
    return value, finding.band if finding and band else ""


@pytest.mark.parametrize("path", SCORED, ids=lambda path: path.stem)
def test_every_example_is_scored_as_it_is_written(path: Path) -> None:
    facts = tomllib.loads(path.read_text(encoding="utf-8"))
    rows = examples(path)
    assert rows
    for number, row in enumerate(rows, start=2):
        about = Facts(row.get("facts.sex", ""), day(row.get("facts.born", "")), day(row.get("facts.on", "")))
        answers = {name: cell for name, cell in row.items() if "." not in name and cell}
        found = {one.key: one for one in score(facts["score"], answers, about, facts.get("score_options", {})).findings}
        for key, (value, band) in expected(row).items():
            written = (Decimal(value) if value else None, band)
            assert as_written(found.get(key), band) == written, f"{path.stem}, line {number}: {key}"


@pytest.mark.parametrize("path", SCORED, ids=lambda path: path.stem)
def test_examples_ask_what_the_form_asks_and_names_what_it_finds(path: Path) -> None:
    facts = tomllib.loads(path.read_text(encoding="utf-8"))
    book = Book.from_markdown(path.with_name(f"{path.stem}.xlsform.md").read_text(encoding="utf-8"))
    asked = {line["name"] for line in book.sheets["survey"].lines}
    for row in examples(path):
        assert {name for name in row if "." not in name} - {"example"} <= asked
        for key, (value, band) in expected(row).items():
            assert not (value or band) or key in facts["findings"]
            assert not band or band in facts["bands"]


def test_every_way_of_scoring_a_form_names_is_there() -> None:
    named = {tomllib.loads(path.read_text(encoding="utf-8")).get("score") for path in FORMS} - {None}
    assert named <= {*SCORES, *GROUP_SCORES}
    assert {"who-growth", "who-growth-5-19"} <= named
