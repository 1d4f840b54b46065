"""Invented names: usual given and family names of a community put together by chance, in the script of an office.

`names.csv` holds one list a row in Latin, compiled from open lists of names (see `LICENSE.names`).
"""

import csv
import random
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

NAMES = Path(__file__).with_name("names.csv")
COMMUNITIES = ("sr", "hu", "sq", "bs", "ro", "hr")
FAMILY, BOY, GIRL = "family", "M", "F"
USUAL = 0.6  # share of people with one of the names that are usual
_DIGRAPHS = (("lj", "љ"), ("nj", "њ"), ("dž", "џ"))
_CYRILLIC = str.maketrans("abvgdđežzijklmnoprstćufhcčš", "абвгдђежзијклмнопрстћуфхцчш")


def cyrillic(text: str) -> str:
    """Letter by letter, as a clerk's converter does it; Hungarian letters are left standing."""
    text = text.lower()
    for two, one in _DIGRAPHS:
        text = text.replace(two, one)
    return text.translate(_CYRILLIC).title()


class Names:
    """Lists by community and kind in a settled order, some names far more usual than others."""

    def __init__(self) -> None:
        with NAMES.open(encoding="utf-8") as file:
            lists = {(one["community"], one["kind"]): one["names"].split() for one in csv.DictReader(file)}
        self._lists = {key: [name.replace("_", " ") for name in names] for key, names in lists.items()}
        for names in self._lists.values():
            random.Random(1).shuffle(names)

    def draw(self, dice: random.Random, community: str, kind: str) -> str:
        names = self._lists[community, kind]
        usual = int(len(names) ** dice.random()) - 1
        return names[usual] if dice.random() < USUAL else dice.choice(names)

    def many(self, dice: Generator, community: str, kind: str, count: int) -> NDArray[np.intp]:
        """Places in the list, for so many people at once."""
        length = len(self._lists[community, kind])
        usual = (length ** dice.random(count)).astype(np.intp) - 1
        return np.where(dice.random(count) < USUAL, usual, dice.integers(0, length, count))

    def written(self, community: str, kind: str, in_cyrillic: bool) -> NDArray[np.object_]:
        """The whole list in one of the two scripts."""
        return self._written[community, kind][int(in_cyrillic)]

    @cached_property
    def _written(self) -> dict[tuple[str, str], tuple[NDArray[np.object_], NDArray[np.object_]]]:
        return {
            key: (np.array(names, dtype=object), np.array([cyrillic(name) for name in names], dtype=object))
            for key, names in self._lists.items()
        }
