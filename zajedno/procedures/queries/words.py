"""What a need and an input of a procedure say to a person, in the language in use."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from zajedno.kernel.labels import label
from zajedno.procedures.logic.definition import DeadlineRule, Definition, MoveRule, Part
from zajedno.procedures.logic.needs import ASKS, NEEDS, OF_KEYS, named


def need_said(definition: Definition, need: str) -> str:
    """A sentence that says what to do."""
    kind, key = named(need)
    return _(OF_KEYS[kind]) % {"name": _labelled(definition, kind, key)} if kind else _(NEEDS[key])


def input_said(definition: Definition, name: str) -> str:
    """The label of an input."""
    kind, key = named(name)
    return _labelled(definition, kind, key) if kind else _(ASKS[key])


def own_said(definition: Definition, moves: Iterable[str]) -> str:
    """Why somebody who made these moves may not go on."""
    names = ", ".join(_labelled(definition, "move", key) for key in moves)
    return _("You did this yourself: %(names)s. Somebody else looks at it and decides.") % {"names": names}


def _labelled(definition: Definition, kind: str, key: str) -> str:
    """What a form and another procedure are called stands in no definition: their callers know."""
    rules: Mapping[str, Mapping[str, MoveRule | Part | DeadlineRule]] = {
        "move": definition.move, "part": definition.part, "over": definition.deadline,
    }  # fmt: skip
    known = rules[kind].get(key) if kind in rules else None
    return label(known.labels) if known else key
