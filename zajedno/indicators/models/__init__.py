"""Tables of the room."""

from zajedno.indicators.models.extract import Extract, ExtractFile

__all__ = ["Extract", "ExtractFile"]
