"""A procedure as a drawing: its steps one under another, the moves between them as lines beside. Positions only.

Steps stand in the order of the file, which tells the usual way first. A move to the next step is a straight line; one
that leaps forward goes round on the right, one that leads back on the left. What can be done from nearly everywhere
would hide the rest, so it is said in words under its end.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from zajedno.procedures.logic.definition import Definition, Step

WIDTH, GAP, LANE, PAD, LINE = 300, 34, 13, 12, 19  # units of the drawing
EVERYWHERE = 0.6  # share of the steps from which on a move counts as possible everywhere


@dataclass(frozen=True, slots=True)
class Box:
    """A step. `lines`: its words, wrapped; `state`: here, beside, done or "" (none is said)."""

    step: str
    kind: str
    x: int
    y: int
    height: int
    lines: Sequence["Words"]
    state: str


@dataclass(frozen=True, slots=True)
class Words:
    """A line of a box. `kind`: title, who, deadline or everywhere."""

    text: str
    kind: str
    y: int


@dataclass(frozen=True, slots=True)
class Line:
    """A move or several between the same two steps, as the `d` of a path; `head`: the triangle of its arrow."""

    d: str
    head: str
    names: Sequence[str]


@dataclass(frozen=True, slots=True)
class Drawing:
    boxes: Sequence[Box]
    lines: Sequence[Line]
    width: int
    height: int


def drawing(
    definition: Definition, words: Mapping[str, Sequence[tuple[str, str]]], names: Mapping[str, str],
    here: str = "", beside: Collection[str] = (), passed: Collection[str] = (),
) -> Drawing:  # fmt: skip
    """`words`: for each step the texts to stand in its box as (kind, text); `names`: what moves are called.

    `here`, `beside` and `passed` are steps of one case.
    """
    leaps = _leaps(definition)
    left, right = (_lanes(leaps, definition, back=back) for back in (True, False))
    x = PAD + LANE * (1 + max(left.values(), default=-1)) + PAD
    boxes, y = [], PAD
    for step in definition.steps:
        box = _box(step, words[step.key], x, y, _state(step.key, here, beside, passed))
        boxes.append(box)
        y += box.height + GAP
    at = {box.step: box for box in boxes}
    lines = [
        _line(at[start], at[end], left.get((start, end)), right.get((start, end)), [names[one] for one in moves])
        for (start, end), moves in leaps.items()
    ]
    width = x + WIDTH + PAD + LANE * (1 + max(right.values(), default=-1)) + PAD
    return Drawing(boxes, lines, width, y - GAP + PAD)


def from_everywhere(definition: Definition, step: str) -> list[str]:
    """Moves that lead to a step from nearly every other, by key."""
    least = EVERYWHERE * sum(one.kind != "end" for one in definition.steps)
    return [
        move.key for move in definition.moves
        if move.to_step == step and len(move.from_steps) > max(least, 3)
    ]  # fmt: skip


def _leaps(definition: Definition) -> dict[tuple[str, str], list[str]]:
    """(from, to): the moves between, in the order of the file."""
    found: dict[tuple[str, str], list[str]] = {}
    for move in definition.moves:
        if move.key in from_everywhere(definition, move.to_step):
            continue
        for start in move.from_steps:
            for end in {move.to_step, *move.forks} - {"", start}:
                found.setdefault((start, end), []).append(move.key)
        for start in move.joins:
            if move.to_step and start != move.to_step:
                found.setdefault((start, move.to_step), []).append(move.key)
    return found


def _lanes(leaps: Collection[tuple[str, str]], definition: Definition, *, back: bool) -> dict[tuple[str, str], int]:
    """A lane for each leap of one direction: the short ones near the boxes, none over another."""
    order = {step.key: at for at, step in enumerate(definition.steps)}
    mine = [
        one
        for one in leaps
        if (order[one[1]] < order[one[0]]) is back and abs(order[one[1]] - order[one[0]]) > (not back)
    ]
    taken: list[list[tuple[int, int]]] = []
    found = {}
    for one in sorted(mine, key=lambda pair: (abs(order[pair[1]] - order[pair[0]]), order[pair[0]])):
        first, last = sorted((order[one[0]], order[one[1]]))
        lane = next((at for at, spans in enumerate(taken) if all(last < a or b < first for a, b in spans)), len(taken))
        if lane == len(taken):
            taken.append([])
        taken[lane].append((first, last))
        found[one] = lane
    return found


def _state(step: str, here: str, beside: Collection[str], passed: Collection[str]) -> str:
    return "here" if step == here else "beside" if step in beside else "done" if step in passed else ""


def _box(step: Step, words: Sequence[tuple[str, str]], x: int, y: int, state: str) -> Box:
    lines: list[Words] = []
    for kind, text in words:
        for line in wrapped(text, 28 if kind == "title" else 33):
            lines.append(Words(line, kind, y + PAD + 13 + LINE * len(lines)))
    return Box(step.key, step.kind, x, y, 2 * PAD + LINE * len(lines), lines, state)


def wrapped(text: str, most: int) -> list[str]:
    """Lines of at most so many signs, broken between words."""
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + len(word) + 1 > most:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _line(start: Box, end: Box, left: int | None, right: int | None, names: Sequence[str]) -> Line:
    if left is None and right is None:
        x, y = start.x + WIDTH // 2, end.y
        return Line(f"M{x} {start.y + start.height}V{y - 7}", f"M{x - 5} {y - 8}h10l-5 8z", names)
    edge, sign, lane = (start.x, -1, left) if left is not None else (start.x + WIDTH, 1, right or 0)
    out = edge + sign * (PAD + LANE * (lane or 0))
    leave, arrive = start.y + start.height - 11, end.y + 11
    return Line(
        f"M{edge} {leave}H{out}V{arrive}H{edge + sign * 7}",
        f"M{edge + sign * 8} {arrive - 5}v10l{-sign * 8} -5z",
        names,
    )
