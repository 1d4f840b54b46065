"""Worked examples are sheets that people can fill in: nothing required is open, nothing that counts was skipped."""

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from zajedno.forms.logic.book import Book
from zajedno.forms.logic.compile import xform
from zajedno.forms.logic.form import Form, read
from zajedno.forms.logic.sheet import Sheet
from zajedno.site.settings import PACKS_DIR

TODAY = date(2026, 11, 26)
FORMS = ["common/forms/cfm-2-4", "common/forms/cfm-5-17", "rs/forms/dropout-risk"]


def form(key: str) -> Form:
    book = Book.from_markdown((PACKS_DIR / f"{key}.xlsform.md").read_text(encoding="utf-8"))
    return read(xform(book, version=1))


def filled(form: Form, answers: Mapping[str, str]) -> Sheet:
    sheet = Sheet(form, today=TODAY)
    for question in form.questions():
        if answers.get(question.name):
            sheet.put(question.path, answers[question.name])
    return sheet


def flat(answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in answers.items():
        if isinstance(value, Mapping):
            yield from flat(value)
        else:
            yield name, value


@pytest.mark.parametrize("key", FORMS, ids=lambda key: Path(key).name)
def test_every_example_can_be_filled_in_and_all_of_it_counts(key: str) -> None:
    made = form(key)
    with (PACKS_DIR / f"{key}.examples.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            given = {name: cell for name, cell in row.items() if "." not in name and name != "example" and cell}
            sheet = filled(made, given)
            assert sheet.problems() == [], row["example"]
            assert dict(flat(sheet.answers())) == given, row["example"]


def asked(key: str, **answers: str) -> set[str]:
    """Required and still open."""
    return {problem.path.rpartition("/")[2] for problem in filled(form(key), answers).problems()}


def test_an_aid_decides_which_question_is_asked() -> None:
    begun = {"UCF2": "1", "UCF3": "2", "UCF4": "1"}
    assert {"UCF7A", "UCF9B", "UCF11", "UCF12"} <= asked("common/forms/cfm-2-4", **begun)
    assert not {"UCF7B", "UCF9A", "UCF13"} & asked("common/forms/cfm-2-4", **begun)


@pytest.mark.parametrize(
    ("first", "second", "aid"), [("FCF10", "FCF11", "1"), ("FCF12", "FCF13", "1"), ("FCF14", "FCF15", "2")]
)
def test_500_metres_are_asked_where_100_are_no_great_matter(first: str, second: str, aid: str) -> None:
    said = [
        second in asked("common/forms/cfm-5-17", FCF3=aid, **{first: answer}) for answer in ("", "2", "9", "3", "4")
    ]
    assert said == [False, True, True, False, False]
    assert second not in asked("common/forms/cfm-5-17", FCF3="2" if aid == "1" else "1", **{first: "2"})
