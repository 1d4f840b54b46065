"""Where an expression stands while lxml evaluates it: lxml hands its functions values, not the sheet they belong to."""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(slots=True)
class Scope:
    """What one sheet gives its expressions: the day and the moment as XForms write them, the first element, lists.

    `choice_name(node, path, value)` is the label of a choice of the question that `path` leads to from `node`.
    """

    today: str
    now: str
    root: Any
    instances: Mapping[str, Any]
    choice_name: Callable[[Any, str, str], str]

    def instance(self, name: str) -> Sequence[Any]:
        """The element of a list of choices, in a node-set; an empty one when there is none."""
        return [self.instances[name]] if name in self.instances else []


class Here(threading.local):
    """The scope and the node of the expression that this thread evaluates."""

    scope: Scope
    node: Any


HERE = Here()
