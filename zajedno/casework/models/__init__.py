"""Tables of the room. Every one of them stands behind the fence (`migrations/0002_fence.py`)."""

from zajedno.casework.models.batch import CaseBatch, CaseBatchRow
from zajedno.casework.models.case import Case, CaseNumber, Clock, Move, Participant, Recusal
from zajedno.casework.models.letter import Letter
from zajedno.casework.models.opinion import JointOpinion, Opinion
from zajedno.casework.models.paper import Note, Paper
from zajedno.casework.models.plan import Goal, Measure, PlanEntry
from zajedno.casework.models.request import DraftRequest, Request
from zajedno.casework.models.sitting import AgendaItem, Attendee, Sitting

__all__ = [
    "AgendaItem",
    "Attendee",
    "Case",
    "CaseBatch",
    "CaseBatchRow",
    "CaseNumber",
    "Clock",
    "DraftRequest",
    "Goal",
    "JointOpinion",
    "Letter",
    "Measure",
    "Move",
    "Note",
    "Opinion",
    "Paper",
    "Participant",
    "PlanEntry",
    "Recusal",
    "Request",
    "Sitting",
]
