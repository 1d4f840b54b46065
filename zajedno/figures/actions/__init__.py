"""Tables and periods are released. Nobody's acts: `indicators` calls them under the statistics role, the only one that
may write."""

from zajedno.figures.actions.definition import define
from zajedno.figures.actions.period import notice_late, release_period
from zajedno.figures.actions.table import edition_of, release, release_many

__all__ = ["define", "edition_of", "notice_late", "release", "release_many", "release_period"]
