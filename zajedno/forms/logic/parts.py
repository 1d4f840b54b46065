"""What a form is made of: groups, repeats and questions, with their texts, conditions and choices."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from zajedno.forms.logic.expressions import Expression
from zajedno.forms.logic.vocabulary import QUIET

Part = str | Expression
Texts = Mapping[str, tuple[Part, ...]]
"""A text by code of language ("sr", "sr-latn", "en"; "" for a form without languages), in parts: words, and answers
that stand in the words (`${name}` in an XLSForm)."""


@dataclass(frozen=True, slots=True)
class Bind:
    """What the form demands at a place. `type`: string, int, decimal, date, time, dateTime, geopoint or binary."""

    type: str = "string"
    required: Expression | None = None
    relevant: Expression | None = None
    constraint: Expression | None = None
    calculate: Expression | None = None
    read_only: Expression | None = None
    required_message: Texts = field(default_factory=dict)
    constraint_message: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: `name` is what is stored."""

    name: str
    label: Texts


@dataclass(frozen=True, slots=True)
class Choices:
    """`nodes` finds the rows of the list that may be chosen now; `every`: all rows; `filtered`: not always all."""

    nodes: Expression
    every: tuple[Option, ...]
    filtered: bool
    names: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A place of the form. `path`: "/data/visits/day", without positions; `appearance`: its words."""

    path: str
    name: str
    bind: Bind
    label: Texts
    hint: Texts
    appearance: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Question(Node):
    """`kind`: select_one, select_multiple, integer, decimal, text, date, time, datetime, range, note, calculate,
    acknowledge, geopoint, image, start, end, today, deviceid. `parameters`: of a range start, end, step; of a text
    rows. `default` stands in a new sheet, or what `initial` gives when the sheet (or its repeat) is begun."""

    kind: str
    choices: Choices | None = None
    parameters: Mapping[str, str] = field(default_factory=dict)
    default: str = ""
    initial: Expression | None = None

    @property
    def asks(self) -> bool:
        """Does somebody answer it (and not the form itself)?"""
        return self.kind not in UNASKED


UNASKED = frozenset({"note", *QUIET})


@dataclass(frozen=True, slots=True, eq=False)
class Group(Node):
    """Places that belong together, in order."""

    children: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Repeat(Group):
    """A group that may stand several times. `count` says how many, or people add and remove them; `begun`: how many
    stand in a new sheet, `begun_inside`: how many in a turn that is added to a repeat around it."""

    count: Expression | None = None
    begun: int = 1
    begun_inside: int = 0
