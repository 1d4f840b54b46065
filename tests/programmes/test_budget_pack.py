"""The budget system of a pack: what is wrong in its file is said in plain words, with the place."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings

from zajedno.programmes.enums import CodeKind
from zajedno.programmes.logic.budget_pack import check
from zajedno.web.manage.pack_check import check_packs
from zajedno.web.manage.packs import find

OWN = (settings.PACKS_DIR / "rs" / "budget.toml").read_text()


def said(text: str) -> list[str]:
    return [str(one) for one in check(text, kinds=CodeKind.values)]


def test_the_pack_of_serbia_holds() -> None:
    assert said(OWN) == []


WRONG = {
    'kind = "programme"': ('kind = "program"', "code 1: `kind` is “program”; it may be", "did you mean “programme”?"),
    'code = "2002"\nsince = 2021': ("code = 2002\nsince = 2021", "code 1: `code` must be a text."),
    'code = "2003"\nsince = 2021': (
        'code = "20 03"\nsince = 2021',
        "code 2: `code` is “20 03”; it has up to 20 letters",
    ),
    "since = 2021": ("since = 21", "code 1: `since` is 21; a budget year lies from 2000 to 2100."),
    "until = 2020": ("until = 1999", "`until` is 1999; a budget year lies from 2000 to 2100.", "lies before `since`"),
    "verified = false": ('verified = "no"', "source: `verified` must be true or false."),
    'labels.en = "Preschool education"': ("", "code 1: `labels` has no text in the declared language “en”."),
    "[source]": ("[origin]", "source: `law` must be a text.", "`origin` is not known here"),
    'languages = ["sr", "en"]': ("", "`languages` must list the languages of this file"),
}


@pytest.mark.parametrize("right", WRONG)
def test_each_mistake_is_explained(right: str) -> None:
    assert right in OWN
    wrong, *sentences = WRONG[right]
    found = "\n".join(said(OWN.replace(right, wrong, 1)))
    for sentence in sentences:
        assert sentence in found


def test_a_code_that_means_two_things_in_one_year_is_refused() -> None:
    one = '\n[[code]]\nkind = "source"\ncode = "99"\nlabels.sr = "Једно"\nlabels.en = "One"\n'
    assert said(OWN + one) == []
    assert said(OWN + one + "until = 2022\n" + one + "since = 2023\n") == []
    (found,) = said(OWN + one + "until = 2022\n" + one + "since = 2022\n")
    assert found.endswith("The source “99” stands here twice for some years: end the earlier with `until`.")
    assert said(OWN.split("[[code]]")[0]) == ["There is no [[code]]."]


def test_the_check_of_packs_says_file_and_line(tmp_path: Path) -> None:
    folder = tmp_path / "rs"
    shutil.copytree(settings.PACKS_DIR / "rs", folder, ignore=shutil.ignore_patterns("*.csv", "*.geojson", "*.json"))
    (folder / "budget.toml").write_text(OWN.replace("verified = false", "verified = nobody", 1))
    found = [str(one) for one in check_packs(find([folder])) if one.file == "rs/budget.toml"]
    assert len(found) == 1
    assert found[0].startswith("rs/budget.toml: This is not valid TOML")
    assert "line 8" in found[0]
