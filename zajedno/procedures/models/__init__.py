"""Tables of the room: definitions and their versions. Abstract `Process`, `Move`, `Clock` for higher rooms."""

from zajedno.procedures.models.definition import Definition, Version
from zajedno.procedures.models.process import Clock, Move, Process

__all__ = ["Clock", "Definition", "Move", "Process", "Version"]
