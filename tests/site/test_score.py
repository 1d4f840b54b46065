"""`zajedno score`, as a person runs it: whole files, what passes through, what is refused in one sentence."""

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from tests.site.conftest import zajedno
from zajedno.forms.logic.scores.files import FILES
from zajedno.site.folders import ROOT

SHARED = ROOT.parent / "shared" / "data"
needs_data = pytest.mark.skipif(not SHARED.is_dir(), reason=f"the shared data folder {SHARED} is missing")
HEADER = "sex_1m_2f,age_days,weight_kg,lenhei_cm,measure"
GIRL = "2,700,11.1,85.3,l"
SCORED = "85.3,15.255446263,-0.07,-0.12,-0.20,-0.14,,,,,0,0,0,0,,,,"

SCHOOL = "sex_1m_2f,age_months,weight_kg,height_cm,oedema"
MORE = "has more cells than the first line has columns; they are kept at its end"


def score(folder: Path, form: str, content: str | bytes, *more: str) -> subprocess.CompletedProcess[str]:
    raw = content if isinstance(content, bytes) else content.encode()
    (folder / "in.csv").write_bytes(raw)
    return zajedno("score", form, str(folder / "in.csv"), "-o", str(folder / "out.csv"), *more, folder=folder)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_row_comes_out_with_its_scores_and_everything_else(tmp_path: Path) -> None:
    done = score(
        tmp_path, "who-growth", f"ime,{HEADER},škola\nЂорђе,{GIRL},Прва\nAna,{GIRL.replace('11.1', 'x')},Druga\n"
    )
    assert done.returncode == 0, done.stderr
    header, good, bad = (tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()
    adds = "clenhei,cbmi,zlen,zwei,zwfl,zbmi,zhc,zac,zts,zss,flen,fwei,fwfl,fbmi,fhc,fac,fts,fss"
    assert header == f"ime,{HEADER},škola,{adds},reason"
    assert good == f"Ђорђе,{GIRL},Прва,{SCORED},"
    assert bad == "Ana,2,700,x,85.3,l,Druga,85.3,,-0.07,,,,,,,,0,,,,,,,,weight_kg is not a number"
    assert done.stderr.splitlines() == [
        "without a column headc_cm, armc_cm, triskin_mm, subskin_mm, oedema",
        done.stderr.splitlines()[1],
        "row 3: weight_kg is not a number",
        "1 rows: weight_kg is not a number",
    ]
    assert done.stderr.splitlines()[1].startswith("2 rows, ")


@needs_data
def test_whos_own_survey_is_scored_under_its_own_names(tmp_path: Path) -> None:
    source = SHARED / "growth" / "expected" / "survey_who2007_z_expected.csv"
    named = [f"--column={ours}={theirs}" for ours, theirs in (
        ("sex_1m_2f", "sex"), ("age_months", "agemons"), ("weight_kg", "weight"), ("height_cm", "height"),
    )]  # fmt: skip
    out = tmp_path / "out.csv"
    done = zajedno("score", "who-growth-5-19", str(source), "-o", str(out), *named, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    for given, scored in zip(rows(source), rows(out), strict=True):
        assert scored.pop("reason") == ""
        assert given.keys() == scored.keys()  # columns of those names are written over
        for name in ("zhfa", "zwfa", "zbfa"):
            assert (scored[name] == "") == (given[name] == "")
            assert not scored[name] or float(scored[name]) == pytest.approx(float(given[name]), abs=0.0051)


@needs_data
def test_the_sample_of_child_functioning_agrees(tmp_path: Path) -> None:
    source = SHARED / "child-functioning" / "sample_children.csv"
    done = zajedno("score", "cfm", str(source), "-o", str(tmp_path / "out.csv"), folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert [{**one, "reason": ""} for one in rows(source)] == rows(tmp_path / "out.csv")


def test_every_score_has_columns_of_its_own() -> None:
    for form in FILES:
        known = FILES[form]()
        names = [*known.reads, *known.may_read, *known.adds]
        assert len(names) == len({*names, "reason"}) - 1


@pytest.mark.parametrize(
    ("encoding", "mark"), [("utf-8-sig", ";"), ("utf-16", "\t"), ("cp1250", ";"), ("cp1251", ";"), ("utf-8", "|")]
)
def test_files_of_any_office(tmp_path: Path, encoding: str, mark: str) -> None:
    name = "Ђорђе Шашић" if encoding == "cp1251" else "Đorđe Šašić"
    text = f"ime,{HEADER}\r\n{name},{GIRL}\r\n".replace(",", mark).replace("11.1", "11,1")
    assert score(tmp_path, "who-growth", text.encode(encoding)).returncode == 0
    line = (tmp_path / "out.csv").read_bytes().decode("utf-8-sig").split("\r\n")[1]
    assert line == f"{name},{GIRL},{SCORED},".replace(",", mark).replace("11.1", "11,1")


def test_somebodys_own_column_of_reasons_stays_theirs(tmp_path: Path) -> None:
    assert score(tmp_path, "who-growth", f"{HEADER},reason\n{GIRL},weak\n0,{GIRL[2:]},\n").returncode == 0
    (good, bad) = rows(tmp_path / "out.csv")
    assert (good["reason"], good["score_reason"]) == ("weak", "")
    assert (bad["reason"], bad["score_reason"]) == ("", "sex_1m_2f is none of 1, 2, m, f")
    again = score(tmp_path, "who-growth", (tmp_path / "out.csv").read_bytes())
    assert again.returncode == 0
    assert rows(tmp_path / "out.csv") == [good, bad]


def test_scoring_what_was_scored_writes_over_it(tmp_path: Path) -> None:
    score(tmp_path, "who-growth", f"{HEADER}\n{GIRL}\n0,{GIRL[2:]}\n")
    first = (tmp_path / "out.csv").read_bytes()
    assert score(tmp_path, "who-growth", first).returncode == 0
    assert (tmp_path / "out.csv").read_bytes() == first


def test_a_file_of_only_a_header_gets_only_the_new_header(tmp_path: Path) -> None:
    done = score(tmp_path, "who-growth-5-19", "sex_1m_2f,age_months,weight_kg,height_cm,oedema")
    assert (done.returncode, rows(tmp_path / "out.csv")) == (0, [])
    text = (tmp_path / "out.csv").read_text(encoding="utf-8")
    assert text == "sex_1m_2f,age_months,weight_kg,height_cm,oedema,cbmi,zhfa,zwfa,zbfa,fhfa,fwfa,fbfa,reason\n"


def test_a_name_over_two_lines_and_blank_lines_above_it_are_read(tmp_path: Path) -> None:
    done = score(
        tmp_path,
        "who-growth",
        f'\r\n"škola,\nrazred";{HEADER.replace(",", ";")};5" w\r\n"a\nb";{GIRL.replace(",", ";")};7\r\n',
    )
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "out.csv").read_bytes().decode()
    assert text.startswith('"škola,\nrazred";sex_1m_2f;')
    assert text.split("\r\n")[1] == f'"a\nb";{GIRL},7,{SCORED},'.replace(",", ";")


def test_a_long_cell_stops_nothing(tmp_path: Path) -> None:
    long = "9" * 200_000
    done = score(tmp_path, "who-growth", f"note,{HEADER}\n{long},{GIRL}\n,{GIRL.replace('11.1', long)}\n,{GIRL}\n")
    assert done.returncode == 0, done.stderr
    _, first, second, third = (tmp_path / "out.csv").read_text().splitlines()
    assert first == f"{long},{GIRL},{SCORED},"
    assert second.endswith(",weight_kg is not a number")
    assert third == f",{GIRL},{SCORED},"


def test_a_quotation_mark_never_closed_is_told(tmp_path: Path) -> None:
    done = score(tmp_path, "who-growth", f'{HEADER}\n{GIRL}\n"{GIRL}\n{GIRL}\n')
    good, swallowed = rows(tmp_path / "out.csv")
    assert not good["reason"]
    assert swallowed["reason"].endswith("goes over several lines and ends too early: is a quotation mark never closed?")
    assert "row 3: " in done.stderr


def test_of_two_columns_with_one_name_the_first_is_read_and_told(tmp_path: Path) -> None:
    done = score(tmp_path, "who-growth", f"{HEADER},weight_kg\n{GIRL},99\n")
    assert (tmp_path / "out.csv").read_text().splitlines()[1] == f"{GIRL},99,{SCORED},"
    assert "several columns are called weight_kg: the first is read" in done.stderr


def test_rows_with_more_or_fewer_cells_lose_none(tmp_path: Path) -> None:
    done = score(tmp_path, "who-growth", f"{HEADER}\n{GIRL},more\n2,700\n\n{GIRL}\n")
    lines = (tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()
    assert lines[1] == f"{GIRL},{SCORED},{MORE},more"
    assert lines[2] == "2,700,,," + "," * 19
    assert lines[3] == f"{GIRL},{SCORED},"
    assert f"row 2: {MORE}\n" in done.stderr


def test_many_rows_pass_in_blocks_and_only_the_first_reasons_are_shown(tmp_path: Path) -> None:
    lines = [f"{number},{GIRL if number % 10 else GIRL.replace('700', '-1')}" for number in range(10_000)]
    done = score(tmp_path, "who-growth", "\n".join([f"id,{HEADER}", *lines]))
    scored = rows(tmp_path / "out.csv")
    assert [row["id"] for row in scored] == [str(number) for number in range(10_000)]
    assert {row["id"][-1] for row in scored if row["reason"]} == {"0"}
    assert {row["zwei"] for row in scored} == {"-0.12", ""}
    assert done.stderr.count("age_days is negative") == 201
    assert "and 800 more, see the column reason" in done.stderr
    assert "1,000 rows: age_days is negative" in done.stderr


@pytest.mark.parametrize(
    ("form", "content", "more", "why"),
    [
        ("who-grows", "", (), "there is no score 'who-grows'; there are: who-growth, who-growth-5-19, cfm"),
        ("who-growth", "", (), "is empty"),
        ("who-growth", "sex_1m_2f,age_days,lenhei_cm\n1,2,3\n", (), "has no column 'weight_kg'; its columns are: "),
        ("who-growth", "a;b\n1;2\n", (), "has no columns 'sex_1m_2f', 'age_days', 'weight_kg', 'lenhei_cm'"),
        ("who-growth", f"{HEADER}\n{GIRL}\n", ("--column=mass=kg",), "no column to read is called 'mass'; there are: "),
        ("who-growth", f"{HEADER}\n{GIRL}\n", ("--column=weight_kg=kg",), "has no column 'kg'"),
        ("who-growth", b"PK\x03\x04\0\0\1\0", (), "is not a text file"),
        ("who-growth", f"{HEADER}\n{GIRL}\0\n", (), "is not a text file"),
        ("who-growth", f'"ime,{HEADER}\n{GIRL}\n', (), "a quotation mark in the first row is never closed"),
        ("who-growth-5-19", f'{SCHOOL}\n"{"x" * (1 << 22)},\n', (), "a cell is longer than 4,194,304 characters"),
    ],
)  # fmt: skip
def test_trouble_is_one_sentence_and_nothing_is_written(
    tmp_path: Path, form: str, content: str | bytes, more: tuple[str, ...], why: str
) -> None:
    (tmp_path / "out.csv").write_text("as it was")
    done = score(tmp_path, form, content, *more)
    assert done.returncode != 0
    assert why in done.stderr
    assert done.stderr.count("\n") == 1
    assert (tmp_path / "out.csv").read_text() == "as it was"


def test_it_says_what_a_form_reads(tmp_path: Path) -> None:
    done = zajedno("score", "who-growth-5-19", "--columns", folder=tmp_path)
    assert done.stdout.splitlines() == [
        "reads: sex_1m_2f, age_months, weight_kg, height_cm",
        "may read: oedema",
        "adds: cbmi, zhfa, zwfa, zbfa, fhfa, fwfa, fbfa",
    ]
    assert "zajedno score FORM IN.csv -o OUT.csv" in zajedno("score", "cfm", folder=tmp_path).stderr


def test_it_needs_neither_django_nor_a_database(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text(f"{HEADER}\n{GIRL}\n")
    code = (
        "import sys; from zajedno.site.command import main; "
        f"main(['score', 'who-growth', {str(tmp_path / 'in.csv')!r}, '-o', {str(tmp_path / 'out.csv')!r}]); "
        "print([name for name in sys.modules if name.split('.')[0] in ('django', 'psycopg')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout == "[]\n"
