"""Pair finding beside splink's defaults on the same registers in one run, and `zajedno match` over 100,000 entries."""

import csv
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from benchmarks.people import Pairs, Town, given, harden, of_one_home, quality, town, true_pairs
from zajedno.children.logic.matching import Entry, find_pairs
from zajedno.kernel.script import fold

ENTRIES, MEGABYTES, PAIRS_A_RECORD = 100_000, 4_000, 30
PRECISION, RECALL = 0.99, 0.99
MATCH = "import sys; from zajedno.site.command import main; sys.exit(main(['match', *sys.argv[1:]]))"


def run() -> bool:
    passed = True
    rows = given()
    for name, register in (("given register", rows), ("made harder", harden(rows, 11, 0.6))):
        truth = true_pairs(register)
        began = time.perf_counter()
        ours, middle = our_links(register), time.perf_counter()
        theirs, done = default_links(register), time.perf_counter()
        folded = default_links([replace(row, entry=in_one_script(row.entry)) for row in register])
        mine, default = quality(truth, ours), quality(truth, theirs)
        print(f"{name}: ours {shown(mine)}, siblings merged {of_one_home(register, ours - truth)}")
        print(f"  splink's defaults {shown(default)}, siblings merged {of_one_home(register, theirs - truth)}")
        print(
            f"  on folded names {shown(quality(truth, folded))}, siblings merged {of_one_home(register, folded - truth)}"
        )
        print(f"  ours takes {(middle - began) / (done - middle):.2f} of their time, training included in theirs")
        passed = passed and mine[2] > max(default[2], quality(truth, folded)[2])
        if register is rows:
            passed = passed and mine[0] >= PRECISION and mine[1] >= RECALL
    return whole_command() and passed


def shown(figures: tuple[float, float, float]) -> str:
    return "precision {:.4f}, recall {:.4f}, F1 {:.4f}".format(*figures)


def our_links(rows: Town) -> Pairs:
    found = find_pairs([row.entry for row in rows])
    return {(min(one.left, one.right), max(one.left, one.right)) for one in found if one.link}


def in_one_script(entry: Entry) -> Entry:
    names = ("given_name", "family_name", "parent", "municipality")
    return replace(entry, **{name: fold(getattr(entry, name)) for name in names})


def default_links(rows: Town) -> Pairs:
    """As splink's tutorial does it: its own comparisons on the cells as they stand, weights by its own training."""
    import duckdb
    import pyarrow
    import splink.comparison_library as compare
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    names = ("given_name", "family_name", "sex", "number", "parent", "municipality")
    cells = {name: [getattr(row.entry, name) or None for row in rows] for name in names}
    days = [row.entry.birth_date and row.entry.birth_date.isoformat() for row in rows]
    table = pyarrow.table({"unique_id": [row.entry.key for row in rows], "born": days, **cells})
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            compare.NameComparison("given_name"),
            compare.NameComparison("family_name"),
            compare.DateOfBirthComparison("born", input_is_string=True),
            compare.ExactMatch("sex"),
            compare.ExactMatch("number").configure(term_frequency_adjustments=True),
            compare.NameComparison("parent"),
            compare.ExactMatch("municipality").configure(term_frequency_adjustments=True),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("number"), block_on("born"), block_on("given_name", "family_name"),
            block_on("given_name", "municipality"),
        ],
    )  # fmt: skip
    api = DuckDBAPI(connection=duckdb.connect())
    linker = Linker(api.register(table), settings, log_level="ERROR")
    training = linker.training
    training.estimate_probability_two_random_records_match([block_on("number")], recall=0.6)
    training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in (block_on("given_name", "family_name"), block_on("born")):
        training.estimate_parameters_using_expectation_maximisation(rule)
    said = linker.inference.predict(threshold_match_probability=0.5).as_pyarrow_table()
    pairs = zip(said["unique_id_l"].to_pylist(), said["unique_id_r"].to_pylist(), strict=True)
    return {(min(pair), max(pair)) for pair in pairs}


def whole_command() -> bool:
    rows = harden(town(25_600, 8, 7), 7, 0.4)[:ENTRIES]
    truth = true_pairs(rows)
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "in.csv"), Path(folder, "pairs.csv")
        write(source, rows)
        words = [sys.executable, "-c", MATCH, str(source), "-o", str(target)]
        said = subprocess.run(words, check=True, capture_output=True, text=True).stderr.splitlines()
        with target.open(encoding="utf-8") as file:
            found = list(csv.DictReader(file))
    pairs = {(min(one["left"], one["right"]), max(one["left"], one["right"])) for one in found if one["link"] == "1"}
    compared, last = said[-2], said[-1]
    megabytes = int(last.rsplit(" ", 2)[1].replace(",", ""))
    print(f"the whole command: {compared} (bound {PAIRS_A_RECORD} an entry); {last} (bound {MEGABYTES:,} MB)")
    print(f"  {shown(quality(truth, pairs))}, siblings merged {of_one_home(rows, pairs - truth)}")
    return int(compared.split()[0].replace(",", "")) <= PAIRS_A_RECORD * len(rows) and megabytes <= MEGABYTES


def write(path: Path, rows: Town) -> None:
    """A file with the columns of the given register."""
    names = ("record_id", "given_name", "surname", "sex", "date_of_birth", "jmbg", "mother_given_name", "municipality")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*names, "street"])
        for one in (row.entry for row in rows):
            born = one.birth_date.isoformat() if one.birth_date else ""
            writer.writerow([
                one.key, one.given_name, one.family_name, one.sex, born, one.number, one.parent, one.municipality,
                one.address,
            ])  # fmt: skip
