"""Every procedure of the packs can be drawn, and nothing in the drawing lies over anything else."""

from itertools import combinations
from pathlib import Path

import pytest
from django.conf import settings

from zajedno.procedures.logic.definition import Definition
from zajedno.procedures.logic.diagram import PAD, WIDTH, Drawing, drawing, from_everywhere, wrapped
from zajedno.procedures.logic.parse import parse_text

FILES = sorted(settings.PACKS_DIR.rglob("procedures/*.toml"))


def drawn(path: Path) -> tuple[Definition, Drawing]:
    definition, _mistakes = parse_text(path.read_text(encoding="utf-8"))
    assert definition
    words = {step.key: [("title", step.labels["en"])] for step in definition.steps}
    names = {move.key: move.labels["en"] for move in definition.moves}
    return definition, drawing(definition, words, names, here=definition.first)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_boxes_stand_under_one_another_inside_the_drawing(path: Path) -> None:
    definition, found = drawn(path)
    assert [box.step for box in found.boxes] == [step.key for step in definition.steps]
    for upper, lower in zip(found.boxes, found.boxes[1:], strict=False):
        assert upper.y + upper.height < lower.y
    assert found.boxes[-1].y + found.boxes[-1].height + PAD == found.height
    assert all(box.x > 0 and box.x + WIDTH < found.width for box in found.boxes)
    assert [box.state for box in found.boxes].count("here") == 1


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_way_is_drawn_once_or_said_in_words(path: Path) -> None:
    definition, found = drawn(path)
    told = {name for line in found.lines for name in line.names}
    for move in definition.moves:
        if move.to_step and set(move.from_steps) != {move.to_step}:
            assert move.labels["en"] in told or move.key in from_everywhere(definition, move.to_step), move.key
    assert len({line.d for line in found.lines}) == len(found.lines)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_two_ways_share_a_lane(path: Path) -> None:
    _definition, found = drawn(path)
    upright = []
    for line in found.lines:
        if "H" in line.d:
            _start, out, rest = line.d.replace("V", "H").split("H")[:3]
            upright.append((int(out), *sorted((int(line.d[1:].split("H")[0].split()[1]), int(rest)))))
    for (one, top, bottom), (other, above, below) in combinations(upright, 2):
        assert one != other or bottom < above or below < top


def test_words_are_broken_between_words() -> None:
    assert wrapped("Повремени чланови које треба одредити", 20) == ["Повремени чланови", "које треба одредити"]
