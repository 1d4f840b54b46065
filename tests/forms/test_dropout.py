"""The risk index: what is missing, where bands begin, files, and levels that a school's registers propose."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from zajedno.forms.logic.scores.answers import Impossible
from zajedno.forms.logic.scores.contract import Facts, Finding, Outcome
from zajedno.forms.logic.scores.dropout import Absences, History, Marks, automatic_levels, score
from zajedno.forms.logic.scores.dropout_file import FILE, file_score
from zajedno.site.settings import PACKS_DIR

FORM = PACKS_DIR / "rs" / "forms" / "dropout-risk.toml"
OPTIONS: dict[str, Any] = {
    "groups": {"presence": {"absent": 3, "seasonal": 1}, "home": {"money": 2, "moves": 2}},
    "bands": {"low": 0, "moderate": 25, "high": 50, "very-high": 75},
    "flag_from": "high",
    "least_answered": 50,
}


@pytest.fixture(scope="module")
def options() -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads(FORM.read_text(encoding="utf-8"))["score_options"]
    return found


def scored(**levels: str) -> Outcome:
    return score(levels, Facts(), OPTIONS)


def index(**levels: str) -> Finding:
    return scored(**levels).findings[0]


def test_the_index_and_each_group() -> None:
    outcome = scored(absent="2", seasonal="0", money="1", moves="1")
    assert [(one.key, one.value, one.band, one.flagged) for one in outcome.findings] == [
        ("index", Decimal("62.5"), "high", True),  # (6 + 0 + 2 + 2) / 16
        ("presence", Decimal("75.0"), "very-high", True),  # 6 / 8
        ("home", Decimal("50.0"), "high", True),
    ]
    assert outcome.missing == ()


@pytest.mark.parametrize(
    ("levels", "value", "band"),
    [
        ("0000", "0.0", "low"),
        ("1000", "18.8", "low"),  # 3 / 16 is 18.75, half up
        ("1100", "25.0", "moderate"),
        ("1022", "68.8", "high"),
        ("2022", "87.5", "very-high"),
        ("2012", "75.0", "very-high"),
        ("2222", "100.0", "very-high"),
    ],
)
def test_bands_begin_where_they_say(levels: str, value: str, band: str) -> None:
    found = index(**dict(zip(("absent", "seasonal", "money", "moves"), levels, strict=True)))
    assert (str(found.value), found.band) == (value, band)


def test_below_the_lowest_band_there_is_none() -> None:
    found = score({"absent": "0", "money": "0"}, Facts(), OPTIONS | {"bands": {"low": 10, "high": 50}}).findings[0]
    assert (found.value, found.band, found.flagged) == (Decimal("0.0"), "", False)


def test_what_is_not_answered_counts_on_neither_side_and_is_named() -> None:
    outcome = scored(absent="1", seasonal="", money="0")
    assert outcome.missing == ("seasonal", "moves")
    assert [one.value for one in outcome.findings] == [
        Decimal("30.0"),
        Decimal("50.0"),
        Decimal("0.0"),
    ]  # 3/10, 3/6, 0/4


def test_below_half_of_the_weights_no_index_is_said() -> None:
    assert index(absent="2", seasonal="2").value == Decimal("100.0")  # 4 of 8
    nothing = index(absent="2")  # 3 of 8
    assert (nothing.value, nothing.band, nothing.flagged) == (None, "", False)
    assert scored().findings[0].value is None
    assert scored(absent="2").findings[1].value == Decimal("100.0")  # the group is said all the same


@pytest.mark.parametrize("level", ["3", "-1", "1.5", "high"])
def test_a_level_that_is_none(level: str) -> None:
    with pytest.raises(Impossible, match="money is none of 0, 1, 2"):
        index(money=level)


def test_files_have_a_column_an_item(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(
        "[score_options]\nleast_answered = 50\nflag_from = 'high'\nbands = { low = 0, high = 50 }\n"
        "[score_options.groups.all]\nabsent = 3\nmoney = 1\n"
    )
    file = file_score(path)
    assert (list(file.reads), list(file.adds)) == (["absent", "money"], ["index", "band", "missing"])
    done = file.rows([["2", "0"], ["2.0", " "], ["", "2"], ["two", "0"], ["", ""]])
    assert [(list(one.cells), one.reason) for one in done] == [
        (["75.0", "high", ""], ""),
        (["100.0", "high", "money"], ""),
        (["", "", "absent"], "too few items are answered"),
        (["", "", ""], "absent is none of 0, 1, 2"),
        (["", "", "absent|money"], "too few items are answered"),
    ]


def test_the_file_of_the_pack(options: dict[str, Any]) -> None:
    assert len(FILE.reads) == 24
    assert list(options["groups"]) == ["presence", "learning", "behaviour", "family", "engagement", "circumstances"]
    assert FILE.rows([["1"] * 24])[0].cells[:2] == ["50.0", "high"]


@pytest.mark.parametrize(
    ("absences", "level"),
    [
        (Absences(), None),
        (Absences(share=0), 0),
        (Absences(share=Decimal("4.99")), 0),
        (Absences(share=5), 1),
        (Absences(share=10), 2),
        (Absences(unexcused=26, after_notice=16), 2),  # more than 25, of them more than 15 after the notice
        (Absences(unexcused=25, after_notice=16), None),
        (Absences(unexcused=26, after_notice=15, share=6), 1),
        (Absences(unexcused=40), None),  # whether the parents were warned is not known
        (Absences(unexcused=0), None),  # nor how many lessons there were
        (Absences(unexcused=26, after_notice=16, share=3), 2),
    ],
)
def test_attendance_from_the_register(absences: Absences, level: int | None, options: dict[str, Any]) -> None:
    assert automatic_levels(absences, Marks(), History(), options["automatic"]).get("attendance") == level


@pytest.mark.parametrize(
    ("marks", "level"),
    [
        (Marks(), None),
        (Marks(negative=0), 0),
        (Marks(negative=1), 1),
        (Marks(negative=3), 2),
        (Marks(negative=0, fall=Decimal("0.49")), 0),
        (Marks(fall=Decimal("0.5")), 1),
        (Marks(negative=1, fall=Decimal("1.0")), 2),
        (Marks(negative=0, fall=Decimal("-0.8")), 0),
    ],
)
def test_attainment_from_the_marks(marks: Marks, level: int | None, options: dict[str, Any]) -> None:
    assert automatic_levels(Absences(), marks, History(), options["automatic"]).get("attainment") == level


@pytest.mark.parametrize(
    ("history", "level"),
    [
        (History(), None),
        (History(repeated=0), 0),
        (History(repeated=1), 1),
        (History(repeated=2), 2),
        (History(repeated=0, years_over_age=2), 2),
        (History(years_over_age=1), None),
    ],
)
def test_repetition_from_the_history(history: History, level: int | None, options: dict[str, Any]) -> None:
    assert automatic_levels(Absences(), Marks(), history, options["automatic"]).get("repetition") == level


def test_thresholds_are_the_forms_with_source_and_mark(options: dict[str, Any]) -> None:
    asked = {item for group in options["groups"].values() for item in group}
    for rule in options["automatic"]:
        assert rule["item"] in asked
        assert rule["source"]
        assert rule["verified"] is False
    changed = [{"item": "attendance", "level": 1, "from": {"share": 3}}]
    assert automatic_levels(Absences(share=4), Marks(), History(), changed) == {"attendance": 1}
