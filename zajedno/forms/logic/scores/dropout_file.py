"""The risk index of dropping out over files: one column an item, in any order."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zajedno.forms.logic.scores.answers import Answers, Impossible
from zajedno.forms.logic.scores.contract import Facts, FileScore, Scored
from zajedno.forms.logic.scores.dropout import score
from zajedno.forms.logic.scores.packs import PACKS


@dataclass
class _File:
    options: Mapping[str, Any]
    reads: Sequence[str]
    may_read: Sequence[str] = ()
    adds: Sequence[str] = ("index", "band", "missing")

    def rows(self, rows: Sequence[Sequence[str]]) -> Sequence[Scored]:
        return [self._row(dict(zip(self.reads, row, strict=True))) for row in rows]

    def _row(self, cells: Answers) -> Scored:
        try:
            outcome = score(cells, Facts(), self.options)
        except Impossible as fault:
            return Scored([""] * len(self.adds), str(fault))
        index, missing = outcome.findings[0], "|".join(outcome.missing)
        if index.value is None:
            return Scored(["", "", missing], "too few items are answered")
        return Scored([str(index.value), index.band, missing])


def file_score(path: Path) -> FileScore:
    """By the items and weights in the facts of a form."""
    options = tomllib.loads(path.read_text(encoding="utf-8"))["score_options"]
    return _File(options, [item for group in options["groups"].values() for item in group])


FILE = file_score(PACKS / "rs" / "forms" / "dropout-risk.toml")
