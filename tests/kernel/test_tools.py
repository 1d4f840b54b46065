"""The tools over files: `zajedno tool text` and `zajedno tool id`, as commands of their own."""

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest

SHARED = Path(__file__).parents[2].parent / "shared" / "data" / "text"
NUMBER, KEPT = "0101006500006", "valid,2006-01-01,M,50,SI"
FULL = Path("/dev/full")


def zajedno(*arguments: str | Path, given: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "zajedno.site.command", *map(str, arguments)]
    return subprocess.run(command, input=given, capture_output=True, check=False, env=os.environ | environment)


def shared(name: str) -> list[dict[str, str]]:
    if not SHARED.is_dir():
        pytest.skip(f"the shared data folder {SHARED} is missing")
    with (SHARED / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_latin_answers_every_row_of_the_shared_file_in_any_locale() -> None:
    rows = shared("translit_dev.csv")
    given = "\n".join(row["cyrillic"] for row in rows).encode()
    done = zajedno("tool", "text", "latin", given=given, LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert done.stdout.decode().split("\n") == [row["latin"] for row in rows]
    assert f"{len(rows)} lines" in done.stderr.decode()


def test_fold_answers_every_row_of_the_shared_file() -> None:
    rows = [row for row in shared("search_key_normalisation.csv") if "orthography" not in row["why"]]
    keys = zajedno("tool", "text", "fold", given="".join(row["input"] + "\n" for row in rows).encode()).stdout
    for row, key in zip(rows, keys.decode().removesuffix("\n").split("\n"), strict=True):
        expected = zajedno(
            "tool", "text", "fold", given=row["expected_match"].replace("|", "\n").encode()
        ).stdout.decode()
        assert key in expected.split("\n")


@pytest.mark.parametrize(
    ("work", "given", "expected"),
    [
        ("latin", "Ј\r\n\r\nЊ\nкраj", "J\r\n\r\nNj\nkraj"),
        ("latin", "", ""),
        ("latin", "\n", "\n"),
        ("latin", "\ufeffЉ\n", "Lj\n"),
        ("latin", "Z\u030c\u2028Š\x0b\x85\n", "Z\u030c\u2028Š\x0b\x85\n"),
        ("fold", "  Ђ  \r\n - \n\nA\rB", "dj\r\n\n\na b"),
    ],
)
def test_lines_keep_their_ends(work: str, given: str, expected: str) -> None:
    assert zajedno("tool", "text", work, given=given.encode()).stdout.decode() == expected


def test_text_longer_than_a_block_comes_out_whole() -> None:
    lines = [f"ЊЕГА {number} Љубица" for number in range(40_000)]
    done = zajedno("tool", "text", "latin", given="\n".join(lines).encode()).stdout.decode().split("\n")
    assert done == [f"NJEGA {number} Ljubica" for number in range(40_000)]


def test_a_line_that_is_no_utf8_is_named_and_the_others_go_on() -> None:
    done = zajedno("tool", "text", "latin", given="Љ\n".encode() + b"\x9a\n" + "Њ\n".encode())
    assert done.stdout.decode() == "Lj\n\ufffd\nNj\n"
    assert b"line 2: is not UTF-8" in done.stderr
    assert done.returncode == 1


def test_id_answers_every_row_of_the_shared_file_and_writes_over_old_answers(tmp_path: Path) -> None:
    rows = shared("jmbg_dev.csv")
    done = zajedno("tool", "id", SHARED / "jmbg_dev.csv", "-o", tmp_path / "out.csv")
    assert done.returncode == 0, done.stderr
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        answered = list(csv.DictReader(file))
    assert answered == [row | {"verdict": row["verdict"].removesuffix("_or_normalise")} for row in rows]
    said = done.stderr.decode()
    assert f"{len(rows)} rows" in said
    assert "row 11: the last digit does not fit the others" in said
    assert not [row["jmbg"] for row in rows if row["jmbg"] in said]  # a national number is never shown


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [("utf-8", ","), ("utf-8-sig", ";"), ("utf-16", "\t"), ("utf-16-le", ";"), ("cp1250", ";"), ("cp1251", ";")],
)
def test_id_reads_what_offices_keep(tmp_path: Path, encoding: str, mark: str) -> None:
    name = {"cp1250": "Đorđe Šašić", "cp1251": "Ђорђе Шашић"}.get(encoding, "Ђорђе Šašić")
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_bytes(f'ime{mark}JMBG\r\n"{name}, {mark}"{mark}{NUMBER}\r\n\r\nx\r\n'.encode(encoding))
    assert zajedno("tool", "id", source, "-o", out).returncode == 0
    lines = out.read_bytes().decode("utf-8-sig").split("\r\n")
    assert lines[0] == mark.join(["ime", "JMBG", "verdict", "dob", "sex", "region", "country"])
    assert name in lines[1]
    assert lines[1].endswith(mark.join([NUMBER, *KEPT.split(",")]))
    assert lines[2:] == [mark.join(["x", "", "bad_length", "", "", "", ""]), ""]


def test_id_loses_no_cell_and_keeps_a_hint_of_the_separator_out(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text(f'sep=;\njmbg;b\n{NUMBER};"1;\n2";more\n', encoding="utf-8")
    done = zajedno("tool", "id", tmp_path / "in.csv", "-o", tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text(encoding="utf-8").split("\n", 1)[
        1
    ] == f'{NUMBER};"1;\n2";valid;2006-01-01;M;50;SI;more\n'
    assert b"row 2: has more cells" in done.stderr


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (None, "does not exist"),
        (b"", "is empty"),
        (b"ime,prezime\n1,2\n", "has no column 'jmbg'; its columns are: ime, prezime"),
        (b"PK\x03\x04\0\0\1\0\0\0", "is not a text file"),
        (b"jmbg\n" + b"1" * 5_000_000 + b"\n", "characters"),
        ("jmbg\nЂ".encode("utf-16")[:-1], "save it as UTF-8"),
    ],
)
def test_id_says_in_one_line_what_is_wrong_and_writes_nothing(tmp_path: Path, content: bytes | None, why: str) -> None:
    if content is not None:
        (tmp_path / "in.csv").write_bytes(content)
    (tmp_path / "out.csv").write_text("as it was", encoding="utf-8")
    done = zajedno("tool", "id", tmp_path / "in.csv", "-o", tmp_path / "out.csv")
    assert done.returncode != 0
    assert why in done.stderr.decode()
    assert done.stderr.decode().count("\n") == 1
    assert (tmp_path / "out.csv").read_text(encoding="utf-8") == "as it was"
    assert {path.name for path in tmp_path.iterdir()} <= {"in.csv", "out.csv"}


def test_id_may_write_over_its_own_file_but_not_where_there_is_no_place(tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    source.write_text(f"jmbg\n{NUMBER}\n", encoding="utf-8")
    assert b"its folder does not exist" in zajedno("tool", "id", source, "-o", tmp_path / "no" / "out.csv").stderr
    assert b"it is a folder" in zajedno("tool", "id", source, "-o", tmp_path).stderr
    if FULL.exists():
        full = zajedno("tool", "id", source, "-o", FULL)
        assert full.returncode != 0
        assert full.stderr.count(b"\n") <= 2
        assert b"Traceback" not in full.stderr
    assert zajedno("tool", "id", source, "-o", source).returncode == 0
    assert source.read_text(encoding="utf-8") == f"jmbg,verdict,dob,sex,region,country\n{NUMBER},{KEPT}\n"
    assert zajedno("tool", "id", source, "-o", "/dev/stdout").stdout.decode() == source.read_text(encoding="utf-8")
