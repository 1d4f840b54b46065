"""One sheet's tree: an lxml element for each place, beside what is known of it."""

from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from zajedno.forms.logic.namespaces import OURS
from zajedno.forms.logic.parts import Group, Node, Question, Repeat

MARKER = f"{{{OURS}}}turns"
"""An element before the turns of a repeat, on which what holds for all of them is evaluated, as if it stood there."""


class Place:
    """A question, a group or one turn of a repeat. `raw`: the answer as given; `relevant`: it counts now; `fits`: it is
    an answer of its kind that may be chosen now. The element's text is what expressions read: nothing unless both."""

    __slots__ = ("element", "fits", "inner", "node", "parent", "raw", "relevant")

    def __init__(self, node: Node, element: Any, parent: "Place | None") -> None:
        self.node, self.element, self.parent = node, element, parent
        self.inner: dict[str, Place | Turns] = {}
        self.raw = ""
        self.relevant = self.fits = True

    def walk(self) -> Iterator["Place"]:
        """This place and all inside it, in order."""
        yield self
        for inner in self.inner.values():
            for place in inner.places if isinstance(inner, Turns) else (inner,):
                yield from place.walk()

    def all_turns(self) -> Iterator["Turns"]:
        """Every repeat inside it, in order."""
        for inner in self.inner.values():
            if isinstance(inner, Turns):
                yield inner
            for place in inner.places if isinstance(inner, Turns) else (inner,):
                yield from place.all_turns()

    @property
    def path(self) -> str:
        """With positions of repeats: "/data/visits[2]/day"."""
        if self.parent is None:
            return self.node.path
        turns = self.parent.inner[self.node.name]
        position = f"[{turns.places.index(self) + 1}]" if isinstance(turns, Turns) else ""
        return f"{self.parent.path}/{self.node.name}{position}"


class Turns:
    """A repeat in a sheet: its marker and its turns."""

    __slots__ = ("marker", "node", "parent", "places", "relevant")

    def __init__(self, node: Repeat, parent: Place) -> None:
        self.node, self.parent = node, parent
        self.marker = etree.SubElement(parent.element, MARKER)
        self.places: list[Place] = []
        self.relevant = True

    @property
    def path(self) -> str:
        return f"{self.parent.path}/{self.node.name}"

    def add(self, begin: bool, first: bool = False) -> Place:
        """One more turn at the end. `begin`: with defaults; `first`: as those that stand in a new sheet."""
        place = grown(self.node, self.parent, begin, first)
        (self.places[-1].element if self.places else self.marker).addnext(place.element)
        self.places.append(place)
        return place

    def take(self, position: int) -> Place:
        """Take the turn at a position (from 1) away."""
        place = self.places.pop(position - 1)
        self.parent.element.remove(place.element)
        return place


def grown(node: Node, parent: Place | None, begin: bool, first: bool = True) -> Place:
    """A place and all inside it. `begin`: with defaults and the turns that are begun; `first`: as in a new sheet."""
    element = (
        etree.Element(node.name)
        if parent is None or isinstance(node, Repeat)
        else etree.SubElement(parent.element, node.name)
    )
    place = Place(node, element, parent)
    if isinstance(node, Question) and begin:
        place.raw = node.default
    for child in node.children if isinstance(node, Group) else ():
        if isinstance(child, Repeat):
            turns = place.inner[child.name] = Turns(child, place)
            for _ in range((child.begun if first else child.begun_inside) if begin and child.count is None else 0):
                turns.add(begin, first)
        else:
            place.inner[child.name] = grown(child, place, begin, first)
    return place


def filled(place: Place, answers: Mapping[str, Any]) -> list[str]:
    """Put nested answers into a tree that was grown without defaults; gives the paths nobody knows."""
    unknown = []
    for name, answer in answers.items():
        inner = place.inner.get(name)
        if isinstance(inner, Turns) and isinstance(answer, list):
            for one in answer[:MOST_TURNS]:
                unknown += filled(inner.add(False), one) if isinstance(one, Mapping) else [inner.path]
        elif isinstance(inner, Place) and isinstance(inner.node, Group) and isinstance(answer, Mapping):
            unknown += filled(inner, answer)
        elif isinstance(inner, Place) and isinstance(inner.node, Question) and isinstance(answer, str):
            inner.raw = answer
        else:
            unknown.append(f"{place.path}/{name}")
    return unknown


MOST_TURNS, MOST_PLACES = 500, 50_000
"""Most turns of one repeat, and most places of a sheet that counts may make: a million is a slip of the finger."""
