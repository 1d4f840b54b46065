"""Tables of the room. Who reads and writes them: the fences in `migrations/`."""

from zajedno.programmes.models.plan import Activity, Goal, Measure, Plan, Progress
from zajedno.programmes.models.programme import BeforeAfter, Programme, Session

__all__ = [
    "Activity",
    "BeforeAfter",
    "Goal",
    "Measure",
    "Plan",
    "Programme",
    "Progress",
    "Session",
]
