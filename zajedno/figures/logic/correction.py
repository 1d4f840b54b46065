"""The next edition of a closed period: what stands, what is told anew, what is told for the first time.

A block stands as it was until FEWEST children came or went; then it is told anew, or in parts that add up to it
(`_may_part`), or no more if few are left. The words of a group stand while all its blocks stand; they are told anew
only if every block was and each part has moved by FEWEST too; else they are told no more. No block joins another.
Places that stood in no sum are parted as in a first edition.

Why two editions tell of no few. Let only more come (or only some go). Both editions are then sums over leaves of those
who stayed and those who came, and what the second adds are sums over whole blocks and parts of the first. So what is
derived of those who stayed are blocks and parts, and of those who came whole blocks and parts that were told anew:
FEWEST or more by this rule. Where some may come and others go, a difference is no number of anybody.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence

from zajedno.figures.logic.partition import Above, Divisions, Table, Tally, partition, tell
from zajedno.figures.logic.pools import FEWEST, Cell, Told
from zajedno.figures.logic.words import MOST_OF_FEW, TOGETHER_WITH, gathered, read, written


def correct(
    was: Table, tally: Tally, outcomes: Sequence[str], divisions: Divisions, above: Above, mark: str,
    silent: Collection[str] = (), whole_is_known: bool = False,
) -> Table:  # fmt: skip
    """The table after `was`. `mark` names what is told for the first time."""
    earlier = {place for name, *_ in was.blocks() for place in was.places(name)}
    new = {one: path for one, path in above.items() if one not in earlier}
    table = partition(tally, outcomes, divisions, new, mark, silent, whole_is_known)
    table.is_first = False
    table.rests |= was.rests
    for block in was.blocks():
        _block(table, was, tally, block, outcomes)
    for key in was.groups:
        if key[2] in divisions:
            _group(table, was, tally, key, whole_is_known)
    if whole_is_known:
        _alike_or_not(table, was)
    return table


def _block(table: Table, was: Table, tally: Tally, block: Cell, outcomes: Sequence[str]) -> None:
    places = was.places(block[0])
    now = tally.of(places, block[1])
    if abs(now.children - was.told[block].children) < FEWEST:
        table.told[block] = was.told[block]
    elif now.children >= FEWEST:
        words = sorted(read(block[1])[1], key=outcomes.index)
        if _may_part(was.told[block], block[1], words, outcomes, tally, places):
            tell(table, tally, block[0], places, words)
        else:
            table.told[block[0], TOGETHER_WITH.join(words), "", ""] = now
    else:
        table.left += places
        table.slack += FEWEST - 1


def _may_part(
    was: Told, text: str, words: Sequence[str], outcomes: Sequence[str], tally: Tally, places: Sequence[str]
) -> bool:  # fmt: skip
    """May it be said of a block from now on which outcomes it has, or does it stay `one|other`? Only if all who were in
    it may have the main one: of 21, nearly all yes, four were no if only 17 are yes now. Where none was the main one,
    only of two outcomes of eight children at most: of more the order tells which were few."""
    main = read(text)[0]
    if not main:
        return len(outcomes) == 2 and was.children <= MOST_OF_FEW * 2
    parts = gathered(words, lambda word: tally.children(places, word))
    now = tally.of(places, TOGETHER_WITH.join(next(part for part in parts if main in part)))
    return len(parts) == 1 or (now.children >= was.children and now.value >= was.value)


def _group(table: Table, was: Table, tally: Tally, key: tuple[str, str, str], whole_is_known: bool) -> None:
    """Of a known whole words that are told together are not told anew: the outcome does not say which are few."""
    name, outcome, axis = key
    blocks = [(one, outcome, "", "") for one in was.groups[key]]
    parts = [cell for cell in was.told if cell[:3] == key]
    if all(table.told.get(block) == was.told[block] for block in blocks):
        table.told |= {part: was.told[part] for part in parts}
        table.groups[key] = was.groups[key]
        return
    places = [place for block in blocks for place in was.places(block[0])]

    def many(word: str) -> int:
        return tally.children(places, outcome, axis, word)

    words = [read(part[3])[1] for part in parts]
    sums = [sum(map(many, part)) for part in words]
    if (
        all(block in table.told and table.told[block] != was.told[block] for block in blocks)
        and all(now >= FEWEST and abs(now - was.told[part].children) >= FEWEST
                for now, part in zip(sums, parts, strict=True))
        and all(sum(many(word) >= FEWEST for word in part) <= 1 for part in words)
        and not (whole_is_known and any(len(part) > 1 for part in words))
    ):  # fmt: skip
        table.groups[key] = was.groups[key]
        for part in words:
            table.told[name, outcome, axis, written(part, many)] = tally.of(places, outcome, axis, part)


def _alike_or_not(table: Table, was: Table) -> None:
    """Of a group all outcomes stand, or all are told anew, or none is told any more."""
    found: dict[tuple[str, str], list[tuple[str, str, str]]] = defaultdict(list)
    for key in was.groups:
        found[key[0], key[2]].append(key)
    for keys in found.values():
        cells = {key: {cell: told for cell, told in table.told.items() if cell[:3] == key} for key in keys}
        stand = {cells[key] == {cell: told for cell, told in was.told.items() if cell[:3] == key} for key in keys}
        if len(stand) > 1 or not all(cells.values()):
            for key in keys:
                table.groups.pop(key, None)
                for cell in cells[key]:
                    del table.told[cell]
