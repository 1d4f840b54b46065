"""Forms in packs: every mistake with its file and place; loading what was read; twice is once."""

import argparse
import shutil
from pathlib import Path

import pytest

from tests.forms.small import SMALL
from tests.procedures.test_pack import OURS, plant, sentences
from zajedno.forms.models import Form, Version
from zajedno.forms.queries.form import loaded
from zajedno.site.command import pack_load
from zajedno.web.manage.pack_forms import differences, forms_in
from zajedno.web.manage.packs import Pack, changes, find

FACTS = """
about = "child"
parts = ["health"]
purpose = "education"
score = "cfm"
score_options = { age = "2-4", missing = "wg" }

[source]
text = "Own example"
licence = "CC0"
verified = false
"""


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    """A copy of our packs without what is large, to plant mistakes in; and one small form more."""
    folder = tmp_path / "packs"
    shutil.copytree(OURS, folder, ignore=shutil.ignore_patterns("places", "norms", "*.docx"))
    form = folder / "rs/forms/reading"
    form.with_suffix(".xlsform.md").write_text(SMALL, encoding="utf-8")
    form.with_suffix(".toml").write_text(FACTS.replace('score = "cfm"\n', ""), encoding="utf-8")
    return folder


def said(packs: Path) -> list[str]:
    """What is wrong with the small form's pack, and with nothing else in it."""
    return sentences(packs / "rs")


def test_the_example_of_the_page_for_newcomers_is_without_mistake(packs: Path) -> None:
    page = (OURS.parent / "docs" / "forms.md").read_text(encoding="utf-8")
    form, facts = (page.split(start)[1].split("```")[0] for start in ("```\n## survey", "```toml\n"))
    (packs / "rs/forms/glasses.xlsform.md").write_text(f"## survey{form}", encoding="utf-8")
    (packs / "rs/forms/glasses.toml").write_text(facts, encoding="utf-8")
    assert said(packs) == []
    (packs / "rs/forms/glasses.toml").write_text(facts.replace("screening", "screeming"), encoding="utf-8")
    assert said(packs)


def test_the_small_form_is_without_mistake(packs: Path) -> None:
    assert said(packs) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("integer | pages", "integr | pages", "survey, row 3, column type: "),
        ("select_one yes_no |", "select_one yes_or_no |", "survey, row 2, column type: "),
        ("${reads} =", "${read} =", "survey, row 3, column relevant: "),
        (". >= 0 and", ". >= and", "survey, row 3, column constraint: "),
        ("Does the child read?", "", "survey, row 2, column label::English (en): "),
        ("no | Не | Ne |", "no | Не | |", "choices, row 3, column label::Bosanski (bs): "),
        ("| reading |", "| reads |", "settings: `form_id` is “reads”; after the file's name it is “reading”."),
    ],
)  # fmt: skip
def test_a_fault_in_the_form_names_its_place(packs: Path, old: str, new: str, expected: str) -> None:
    plant(packs / "rs/forms/reading.xlsform.md", old, new)
    found = said(packs)
    assert any(one.startswith(f"rs/forms/reading.xlsform.md: {expected}") for one in found), found


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('"child"', '"chid"', "`about` is “chid”; it may be child, network, anyone; did you mean “child”?"),
        ('about = "child"\n', "", "`about` must be a text."),
        ('"health"', '"helth"', "The part of a child's file “helth” is not known; did you mean “health”?"),
        ('parts = ["health"]\n', "", "`parts` must name at least one part of a child's file."),
        ('"education"', '"educaton"', "The purpose “educaton” is not known; did you mean “education”?"),
        ('purpose = "education"', 'purpos = "education"', "`purpos` is not known here; did you mean “purpose”?"),
        ("score_options", 'score = "cmf"\nscore_options', "The way of scoring “cmf” is not known; did you mean “cfm”?"),
        ("[source]", 'day = "pages"\n[source]', "`day` is “pages”; it must be a question of the form"),
        ("[source]\n", "[sauce]\n", "source: `text` must be a text."),
        ('text = "Own example"', 'txt = "Own example"', "source: `txt` is not known here; did you mean “text”?"),
        ("verified = false", 'verified = "no"', "source: `verified` must be true or false."),
        ("e\n", 'e\n[[notices]]\nlabels.sr = "Пази"\n', "notices 1: `labels` has no text in the declared"),
        ("[source]", 'grid = 1\n[source]', "`grid` must be true or false."),
        ("[source]", "[source", "This is not valid TOML"),
    ],
)  # fmt: skip
def test_a_mistake_in_the_facts_is_said_plainly(packs: Path, old: str, new: str, expected: str) -> None:
    plant(packs / "rs/forms/reading.toml", old, new)
    found = said(packs)
    assert any(one.startswith(f"rs/forms/reading.toml: {expected}") for one in found), found


def test_facts_and_form_lie_beside_each_other(packs: Path) -> None:
    (packs / "rs/forms/reading.toml").rename(packs / "rs/forms/writing.toml")
    assert said(packs) == [
        "rs/forms/reading.toml: The facts are missing: about, purpose, source.",
        "rs/forms/writing.toml: There is no form `writing.xlsform.md` beside these facts.",
    ]


def test_a_file_in_an_old_encoding_is_told(packs: Path) -> None:
    path = packs / "rs/forms/reading.xlsform.md"
    path.write_bytes(path.read_text(encoding="utf-8").encode("iso-8859-5", "replace"))
    assert said(packs) == ["rs/forms/reading.xlsform.md: This is not UTF-8. Save the file in that encoding."]


