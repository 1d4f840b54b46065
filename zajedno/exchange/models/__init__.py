"""Tables of the room, one file a noun. None of them knows a child."""

from zajedno.exchange.models.move import PracticeMove
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
    "Follow",
    "Practice",
    "PracticeFile",
    "PracticeMove",
    "PracticeText",
    "PracticeVersion",
    "Question",
    "Review",
    "Taking",
]
