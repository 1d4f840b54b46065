"""Sheets of the 24-item child functioning form, checked whole: answers in, what counts, what is wrong, values out."""

import time
from datetime import date
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from zajedno.forms.logic.parts import Group

FORM = Path(__file__).parents[1] / "packs" / "common" / "forms" / "cfm-5-17.xlsform.md"
SHEETS, LEAST = 5_000, 200
TODAY = date(2026, 11, 26)


def run() -> bool:
    from zajedno.forms.logic.book import Book
    from zajedno.forms.logic.compile import xform
    from zajedno.forms.logic.form import read
    from zajedno.forms.logic.sheet import Sheet

    form = read(xform(Book.from_markdown(FORM.read_text(encoding="utf-8")).with_latin()))
    sheets = [answers(form.root, Random(seed)) for seed in range(SHEETS)]
    start, wrong, answered = time.process_time(), 0, 0
    for one in sheets:
        sheet = Sheet(form, one, today=TODAY)
        wrong += len(sheet.problems())
        answered += sum(1 for value in sheet.values().values() if value)
    rate = SHEETS / (time.process_time() - start)
    asked = sum(1 for question in form.questions() if question.asks)
    print(f"{SHEETS:,} sheets of {asked} questions, {answered:,} answers, {wrong:,} problems")
    print(f"{rate:,.0f} sheets a second on one core (bound {LEAST})")
    return rate >= LEAST


def answers(group: "Group", random: Random) -> dict[str, Any]:
    """Answers to most questions, also to some that are not asked, and now and then one that is none."""
    from zajedno.forms.logic.parts import Group, Question

    found: dict[str, Any] = {}
    for node in group.children:
        if isinstance(node, Group):
            found[node.name] = answers(node, random)
        elif isinstance(node, Question) and node.choices and random.random() < 0.9:
            names = [option.name for option in node.choices.every]
            found[node.name] = random.choice([*names] * 20 + ["none of these"])
    return found
