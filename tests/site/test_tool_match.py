"""`zajedno match`, as a person runs it: several registers of any office, one list of pairs, nothing half done."""

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.people import FILES, REGISTER, given, quality, true_pairs
from tests.site.conftest import zajedno
from zajedno.kernel.spreadsheets import write_workbook
from zajedno.site.folders import ROOT

needs_data = pytest.mark.skipif(not REGISTER.is_dir(), reason=f"the shared data folder {REGISTER} is missing")
HEADER = "record_id,given_name,surname,sex,date_of_birth,jmbg,mother_given_name,municipality,street"
SCHOOL = f"{HEADER}\nS1,Milan,Đorđević,M,05.03.2014.,,Jelena,Subotica,Njegoševa 12\n"
HEALTH = f"{HEADER}\nH1,Милан,Ђорђевић,M,05/03/2014,,,Суботица,\nH2,Ана,Ковач,F,01/02/2012,,,Тутин,\n"
FOUND = "left,right,probability,link\n"


def match(folder: Path, *texts: str | bytes, more: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    sources = []
    for number, text in enumerate(texts):
        sources.append(folder / f"{number}.csv")
        sources[-1].write_bytes(text if isinstance(text, bytes) else text.encode())
    return zajedno("match", *map(str, sources), "-o", str(folder / "out.csv"), *more, folder=folder)


def rows(folder: Path) -> list[dict[str, str]]:
    with (folder / "out.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_one_child_in_two_registers_and_two_scripts(tmp_path: Path) -> None:
    done = match(tmp_path, SCHOOL, HEALTH)
    assert done.returncode == 0, done.stderr
    (pair,) = rows(tmp_path)
    assert list(pair) == ["left", "right", "probability", "link"]
    assert {pair["left"], pair["right"]} == {"S1", "H1"}
    assert 0.5 < float(pair["probability"]) <= 1
    assert pair["link"] == "1"
    *_, compared, last = done.stderr.splitlines()
    assert compared == "1 pairs compared"
    assert last.startswith("3 entries, 1 pairs proposed, 0 more possible; ")
    assert last.endswith(" MB")


@needs_data
def test_the_given_registers(tmp_path: Path) -> None:
    sources = [str(REGISTER / f"{name}.csv") for name in FILES]
    done = zajedno("match", *sources, "-o", str(tmp_path / "out.csv"), folder=tmp_path)
    assert done.returncode == 0, done.stderr
    said = {
        (min(one["left"], one["right"]), max(one["left"], one["right"])) for one in rows(tmp_path) if one["link"] == "1"
    }
    precision, recall, _f1 = quality(true_pairs(given()), said)
    assert precision >= 0.99
    assert recall >= 0.99
    ranks = [float(one["probability"]) for one in rows(tmp_path)]
    assert ranks == sorted(ranks, reverse=True)


def test_why_says_it_in_words(tmp_path: Path) -> None:
    assert match(tmp_path, SCHOOL, HEALTH, more=("--why",)).returncode == 0
    (pair,) = rows(tmp_path)
    assert pair["why"].startswith("The given names are the same. The family names are the same.")
    assert "missing" not in pair["why"]


def test_workbooks_and_headings_of_an_office_are_read(tmp_path: Path) -> None:
    book = write_workbook(
        ["Шифра", "Презиме", "Име", "Датум рођења", "ЈМБГ"], [["Š-1", "Đorđević", "Milan", "5. 3. 2014.", None]]
    )
    (tmp_path / "book.csv").write_bytes(book)  # what it is decides, not its name
    (tmp_path / "other.csv").write_bytes(SCHOOL.replace(",", ";").encode("cp1250"))
    out = tmp_path / "out.csv"
    done = zajedno("match", str(tmp_path / "book.csv"), str(tmp_path / "other.csv"), "-o", str(out), folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert {rows(tmp_path)[0]["left"], rows(tmp_path)[0]["right"]} == {"Š-1", "S1"}
    assert "book.csv: without a column sex, mother_given_name, municipality, street" in done.stderr


def test_bad_rows_are_told_by_line_and_reason_and_cost_nobody_else(tmp_path: Path) -> None:
    bad = f"{HEALTH},Без,Шифре,M,,,,,\nH4,,,F,,,,,\nS1,Још,Једном,M,,,,,\nH6,Лоша,Година,qq,45.45.2014.,,,,\n"
    done = match(tmp_path, SCHOOL, bad)
    assert done.returncode == 0, done.stderr
    told = [line.partition("1.csv, ")[2] for line in done.stderr.splitlines() if "1.csv, line" in line]
    assert told == [
        "line 4: it has no record id; left out",
        "line 5: it has no name; left out",
        f"line 6: its record id stands in {tmp_path / '0.csv'} too; left out (line 2)",
        "line 7: date_of_birth is left out. There is no such day in the calendar.",
        "line 7: sex cannot be read; left out",
    ]
    assert "1 rows: it has no name; left out" in done.stderr
    assert "Година" not in done.stderr
    assert len(rows(tmp_path)) == 1


@pytest.mark.parametrize(
    ("texts", "why"),
    [
        (("record_id,given_name\nS1,Ana\n",), "0.csv has no column 'surname'; its columns are: record_id, given_name"),
        (("a,b\n1,2\n",), "0.csv has no columns 'record_id', 'given_name', 'surname'"),
        (("",), "0.csv: The file is empty."),
        ((b"%PDF-1.7",), "0.csv: This is not a table. Send an Excel, LibreOffice or CSV file."),
        ((f"{HEADER}\n,,,,,,,,x\n",), "there is no entry to compare in"),
    ],
)
def test_trouble_is_a_sentence_and_nothing_is_written(tmp_path: Path, texts: tuple[str | bytes, ...], why: str) -> None:
    (tmp_path / "out.csv").write_text("as it was")
    done = match(tmp_path, *texts)
    assert done.returncode == 1
    assert why in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr
    assert (tmp_path / "out.csv").read_text() == "as it was"
    assert sorted(os.listdir(tmp_path)) == ["0.csv", "out.csv"]


def test_a_file_that_is_not_there_and_a_folder_that_is_not_there(tmp_path: Path) -> None:
    done = zajedno("match", "nowhere.csv", "-o", str(tmp_path / "out.csv"), folder=tmp_path)
    assert (done.returncode, done.stderr) == (1, "zajedno: nowhere.csv does not exist\n")
    assert match(tmp_path, SCHOOL, more=("-o", str(tmp_path / "no" / "out.csv"))).returncode == 1
    assert not (tmp_path / "out.csv").exists()


def test_one_entry_gives_an_empty_list(tmp_path: Path) -> None:
    assert match(tmp_path, SCHOOL).returncode == 0
    assert (tmp_path / "out.csv").read_text() == FOUND


def test_it_needs_no_installation(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text(SCHOOL)
    code = (
        "import sys; from zajedno.site.command import main; "
        f"main(['match', {str(tmp_path / 'in.csv')!r}, '-o', {str(tmp_path / 'out.csv')!r}]); "
        "print('psycopg' in sys.modules, 'zajedno.site.settings' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout == "False False\n"
