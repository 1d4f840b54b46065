"""What a definition ever opens of a child's file: to which part, by which move, until which. What cases do is what the
page “who can see this” says, because both are read here."""

from dataclasses import dataclass, replace

from zajedno.procedures.logic.definition import Definition, Tie

BEGINNING = ""  # in `Opened.move`: when the case begins


@dataclass(frozen=True, slots=True)
class Opened:
    """A tie of the definition with the key of the move that writes it (or BEGINNING)."""

    move: str
    tie: Tie


def at_once(definition: Definition, part: str) -> tuple[Tie, ...]:
    """What is opened to who begins a case, playing `part`: all that the opening names, whomever it names.

    What it names of another part, no move takes back.
    """
    ties = definition.opening.ties
    return tuple(tie if tie.part == part else replace(tie, part=part, until=()) for tie in ties)


def opened(definition: Definition) -> list[Opened]:
    """Everything, in the order of the file. A post is left out: it reads what its institution's tie opens."""
    beginners = dict.fromkeys(key for key in (definition.opener, definition.keeper) if key)
    begun = [Opened(BEGINNING, tie) for part in beginners for tie in at_once(definition, part)]
    moved = [Opened(move.key, tie) for move in definition.moves for tie in move.ties]
    return [one for one in (*begun, *moved) if definition.part[one.tie.part].kind != "post"]
