"""Rows as COPY reads them, table by table, and the ids they get. A column is a list of texts, one for each row."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from numpy.random import Generator

Column = Sequence[str] | Iterable[str]
Rows = tuple[str, tuple[str, ...], bytes, int]  # table, columns, text, how many


class Days:
    """The text of each day, by its ordinal: looked up, not made anew."""

    def __init__(self, first: date, last: date) -> None:
        self.first = first.toordinal()
        self._texts = [date.fromordinal(day).isoformat() for day in range(self.first, last.toordinal() + 1)]

    def of(self, days: Iterable[int]) -> list[str]:
        first, texts = self.first, self._texts
        return [texts[day - first] for day in days]


class Pages:
    """What one block of children comes to: for each table its lines. Ids go on from the block before."""

    def __init__(self, dice: Generator, next_ids: dict[str, int]) -> None:
        self.dice, self.next_ids = dice, next_ids
        self.lines: dict[tuple[str, tuple[str, ...]], list[str]] = defaultdict(list)

    def ids(self, table: str, count: int) -> range:
        """So many new ids of a table."""
        first = self.next_ids.get(table, 1)
        self.next_ids[table] = first + count
        return range(first, first + count)

    def numbered(self, table: str, count: int) -> list[str]:
        return list(map(str, self.ids(table, count)))

    def uuids(self, count: int) -> list[str]:
        digits = self.dice.bytes(16 * count).hex()
        return [digits[at : at + 12] + "4" + digits[at + 13 : at + 16] + "8" + digits[at + 17 : at + 32]
                for at in range(0, 32 * count, 32)]  # fmt: skip

    def add(self, table: str, names: tuple[str, ...], columns: Iterable[Column]) -> None:
        self.lines[table, names].extend(map("\t".join, zip(*columns, strict=False)))

    def blocks(self) -> list[Rows]:
        return [
            (table, names, ("\n".join(lines) + "\n").encode(), len(lines))
            for (table, names), lines in self.lines.items() if lines
        ]  # fmt: skip


def hexed(content: bytes) -> str:
    return rf"\\x{content.hex()}"


def dashed(digits: str) -> str:
    """A uuid as the platform writes it."""
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("\t", r"\t").replace("\n", r"\n").replace("\r", r"\r")
