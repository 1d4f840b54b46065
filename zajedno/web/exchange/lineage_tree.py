"""The tree of who took a model from whom, drawn: places by generation from left to right, one in a line."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from zajedno.exchange.queries.lineage import Node

LEFT, TOP, STEP, LINE = 14, 20, 120, 34  # of the first dot; between generations; between lines
LABEL = 190  # room for the longest name
LONGEST = 24  # letters of a name


@dataclass(frozen=True)
class Dot:
    """`shape`: circle under way, square handed over, diamond given up, root the model itself."""

    gap: ClassVar[int] = 14  # from its middle to its words
    x: int
    y: int
    text: str
    shape: str

    @property
    def base(self) -> int:
        return self.y + 5

    @property
    def side(self) -> int:
        return self.x + self.gap


@dataclass
class Tree:
    """`edges` are paths from a place to one that took the model from it."""

    title: str
    description: str
    dots: list[Dot] = field(default_factory=list)
    edges: list[str] = field(default_factory=list)
    id: str = "lineage"

    @property
    def width(self) -> int:
        return max(dot.x for dot in self.dots) + LABEL

    @property
    def height(self) -> int:
        return TOP * 2 + LINE * (len(self.dots) - 1)


SHAPES = {"handed_over": "square", "given_up": "diamond"}


def drawn(title: str, description: str, name: str, roots: Sequence[Node]) -> Tree:
    """The model `name` first, then every site under the one it took it from."""
    tree = Tree(title, description, [Dot(LEFT, TOP, _short(name), "root")])
    for node in roots:
        _add(tree, node, tree.dots[0])
    return tree


def _add(tree: Tree, node: Node, above: Dot) -> None:
    shape = SHAPES.get(node.site.outcome, "circle")
    dot = Dot(above.x + STEP, TOP + LINE * len(tree.dots), _short(node.site.territory.name), shape)
    tree.dots.append(dot)
    tree.edges.append(f"M{above.x} {above.y + 7}V{dot.y}H{dot.x - 7}")
    for one in node.taken:
        _add(tree, one, dot)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"
