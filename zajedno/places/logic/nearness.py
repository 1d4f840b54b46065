"""Near words: optimal string alignment distance, found through a table of deletions (after the idea of SymSpell)."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import pairwise

SHORT = 5  # letters; a name this short is taken for a slip only when the letter is easily mistaken
ROWS = ("qwertzuiop", "asdfghjkl", "yxcvbnm")
HEARD = ("bp", "dt", "gk", "zs", "vf", "DG")  # consonants that are easily taken for each other: Šapac for Šabac
NEIGHBOURS = {frozenset(pair) for row in ROWS for pair in pairwise(row)} | {frozenset(pair) for pair in HEARD}

# the Cyrillic alphabet writes these sounds as one letter, so one slip of the finger changes both Latin letters
SOUNDS = (("lj", "L"), ("nj", "N"), ("dj", "D"), ("dz", "G"))


def sounds(key: str) -> str:
    """A folded word with one character for each letter of the Cyrillic alphabet."""
    for pair, letter in SOUNDS:
        key = key.replace(pair, letter)
    return key


def distance(one: str, other: str) -> int:
    """Insertions, deletions, substitutions and swaps of neighbours that turn `one` into `other`."""
    earlier: list[int] = []
    above = list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        row = [i]
        for j, right in enumerate(other, 1):
            cost = min(row[-1] + 1, above[j] + 1, above[j - 1] + (left != right))
            if i > 1 and j > 1 and left == other[j - 2] and one[i - 2] == right:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        earlier, above = above, row
    return above[-1]


def deletions(word: str, depth: int) -> set[str]:
    """The word and all it becomes by deleting up to `depth` characters."""
    found = {word}
    edge = {word}
    for _ in range(depth):
        edge = {w[:i] + w[i + 1 :] for w in edge for i in range(len(w))}
        found |= edge
    return found


class Near:
    """Words within the distance that their own length allows."""

    def __init__(self, words: Iterable[str], allowed: Callable[[str], int]) -> None:
        self.allowed = allowed
        self.table: dict[str, set[str]] = defaultdict(set)
        self.deepest = 0
        for word in words:
            depth = allowed(word)
            self.deepest = max(self.deepest, depth)
            for shorter in deletions(word, depth) if depth else ():
                self.table[shorter].add(word)

    def find(self, word: str) -> dict[str, int]:
        """Words near `word`, each with its distance."""
        candidates: set[str] = set()
        for shorter in deletions(word, self.deepest):
            candidates |= self.table.get(shorter, set())
        measured = {found: distance(word, found) for found in candidates}
        return {
            found: steps
            for found, steps in measured.items()
            if steps <= self.allowed(found) and (steps == 0 or _likely(word, found, steps))
        }


def _likely(word: str, found: str, steps: int) -> bool:
    """A first letter may be wrong only when nothing else is, and another ending is another name (Lazarevo is not
    Lazarevac); a short name may not be half guessed."""
    if steps > 1:
        stem = found[:-2]
        return found[:1] == word[:1] and not word.startswith(stem)
    if len(found) > SHORT:
        return True
    different = [pair for pair in zip(word, found, strict=False) if pair[0] != pair[1]]
    swapped_letter = len(word) == len(found) and len(different) == 1
    return found[:1] == word[:1] and (not swapped_letter or frozenset(different[0]) in NEIGHBOURS)
