"""Tables of the room. Every one of them stands behind the fence (`migrations/0002_fence.py`)."""

from zajedno.casework.models.arrival import Arrival
from zajedno.casework.models.batch import CaseBatch, CaseBatchRow
from zajedno.casework.models.bulk import Bulk, BulkRow
from zajedno.casework.models.case import Case, CaseNumber, Clock, Move, Participant, Recusal
from zajedno.casework.models.flag import Flag
from zajedno.casework.models.handout import Handout
from zajedno.casework.models.letter import Letter
from zajedno.casework.models.opinion import JointOpinion, Opinion
from zajedno.casework.models.override import Override
from zajedno.casework.models.paper import Note, Paper
from zajedno.casework.models.plan import Goal, Measure, PlanEntry
from zajedno.casework.models.report import OfficeReport, OfficeWords
from zajedno.casework.models.request import DraftRequest, Request
from zajedno.casework.models.sitting import AgendaItem, Attendee, Sitting
from zajedno.casework.models.task import Task
from zajedno.casework.models.transfer import Transfer

__all__ = [
    "AgendaItem",
    "Arrival",
    "Attendee",
    "Bulk",
    "BulkRow",
    "Case",
    "CaseBatch",
    "CaseBatchRow",
    "CaseNumber",
    "Clock",
    "DraftRequest",
    "Flag",
    "Goal",
    "Handout",
    "JointOpinion",
    "Letter",
    "Measure",
    "Move",
    "Note",
    "OfficeReport",
    "OfficeWords",
    "Opinion",
    "Override",
    "Paper",
    "Participant",
    "PlanEntry",
    "Recusal",
    "Request",
    "Sitting",
    "Task",
    "Transfer",
]
