"""What indicators are, what was released of them, and what places want to come to."""

from zajedno.figures.models.released import Definition, Edition, Late, Reading, Value
from zajedno.figures.models.target import Target

__all__ = ["Definition", "Edition", "Late", "Reading", "Target", "Value"]