def test_what_a_score_says_has_a_name(packs: Path) -> None:
    plant(packs / "rs/forms/reading.toml", "score_options", 'score = "cfm"\nscore_options')
    found = said(packs)
    assert (
        "rs/forms/reading.toml: findings: The score says “seeing”, which has no name: write [findings.seeing]." in found
    )
    plant(packs / "common/forms/cfm-2-4.toml", "[bands.difficulty]\nsr", "[bands.difficult]\nsr")
    found = [one for one in sentences(packs) if one.startswith("common/forms/cfm-2-4.examples.csv: line ")]
    assert any("“difficulty”, which has no name" in one for one in found), found
    plant(packs / "common/forms/cfm-2-4.toml", 'sr = "Вид"\n', "")
    expected = "common/forms/cfm-2-4.toml: findings: `seeing` has no text in the declared language “sr”."
    assert expected in sentences(packs)


def test_options_that_the_score_cannot_use_are_told(packs: Path) -> None:
    plant(packs / "common/forms/cfm-2-4.toml", 'age = "2-4"', 'aged = "2-4"')
    found = sentences(packs / "common")
    assert any("score_options: The way of scoring “cfm” cannot work with these" in one for one in found), found


def test_a_golden_example_that_fails_is_a_mistake(packs: Path) -> None:
    examples = packs / "common/forms/who-growth.examples.csv"
    plant(examples, "-0.07,usual", "-0.08,low")
    assert [one for one in sentences(packs) if "examples" in one] == [
        "common/forms/who-growth.examples.csv: line 2: “zlen” is expected to be -0.08; the score says -0.07.",
        "common/forms/who-growth.examples.csv: line 2: “zlen” is expected in the band “low”; the score says “usual”.",
    ]
    plant(examples, "2024-12-26", "soon")
    plant(examples, "weight_kg", "weight")
    found = sentences(packs)
    assert any("line 2: It cannot be scored: " in one for one in found), found
    assert any("line 1: The column “weight” is no question of the form." in one for one in found), found
    examples.unlink()
    assert any("A form with a score has worked examples; there are none." in one for one in sentences(packs))


def load(folder: Path, *, show: bool = False, yes: bool = True) -> int:
    return pack_load.run(argparse.Namespace(folders=[folder], show=show, yes=yes))


@pytest.mark.django_db
def test_forms_are_loaded_once_and_their_changes_shown(packs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert load(packs) == 0
    assert "rs: form reading is new.\n" in capsys.readouterr().out
    form = Form.objects.get(key="reading")
    assert (form.country, form.owner, form.about) == ("RS", None, "child")
    assert Form.objects.get(key="cfm-2-4").country == ""
    before = Version.objects.count()
    assert load(packs) == 0
    assert "nothing changed" in capsys.readouterr().out
    assert Version.objects.count() == before
    plant(packs / "rs/forms/reading.xlsform.md", ". <= 99 | Од", ". <= 50 | Од")
    assert load(packs, yes=False) == 1
    assert capsys.readouterr().out.endswith(
        "rs: form reading becomes version 2:\n    survey pages › constraint: . >= 0 and . <= 99 → . >= 0 and . <= 50\n"
    )
    assert load(packs, show=True) == 0
    assert Version.objects.count() == before
    assert load(packs) == 0
    assert "rs: form reading, version 2" in capsys.readouterr().out
    assert loaded(form.versions.get(number=2).pk).title("sr") == "Читање"


@pytest.mark.django_db
def test_a_form_that_was_retired_here_stays_so(packs: Path) -> None:
    load(packs)
    form = Form.objects.get(key="reading")
    Form.objects.filter(pk=form.pk).update(retired_on="2026-01-01")
    plant(packs / "rs/forms/reading.xlsform.md", ". <= 99 | Од", ". <= 50 | Од")
    assert changes(find([packs])) == []
    assert load(packs) == 0
    assert form.versions.count() == 1


def test_a_difference_names_sheet_and_row(packs: Path) -> None:
    [form] = [one for one in forms_in(packs / "rs/forms") if one.key == "reading"]
    old = {"book": form.book.to_json(), "facts": form.facts}
    for before, after in (
        ("Да ли дете чита?", "Чита ли дете?"),
        ("| No |\n", "| No |\n| yes_no | rare | Ретко | Rijetko | Rarely |\n"),
        ("| text | note | Белешка | Bilješka | Note | | | | | | |\n", ""),
    ):
        plant(form.path, before, after)
    plant(form.beside(".toml"), '"Own example"', '"Another"')
    [form] = [one for one in forms_in(packs / "rs/forms") if one.key == "reading"]
    assert differences(old, {"book": form.book.to_json(), "facts": form.facts}) == [
        "  survey reads › label::Српски (sr): Да ли дете чита? → Чита ли дете?",
        "- survey note › type: text",
        "- survey note › label::Српски (sr): Белешка",
        "- survey note › label::Bosanski (bs): Bilješka",
        "- survey note › label::English (en): Note",
        "  facts › source › text: Own example → Another",
        "+ choices yes_no rare › label::Српски (sr): Ретко",
        "+ choices yes_no rare › label::Bosanski (bs): Rijetko",
        "+ choices yes_no rare › label::English (en): Rarely",
    ]


def test_questions_that_only_moved_are_told_in_one_line(packs: Path) -> None:
    [form] = [one for one in forms_in(packs / "rs/forms") if one.key == "reading"]
    book = form.book.to_json()
    lines = book["survey"]["lines"]
    moved = {**book, "survey": {**book["survey"], "lines": [lines[2], *lines[:2]]}}
    assert differences({"book": book, "facts": {}}, {"book": moved, "facts": {}}) == ["  survey: the order changed"]


def test_forms_lie_in_the_order_of_their_keys(packs: Path) -> None:
    keys = [form.key for form in Pack(packs / "common").forms]
    assert keys == sorted(keys)
    assert {"cfm-2-4", "cfm-5-17", "who-growth"} <= set(keys)
