"""A commission's register comes in by stages: uploaded, columns matched, checked, entered once, undone as a whole."""

from zajedno.casework.actions.batch.commit import check, commit, errors, fail, prepare, start
from zajedno.casework.actions.batch.decide import decide, look
from zajedno.casework.actions.batch.undo import undo
from zajedno.casework.actions.batch.upload import match, upload

__all__ = [
    "check",
    "commit",
    "decide",
    "errors",
    "fail",
    "look",
    "match",
    "prepare",
    "start",
    "undo",
    "upload",
]
