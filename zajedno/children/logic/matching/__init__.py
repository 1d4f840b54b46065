"""Is the child in two registers one child? Pairs are found, ranked and explained here; a person decides.

Splink on DuckDB, in memory; nothing is written or sent. Method and figures: docs/matching.md.
"""

from zajedno.children.logic.matching.entry import Entry
from zajedno.children.logic.matching.pairs import FLOOR, Pair, compare, find_pairs
from zajedno.children.logic.matching.words import Kind, Said, explain

__all__ = ["FLOOR", "Entry", "Kind", "Pair", "Said", "compare", "explain", "find_pairs"]
