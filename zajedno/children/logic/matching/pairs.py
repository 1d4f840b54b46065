"""Pairs of entries that may be one child, found and weighed by splink in an own DuckDB in memory."""

import logging
import re
import tomllib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from typing import Any

from zajedno.children.logic.matching.entry import Entry, Keys, keys_of
from zajedno.children.logic.matching.fields import BLOCKS, FIELDS, MACROS
from zajedno.children.logic.matching.groups import Tie, groups

FLOOR = 0.05
"""Pairs less probable than this are not worth a person's look."""
TELLING = ("birth_date", "number", "parent", "address")
"""Beside a name, one of these must be said in both for a pair to be proposed."""
WEIGHTS = Path(__file__).with_name("weights.toml")
_SIDE = re.compile(r"\b([lr])\.(\w+)")
_PRIOR = "prior"

Weights = Mapping[str, Mapping[str, float]]
Levels = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entries by their keys. `probability` (0 to 1) is of these two alone; `levels`: field -> level of `FIELDS`.

    `link`: what we would propose, with all other entries considered. A person decides.
    """

    left: str
    right: str
    probability: float
    link: bool
    levels: Levels


def find_pairs(
    entries: Sequence[Entry], *, floor: float = FLOOR, also: Collection[tuple[str, str]] = (),
    tell: Callable[[int], None] = lambda compared: None,
) -> list[Pair]:  # fmt: skip
    """All pairs at least as probable as `floor` or proposed, the most probable first.

    `also`: pairs of keys that are weighed and given back however unlike they are. `tell` hears how many pairs were
    compared. Takes time and memory with the number of pairs that share a day, a name or a home: about ten an entry.
    Raises ValueError when two entries have one key.
    """
    if len({entry.key for entry in entries}) < len(entries):
        raise ValueError("two entries have one key")
    if len(entries) < 2:
        return []
    bench = Bench(entries)
    rows = bench.weighed()
    tell(len(rows))
    proposed = {pair for group in groups(map(tie_of, rows)) for pair in combinations(group, 2)}
    places = {entry.key: place for place, entry in enumerate(entries)}
    asked = {(min(pair), max(pair)) for pair in ((places[one], places[other]) for one, other in also)}
    rows += bench.weighed((proposed | asked) - {row[:2] for row in rows})
    found = ((row[:2] in asked, bench.pair(row, proposed)) for row in rows)
    return sorted(
        (pair for kept, pair in found if kept or pair.link or pair.probability >= floor),
        key=lambda pair: (-pair.probability, pair.left, pair.right),
    )


def compare(left: Entry, right: Entry, among: Iterable[Entry] = ()) -> Pair:
    """These two, however unlike they are; `link` by themselves. `among`: others, to know which names are usual."""
    bench = Bench([left, right, *(entry for entry in among if entry.key not in (left.key, right.key))])
    (row,) = bench.weighed([(0, 1)])
    return bench.pair(row, {(0, 1)} if tie_of(row)[2] > 0 else set())


def tie_of(row: tuple[Any, ...]) -> Tie:
    """A row for `groups`. A name alone ties nobody, however rare: there is more than one Milan Đorđević."""
    left, right, bits, *levels = row
    alone = all(level < 0 for field, level in zip(FIELDS, levels, strict=True) if field in TELLING)
    return left, right, min(bits, 0.0) if alone else bits


class Bench:
    """Entries laid out in a database of their own. A row: two places in `entries`, bits, a level for each field."""

    def __init__(self, entries: Sequence[Entry], weights: Weights | None = None) -> None:
        import duckdb
        import pyarrow
        from splink import DuckDBAPI, Linker

        self.entries = entries
        self._database = duckdb.connect(config={"enable_external_access": "false", "temp_directory": ""})
        for statement in ("set enable_progress_bar = false", *MACROS):
            self._database.execute(statement)
        keys = keys_of(entries)
        columns: dict[str, Any] = {name: [getattr(one, name) for one in keys] for name in Keys.__slots__}
        kinds = {name: pyarrow.array(cells, _kind(name)) for name, cells in columns.items()}
        table = pyarrow.table({"place": pyarrow.array(range(len(keys)), pyarrow.int32()), **kinds})
        self._api = DuckDBAPI(connection=self._database)
        self._linker = Linker(self._api.register(table), settings(weights or shipped()), log_level=logging.ERROR)

    def weighed(self, only: Iterable[tuple[int, int]] | None = None) -> list[tuple[Any, ...]]:
        """Every pair that a block brings together, or exactly those named."""
        import pyarrow

        if only is not None:
            if not (chosen := sorted(only)):
                return []
            left, right = (pyarrow.array(side, pyarrow.int32()) for side in zip(*chosen, strict=True))
            cells = {"match_key": ["0"] * len(chosen), "join_key_l": left, "join_key_r": right}
            self._linker.table_management.register_blocked_pairs_for_predict(self._api.register(pyarrow.table(cells)))
        said = self._linker.inference.predict(warning_mode="never")
        chosen_columns = ", ".join(["place_l", "place_r", "match_weight", *(f"gamma_{field}" for field in FIELDS)])
        rows = self._database.execute(f"select {chosen_columns} from {said.physical_name}").fetchall()
        said.drop_table_from_database_and_remove_from_cache()
        return rows

    def pair(self, row: tuple[Any, ...], proposed: set[tuple[int, int]]) -> Pair:
        left, right, bits, *levels = row
        return Pair(
            self.entries[left].key,
            self.entries[right].key,
            1 / (1 + 2.0 ** -max(bits, -1000)),
            (left, right) in proposed,
            {field: _named(field, level) for field, level in zip(FIELDS, levels, strict=True)},
        )


def _named(field: str, level: int) -> str:
    """Splink counts levels from the last upwards; -1 is what is unsaid."""
    return list(FIELDS[field])[-1 - level] if level >= 0 else "unsaid"


def settings(weights: Weights) -> dict[str, Any]:
    """Splink's settings. A level's weight in bits is log2(m/u); only this ratio counts, so m + u is set to 1."""
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "place",
        "probability_two_random_records_match": 1 / (1 + 2.0 ** -weights[_PRIOR]["bits"]),
        "blocking_rules_to_generate_predictions": list(BLOCKS),
        "comparisons": [
            {
                "output_column_name": field,
                "comparison_levels": [_level(weights, field, level, sql) for level, sql in levels.items()],
            }
            for field, levels in FIELDS.items()
        ],
        "retain_matching_columns": True,  # else it drops the levels too
    }


def _level(weights: Weights, field: str, level: str, sql: str) -> dict[str, Any]:
    said = {"sql_condition": _SIDE.sub(r'"\2_\1"', sql), "label_for_charts": level}
    if level == "unsaid":
        return {**said, "is_null_level": True}
    odds = 2.0 ** weights.get(field, {}).get(level, 0.0)
    return {**said, "m_probability": odds / (1 + odds), "u_probability": 1 / (1 + odds)}


@lru_cache(maxsize=1)
def shipped() -> Weights:
    """The weights that come with the programme, in bits; how and when they were learned stands in the file."""
    read = tomllib.loads(WEIGHTS.read_text(encoding="utf-8"))
    return {name: part for name, part in read.items() if isinstance(part, dict)}


def _kind(column: str) -> Any:
    import pyarrow

    if column.endswith("_words"):
        return pyarrow.list_(pyarrow.string())
    return pyarrow.bool_() if column in ("given_usual", "number_ok", "number_fits") else pyarrow.string()
