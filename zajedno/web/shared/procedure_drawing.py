"""A procedure drawn: what its steps, people and deadlines are called, and where one case stands in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from zajedno.kernel.labels import label
from zajedno.procedures.logic.definition import DeadlineRule, Definition
from zajedno.procedures.logic.diagram import Drawing, drawing, from_everywhere
from zajedno.web.shared.agreements import length_said
from zajedno.web.shared.pieces import Column, Table

if TYPE_CHECKING:
    from zajedno.casework.queries.case import CaseFile


@dataclass(frozen=True)
class Drawn:
    """A drawing with its title, what it says in a sentence, and the same as a table."""

    title: str
    said: str
    drawing: Drawing
    table: Table


def drawn(definition: Definition, file: "CaseFile | None" = None) -> Drawn:
    """`file`: whose case it is drawn for, with “you are here”."""
    names = {move.key: label(move.labels) for move in definition.moves}
    words = {step.key: list(_words(definition, step.key)) for step in definition.steps}
    told: dict[str, Any] = {}
    said = _("%(steps)s steps, one under another; lines lead from a step to those that may follow.") % {
        "steps": len(definition.steps)
    }
    if file:
        passed = {row.to_step for row in file.moves} | {row.from_step for row in file.moves}
        told = {"here": file.case.step, "beside": file.case.beside, "passed": passed}
        said = _("The case is now at “%(step)s”.") % {"step": label(definition.step[file.case.step].labels)}
        words[file.case.step].append(("here", _("You are here")))
    return Drawn(label(definition.labels), said, drawing(definition, words, names, **told), _table(definition, names))


def _words(definition: Definition, step: str) -> Iterator[tuple[str, str]]:
    yield "title", label(definition.step[step].labels)
    if who := _who(definition, step):
        yield "who", who
    for rule in _deadlines(definition, step):
        yield "deadline", f"{label(rule.labels)}: {length_said(rule.length, rule.unit)}"
    if always := from_everywhere(definition, step):
        names = ", ".join(label(definition.move[key].labels) for key in always)
        yield "everywhere", _("From nearly every step: %(names)s") % {"names": names}


def _who(definition: Definition, step: str) -> str:
    """Parts that lead on from a step, in the order of the procedure's parts."""
    acting = {part for move in definition.moves if step in move.from_steps and move.to_step not in ("", step)
              and move.key not in from_everywhere(definition, move.to_step) for part in move.by}  # fmt: skip
    return ", ".join(label(part.labels) for part in definition.parts if part.key in acting)


def _deadlines(definition: Definition, step: str) -> list[DeadlineRule]:
    """Those that what is done in this step keeps."""
    leading = {move.key for move in definition.moves if step in move.from_steps
               and move.key not in from_everywhere(definition, move.to_step)}  # fmt: skip
    return [rule for rule in definition.deadlines if leading & set(rule.stop)]


def _table(definition: Definition, names: Mapping[str, str]) -> Table:
    rows = []
    for step in definition.steps:
        follows = [
            f"{names[move.key]} → {label(definition.step[move.to_step].labels)}"
            for move in definition.moves
            if step.key in move.from_steps and move.to_step not in ("", step.key)
        ]
        clocks = "; ".join(
            f"{label(rule.labels)}: {length_said(rule.length, rule.unit)}" for rule in _deadlines(definition, step.key)
        )
        rows.append([label(step.labels), _who(definition, step.key), clocks, "; ".join(follows)])
    columns = [Column(_("Step")), Column(_("Who acts")), Column(_("Deadlines")), Column(_("What may follow"))]
    return Table("drawing", _("The same in words"), columns, rows)
