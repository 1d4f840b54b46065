"""Definitions read from packs, and what is wrong in one is said in plain words."""

from pathlib import Path

import pytest
from django.conf import settings

from zajedno.indicators.logic.definition import check, load
from zajedno.indicators.logic.facts import FACTS
from zajedno.indicators.logic.span import closed, named

CATALOGUE = {
    *("n1", "n2", "n3", "n4", "n5", "k1", "k2", "k3", "k4", "r1", "r2", "e1", "e2", "o1", "o2", "t1", "d1", "d2", "d3"),
    *("v1", "v2", "v3", "p1", "p2", "f1", "f2", "s1", "g1", "c1"),
}
LANGUAGES = {"sr", "bs", "hr", "hu", "sq", "en"}
K2 = (settings.PACKS_DIR / "common" / "indicators" / "k2.toml").read_text(encoding="utf-8")
KINDS = {"intersectoral_commission"}


def test_the_whole_catalogue_is_there_in_every_language() -> None:
    found = load(settings.PACKS_DIR)
    assert set(found) >= CATALOGUE
    for one in found.values():
        assert all(set(texts) == LANGUAGES for texts in one.words.values()), one.code
    assert set(found) == set(FACTS)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('kind = "share"', 'kind = "shares"', "it may be share, rate"),
        ('outcomes = ["in_time", "late"]', 'outcomes = ["in_time"]', "two `outcomes`"),
        ('by = ["sex", "age", "difficulty", "settlement"]', 'by = ["sector"]', "sectors divide work alone"),
        ('by = ["sex", "age", "difficulty", "settlement"]', 'by = ["roma"]', "names “roma”"),
        ('reports = ["intersectoral_commission"]', 'reports = ["school"]', "no pack has such a kind"),
        ("method = 1", "method = 0", "at least 1"),
        ('owner = "Zajedno"', "", "`owner` must be a text"),
        ('note = "', 'remark = "', "`note` must be a text"),
        ('room = "casework"', 'room = "casework"\npopulation = ["0-6"]', "A rate names the `population`"),
        ('room = "casework"', 'room = "casework"\ntarget = { value = "most", source = "Plan" }', "must be a number"),
        ('room = "casework"', 'room = "casework"\ncolour = "red"', "`colour` is not known"),
        ('denominator.sq = "', '# denominator.sq = "', "no text in the declared language “sq”"),
    ],
)  # fmt: skip
def test_a_mistake_is_said_in_plain_words(old: str, new: str, said: str) -> None:
    assert old in K2
    mistakes = check(K2.replace(old, new, 1), key="k2", kinds=KINDS, facts=FACTS)
    assert any(said in str(one) for one in mistakes), mistakes


def test_what_is_right_has_no_mistake_and_what_nothing_counts_says_so() -> None:
    assert check(K2, key="k2", kinds=KINDS, facts=FACTS) == []
    (mistake,) = check(K2, key="k2", kinds=KINDS, facts=())
    assert "Nothing counts “k2”" in str(mistake)


def test_a_target_is_a_number_with_its_source(tmp_path: Path) -> None:
    folder = tmp_path / "common" / "indicators"
    folder.mkdir(parents=True)
    (folder / "k2.toml").write_text(K2.replace("[source]", '[target]\nvalue = "95.5"\nsource = "Plan"\n\n[source]'))
    assert str(load(tmp_path)["k2"].target) == "95.5"
    (folder / "k2.toml").write_text(K2.replace("per = 100", "per = 0"))
    with pytest.raises(ValueError, match=r"k2\.toml"):
        load(tmp_path)


def test_periods_have_names_and_an_end() -> None:
    from datetime import date

    assert [span.name for span in closed("year", date(2026, 1, 30), 30)][:2] == ["2025", "2024"]
    assert [span.name for span in closed("year", date(2026, 1, 29), 30)][:1] == ["2024"]
    assert [span.name for span in closed("school_year", date(2026, 9, 30), 30)][:1] == ["2025/26"]
    with pytest.raises(ValueError, match="no period"):
        named("2025/27")
