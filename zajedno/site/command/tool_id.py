"""`zajedno tool id`: what the national numbers of a file say."""

import argparse
from pathlib import Path

from zajedno.forms.logic.scores.contract import Scored
from zajedno.kernel.clock import today
from zajedno.kernel.national_numbers import REASONS, read_jmbg
from zajedno.site.command._files import add_columns, each

COLUMNS = ("verdict", "dob", "sex", "region", "country")
HELP = f"""Check national numbers (JMBG) in a CSV file with a column `jmbg`.

Writes the same rows with the columns {", ".join(COLUMNS)}. Verdicts: valid, or the first of
bad_format, bad_length, bad_date, bad_checksum. Blanks inside a number are passed over.
The file is read and written row by row, so its size does not matter."""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", type=Path, metavar="IN.csv", help="CSV with a column `jmbg`")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="OUT.csv", help="where to write")


def run(options: argparse.Namespace) -> int:
    day = today()

    def answer(number: str) -> Scored:
        read = read_jmbg(number, today=day)
        dob = read.dob.isoformat() if read.dob else ""
        return Scored((read.verdict, dob, read.sex, read.region, read.country), REASONS[read.verdict])

    return add_columns(options.source, options.output, reads=["jmbg"], adds=COLUMNS, answer=each(answer))
