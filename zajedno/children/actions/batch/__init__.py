"""A register of children comes in by stages: uploaded, columns matched, checked, entered once, undone as a whole."""

from zajedno.children.actions.batch.commit import check, commit, errors_workbook, fail, start
from zajedno.children.actions.batch.decide import decide
from zajedno.children.actions.batch.undo import undo
from zajedno.children.actions.batch.upload import match, upload

__all__ = ["check", "commit", "decide", "errors_workbook", "fail", "match", "start", "undo", "upload"]
