"""Our engine and ODK's own agree: the same answers give the same relevance, values and validity at every place.

Every form of the packs and the forms in `books/` are filled in by both, some hundred times each, with seeded answers.
"""

from collections.abc import Iterator
from math import isclose
from pathlib import Path
from random import Random

import pytest

from tests.forms import expressing
from tests.forms.answering import Action, acted
from tests.forms.reference.engine import MODULES, NOW, Engine, running
from zajedno.forms.logic.book import Book
from zajedno.forms.logic.compile import xform
from zajedno.forms.logic.form import Form, read
from zajedno.forms.logic.sheet import Sheet

ROOT = Path(__file__).parents[2]
FORMS = sorted([*ROOT.glob("packs/*/forms/*.xlsform.md"), *Path(__file__).parent.glob("books/*.xlsform.md")])
SHEETS = 60

pytestmark = pytest.mark.skipif(not MODULES.is_dir(), reason="ODK's engine is not installed: `make test` installs it")


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with running() as found:
        yield found


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.name.removesuffix(".xlsform.md"))
def test_the_engines_agree(path: Path, engine: Engine) -> None:
    xml = xform(Book.from_markdown(path.read_text(encoding="utf-8")).with_latin(), version=1)
    form = read(xml)
    ours = [filled(form, seed) for seed in range(SHEETS)]
    theirs = engine.fill(xml, [actions for actions, _places in ours])
    assert isinstance(theirs, list), theirs
    for (actions, places), their in zip(ours, theirs, strict=True):
        assert isinstance(their, list), (actions, their)
        assert places == {one["path"]: seen(one, form) for one in their if "/meta" not in one["path"]}, actions


@pytest.mark.parametrize("seed", range(4))
def test_the_engines_agree_on_expressions_nobody_would_write(seed: int, engine: Engine) -> None:
    random = Random(seed)
    book = expressing.book(random, 120)
    reckoned = {line["name"]: line["calculation"] for line in book.leaf("survey").lines if line["calculation"]}
    xml = xform(book)
    sheets = [expressing.answered(random) for _ in range(12)]
    theirs = engine.fill(xml, sheets)
    for actions, their in zip(sheets, theirs, strict=True):
        sheet = Sheet(read(xml), today=NOW.date(), now=NOW)
        for verb, path, value in actions:
            _done = sheet.add(path) if verb == "add" else sheet.put(path, str(value))
        said = {one["path"].removeprefix("/data/"): one.get("value") for one in their}
        for name, expression in reckoned.items():
            assert alike(sheet.value(f"/data/{name}"), said[name]), (expression, actions)


def alike(ours: str, theirs: str) -> bool:
    """The same, but for the last digits of a fraction."""
    try:
        return ours == theirs or isclose(float(ours), float(theirs), rel_tol=1e-9)
    except ValueError:
        return False


def filled(form: Form, seed: int) -> tuple[list[Action], dict[str, object]]:
    """What was done to a sheet, and how each of its places stands."""
    random = Random(seed)
    sheet = Sheet(form, today=NOW.date(), now=NOW, language=form.language)
    actions = acted(sheet, random, random.choice([2, 10, len(form.nodes), 2 * len(form.nodes)]))
    wrong = {problem.path: problem.code for problem in sheet.problems()}
    places = {one.path: (one.relevant, one.value, wrong.get(one.path, "")) for one in sheet.places()}
    return actions, places


def seen(one: dict[str, object], form: Form) -> object:
    value = one.get("value", "")
    if value == "Invalid Date":  # what JavaScript calls a day that is none; it is no answer
        value = ""
    return (one["relevant"], value, one.get("wrong", ""))
