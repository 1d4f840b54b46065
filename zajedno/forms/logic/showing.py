"""What a sheet tells of its places: what to show, how they stand, what is wrong."""

from dataclasses import dataclass

from zajedno.forms.logic.parts import Node


@dataclass(frozen=True, slots=True)
class Problem:
    """What keeps a sheet from being sent. `path`: with positions; `code`: required, constraint, type or choice;
    `sentence`: what the form says of it in the sheet's language, else "" and the page writes its own. A choice that may
    not be chosen any more since another answer changed is no problem: it is not answered."""

    path: str
    code: str
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """One place to show now. `path`: with positions, for `put` and `shown`; `value`: the answer as given.

    `choices`: (name, label) of what may be chosen now. `turns`: of a repeat, the paths of its turns; `may_add`: people
    may add a turn and take one away. `constraint`: what the form says when the answer is none it takes.
    """

    path: str
    node: Node
    value: str
    label: str
    hint: str
    required: bool
    read_only: bool
    choices: tuple[tuple[str, str], ...]
    turns: tuple[str, ...]
    may_add: bool
    constraint: str
    required_message: str


@dataclass(frozen=True, slots=True)
class Stand:
    """How a place stands. `value`: the answer as expressions read it: "" unless it counts and can be one."""

    path: str
    node: Node
    relevant: bool
    value: str
