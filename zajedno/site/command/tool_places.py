"""`zajedno tool places IN.csv -o OUT.csv`: official codes for places as people write them. Needs no database."""

import argparse
from pathlib import Path

from zajedno.forms.logic.scores.contract import Scored
from zajedno.places.logic.gazetteer import elsewhere, places
from zajedno.places.logic.resolver import AMBIGUOUS, NOT_FOUND, Resolver
from zajedno.site.command._files import add_columns, each
from zajedno.site.settings import PACKS_DIR

HELP = """Find the official code of each place in the column `input` of a CSV file.

Adds code, country, name_lat, name_cyr and match (exact, variant, typo or none). Either script, any case, with or
without "opština", country, entity or city. `code` is AMBIGUOUS when several units bear the name and NOT_FOUND when
none does; nothing is guessed."""

ADDS = ("code", "country", "name_lat", "name_cyr", "match")
REASONS = {
    AMBIGUOUS: "several units have this name; add the city, district, entity or country",
    NOT_FOUND: "no unit has this name",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", type=Path, metavar="IN.csv", help="a CSV file with a column `input`")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="OUT.csv", help="where to write the answer")


def run(options: argparse.Namespace) -> int:
    resolver = Resolver(places(PACKS_DIR), elsewhere(PACKS_DIR))

    def answer(cell: str) -> Scored:
        match = resolver.resolve(cell)
        cells = (match.code, match.country, match.name_lat, match.name_cyr, match.match)
        return Scored(cells, REASONS.get(match.code, ""))

    return add_columns(options.source, options.output, reads=["input"], adds=ADDS, answer=each(answer))
