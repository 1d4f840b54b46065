"""`zajedno score FORM IN.csv -o OUT.csv`: scores a file of answers or measures, of any size. Needs no database."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from zajedno.forms.logic.scores.files import FILES
from zajedno.site.command._files import add_columns
from zajedno.site.trouble import Trouble

HELP = f"""Score each row of a CSV file and write the same rows with the results added.

Forms: {", ".join(FILES)}.
`zajedno score FORM --columns` says what a form reads and adds. Other columns pass through. A row that cannot be scored
is kept; the column `reason` says why (`score_reason` where the file has a `reason` of its own), and so does stderr.
A file whose columns bear other names: `--column weight_kg=WEIGHT`, once for each."""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("form", metavar="FORM", help="which score")
    parser.add_argument("source", type=Path, nargs="?", metavar="IN.csv", help="a CSV file of any office")
    parser.add_argument("-o", "--output", type=Path, metavar="OUT.csv", help="where to write")
    parser.add_argument("--column", action="append", default=[], metavar="OURS=THEIRS", help="another name of a column")
    parser.add_argument("--columns", action="store_true", help="only say what the form reads and adds")


def run(options: argparse.Namespace) -> int:
    if options.form not in FILES:
        raise Trouble(f"there is no score '{options.form}'; there are: {', '.join(FILES)}", 2)
    score = FILES[options.form]()
    if options.columns:
        for what, names in (("reads", score.reads), ("may read", score.may_read), ("adds", score.adds)):
            print(f"{what}: {', '.join(names)}")
        return 0
    if not options.source or not options.output:
        raise Trouble("say which file to score and where to write: zajedno score FORM IN.csv -o OUT.csv", 2)
    theirs = _theirs(options.column, [*score.reads, *score.may_read])
    return add_columns(
        options.source,
        options.output,
        reads=[theirs.get(name, name) for name in score.reads],
        may_read=[theirs.get(name, name) for name in score.may_read],
        adds=score.adds,
        answer=score.rows,
        explains=True,
    )


def _theirs(pairs: Sequence[str], known: Sequence[str]) -> dict[str, str]:
    theirs = dict(pair.partition("=")[::2] for pair in pairs)
    if unknown := [name for name in theirs if name not in known]:
        raise Trouble(f"no column to read is called '{unknown[0]}'; there are: {', '.join(known)}", 2)
    return theirs
