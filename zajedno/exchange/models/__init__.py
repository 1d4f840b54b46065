"""Tables of the room, one file a noun. None of them knows a child."""

from zajedno.exchange.models.award import AwardCategory, AwardCriterion, Cycle, Juror
from zajedno.exchange.models.event import Event, EventPlace
from zajedno.exchange.models.listing import FacetCount, Listing
from zajedno.exchange.models.move import PracticeMove
from zajedno.exchange.models.nomination import Conflict, Honour, Nomination, Score
from zajedno.exchange.models.practice import (
    Follow,
    Practice,
    PracticeFile,
    PracticeText,
    PracticeVersion,
    Question,
    Review,
    Taking,
)

__all__ = [
    "AwardCategory",
    "AwardCriterion",
    "Conflict",
    "Cycle",
    "Event",
    "EventPlace",
    "FacetCount",
    "Follow",
    "Honour",
    "Juror",
    "Listing",
    "Nomination",
    "Practice",
    "PracticeFile",
    "PracticeMove",
    "PracticeText",
    "PracticeVersion",
    "Question",
    "Review",
    "Score",
    "Taking",
]
