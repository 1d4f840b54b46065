"""A form as it is filled in, read from the XForm that pyxform made of the XLSForm.

`read(xml)` reads each text once. A form never changes: answers live in `sheet.Sheet`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lxml import etree

from zajedno.forms.logic.body import Body
from zajedno.forms.logic.expressions import Expression
from zajedno.forms.logic.order import settled_order
from zajedno.forms.logic.parts import Group, Node, Option, Part, Question, Repeat, Texts


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """`key` is the form's id; `languages` are codes, the default one first; `nodes`: every place by path; `order`:
    paths so that each comes after what it depends on; `rank`: where in that order; `readers`: for each path those that
    read it."""

    key: str
    version: str
    titles: Mapping[str, str]
    languages: tuple[str, ...]
    root: Group
    nodes: Mapping[str, Node]
    order: tuple[str, ...]
    rank: Mapping[str, int]
    readers: Mapping[str, frozenset[str]]
    instances: Mapping[str, Any]
    options: Mapping[str, Option]

    @property
    def language(self) -> str:
        """The code of the default language, "" when the form has only one without a name."""
        return self.languages[0] if self.languages else ""

    def title(self, language: str | None = None) -> str:
        """In a language, else in the default one, else as the form is called without one."""
        named = self.titles.get(language or self.language) or self.titles.get(self.language)
        return named or self.titles.get("") or self.key

    def said(self, texts: Texts, language: str) -> tuple[Part, ...]:
        """A text in a language, else in the default one, else in any."""
        return texts.get(language) or texts.get(self.language) or next(iter(texts.values()), ())

    def plain(self, texts: Texts, language: str, gap: str = "") -> str:
        """A text without the answers that may stand in it; `gap` where one would."""
        return "".join(part if isinstance(part, str) else gap for part in self.said(texts, language))

    def questions(self) -> Iterator[Question]:
        """All questions in order."""
        return (node for node in self.nodes.values() if isinstance(node, Question))

    def question(self, name: str) -> Question | None:
        """The first question of a name."""
        return next((one for one in self.questions() if one.name == name), None)


@lru_cache(maxsize=256)
def read(xml: str) -> Form:
    """The form of an XForm. Raises Unreadable for an expression that `check` would refuse."""
    body = Body(etree.fromstring(xml.encode(), PARSER))
    root = body.root()
    nodes = {node.path: node for node in _walk(root)}
    order, readers = settled_order({path: set(_reads(node, nodes)) for path, node in nodes.items()})
    return Form(
        key=body.instance.get("id", ""),
        version=body.instance.get("version", ""),
        titles=body.titles(),
        languages=body.texts.languages,
        root=root,
        nodes=nodes,
        order=order,
        rank={path: at for at, path in enumerate(order)},
        readers=readers,
        instances=body.instances,
        options=body.options,
    )


PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True)
"""For XML from anywhere: no entities, nothing fetched, lxml's own limits on size and depth."""


def _reads(node: Node, nodes: Mapping[str, Node]) -> Iterator[str]:
    """The paths whose answers decide whether a place is relevant, what it holds, and what may be chosen there."""
    expressions = [node.bind.relevant, node.bind.calculate]
    if isinstance(node, Repeat):
        expressions.append(node.count)
    if isinstance(node, Question) and node.choices:
        expressions.append(node.choices.nodes)
    yield node.path.rpartition("/")[0]
    for one in filter(None, expressions):
        yield from one.reading.paths
        if any(name == "jr:choice-name" for name, _values in one.reading.calls):
            yield from _in_labels(one.reading.paths, nodes)


def _in_labels(paths: Iterable[str], nodes: Mapping[str, Node]) -> Iterator[str]:
    """What the labels of choices read of a question whose choice is named."""
    for node in map(nodes.get, paths):
        for option in node.choices.every if isinstance(node, Question) and node.choices else ():
            for part in (part for parts in option.label.values() for part in parts):
                if isinstance(part, Expression):
                    yield from part.reading.paths


def _walk(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children if isinstance(node, Group) else ():
        yield from _walk(child)
