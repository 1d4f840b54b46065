"""`zajedno pack check` over folders: every part of a pack, with the file named; and ours without mistake."""

import shutil
import textwrap
from pathlib import Path

import pytest

from zajedno.site.command import main
from zajedno.web.manage.pack_check import check_packs
from zajedno.web.manage.packs import find

OURS = Path(__file__).parents[2] / "packs"


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    """A copy of our packs without the large tables of places, to plant mistakes in."""
    return Path(shutil.copytree(OURS, tmp_path / "packs", ignore=shutil.ignore_patterns("places", "*.docx")))


def plant(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def sentences(folder: Path) -> list[str]:
    return [str(complaint) for complaint in check_packs(find([folder]))]


def test_our_packs_are_without_mistake() -> None:
    assert sentences(OURS) == []


def test_common_comes_first() -> None:
    assert [pack.key for pack in find([OURS])] == ["common", "ba", "rs"]
    assert [pack.key for pack in find([OURS / "rs", OURS])] == ["common", "ba", "rs"]


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("rs/roles.toml", '"casework.open_case"', '"casework.opens_case"', "did you mean “casework.open_case”?"),
        ("rs/roles.toml", 'supervises = ["commission-member"]', 'supervises = ["nobody"]', "role in `supervises`"),
        ("rs/roles.toml", "break_glass = true", "break_glass = false", "go together"),
        ("rs/roles.toml", "requires_second_factor = true", "requires_second_factor = false", "to what is sealed"),
        (
            "rs/roles.toml",
            'key = "visiting-nurse"',
            'key = "parent"',
            "two roles in different packs with the key “parent”",
        ),
        ("rs/pack.toml", 'key = "rs"', 'key = "sr"', "rs/pack.toml: `key` must be the name of the folder, “rs”."),
        ("rs/calendars.toml", 'country = "RS"', 'country = "XX"', "rs/calendars.toml: "),
        ("rs/measures.toml", 'payer = "republic"', 'payer = "king"', "rs/measures.toml: measure adapted_materials"),
        ("rs/purposes.toml", '"identity"', '"identitee"', "did you mean “identity”?"),
        (
            "rs/retention.toml",
            'after = "support_ended"',
            'after = "later"',
            "rs/retention.toml: keeping child: `after`",
        ),
        ("common/organisation_kinds.toml", 'sector = "education"', "", "`sector` must be a text."),
        ("rs/procedures/additional-support.toml", "length = 60", "length = -1", "deadline opinion: `length`"),
        ("rs/procedures/additional-support.toml", 'country = "RS"', 'country = "BA"', "where the file lies it is “RS”"),
        ("rs/procedures/additional-support.toml", 'role = "commission-member"', 'role = "king"', "The role “king”"),
        ("rs/letters/texts.toml", "[minutes]", "[minutos]", "There is no `letters/minutos.typ` for these words."),
    ],
)
def test_a_planted_mistake_names_its_file(packs: Path, file: str, old: str, new: str, expected: str) -> None:
    plant(packs / file, old, new)
    found = sentences(packs)
    assert any(expected in sentence for sentence in found), found


def test_a_missing_letter_is_found(packs: Path) -> None:
    (packs / "rs/letters/minutes.typ").unlink()
    assert (
        "rs/procedures/additional-support.toml: letter minutes: The letter template “minutes” is not known"
        in " ".join(sentences(packs))
    )


def test_the_command_says_where_and_ends_with_one(packs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pack", "check", str(packs)]) == 0
    assert capsys.readouterr().out == "common, ba, rs: no mistakes.\n"
    plant(packs / "rs/procedures/additional-support.toml", 'to = "closed"', 'to = "closd"')
    assert main(["pack", "check", str(packs / "rs")]) == 1
    said = capsys.readouterr().out
    assert (
        "rs/procedures/additional-support.toml: move close: The step “closd” is not known; did you mean “closed”?"
        in said
    )
    assert said.endswith("rs: 1 mistake.\n")


def test_a_folder_without_pack_is_said_plainly(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pack", "check", str(tmp_path)]) == 1
    assert "a pack has a file pack.toml" in capsys.readouterr().err
    assert main(["pack", "check", str(tmp_path / "nowhere")]) == 1
    assert "is no folder" in capsys.readouterr().err


def test_a_new_procedure_needs_one_file(packs: Path) -> None:
    """What the house promises: a procedure written by somebody else is checked and needs no Python."""
    from tests.procedures.small import SMALL

    text = SMALL.replace('"RS"', '"BA"').replace('purpose = "additional-support"', 'purpose = "example"')
    (packs / "ba/procedures/small.toml").write_text(text, encoding="utf-8")
    assert sentences(packs) == [
        "ba/procedures/small.toml: The purpose “example” is not known.",
        "ba/procedures/small.toml: letter invitation: The letter template “invitation” is not known"
        "; did you mean “family-invitation”?",
    ]
    with (packs / "ba/purposes.toml").open("a", encoding="utf-8") as file:
        file.write(
            textwrap.dedent("""
            [[purpose]]
            key = "example"
            labels = { sr = "Пример", bs = "Primjer", en = "Example" }
            fields = ["identity"]
            needs_consent = true
        """)
        )
    (packs / "ba/letters").mkdir(exist_ok=True)
    shutil.copy(packs / "rs/letters/invitation.typ", packs / "ba/letters")
    assert sentences(packs) == []


def test_a_part_of_a_country_has_procedures_of_its_own(packs: Path) -> None:
    shutil.rmtree(packs / "ba/frames")  # a programme's municipalities would be missed first
    plant(packs / "ba/rs/procedures/assessment-rs.toml", '["BA-SRP"]', '["BA-SPR"]')
    assert sentences(packs) == []  # without a list of places nothing is known of them
    (packs / "ba/places").mkdir()
    (packs / "ba/places/territories.csv").write_text("code\nBA-BIH\nBA-SRP\nBA-BRC\n", encoding="utf-8")
    assert sentences(packs) == [
        "ba/rs/procedures/assessment-rs.toml: The territory in `within` “BA-SPR” is not known; did you mean “BA-SRP”?"
    ]


def test_a_pack_alone_in_its_folder_rests_on_ours(tmp_path: Path) -> None:
    """A country's pack under way elsewhere may name the roles that hold anywhere."""
    shutil.copytree(OURS / "rs", tmp_path / "elsewhere/rs", ignore=shutil.ignore_patterns("places", "*.docx"))
    assert sentences(tmp_path / "elsewhere/rs") == []


def test_passages_are_judged_with_the_procedure_that_plans_them(packs: Path) -> None:
    path = packs / "rs" / "passages.toml"
    plant(path, 'move = "secondary_on"', 'move = "secondary_one"')
    plant(path, 'from = ["secondary_school"]', 'from = ["secondary_shool"]')
    found = [one for one in sentences(packs) if one.startswith("rs/passages.toml: passage secondary_on: ")]
    assert len(found) == 2
    assert any("“secondary_one” is not known; did you mean “secondary_on”?" in one for one in found)
