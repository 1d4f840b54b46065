"""Tables of the room. No child and no name of one stands in any of them. Who reads and writes: the fences in
`migrations/`."""

from zajedno.programmes.models.budget import Budget, BudgetLine, Code, Entry
from zajedno.programmes.models.draw import Draw
from zajedno.programmes.models.frame import Frame, Phase, Result, Target
from zajedno.programmes.models.funding import Funder, Grant, Promise
from zajedno.programmes.models.origin import Origin
from zajedno.programmes.models.plan import Activity, Goal, Measure, Plan, Progress
from zajedno.programmes.models.price import Price, Rate
from zajedno.programmes.models.programme import BeforeAfter, Programme, Session
from zajedno.programmes.models.reading import Lesson, Reading
from zajedno.programmes.models.report import ProgrammeReport, ProgrammeWords

__all__ = [
    "Activity",
    "BeforeAfter",
    "Budget",
    "BudgetLine",
    "Code",
    "Draw",
    "Entry",
    "Frame",
    "Funder",
    "Goal",
    "Grant",
    "Lesson",
    "Measure",
    "Origin",
    "Phase",
    "Plan",
    "Price",
    "Programme",
    "ProgrammeReport",
    "ProgrammeWords",
    "Progress",
    "Promise",
    "Rate",
    "Reading",
    "Result",
    "Session",
    "Target",
]
