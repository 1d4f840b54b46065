"""How a told part is written that holds several words: `7-14`, `yes~no`, `0-2|3-6`.

`main~others` says: nearly all are `main`; of each of the others there are fewer than FEWEST, or none. `one|other` says:
told together, and nothing is said of which: they are so few in all, or more than one of them is not few. `boy~unknown`
is read as boys: of a few of whom it is not known, nobody can say that they are none.
"""

from collections.abc import Callable, Sequence

from zajedno.figures.logic.pools import FEWEST

NEARLY, TOGETHER_WITH = "~", "|"
MOST_OF_FEW = FEWEST - 1
UNKNOWN = "unknown"


def gathered(words: Sequence[str], many: Callable[[str], int]) -> list[tuple[str, ...]]:
    """Neighbouring words, put together until FEWEST stand behind each part; what is left over joins the last.

    >>> gathered(["0-2", "3-6", "7-14", "15-18"], {"0-2": 3, "3-6": 4, "7-14": 9, "15-18": 0}.__getitem__)
    [('0-2', '3-6'), ('7-14', '15-18')]
    """
    return gathered_by(words, lambda part: sum(map(many, part)) >= FEWEST)


def gathered_by(words: Sequence[str], enough: Callable[[tuple[str, ...]], bool]) -> list[tuple[str, ...]]:
    """The same, by whatever makes a part enough."""
    parts: list[tuple[str, ...]] = []
    waiting: tuple[str, ...] = ()
    for word in words:
        waiting = (*waiting, word)
        if enough(waiting):
            parts.append(waiting)
            waiting = ()
    if waiting and parts:
        return [*parts[:-1], (*parts[-1], *waiting)]
    return [*parts, waiting] if waiting else parts


def written(part: Sequence[str], many: Callable[[str], int], whole: Callable[[str], int] | None = None) -> str:
    """Which of the two is said depends on the whole number alone: where all words could be few, no main one is named,
    or eight of two words would say that there are four of each. Nor is one named where others are not few in the
    `whole` of all outcomes, which is known: eight who are few of yes and few of no are four and four."""
    if len(part) == 1:
        return part[0]
    main = max(part, key=many)
    others = [word for word in part if word != main]
    most = MOST_OF_FEW * min(len(others), 2)  # few before, and few left over
    if (
        sum(map(many, part)) <= most + MOST_OF_FEW
        or sum(map(many, others)) > most
        or max(map(whole or many, others)) >= FEWEST
    ):
        return TOGETHER_WITH.join(part)
    return main + NEARLY + TOGETHER_WITH.join(others)


def read(text: str) -> tuple[str, tuple[str, ...]]:
    """The main word, or none, and all words.

    >>> read("yes~no"), read("0-2|3-6"), read("girl")
    (('yes', ('yes', 'no')), ('', ('0-2', '3-6')), ('girl', ('girl',)))
    """
    main, nearly, others = text.partition(NEARLY)
    if nearly:
        return main, (main, *others.split(TOGETHER_WITH))
    words = tuple(text.split(TOGETHER_WITH))
    return (text, words) if len(words) == 1 else ("", words)
